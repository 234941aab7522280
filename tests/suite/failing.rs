//! What fails around us: pipes that close, disks that are full, threads and descriptors that are not to be had. Each
//! is said, or shows in the exit code, and none is a panic.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::project::{GOOD, Project, command, stderr, stdout};

/// A project with more errors than a pipe holds.
fn many_errors() -> Project {
    let project = Project::new(GOOD);
    (0..800).for_each(|number| project.write(&format!("content/e{number}.md"), "[x](gone.md)\n"));
    project
}

/// Runs a shell command in which `$0` is the program.
fn shell(project: &Project, script: &str) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_sdkb")]).current_dir(project.path(""));
    shell.stdin(Stdio::null()).env("SOURCE_DATE_EPOCH", "1780272000").env_remove("GITHUB_ACTIONS");
    shell.output().expect("a shell")
}

fn is_no_panic(output: &Output) {
    let said = stderr(output);
    assert!(output.status.code().is_some_and(|code| code < 3) && !said.contains("panicked"), "{output:?}");
}

/// Ends the output of a command after its first line. Returns the exit code and what it said.
fn first_line(mut command: Command) -> (Option<i32>, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut out = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    drop(out);
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("it says something");
    (child.wait().expect("it ends").code(), said)
}

#[test]
fn a_reader_that_leaves_changes_no_exit_code() {
    let project = many_errors();
    for format in ["human", "json", "github", "gitlab", "sarif", "junit", "rdjson"] {
        let mut check = command(&project.path(""));
        check.args(["check", "--format", format]);
        assert_eq!(first_line(check), (Some(1), String::new()), "{format}");
    }
    for args in [
        &["explain"] as &[&str],
        &["explain", "broken-link"],
        &["man"],
        &["completions", "bash"],
        &["schema"],
        &["--help"],
    ] {
        let mut command = command(&project.path(""));
        command.args(args);
        assert_eq!(first_line(command), (Some(0), String::new()), "{args:?}");
    }
    // What is said, too.
    assert_eq!(stdout(&shell(&project, "{ \"$0\" build 2>&1 >&3 | head -1 >&2; } 3>&1; \"$0\" check | head -1; \"$0\" check >/dev/null; echo $?")).lines().last(), Some("1"));
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_can_not_be_written_are_an_error() {
    let project = Project::new(GOOD);
    for args in [
        "check",
        "check --format json",
        "explain",
        "man",
        "completions zsh",
        "schema",
        "new",
        "--help",
        "--version",
    ] {
        let output = shell(&project, &format!("\"$0\" {args} >/dev/full"));
        assert_eq!(output.status.code(), Some(2), "{args}: {output:?}");
        assert!(
            stderr(&output).contains("error: cannot write to standard output: No space left"),
            "{args}: {output:?}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_build_that_can_say_nothing_is_done_and_shows_it() {
    let project = Project::new(GOOD);
    let output = shell(&project, "\"$0\" build 2>/dev/full");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(project.path("site/index.html").is_file());
    project.write("content/d.md", "[x](gone.md)\n");
    for args in ["build", "check", "check --fix"] {
        let output = shell(&project, &format!("\"$0\" {args} 2>/dev/full"));
        assert_eq!(output.status.code(), Some(1), "{args}: {output:?}");
    }
    let output = shell(&project, "\"$0\" build --project nowhere 2>/dev/full");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn closed_streams_are_no_failure() {
    let project = Project::new(GOOD);
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        for args in ["build", "check", "explain", "new runbook x", "init"] {
            let output = shell(&project, &format!("\"$0\" {args} {closed}"));
            is_no_panic(&output);
            let is_done = matches!(args, "build" | "check" | "explain");
            assert_eq!(output.status.success(), is_done, "{args} {closed}: {output:?}");
        }
    }
}

/// Runs `sdkb` where the system gives `threads` threads, its first one among them, or none but that. Nothing if that
/// can't be had here.
fn with_threads(threads: usize, folder: &Path, args: &[&str]) -> Option<Output> {
    // The superuser has no limit: one who has no other processes takes part. All others have some already.
    const USER: u32 = 64_321;
    let mut limited = Command::new("prlimit");
    limited.arg(format!("--nproc={threads}")).arg(env!("CARGO_BIN_EXE_sdkb")).args(args).current_dir(folder);
    limited.stdin(Stdio::null()).env("RAYON_NUM_THREADS", "4").env("SOURCE_DATE_EPOCH", "1780272000");
    if rustix::process::geteuid().is_root() {
        limited.uid(USER).gid(USER);
    }
    // The program may lie where others may not go.
    limited.output().ok().filter(|output| !matches!(output.status.code(), Some(126 | 127)))
}

#[test]
#[cfg(target_os = "linux")]
fn too_few_threads_are_fewer_threads_or_an_error() {
    let project = Project::new(GOOD);
    project.builds(&[]);
    assert!(shell(&project, "mv site whole && chmod -R a+rwX ..").status.success());
    for threads in 1..8 {
        let Some(built) = with_threads(threads, &project.path(""), &["build"]) else { return };
        assert!(built.status.success(), "{threads}: {built:?}");
        let same = shell(&project, "diff -r whole site && rm -r site");
        assert!(same.status.success(), "{threads}: {same:?}");
        let checked = with_threads(threads, &project.path(""), &["check"]).expect("as before");
        assert_eq!(stdout(&checked), "checked 3 documents: no findings\n", "{threads}: {checked:?}");
    }
    for threads in 1..3 {
        let watched = with_threads(threads, &project.path(""), &["watch", "--port", "0"]).expect("as before");
        assert_eq!(watched.status.code(), Some(2), "{watched:?}");
        assert!(stderr(&watched).contains("error: cannot start "), "{watched:?}");
    }
}

#[test]
fn too_few_descriptors_are_no_findings() {
    let project = Project::new(GOOD);
    (0..300).for_each(|number| project.write(&format!("content/handbook/x/{number}.md"), "# X\n"));
    let mut failed = 0;
    for limit in 4..12 {
        for command in ["check", "build"] {
            let script = format!("ulimit -n {limit}; RAYON_NUM_THREADS=8 exec \"$0\" {command}");
            let output = shell(&project, &script);
            is_no_panic(&output);
            match output.status.code() {
                Some(0) => {}
                Some(2) => {
                    failed += 1;
                    let said = stderr(&output);
                    assert!(said.contains("error: cannot ") && !said.contains("error["), "{limit}: {said}");
                }
                _ => panic!("{limit} {command}: {output:?}"),
            }
        }
    }
    assert!(failed > 0, "no limit was low enough");
    assert_eq!(project.path("site").exists(), project.path("site/index.html").is_file());
}
