//! A project on disk, and the command in it as a user runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A project in a folder of its own.
pub(crate) struct Project {
    pub(crate) folder: TempDir,
}

impl Project {
    /// A project of files, each headed by `-- path --`.
    pub(crate) fn new(text: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in crate::site::files(text) {
            project.write(&path, &text);
        }
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("kb").join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("the file is there");
    }

    pub(crate) fn sdkb(&self, args: &[&str]) -> Output {
        command(&self.path("")).args(args).output().expect("sdkb runs")
    }

    /// Runs `sdkb check`, which ends with `code`. Returns what it says to people.
    pub(crate) fn checks(&self, args: &[&str], code: i32) -> String {
        let output = self.sdkb(&[&["check"], args].concat());
        let text = stdout(&output) + &stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{text}");
        text
    }

    /// What `sdkb check` finds, a line each.
    pub(crate) fn findings(&self) -> Vec<String> {
        let text = stdout(&self.sdkb(&["check", "--format", "concise"]));
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) fn builds(&self, args: &[&str]) -> String {
        let output = self.sdkb(&[&["build"], args].concat());
        let text = stderr(&output);
        assert!(output.status.success(), "{text}");
        text
    }

    /// Runs git in the project.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(&self.path(""), args)
    }

    /// What git says in the project, whether or not it can do what it is asked for.
    pub(crate) fn git_says(&self, args: &[&str]) -> Output {
        git_command(&self.path("")).args(args).output().expect("git runs")
    }

    /// Puts everything into a commit.
    pub(crate) fn commit(&self) {
        self.commit_on(3);
    }

    /// Puts everything into a commit, so many days after the first of March.
    pub(crate) fn commit_on(&self, day: usize) {
        if !self.path(".git").exists() {
            self.git(&["init", "--quiet", "--initial-branch=main"]);
        }
        self.git(&["add", "--all"]);
        let date = format!("2026-03-{:02}T12:00:00Z", day + 1);
        let mut git = git_command(&self.path(""));
        git.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        run(git.args(["commit", "--quiet", "--allow-empty", "--message", "x"]));
    }
}

/// Runs git in a folder.
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    run(git_command(folder).args(args))
}

/// Git in a folder, without the settings of the machine.
pub(crate) fn git_command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), "a").env(format!("GIT_{role}_EMAIL"), "a@b.example");
        git.env(format!("GIT_{role}_DATE"), "2026-03-04T12:00:00Z");
    }
    git
}

/// Runs a command that is expected to do what it is asked for.
fn run(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", stderr(&output));
    stdout(&output)
}

/// The command in a folder, on a fixed day, whatever the environment of the tests says.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkb"));
    command.current_dir(folder).stdin(Stdio::null()).env("SOURCE_DATE_EPOCH", "1780272000");
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A project in which nothing is wrong.
pub(crate) const GOOD: &str = "\
-- sdkb.yml --
title: Test
rules: { orphan-document: off, unreachable-owner: off }
-- content/squads/a.md --
# A
-- content/handbook/b.md --
# B
-- content/handbook/c.md --
# C
";
