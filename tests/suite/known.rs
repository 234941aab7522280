//! Findings that are known, and reports of many findings in few lines.

use crate::gate::shop;
use crate::project::{Project, stderr, stdout};

const LINE: &str = "content/runbooks/errors.md: broken-link: no file or page `gone.md`\n";

#[test]
fn a_baseline_passes_over_what_it_knows_and_shrinks_when_asked() {
    let project = shop();
    let text = project.checks(&["--baseline", "known.txt"], 2);
    assert!(text.starts_with("error: cannot read `known.txt`: "), "{text}");
    assert!(text.ends_with("\nhelp: `sdkb check --write-baseline` writes it\n"), "{text}");
    let text = project.checks(&["--baseline", "known.txt", "--write-baseline"], 0);
    assert_eq!(text, "checked 4 documents: no findings beyond 1 known\n");
    assert!(project.read("known.txt").ends_with(LINE), "{}", project.read("known.txt"));
    // Silent, even when it moves; new ones fail.
    project.edit("content/runbooks/errors.md", "# Errors\n", "# Errors\n\nMore words.\n\n");
    project.checks(&["--baseline", "known.txt"], 0);
    project.write("content/new.md", "[x](nowhere.md)\n");
    let text = project.checks(&["--baseline", "known.txt"], 1);
    assert!(text.contains("content/new.md:1:5") && text.contains(": 1 error beyond 1 known\n"), "{text}");
    project.remove("content/new.md");
    // What is fixed stays in the file until it is pruned.
    project.edit("content/runbooks/errors.md", "[An old sin](gone.md)", "Fixed.");
    let text = project.checks(&["--baseline", "known.txt"], 0);
    assert!(text.contains("1 known finding of `known.txt` is fixed; `--prune-baseline` takes"), "{text}");
    assert!(project.read("known.txt").ends_with(LINE));
    let text = project.checks(&["--baseline", "known.txt", "--prune-baseline"], 0);
    assert!(text.contains("pruned 1 fixed finding from `known.txt`"), "{text}");
    assert!(!project.read("known.txt").contains("errors.md"));
    project.edit("content/runbooks/errors.md", "Fixed.", "[An old sin](gone.md)");
    project.checks(&["--baseline", "known.txt"], 1);
}

#[test]
fn a_known_finding_does_not_hide_a_second_one_that_a_change_adds() {
    let project = shop();
    project.checks(&["--baseline", "known.txt", "--write-baseline"], 0);
    project.commit();
    let old = "[An old sin](gone.md)";
    project.edit("content/runbooks/errors.md", old, &format!("{old} and {old}"));
    for args in [&["--baseline", "known.txt"][..], &["--baseline", "known.txt", "--since", "HEAD"]] {
        let text = project.checks(args, 1);
        assert!(text.ends_with("checked 4 documents: 1 error beyond 1 known\n"), "{text}");
    }
}

#[test]
fn a_file_that_is_no_baseline_is_left_alone() {
    let project = shop();
    for text in ["# Shop\n\nRead me.\n", LINE, "\u{0}"] {
        project.write("README.md", text);
        for flag in [None, Some("--write-baseline"), Some("--prune-baseline")] {
            let args: Vec<&str> = ["--baseline", "README.md"].into_iter().chain(flag).collect();
            let said = project.checks(&args, 2);
            assert!(said.starts_with("error: `README.md` is not a baseline file\nhelp: "), "{said}");
            assert_eq!(project.read("README.md"), text);
        }
    }
    let said = project.checks(&["--write-baseline"], 2);
    assert!(said.starts_with("error: there is no baseline\nhelp: name one"), "{said}");
}

#[test]
fn pruning_takes_out_what_was_fixed_and_nothing_that_was_not_looked_for() {
    let project = shop();
    project.checks(&["--baseline", "known.txt", "--write-baseline"], 0);
    let prune = ["--baseline", "known.txt", "--prune-baseline"];
    // A rule that is off, front matter and settings that can't be read.
    let rules = "rules: { unmet-expectation: off,";
    for (file, from, to) in [
        ("sdkb.yml", rules, "rules: { broken-link: off, unmet-expectation: off,"),
        ("content/runbooks/errors.md", "services:", "services: ["),
        ("sdkb.yml", "title: Shop", "title: [Shop"),
    ] {
        project.edit(file, from, to);
        project.sdkb(&[&["check"], &prune[..]].concat());
        assert!(project.read("known.txt").ends_with(LINE), "{to}");
        project.edit(file, to, from);
    }
    // Another project.
    project.write("other/sdkb.yml", "title: Other\n");
    project.write("other/content/a.md", "# A\n");
    let text = project.checks(&[&["--project", "other"], &prune[..]].concat(), 2);
    assert!(text.starts_with("error: no file that `known.txt` names is in this project"), "{text}");
    assert!(project.read("known.txt").ends_with(LINE));
}

