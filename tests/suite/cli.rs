//! The command as a user runs it, on real folders.

use std::fs;
use std::path::Path;

use crate::project::{GOOD, Project, command, stderr, stdout};

#[test]
fn a_build_is_told_in_few_words() {
    let project = Project::new(GOOD);
    let text = project.builds(&[]);
    assert!(text.starts_with("built ") && text.contains(": no findings\nopen site/index.html"), "{text}");
    assert!(!text.contains('\u{1b}'), "colour where nobody sees it: {text}");
    assert!(project.path("site/squads/a.html").is_file());
}

#[test]
fn errors_stop_a_build_and_allow_errors_does_not() {
    let project = Project::new(&format!("{GOOD}-- content/d.md --\n[x](gone.md)\n"));
    let output = project.sdkb(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(
        text.contains("--> content/d.md:1:5") && text.contains("not built: 1 error; nothing was written"),
        "{text}"
    );
    assert!(!project.path("site").exists());
    assert!(project.builds(&["--allow-errors"]).contains(": 1 error\n"));
    let page = fs::read_to_string(project.path("site/d.html")).expect("the page is there");
    assert!(page.contains("class=\"broken\""), "{page}");
}

#[test]
fn a_repository_that_nobody_prepared_is_published_with_its_errors() {
    let project = Project::new("-- README.md --\n# Ops\n\n[x](gone.md)\n");
    let text = project.builds(&["--out", "out"]);
    assert!(text.contains("broken-link") && text.contains("note: there is no sdkb.yml"), "{text}");
    assert!(project.path("out/index.html").is_file());
    assert_eq!(project.sdkb(&["check"]).status.code(), Some(1));
}

#[test]
fn check_reports_and_writes_nothing() {
    let project = Project::new(GOOD);
    let output = project.sdkb(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "checked 3 documents: no findings\n");
    assert!(!project.path("site").exists());
}

#[test]
fn the_project_is_found_from_below_and_by_name() {
    let project = Project::new(GOOD);
    let below = project.path("content/squads");
    let output = command(&below).args(["check"]).output().expect("sdkb runs");
    assert_eq!(stdout(&output), "checked 3 documents: no findings\n");
    let named = command(Path::new("/")).arg("check").arg("--project").arg(project.path("")).output();
    assert_eq!(stdout(&named.expect("sdkb runs")), "checked 3 documents: no findings\n");
}

#[test]
fn what_can_not_run_exits_with_two() {
    let project = Project::new(GOOD);
    let output = project.sdkb(&["build", "--project", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("error: no project at `nowhere`"), "{}", stderr(&output));
    assert_eq!(project.sdkb(&["biuld"]).status.code(), Some(2));
}

#[test]
fn a_folder_that_sdkb_did_not_make_is_never_emptied() {
    let project = Project::new(&format!("{GOOD}-- precious/thesis.txt --\nyears of work\n"));
    for out in ["precious", ".", "/", "content"] {
        let output = project.sdkb(&["build", "--out", out]);
        assert_eq!(output.status.code(), Some(2), "--out {out}: {}", stderr(&output));
    }
    let output = project.sdkb(&["build", "--out", "precious"]);
    assert!(stderr(&output).contains("holds files that sdkb did not make"), "{}", stderr(&output));
    assert_eq!(
        fs::read_to_string(project.path("precious/thesis.txt")).expect("still there"),
        "years of work\n"
    );
    // An empty folder is free to use, and a site may be replaced.
    fs::create_dir(project.path("empty")).expect("folders can be made");
    project.builds(&["--out", "empty"]);
    project.builds(&["--out", "empty"]);
}

#[test]
fn a_second_build_replaces_the_first_and_keeps_the_times_of_what_did_not_change() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let modified =
        |path: &str| fs::metadata(project.path(path)).and_then(|file| file.modified()).expect("a time");
    let before = modified("site/squads/a.html");
    fs::remove_file(project.path("content/handbook/b.md")).expect("files can be removed");
    let text = project.builds(&[]);
    assert!(!project.path("site/handbook/b.html").exists(), "{text}");
    assert_eq!(modified("site/squads/a.html"), before);
    assert!(project.builds(&[]).contains("(0 files changed)"));
    let beside: Vec<_> =
        fs::read_dir(project.path("")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(beside.iter().all(|name| !name.to_string_lossy().contains(".sdkb-")), "{beside:?}");
}

#[test]
fn a_broken_template_leaves_the_old_site() {
    let project =
        Project::new(&format!("{GOOD}-- themes/default/templates/folder.html --\n{{{{ page.title }}}}\n"));
    project.builds(&[]);
    project.write("themes/default/templates/folder.html", "<p>\n{{ page.titel }}\n");
    let output = project.sdkb(&["build"]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("themes/default/templates/folder.html:2:"), "{text}");
    assert!(project.path("site/handbook/index.html").is_file());
}

#[test]
fn settings_and_kinds_name_folders_of_the_project_only() {
    for (files, message) in [
        ("-- sdkb.yml --\ncontent: contnet\n-- content/a.md --\n# A\n", "`content` is `contnet`"),
        ("-- sdkb.yml --\ncontent: ../other\n-- a.md --\n# A\n", "`content` is `../other`"),
        ("-- sdkb.yml --\ntheme: acme\n-- a.md --\n# A\n", "`theme` is `acme`"),
        (
            "-- kinds/evil.md --\n---\nkind: evil\nfolder: ../../evil\n---\n-- a.md --\n---\nkind: evil\n---\n",
            "`../../evil`",
        ),
        (
            "-- kinds/evil.md --\n---\nkind: evil\nfolder: /tmp/evil\n---\n-- a.md --\n---\nkind: evil\n---\n",
            "`tmp/evil`",
        ),
    ] {
        let project = Project::new(files);
        let output = project.sdkb(&["build"]);
        if message != "`tmp/evil`" {
            assert_eq!(output.status.code(), Some(1), "{files}: {}", stderr(&output));
            assert!(stderr(&output).contains(message), "{files}: {}", stderr(&output));
        }
        let forced = project.sdkb(&["build", "--allow-errors"]);
        assert!(!project.folder.path().join("evil").exists(), "{}", stderr(&forced));
        assert!(!Path::new("/tmp/evil").exists());
    }
    for content in [".", "./", "docs//sub/", "./docs/sub"] {
        let project =
            Project::new(&format!("-- sdkb.yml --\ncontent: {content}\n-- docs/sub/é.md --\n# E\n-- x --\n"));
        project.builds(&[]);
    }
}

#[test]
fn a_repository_is_never_replaced() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    fs::create_dir(project.path("site/.git")).expect("folders can be made");
    let output = project.sdkb(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is a repository"), "{}", stderr(&output));
    assert!(project.path("site/.git").exists());
}

#[test]
fn two_machines_make_the_same_bytes() {
    let pages = |threads: &str| {
        let project = Project::new(crate::build::TEXT);
        let mut build = command(&project.path(""));
        build.args(["build", "--allow-errors"]).env("RAYON_NUM_THREADS", threads);
        assert!(build.output().expect("sdkb runs").status.success());
        let mut found = std::collections::BTreeMap::new();
        let mut folders = vec![project.path("site")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    let name = entry.path().strip_prefix(project.path("site")).expect("inside").to_owned();
                    found.insert(name, fs::read(entry.path()).expect("a file"));
                }
            }
        }
        found
    };
    assert!(pages("1") == pages("7"));
}

