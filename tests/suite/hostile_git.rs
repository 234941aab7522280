//! Repositories whose settings name programs: sdkb runs none of them, whatever it is asked for.
//!
//! Each setting has a program of its own, which leaves a mark where it was run. That plain git runs it is shown
//! too, so that a mark which never appears means something.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::project::{GOOD, Project, command, git, git_command, stderr, stdout};
use crate::traps::{HARMLESS, Marks, TRAPS, general};
use crate::watch::Running;

/// A repository of two commits, whose files have filters and whose last commit is signed.
fn repository(marks: &Marks) -> Project {
    let signer = marks.path("signer");
    fs::write(&signer, "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED D' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n").expect("it can be written");
    fs::set_permissions(&signer, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let project = Project::new(GOOD);
    project.write(".gitattributes", "* filter=trap diff=trap merge=trap\nc.md filter=process diff=command\n");
    project.commit();
    project.edit("content/handbook/b.md", "# B", "# Old B");
    project.edit("content/handbook/c.md", "# C", "# Old C");
    project.git(&["add", "--all"]);
    let signer = format!("gpg.program={}", signer.display());
    project.git(&["-c", &signer, "commit", "--quiet", "--message", "x", "--gpg-sign"]);
    // Git can't tell from the times of these files that they are as they were.
    for path in ["content/handbook/b.md", "content/squads/a.md"] {
        project.write(path, &format!("{}\n", project.read(path).trim_end()));
    }
    project.edit("content/handbook/c.md", "# Old C", "# New C");
    project
}

/// Adds text to a file.
fn append(path: &Path, text: &str) {
    let old = fs::read_to_string(path).unwrap_or_default();
    fs::write(path, old + text).expect("it can be written");
}

/// Runs every command of sdkb, each of which is expected to do its work. `prepare` sets its environment.
fn run_all(project: Project, prepare: &dyn Fn(&mut Command)) {
    let sdkb = |args: &[&str]| {
        let mut sdkb = command(&project.path(""));
        prepare(&mut sdkb);
        let output = sdkb.args(args).output().expect("sdkb runs");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}{}", stdout(&output), stderr(&output));
        output
    };
    let out = project.folder.path().join("site").display().to_string();
    sdkb(&["build", "--out", &out]);
    let page = fs::read_to_string(Path::new(&out).join("handbook/b.html")).expect("it was built");
    assert!(page.contains(r#"datetime="2026-03-04""#), "git was not asked: {page}");
    sdkb(&["check"]);
    sdkb(&["check", "--since", "HEAD~1"]);
    sdkb(&["check", "--fix", "--dry-run"]);
    sdkb(&["check", "--format", "github"]);
    sdkb(&["new", "squad", "Other"]);
    for since in ["HEAD~1", "1111111111111111111111111111111111111111"] {
        let output = action(&project, since, "https", prepare);
        assert!(!stderr(&output).contains("not a git repository"), "{}", stderr(&output));
    }
    let other = project.folder.path().join("kb/sdkb.yml");
    let settings = fs::read_to_string(&other).expect("it is there");
    fs::remove_file(&other).expect("it can be removed");
    sdkb(&["init", "--from", "."]);
    fs::write(&other, settings).expect("it can be written");

    let mut watch = command(&project.path(""));
    prepare(&mut watch);
    let watch = Running::start(project, watch.args(["watch", "--port", "0"]));
    watch.project.edit("content/handbook/b.md", "# Old B", "# Newer B");
    watch.says("content/handbook/b.md");
    let whole = watch.project.folder.path().join(".git");
    let repository = if whole.exists() { whole } else { watch.project.path(".git") };
    let repository = format!("--git-dir={}", repository.display());
    let commits =
        |args: &[&str]| watch.project.git(&[&[&repository, "-c", "core.hooksPath=/dev/null"], args].concat());
    let commit = commits(&["commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "x"]);
    commits(&["update-ref", "HEAD", commit.trim()]);
    watch.project.edit("content/handbook/b.md", "# Newer B", "# Newest B");
    watch.says("content/handbook/b.md");
}

/// The script with which the action checks a project.
fn action(project: &Project, since: &str, protocol: &str, prepare: &dyn Fn(&mut Command)) -> Output {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("it is there");
    let (_, step) = text.split_once("- name: Check\n").expect("a step that checks");
    let (_, script) = step.split_once("run: |\n").expect("a script");
    let script = script.replace("GIT_ALLOW_PROTOCOL=https", &format!("GIT_ALLOW_PROTOCOL={protocol}"));
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]).current_dir(project.path(""));
    bash.env("SDKB", env!("CARGO_BIN_EXE_sdkb")).env("PROJECT", ".").env("SINCE", since);
    for name in ["DENY_WARNINGS", "BASELINE", "ARGS", "BASE_SHA", "HEAD_SHA"] {
        bash.env(name, "");
    }
    prepare(&mut bash);
    bash.stdin(Stdio::null()).output().expect("bash runs")
}

#[test]
fn plain_git_runs_what_settings_name() {
    let marks = Marks::new();
    let project = repository(&marks);
    for trap in TRAPS.iter().filter(|trap| !trap.2.is_empty()) {
        let copy = project.folder.path().join(trap.0);
        let copied = Command::new("cp").arg("-R").arg(project.path("")).arg(&copy).status();
        assert!(copied.expect("cp runs").success());
        for (name, value) in marks.settings(trap) {
            git(&copy, &["config", "--add", &name, &value]);
        }
        marks.take();
        let mut git = git_command(&copy);
        git.args(trap.2).env("GIT_TERMINAL_PROMPT", "0").env("GIT_EDITOR", "").env_remove("GIT_EDITOR");
        git.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut git = git.spawn().expect("git runs");
        let mut stdin = git.stdin.take().expect("it asks");
        let _ = std::io::Write::write_all(&mut stdin, b"protocol=https\nhost=x.example\n\n");
        drop(stdin);
        git.wait().expect("it ends");
        assert!(marks.take().contains(trap.0), "plain git does not run {}", trap.0);
    }
}

#[test]
fn the_settings_of_a_repository_run_nothing() {
    let marks = Marks::new();
    let project = repository(&marks);
    append(&project.path(".git/config"), &marks.config(&[]));
    marks.take();
    run_all(project, &|_| {});
    assert_eq!(marks.take(), BTreeSet::new());
}

#[test]
fn a_folder_that_looks_like_a_repository_is_none() {
    let marks = Marks::new();
    let project = Project::new(GOOD);
    project.write("HEAD", "ref: refs/heads/main\n");
    project.write("objects/keep", "");
    project.write("refs/keep", "");
    let looks = [("core.repositoryFormatVersion", "0"), ("core.bare", "false"), ("core.worktree", ".")];
    project.write("config", &marks.config(&looks));
    let whole = project.folder.path();
    git(whole, &["init", "--quiet", "--initial-branch=main"]);
    git(whole, &["add", "--all"]);
    // Git asks what changed when it reads an index that was written with an answer.
    let monitor = format!("core.fsmonitor={}", marks.path("fsmonitor").display());
    git(whole, &["-c", &monitor, "update-index", "--fsmonitor"]);
    fs::copy(whole.join(".git/index"), project.path("index")).expect("it can be copied");
    git(whole, &["update-index", "--no-fsmonitor"]);
    git(whole, &["add", "--all"]);
    git(whole, &["commit", "--quiet", "--message", "x"]);
    git(whole, &["commit", "--quiet", "--allow-empty", "--message", "x"]);
    project.edit("content/handbook/b.md", "# B", "# Old B");
    marks.take();
    project.git_says(&["ls-files"]);
    assert!(!marks.take().is_empty(), "plain git takes it for a repository");
    run_all(project, &|_| {});
    assert_eq!(marks.take(), BTreeSet::new());
}

#[test]
fn the_environment_runs_nothing() {
    let marks = Marks::new();
    let project = repository(&marks);
    let (mut settings, config) = (marks.all_settings(), marks.path("all.config"));
    marks.config(&[]);
    settings.retain(|(name, _)| name != "include.path");
    let program = marks.path("fsmonitor");
    let prepare = |command: &mut Command| {
        command.env("GIT_CONFIG_COUNT", settings.len().to_string());
        for (number, (name, value)) in settings.iter().enumerate() {
            command
                .env(format!("GIT_CONFIG_KEY_{number}"), name)
                .env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        for name in [
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_ASKPASS",
            "GIT_PAGER",
            "GIT_EDITOR",
            "GIT_EXTERNAL_DIFF",
            "GIT_PROXY_COMMAND",
        ] {
            command.env(name, &program);
        }
        command.env("GIT_CONFIG_GLOBAL", &config).env("GIT_CONFIG_SYSTEM", &config);
        command.env("GIT_DIR", "/nowhere").env("GIT_INDEX_FILE", "/nowhere").env("GIT_WORK_TREE", "/nowhere");
    };
    let mut plain = git_command(&project.path(""));
    prepare(&mut plain);
    plain.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
    plain.arg("status").output().expect("git runs");
    assert!(!marks.take().is_empty(), "plain git takes its settings from the environment");
    run_all(project, &prepare);
    assert_eq!(marks.take(), BTreeSet::new());
}

#[test]
fn a_partial_clone_is_not_completed() {
    let marks = Marks::new();
    let project = repository(&marks);
    let blob = project.git(&["rev-parse", "HEAD~1:content/handbook/b.md"]);
    let (folder, name) = blob.trim().split_at(2);
    fs::remove_file(project.path(&format!(".git/objects/{folder}/{name}"))).expect("it is there");
    let ssh = marks.path("ssh").display().to_string();
    for (name, value) in [
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ssh://x.example/y"),
        ("protocol.ssh.allow", "always"),
        ("core.sshCommand", &ssh),
    ] {
        project.git(&["config", name, value]);
    }
    project.git_says(&["cat-file", "-p", blob.trim()]);
    assert!(marks.take().contains("ssh"), "plain git fetches what is missing");
    let text = project.checks(&["--since", "HEAD~1"], 2);
    assert!(
        text.starts_with(
            "error: this clone does not hold the old `content/handbook/b.md`\nhelp: in a partial clone, "
        ),
        "{text}"
    );
    project.builds(&["--out", &project.folder.path().join("site").display().to_string()]);
    assert_eq!(marks.take(), BTreeSet::new());
}

#[test]
fn a_git_in_the_checkout_is_not_the_git_that_runs() {
    let marks = Marks::new();
    let project = repository(&marks);
    fs::copy(marks.path("clean"), project.path("git")).expect("it can be copied");
    let path = format!(".::{}", std::env::var("PATH").expect("a search path"));
    let plain = Command::new("sh")
        .args(["-c", "git status"])
        .current_dir(project.path(""))
        .env("PATH", &path)
        .output();
    plain.expect("a shell runs");
    assert!(marks.take().contains("clean"), "a shell runs it");
    let output = command(&project.path("")).env("PATH", &path).args(["check", "--since", "HEAD"]).output();
    let output = output.expect("sdkb runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(marks.take(), BTreeSet::new());
}

#[test]
fn every_setting_of_git_that_starts_a_program_is_here() {
    let known: BTreeSet<String> =
        TRAPS.iter().flat_map(|trap| trap.1).map(|setting| general(setting)).collect();
    let words = [
        "askpass",
        "browser",
        "clean",
        "cmd",
        "command",
        "driver",
        "editor",
        "exec",
        "external",
        "fsmonitor",
        "helper",
        "hook",
        "hookspath",
        "httpd",
        "insteadof",
        "interactive.difffilter",
        "pager",
        ".path",
        "process",
        "program",
        "proxy",
        "receivepack",
        "smudge",
        "textconv",
        "tool",
        "tunnel",
        "update",
        "uploadpack",
        "vcs",
    ];
    let listed = git(Path::new("/"), &["help", "--config"]);
    let may_start = |name: &&str| {
        let word = name.to_lowercase().replace(['<', '>'], "");
        let is_text = ["advice.", "fsck.", "receive.fsck."].iter().any(|section| word.starts_with(section));
        !is_text && words.iter().any(|end| word.ends_with(end))
    };
    let mut unknown: Vec<&str> =
        listed.lines().filter(|line| !line.contains(' ')).filter(may_start).collect();
    assert!(unknown.len() > 50, "git lists its settings: {listed}");
    unknown.retain(|name| !known.contains(&general(name)) && !HARMLESS.contains(name));
    assert!(unknown.is_empty(), "settings that may start programs: {unknown:#?}");
}

#[test]
fn the_action_fetches_the_base_that_a_shallow_clone_lacks() {
    let project = Project::new(GOOD);
    project.commit();
    let base = project.git(&["rev-parse", "HEAD"]);
    project.edit("content/handbook/b.md", "# B", "# B\n\n[x](gone.md)");
    project.commit();
    let shallow = Project { folder: tempfile::tempdir().expect("a temporary folder") };
    let source = format!("file://{}", project.path("").display());
    git(shallow.folder.path(), &["clone", "--quiet", "--depth=1", &source, "kb"]);
    for (protocol, code) in [("https", 2), ("file", 1)] {
        let output = action(&shallow, base.trim(), protocol, &|_| {});
        assert_eq!(output.status.code(), Some(code), "{}{}", stdout(&output), stderr(&output));
    }
    // The merge that GitHub makes is compared with its first parent, and not with the base of the event.
    let merge = Project::new(GOOD);
    merge.commit();
    let event = merge.git(&["rev-parse", "HEAD"]);
    merge.git(&["checkout", "--quiet", "-b", "change"]);
    merge.write("content/handbook/d.md", "# D\n");
    merge.commit();
    let head = merge.git(&["rev-parse", "HEAD"]);
    merge.git(&["checkout", "--quiet", "main"]);
    merge.edit("content/handbook/c.md", "# C", "# C\n\n[x](gone.md)");
    merge.commit();
    merge.git(&["merge", "--quiet", "--no-edit", "change"]);
    let prepare = |bash: &mut Command| {
        bash.env("BASE_SHA", event.trim()).env("HEAD_SHA", head.trim());
    };
    let output = action(&merge, event.trim(), "https", &prepare);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
}
