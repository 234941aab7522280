//! Sites that can't be written, or not to their end.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Run, files, leftovers};
use crate::project::{GOOD, Project, command, stderr};

/// A project of that many notes.
fn notes(count: usize) -> Project {
    let mut text = GOOD.to_owned();
    for number in 0..count {
        text += &format!("-- content/notes/n{number}.md --\n# Note {number}\n\nText.\n");
    }
    Project::new(&text)
}

/// The titles of the site that the pages are of: more than one where two builds are mixed.
fn titles(project: &Project) -> BTreeSet<String> {
    let pages = files(&project.path("site"));
    let pages = pages.into_iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"));
    let title = |page: String| {
        assert!(page.trim_end().ends_with("</html>"), "a page is cut off");
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        title.unwrap_or_default().rsplit(" · ").next().unwrap_or_default().to_owned()
    };
    pages.map(|(_, page)| title(String::from_utf8(page).expect("text"))).collect()
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_site() {
    let project = notes(30);
    project.builds(&[]);
    let names = |project: &Project| files(&project.path("site")).into_keys().collect::<BTreeSet<_>>();
    let whole = names(&project);
    assert!(whole.len() > 30);
    // Kills are spread over the time that a build takes, its end above all.
    let start = Instant::now();
    project.builds(&[]);
    let whole_build = start.elapsed();
    for round in 0..50u32 {
        // Every build changes every page.
        project.write("sdkb.yml", &format!("title: Build {round}\n"));
        let mut build =
            command(&project.path("")).arg("build").stderr(Stdio::null()).spawn().expect("sdkb runs");
        let share = if round < 18 { round * 3 } else { 54 + (round - 18) * 2 };
        std::thread::sleep(whole_build * share / 100);
        let _ = build.kill();
        build.wait().expect("it ends");
        assert_eq!(names(&project), whole, "killed after {share} % of a build");
        let titles = titles(&project);
        assert_eq!(titles.len(), 1, "two builds are mixed: {titles:?}");
    }
    project.builds(&[]);
    assert_eq!(leftovers(&project), [""; 0], "builds that were killed are cleaned up after");
}

#[test]
fn what_a_killed_build_left_is_not_taken_for_a_new_site() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let before = project.read("site/squads/a.html");
    project.write("content/squads/a.md", "# Another A\n");
    // A container gives the same process number to every build, so the leftover may be called like ours.
    let script = "cp -al site .site.sdkb-$$-0; echo stale > .site.sdkb-$$-0/stale.html; exec \"$0\" build";
    let mut shell = Command::new("sh");
    shell.current_dir(project.path("")).args(["-c", script, env!("CARGO_BIN_EXE_sdkb")]);
    assert!(shell.output().expect("a shell runs").status.success());
    assert!(!project.path("site/stale.html").exists());
    assert_ne!(project.read("site/squads/a.html"), before);
}

#[test]
fn a_file_that_can_not_be_written_to_its_end_leaves_the_old_site() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let before = files(&project.path("site"));
    project.write("content/squads/a.md", &format!("# Another A\n\n{}", "Words and words. ".repeat(500)));
    // The system refuses every file above 4 KB, as a full disk would.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" build --out new/site; exit 99";
    let mut shell = Command::new("sh");
    shell.current_dir(project.path("")).args(["-c", script, env!("CARGO_BIN_EXE_sdkb")]);
    let run = Run::of(&mut shell).ends_with(2).says("error: cannot write `").says("File too large");
    assert_eq!(run.text.lines().count(), 1, "{}", run.text);
    assert!(!project.path("new/site").exists(), "half a site is none");
    let mut shell = Command::new("sh");
    let script = script.replace("--out new/site", "");
    shell.current_dir(project.path("")).args(["-c", &script, env!("CARGO_BIN_EXE_sdkb")]);
    // What did not change is linked; the page that did is too large.
    Run::of(&mut shell).ends_with(2).says("error: cannot write `").says("File too large");
    assert_eq!(files(&project.path("site")), before);
    assert_eq!(leftovers(&project), [""; 0]);
}

/// Runs a script where it may mount; nothing, and a loud word about it, where the system lets nobody.
fn with_mounts(test: &str, project: &Project, script: &str) -> Option<Run> {
    let unshare = || {
        let mut unshare = Command::new("unshare");
        unshare.current_dir(project.path("")).args(["--map-root-user", "--mount", "sh", "-euc"]);
        unshare
    };
    let may = unshare().arg("mkdir -p probe; mount -t tmpfs -o size=64k tmpfs probe").output();
    let _ = fs::remove_dir(project.path("probe"));
    if !may.is_ok_and(|output| output.status.success()) {
        // Not through `eprintln`, which the test harness keeps to itself.
        let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: {test}: nothing can be mounted here");
        return None;
    }
    Some(Run::of(unshare().arg(script).arg(env!("CARGO_BIN_EXE_sdkb"))))
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let project = notes(60);
    let script = "mkdir disk; mount -t tmpfs -o size=4m,nr_inodes=4000 tmpfs disk
        \"$0\" build --out disk/site 2>/dev/null; cp -r disk/site before
        dd if=/dev/zero of=disk/ballast bs=1k 2>/dev/null || true
        sed -i 's/Test/Other/' sdkb.yml
        code=0; \"$0\" build --out disk/site || code=$?
        diff -r disk/site before; ls -A disk; exit $code";
    let Some(run) = with_mounts("a full disk", &project, script) else { return };
    let run = run.ends_with(2).says("error: cannot write").says("No space left on device");
    let said: Vec<&str> = run.text.lines().skip(1).collect();
    assert_eq!(said, ["ballast", "site"], "what was begun is removed:\n{}", run.text);
}

