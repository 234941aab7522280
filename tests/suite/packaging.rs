//! What the repository promises to whoever builds from it.

use std::fs;
use std::path::Path;

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    for (path, said) in [
        ("README.md", format!("With Rust {oldest} or newer")),
        (".github/workflows/ci.yml", format!("container: rust:{oldest}-")),
    ] {
        assert!(read(path).contains(&said), "{path} does not say `{said}`");
    }
}

#[test]
fn workflows_run_no_action_that_may_change() {
    for path in [".github/workflows/ci.yml", ".github/workflows/release.yml"] {
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

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}
