//! What the repository promises to whoever builds from it.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    for (path, said) in [
        ("README.md", format!("With Rust {oldest} or newer")),
        (".github/workflows/ci.yml", format!("image: rust:{oldest}-")),
    ] {
        assert!(read(path).contains(&said), "{path} does not say `{said}`");
    }
}

#[test]
fn workflows_run_no_action_that_may_change() {
    for path in ["action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"] {
        let text = read(path);
        let actions =
            text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
        let mut count = 0;
        for action in actions.filter(|action| !action.starts_with("./")) {
            let (commit, version) = action
                .split_once('@')
                .and_then(|(_, rest)| rest.split_once(" # v"))
                .expect("commit and version");
            assert!(
                commit.len() == 40 && commit.bytes().all(|digit| digit.is_ascii_hexdigit()),
                "{path}: {action}"
            );
            assert!(version.split('.').count() == 3, "{path}: {action}");
            count += 1;
        }
        assert!(count > 0, "{path} has no actions");
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let folders = ["src", "tests/suite", "tests/commands", "tests/theme"];
    let files = folders.iter().flat_map(|folder| WalkDir::new(root().join(folder)));
    let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let tests: String = files.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect();
    let promises = read("SECURITY.md");
    let rows = promises.lines().filter(|line| line.starts_with("| ")).skip(2);
    let mut count = 0;
    for row in rows {
        let named = row.rsplit('|').nth(1).expect("the column of tests").split('`').skip(1).step_by(2);
        for name in named {
            let is_there = tests.contains(&format!("fn {name}("))
                || tests.contains(&format!("test(\"{name}"))
                || tests.contains(&format!("test(`{name}"));
            assert!(is_there, "no test `{name}`");
            count += 1;
        }
    }
    assert!(count > 30, "{count} tests are named");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the file is there")
}