#[test]
fn colour_is_for_terminals() {
    let project = Project::new(&format!("{GOOD}-- content/d.md --\n[x](gone.md)\n"));
    let forced =
        command(&project.path("")).arg("check").env("CLICOLOR_FORCE", "1").output().expect("sdkb runs");
    assert!(stdout(&forced).contains('\u{1b}'));
    let never = command(&project.path("")).arg("check").env("NO_COLOR", "1").output().expect("sdkb runs");
    assert!(!stdout(&never).contains('\u{1b}'));
}

#[test]
fn help_version_completions_and_manual_come_from_one_definition() {
    let project = Project::new(GOOD);
    insta::assert_snapshot!("help", stdout(&project.sdkb(&["--help"])));
    insta::assert_snapshot!("help_init", stdout(&project.sdkb(&["init", "--help"])));
    insta::assert_snapshot!("help_build", stdout(&project.sdkb(&["build", "--help"])));
    insta::assert_snapshot!("help_check", stdout(&project.sdkb(&["check", "--help"])));
    insta::assert_snapshot!("help_new", stdout(&project.sdkb(&["new", "--help"])));
    insta::assert_snapshot!("help_report", stdout(&project.sdkb(&["report", "--help"])));
    insta::assert_snapshot!("help_schema", stdout(&project.sdkb(&["schema", "--help"])));
    assert_eq!(stdout(&project.sdkb(&["--version"])), format!("sdkb {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&project.sdkb(&["completions", shell])).contains("allow-errors"), "{shell}");
    }
    assert!(stdout(&project.sdkb(&["man"])).contains(".TH sdkb 1"));
}
