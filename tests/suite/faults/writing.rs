//! Sites that can't be written, or not to their end.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
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
fn what_a_killed_build_left_is_not_taken_for_a_new_site_and_nothing_else_is_touched() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let before = project.read("site/squads/a.html");
    project.write("content/squads/a.md", "# Another A\n");
    let script = "mkdir .site.sdkb-staging; touch .site.sdkb-staging/.sdkb-lock
        cp -al site .site.sdkb-staging/new; echo stale > .site.sdkb-staging/new/stale.html
        rm .site.sdkb-staging/new/.sdkb-site
        for other in .site.sdkb-2024-backup .site.sdkb-old .site.sdkb-7-0 .other.sdkb-staging; do
            mkdir $other; echo mine > $other/file
        done; exec \"$0\" build";
    let mut shell = Command::new("sh");
    shell.current_dir(project.path("")).args(["-euc", script, env!("CARGO_BIN_EXE_sdkb")]);
    assert!(shell.output().expect("a shell runs").status.success());
    assert!(!project.path("site/stale.html").exists());
    assert_ne!(project.read("site/squads/a.html"), before);
    for other in [".site.sdkb-2024-backup", ".site.sdkb-old", ".site.sdkb-7-0", ".other.sdkb-staging"] {
        assert_eq!(project.read(&format!("{other}/file")), "mine\n", "{other}");
    }
    assert!(!project.path(".site.sdkb-staging").exists());
    // A folder of that name which sdkb did not make is left alone.
    fs::create_dir(project.path(".site.sdkb-staging")).expect("folders can be made");
    project.write(".site.sdkb-staging/file", "mine");
    Run::sdkb(&project, &["build"]).ends_with(2).says(".site.sdkb-staging` is where the site would be made");
    assert_eq!(project.read(".site.sdkb-staging/file"), "mine");
}

#[test]
fn a_build_replaces_nothing_that_it_did_not_make() {
    let project =
        Project::new(&format!("{GOOD}-- kinds/note.md --\n---\nkind: note\n---\n-- static/x.txt --\nx\n"));
    fs::create_dir(project.path(".git")).expect("folders can be made");
    let everything = files(&project.path(""));
    let link = || {
        symlink("nothing", project.path("dangling")).expect("links can be made");
        symlink("content", project.path("link")).expect("links can be made");
    };
    let unlink = || {
        fs::remove_file(project.path("dangling")).expect("the link is still one");
        fs::remove_file(project.path("link")).expect("the link is still one");
    };
    link();
    // The marker of an older version, which proves nothing, and a manifest that claims all.
    for marker in
        ["", "sdkb made this folder and replaces it whole at each build.\n", "sdkb-site 1\n18 squads/a.md\n"]
    {
        for folder in [".", "content", "content/squads", "kinds", "static"] {
            fs::write(project.path(folder).join(".sdkb-site"), marker).expect("files can be written");
        }
        for (out, says) in [
            (".", "holds the project"),
            ("..", "holds the project"),
            ("content/..", "holds the project"),
            ("content", "holds the content"),
            ("content/", "holds the content"),
            ("link", "holds the content"),
            ("link/squads", "lies in the content"),
            ("content/squads", "lies in the content"),
            ("content/new/site", "lies in the content"),
            ("kinds", "holds the kinds"),
            ("static/site", "lies in the static files"),
            (".git/site", "is a part of the repository's `.git`"),
            ("dangling", "is a link to nothing"),
            ("/", "can't be replaced"),
        ] {
            let run = Run::sdkb(&project, &["build", "--out", out]).ends_with(2);
            assert!(run.text.contains(says), "{out}: {}", run.text);
        }
        for folder in [".", "content", "content/squads", "kinds", "static"] {
            fs::remove_file(project.path(folder).join(".sdkb-site")).expect("files can be removed");
        }
        unlink();
        assert_eq!(files(&project.path("")), everything, "nothing changed");
        link();
    }
    unlink();
    // What is not on the list of the site is kept, and named.
    project.builds(&[]);
    project.write("site/CNAME", "kb.example");
    let run = Run::sdkb(&project, &["build"]).ends_with(2);
    run.says("holds files that sdkb did not make: `CNAME`\n").says("static files");
    fs::remove_file(project.path("site/CNAME")).expect("files can be removed");
    project.builds(&[]);
    fs::create_dir(project.path(".site.sdkb-staging")).expect("folders can be made");
    project.write(".site.sdkb-staging/.sdkb-lock", "");
    project.write(".site.sdkb-staging/new/.sdkb-site", "sdkb-site 1\n1 index.html\n");
    project.write(".site.sdkb-staging/new/CNAME", "mine");
    Run::sdkb(&project, &["build"]).ends_with(2).says("is what a build left").says("did not make: `CNAME`\n");
    assert_eq!(project.read(".site.sdkb-staging/new/CNAME"), "mine");
    fs::remove_file(project.path(".site.sdkb-staging/new/CNAME")).expect("files can be removed");
    project.builds(&[]);
    for text in ["", "sdkb-site 1\n"] {
        project.write("mine/index.html", "mine");
        project.write("mine/.sdkb-site", text);
        Run::sdkb(&project, &["build", "--out", "mine"]).ends_with(2).says("did not make: `index.html`");
        assert_eq!(project.read("mine/index.html"), "mine");
    }
}