#[test]
fn a_disk_that_is_read_only_leaves_the_old_site() {
    let project = Project::new(GOOD);
    let script = "mkdir disk; mount -t tmpfs tmpfs disk
        \"$0\" build --out disk/site 2>/dev/null; cp -r disk/site before; mount -o remount,ro disk
        echo '# Another A' > content/squads/a.md
        code=0; \"$0\" build --out disk/site || code=$?
        diff -r disk/site before; exit $code";
    let Some(run) = with_mounts("a read-only disk", &project, script) else { return };
    let run = run.ends_with(2).says("error: cannot write beside `").says("Read-only file system");
    assert_eq!(run.text.lines().count(), 1, "{}", run.text);
}

#[test]
fn a_folder_that_can_not_be_written_is_one_message() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new(GOOD);
    let locked = project.path("locked");
    fs::create_dir(&locked).expect("folders can be made");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
    let is_root = fs::write(locked.join("probe"), "").is_ok();
    let out = if is_root { "/proc/site" } else { "locked/site" };
    let run = Run::sdkb(&project, &["build", "--out", out]).ends_with(2);
    assert!(run.text.starts_with("error: cannot "), "{}", run.text);
    let in_a_file = Run::sdkb(&project, &["build", "--out", "sdkb.yml/site"]).ends_with(2);
    assert!(in_a_file.text.starts_with("error: cannot make the folder `"), "{}", in_a_file.text);
    let a_file = Run::sdkb(&project, &["build", "--out", "sdkb.yml"]).ends_with(2);
    assert!(a_file.text.starts_with("error: cannot use `"), "{}", a_file.text);
}

#[test]
fn builds_at_the_same_time_leave_one_whole_site() {
    let project = notes(20);
    for round in 0..3 {
        // First builds find nothing to replace, and something when they are done.
        if round % 2 == 0 {
            let _ = fs::remove_dir_all(project.path("site"));
        }
        let builds: Vec<_> = (0..4)
            .map(|number| {
                project.write("sdkb.yml", &format!("title: Build {round}.{number}\n"));
                let mut build = command(&project.path(""));
                build.arg("build").stderr(Stdio::piped());
                build.spawn().expect("sdkb runs")
            })
            .collect();
        for build in builds {
            let output = build.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", stderr(&output));
        }
        let titles = titles(&project);
        assert_eq!(titles.len(), 1, "two builds are mixed: {titles:?}");
        assert_eq!(leftovers(&project), [""; 0]);
    }
}

#[test]
fn a_build_and_a_watch_do_not_mind_each_other() {
    let project = Project::new(GOOD);
    let said = fs::File::create(project.path("said")).expect("files can be made");
    let mut watch = command(&project.path(""));
    let mut watch = watch.args(["watch", "--port", "0"]).stderr(said).spawn().expect("sdkb runs");
    let start = Instant::now();
    while !project.read("said").contains("http://") && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(10));
    }
    for number in 0..3 {
        project.write("content/handbook/b.md", &format!("# B {number}\n"));
        project.builds(&[]);
        assert!(project.read("site/handbook/b.html").contains(&format!("B {number}")));
    }
    assert!(watch.try_wait().expect("a state").is_none(), "{}", project.read("said"));
    watch.kill().expect("it runs");
    watch.wait().expect("it ends");
    assert_eq!(leftovers(&project), [""; 0]);
}

#[test]
fn a_site_in_the_content_folder_is_no_content() {
    let project = Project::new(GOOD);
    project.builds(&["--out", "content/site"]);
    let first = files(&project.path("content/site"));
    project.builds(&["--out", "content/site"]);
    assert_eq!(files(&project.path("content/site")), first);
    assert!(!project.path("content/site/site").exists());
    // What is being made beside it is hidden from other builds.
    assert!(fs::read_dir(project.path("content")).expect("a folder").count() == 3);
}

#[test]
fn a_site_that_somebody_removes_in_the_middle_of_a_build_is_whole_in_the_end() {
    let project = notes(50);
    project.builds(&[]);
    let whole = files(&project.path("site"));
    for wait in [0, 10, 40] {
        let mut build = command(&project.path(""));
        let mut build = build.arg("build").stderr(Stdio::piped()).spawn().expect("sdkb runs");
        // Before it has begun, it would refuse what is left of a site.
        while leftovers(&project).is_empty() && build.try_wait().expect("a state").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        let _ = fs::remove_dir_all(project.path("site"));
        let output = build.wait_with_output().expect("it ends");
        assert!(output.status.success(), "removed after {wait} ms: {}", stderr(&output));
        if project.path("site").exists() {
            assert!(files(&project.path("site")) == whole, "removed after {wait} ms");
        }
        project.builds(&[]);
    }
    assert!(files(&project.path("site")) == whole);
    assert_eq!(leftovers(&project), [""; 0]);
}