#[test]
fn the_settings_name_a_baseline_for_every_command() {
    let project = shop();
    project.edit("sdkb.yml", "title: Shop", "title: Shop\nbaseline: known.txt");
    for command in ["check", "build"] {
        let output = project.sdkb(&[command]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("error: cannot read `known.txt`: "), "{}", stderr(&output));
    }
    project.checks(&["--write-baseline"], 0);
    assert!(project.read("known.txt").ends_with(LINE));
    assert!(project.checks(&[], 0).ends_with("no findings beyond 1 known\n"));
    assert!(project.builds(&[]).contains(": no findings\n"));
    // One more is one too many for both.
    project.write("content/handbook/new.md", "[x](nowhere.md)\n");
    project.checks(&[], 1);
    assert_eq!(project.sdkb(&["build"]).status.code(), Some(1));
    project.edit("sdkb.yml", "baseline: known.txt", "baseline: ../known.txt");
    assert!(project.checks(&[], 1).contains("`baseline` is `../known.txt`, not a file of the project"));
}

/// A project with 30 broken links and an undefined reference.
fn untidy() -> Project {
    let project = Project::new(crate::project::GOOD);
    let links: String = (0..30).map(|number| format!("[x](gone-{number}.md)\n")).collect();
    project.write("content/handbook/b.md", &format!("# B\n{links}"));
    project.write("content/squads/a.md", "# A\n[See][x].\n");
    project
}

#[test]
fn a_concise_report_is_a_line_a_finding() {
    let project = untidy();
    let output = project.sdkb(&["check", "--format", "concise"]);
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 31, "{text}");
    let line = "content/handbook/b.md:2:5: error: no file or page `gone-0.md` [broken-link]\n";
    assert!(text.contains(line), "{text}");
    assert!(stderr(&output).starts_with("checked 3 documents: 30 errors, 1 warning\n"));
}

#[test]
fn statistics_are_a_line_a_rule() {
    let project = untidy();
    let output = project.sdkb(&["check", "--statistics"]);
    assert_eq!(stdout(&output), "30 error   broken-link\n 1 warning misread-text\n");
    assert!(stderr(&output).starts_with("checked 3 documents: 30 errors, 1 warning\n"));
    assert_eq!(output.status.code(), Some(1));
    let text = project.checks(&["--statistics", "--format", "json"], 2);
    assert!(
        text.starts_with("error: `--statistics` only has the formats `human` and `concise`\nhelp: "),
        "{text}"
    );
    project.checks(&["--statistics", "--format", "json", "--output", "found.json"], 1);
    assert!(project.read("found.json").contains("gone-29.md"));
}

#[test]
fn quiet_leaves_errors_only() {
    let project = untidy();
    let text = project.checks(&["-q", "--format", "concise"], 1);
    assert_eq!(text.lines().count(), 30, "{text}");
    assert!(!project.checks(&["-q"], 1).contains("checked"));
    project.write("content/handbook/b.md", "# B\n");
    assert_eq!(project.checks(&["-q"], 0), "");
    assert!(project.checks(&["-q", "--deny", "warnings"], 1).contains("error[misread-text]"));
    assert_eq!(project.builds(&["-q"]), "");
    assert!(project.path("site/index.html").exists());
}

#[test]
fn a_build_says_at_most_a_screen_of_findings() {
    let project = untidy();
    let output = project.sdkb(&["build"]);
    let text = stderr(&output);
    assert!(text.lines().count() < 30, "{text}");
    assert!(
        text.contains("in all 30 errors, 1 warning, which `sdkb check` lists:\n30 error   broken-link\n"),
        "{text}"
    );
    // Few findings are all there.
    project.write("content/handbook/b.md", "# B\n[x](gone.md)\n");
    let text = stderr(&project.sdkb(&["build"]));
    assert!(text.contains("`[x]`") && text.contains("`gone.md`") && !text.contains("in all"), "{text}");
}