#[test]
fn a_manifest_hides_no_document() {
    let project = Project::new(GOOD);
    project.write("content/squads/bad.md", "[x](gone.md)\n");
    project.write("content/squads/.sdkb-site", "sdkb-site 1\n13 bad.md\n");
    Run::sdkb(&project, &["check"]).ends_with(1).says("no file or page `gone.md`");
}

#[test]
fn a_staging_folder_that_vanishes_is_said_and_the_old_site_stays() {
    let project = notes(400);
    project.builds(&[]);
    let before = files(&project.path("site"));
    project.edit("sdkb.yml", "Test", "Another");
    let mut failed = 0;
    for wait in [0, 20, 60, 120, 200] {
        let mut build = command(&project.path(""));
        let mut build = build.arg("build").stderr(Stdio::piped()).spawn().expect("sdkb runs");
        while !project.path(".site.sdkb-staging/new").exists() && build.try_wait().expect("a state").is_none()
        {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        let _ = fs::remove_dir_all(project.path(".site.sdkb-staging"));
        let output = build.wait_with_output().expect("it ends");
        if output.status.success() {
            // It was done already.
            let _ = fs::remove_dir_all(project.path("site"));
            project.edit("sdkb.yml", "Another", "Test");
            project.builds(&[]);
            project.edit("sdkb.yml", "Test", "Another");
            continue;
        }
        failed += 1;
        let said = stderr(&output);
        let is_said = ["of the new site", "the new site was removed", "cannot write beside"];
        assert!(is_said.iter().any(|text| said.contains(text)), "{said}");
        assert_eq!(files(&project.path("site")).len(), before.len(), "after {wait} ms");
        assert_eq!(titles(&project).len(), 1, "after {wait} ms");
    }
    assert!(failed > 0, "no build was interrupted");
}

#[test]
fn a_file_that_comes_into_the_site_during_a_build_stays() {
    let project = notes(400);
    project.builds(&[]);
    let mut failed = 0;
    for (old, new) in [("Test", "First"), ("First", "Second"), ("Second", "Third")] {
        project.edit("sdkb.yml", old, new);
        let before = titles(&project);
        let mut build = command(&project.path(""));
        let mut build = build.arg("build").stderr(Stdio::piped()).spawn().expect("sdkb runs");
        while !project.path(".site.sdkb-staging/new").exists() && build.try_wait().expect("a state").is_none()
        {
            std::thread::sleep(Duration::from_millis(1));
        }
        project.write("site/CNAME", "mine");
        let output = build.wait_with_output().expect("it ends");
        assert_eq!(project.read("site/CNAME"), "mine");
        if !output.status.success() {
            failed += 1;
            assert!(
                stderr(&output).contains("came there during the build: `CNAME`\n"),
                "{}",
                stderr(&output)
            );
            assert_eq!(titles(&project), before);
        }
        assert_eq!(leftovers(&project), [""; 0]);
        fs::remove_file(project.path("site/CNAME")).expect("files can be removed");
    }
    assert!(failed > 0, "no build met the file");
}

#[test]
fn a_build_that_waits_for_another_one_says_so() {
    use std::io::{BufRead, BufReader};
    let project = Project::new(GOOD);
    fs::create_dir(project.path(".site.sdkb-staging")).expect("folders can be made");
    let lock = fs::File::create(project.path(".site.sdkb-staging/.sdkb-lock")).expect("files can be made");
    lock.lock().expect("a lock");
    let mut build = command(&project.path(""));
    let mut build = build.arg("build").stderr(Stdio::piped()).spawn().expect("sdkb runs");
    let mut said =
        BufReader::new(build.stderr.take().expect("a pipe")).lines().map(|line| line.expect("text"));
    assert!(said.any(|line| line.starts_with("waiting for another build of `") && line.ends_with("/site`")));
    assert!(!project.path("site").exists());
    drop(lock);
    assert!(said.any(|line| line.contains("built")));
    assert!(build.wait().expect("it ends").success());
}

#[test]
fn files_have_the_permissions_of_this_build() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new(GOOD);
    let build = |mask: &str| {
        let mut shell = Command::new("sh");
        let script = format!("umask {mask}; exec \"$0\" build");
        shell.current_dir(project.path("")).args(["-euc", &script, env!("CARGO_BIN_EXE_sdkb")]);
        assert!(shell.output().expect("a shell runs").status.success());
        let site = project.path("site");
        let modes = files(&site)
            .into_keys()
            .map(|path| fs::metadata(site.join(path)).expect("a file").permissions().mode() & 0o777);
        modes.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(build("077"), [0o600]);
    assert_eq!(build("022"), [0o644]);
    assert_eq!(build("027"), [0o640]);
}

#[test]
fn a_site_is_replaced_on_mount_points_and_in_lower_layers() {
    // Each script makes a place in which a folder can't be exchanged, and the site of another build in it.
    let mount = "mkdir disk; mount -t tmpfs tmpfs disk; out=disk";
    let layers = "mkdir base; mount -t tmpfs tmpfs base; mkdir base/lower base/upper base/work base/top
        \"$0\" build --out base/lower/site 2>/dev/null
        mount -t overlay -o lowerdir=base/lower,upperdir=base/upper,workdir=base/work overlay base/top
        out=base/top/site";
    for (name, place) in [("a mount point", mount), ("a lower layer", layers)] {
        let script = format!(
            "{place}
            \"$0\" build --out $out 2>/dev/null
            rm content/notes/n3.md; mkdir content/notes/n4; mv content/notes/n4.md content/notes/n4/in.md
            sed -i 's/Test/Other/' sdkb.yml
            \"$0\" build --out $out; \"$0\" build --out clean 2>/dev/null
            diff -r clean $out && echo same; ls -A $(dirname $out) | grep staging || echo tidy"
        );
        let project = notes(20);
        if let Some(run) = with_mounts(name, &project, &script) {
            if name == "a lower layer" && run.code != Some(0) && run.text.contains("mount") {
                let _ =
                    writeln!(std::io::stderr(), "\n*** NOT TESTED: {name}: no overlay can be mounted here");
                continue;
            }
            run.ends_with(0).says("same\n").says("tidy\n");
        }
    }
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
fn a_site_in_a_project_that_is_its_own_content_is_no_content() {
    let project = Project::new("-- a.md --\n# A\n\n![x](x.png)\n-- x.png --\nx\n");
    project.builds(&["--out", "public"]);
    let first = files(&project.path("public"));
    project.builds(&["--out", "public"]);
    assert_eq!(files(&project.path("public")), first);
    assert!(!project.path("public/public").exists());
    // What is being made beside it is hidden from other builds.
    assert_eq!(fs::read_dir(project.path("")).expect("a folder").count(), 3);
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
        // A build that looks while the folder is half removed refuses it: the manifest may be gone before the rest.
        let is_refused = stderr(&output).contains("holds files that sdkb did not make");
        assert!(output.status.success() || is_refused, "removed after {wait} ms: {}", stderr(&output));
        if project.path("site").exists() {
            assert!(files(&project.path("site")) == whole, "removed after {wait} ms");
        }
        project.builds(&[]);
    }
    assert!(files(&project.path("site")) == whole);
    assert_eq!(leftovers(&project), [""; 0]);
}
