//! The command as a user runs it, on real folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::process::Stdio;

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

#[cfg(unix)]
#[test]
fn links_that_loop_or_lead_out_are_findings() {
    use std::os::unix::fs::symlink;
    let project = Project::new(&format!("{GOOD}-- content/real/e.md --\n# E\n"));
    fs::write(project.folder.path().join("secret.md"), "# Secret\n").expect("files can be written");
    symlink("..", project.path("content/real/loop")).expect("links can be made");
    symlink("../../secret.md", project.path("content/out.md")).expect("links can be made");
    symlink("nothing", project.path("content/dangling.md")).expect("links can be made");
    symlink("real", project.path("content/inside")).expect("links can be made");
    let output = project.sdkb(&["check"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    for message in [
        "`content/real/loop` is a link to a folder that holds it",
        "`content/out.md` is a link that leads out of the project",
        "`content/dangling.md` is a link to nothing",
    ] {
        assert!(text.contains(message), "{message}: {text}");
    }
    project.builds(&["--allow-errors"]);
    assert!(project.path("site/inside/e.html").is_file(), "links inside of the project are followed");
    assert!(!project.path("site/out.html").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_not_be_written_is_one_message() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new(GOOD);
    let locked = project.path("locked");
    fs::create_dir(&locked).expect("folders can be made");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
    let is_root = fs::write(locked.join("probe"), "").is_ok();
    let out = if is_root { "/proc/site" } else { "locked/site" };
    let output = project.sdkb(&["build", "--out", out]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("error: cannot "), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_leaves_a_whole_site() {
    let mut text = GOOD.to_owned();
    for number in 0..300 {
        text += &format!("-- content/notes/n{number}.md --\n# Note {number}\n\nText.\n");
    }
    let project = Project::new(&text);
    project.builds(&[]);
    let count = |folder: PathBuf| fs::read_dir(folder).map_or(0, Iterator::count);
    let whole = count(project.path("site/notes"));
    assert!(whole > 300);
    // Kills are spread over the time that a build takes, its end above all.
    let start = std::time::Instant::now();
    project.builds(&[]);
    let whole_build = start.elapsed();
    for round in 0..40u32 {
        // Every build changes every page.
        project.write("sdkb.yml", &format!("title: Build {round}\n"));
        let mut build =
            command(&project.path("")).arg("build").stderr(Stdio::null()).spawn().expect("sdkb runs");
        let share = if round < 15 { round * 4 } else { 60 + (round - 15) * 2 };
        std::thread::sleep(whole_build * share / 100);
        let _ = build.kill();
        build.wait().expect("it ends");
        assert_eq!(count(project.path("site/notes")), whole, "killed after {share} % of a build");
        let titles: std::collections::BTreeSet<String> = (0..300)
            .map(|number| {
                let page =
                    fs::read_to_string(project.path(&format!("site/notes/n{number}.html"))).expect("whole");
                assert!(page.trim_end().ends_with("</html>"), "a page is cut off");
                let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
                title.unwrap_or_default().rsplit(" · ").next().unwrap_or_default().to_owned()
            })
            .collect();
        assert_eq!(titles.len(), 1, "two builds are mixed: {titles:?}");
    }
    project.builds(&[]);
    let leftovers = fs::read_dir(project.path("")).expect("a folder").flatten();
    let leftovers = leftovers.filter(|entry| entry.file_name().to_string_lossy().contains(".sdkb-")).count();
    assert_eq!(leftovers, 0, "builds that were killed are cleaned up after");
}

#[cfg(unix)]
#[test]
fn what_a_killed_build_left_is_not_taken_for_a_new_site() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let page = project.path("site/squads/a.html");
    let before = fs::read_to_string(&page).expect("the page is there");
    project.write("content/squads/a.md", "# Another A\n");
    // A container gives the same process number to every build, so the leftover may be called like ours.
    let script = "cp -al site .site.sdkb-$$-0; echo stale > .site.sdkb-$$-0/stale.html; exec \"$0\" build";
    let mut shell = Command::new("sh");
    shell.current_dir(project.path("")).args(["-c", script, env!("CARGO_BIN_EXE_sdkb")]);
    assert!(shell.output().expect("a shell runs").status.success());
    assert!(!project.path("site/stale.html").exists());
    assert_ne!(fs::read_to_string(&page).expect("the page is there"), before);
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
fn names_of_all_sorts_are_published() {
    let project = Project::new(&format!(
        "{GOOD}-- content/notes/a b & 'c' #1.md --\n# One\n-- content/notes/-ünï-.md --\n[one](a%20b%20%26%20'c'%20%231.md)\n"
    ));
    project.builds(&[]);
    let page = fs::read_to_string(project.path("site/notes/-ünï-.html")).expect("the page is there");
    assert!(page.contains("href=\"a%20b%20%26%20%27c%27%20%231.html\""), "{page}");
    assert!(project.path("site/notes/a b & 'c' #1.html").is_file());
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
    insta::assert_snapshot!("help_schema", stdout(&project.sdkb(&["schema", "--help"])));
    assert_eq!(stdout(&project.sdkb(&["--version"])), format!("sdkb {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&project.sdkb(&["completions", shell])).contains("allow-errors"), "{shell}");
    }
    assert!(stdout(&project.sdkb(&["man"])).contains(".TH sdkb 1"));
}
