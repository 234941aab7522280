//! The one place that starts git.
//!
//! The repository may be written by a stranger, and git runs programs that a repository's settings name. So git
//! gets none of the environment's and the user's settings, its own can't start anything, and it is only asked
//! what needs no filter, hook, pager or network: no command here looks into the files of the work tree, which is
//! where filters (`filter.<name>.clean`) would run. The owner of the repository does not matter for the same
//! reason: `safe.directory` protects from settings that start programs.
//!
//! The command and not `gix`: that adds 69 crates to 221, and would need the same care, as its status runs
//! filters too.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};

use super::repository::Repository;

/// The settings that start programs in some command of git, and what they are set to: none of the commands here
/// comes to them, and a newer git may. `tests/suite/hostile_git.rs` has the list of all such settings.
const SETTINGS: [&str; 22] = [
    "core.alternateRefsCommand=true",
    "core.askPass=",
    "core.attributesFile=/dev/null",
    "core.editor=false",
    "core.fsmonitor=false",
    "core.gitProxy=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "core.sshCommand=false",
    "core.untrackedCache=false",
    "credential.helper=",
    "diff.external=",
    "diff.ignoreSubmodules=all",
    "gc.auto=0",
    "gpg.program=false",
    "log.showSignature=false",
    "maintenance.auto=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "sequence.editor=false",
    "submodule.recurse=false",
];

/// The environment of git, beside the few variables that it needs.
const ENVIRONMENT: [(&str, &str); 12] = [
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    // `protocol.<name>.allow` of the repository would outweigh `protocol.allow`. There is no such protocol.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_PROTOCOL_FROM_USER", "0"),
    // A partial clone says what it lacks, instead of fetching it.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_PAGER", "cat"),
    ("GIT_EDITOR", "false"),
    ("LC_ALL", "C"),
];

/// What git needs of our environment: where it and its libraries are, and whose ignore file counts.
const INHERITED: [&str; 5] =
    ["HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"];

/// How far one call of git may go.
#[derive(Clone, Copy)]
struct Limits {
    time: Duration,
    /// How much it may print.
    bytes: u64,
}

/// Enough for a large history on a slow disk.
const LIMITS: Limits = Limits { time: Duration::from_secs(300), bytes: 1 << 30 };

/// What git prints, while it prints it. Git ends when this is dropped.
pub(super) struct Answer {
    reader: io::Take<BufReader<ChildStdout>>,
    children: Arc<Mutex<Vec<Child>>>,
    reasons: Vec<JoinHandle<String>>,
    limits: Limits,
    is_late: Arc<AtomicBool>,
    /// The deadline holds while this is there.
    _clock: Sender<()>,
}

impl Repository {
    /// What git answers to `arguments`, given `input`; nothing if it says no: with status 1 and without a reason.
    ///
    /// # Errors
    ///
    /// If git can't be run, fails, or goes beyond its limits.
    pub(super) fn ask(&self, arguments: &[&str], input: Vec<u8>) -> Result<Option<Vec<u8>>> {
        let mut answer = self.run(arguments, input)?;
        let mut bytes = Vec::new();
        answer.read_to_end(&mut bytes)?;
        Ok(answer.end()?.then_some(bytes))
    }

    /// What git prints for `arguments` and `input`, while it prints it.
    ///
    /// # Errors
    ///
    /// If git can't be run.
    pub(super) fn run(&self, arguments: &[&str], input: Vec<u8>) -> Result<Answer> {
        start(vec![self.git(arguments)], input, LIMITS)
    }

    /// What git prints for `arguments`.
    ///
    /// # Errors
    ///
    /// As [`Repository::ask`], and if git exits with another status than 0.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = self.ask(arguments, Vec::new())?;
        output.with_context(|| format!("`git {}` failed", arguments.join(" ")))
    }

    /// The line that git prints for `arguments`; nothing if it fails.
    ///
    /// # Errors
    ///
    /// As [`Repository::ask`].
    pub(super) fn line(&self, arguments: &[&str]) -> Result<Option<String>> {
        let line = self.ask(arguments, Vec::new())?;
        Ok(line.map(|line| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    /// What the last of several calls says, each of which reads what the one before it says.
    ///
    /// # Errors
    ///
    /// If git can't be run.
    pub(super) fn pipe(&self, calls: &[&[&str]]) -> Result<Answer> {
        let calls = calls.iter().map(|arguments| self.git(arguments)).collect();
        start(calls, Vec::new(), LIMITS)
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut git = git();
        git.env("GIT_DIR", &self.folder).env("GIT_WORK_TREE", &self.top);
        git.arg("-C").arg(&self.root).args(arguments);
        git
    }
}

/// The value of a setting in the user's own configuration, which git runs nothing to read.
pub(super) fn user_setting(name: &str) -> Option<String> {
    let mut git = git();
    git.env_remove("GIT_CONFIG_GLOBAL").args(["config", "--global", "--type=path", "--get", name]);
    let mut answer = start(vec![git], Vec::new(), LIMITS).ok()?;
    let mut value = String::new();
    answer.read_to_string(&mut value).ok()?;
    answer.end().ok()?.then(|| value.trim_end().to_owned())
}

#[allow(clippy::disallowed_methods, reason = "git needs a part of our environment")]
fn git() -> Command {
    let mut git = Command::new("git");
    git.env_clear().env("PATH", search_path(std::env::var_os("PATH").unwrap_or_default()));
    git.envs(INHERITED.iter().filter_map(|name| Some((name, std::env::var_os(name)?)))).envs(ENVIRONMENT);
    git.args(["--no-pager", "--literal-pathspecs"]);
    for setting in SETTINGS {
        git.args(["-c", setting]);
    }
    git
}

/// The search path without relative folders: in a checkout, those may hold another `git`.
fn search_path(path: OsString) -> OsString {
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    std::env::join_paths(folders).unwrap_or_default()
}

/// Starts commands, each of which reads what the one before it prints, and the first `input`.
fn start(commands: Vec<Command>, input: Vec<u8>, limits: Limits) -> Result<Answer> {
    let (mut children, mut errors) = (Vec::new(), Vec::new());
    let (mut stdin, mut stdout) = (None, None::<ChildStdout>);
    for mut command in commands {
        let source = match stdout.take() {
            Some(stdout) => Stdio::from(stdout),
            None if input.is_empty() => Stdio::null(),
            None => Stdio::piped(),
        };
        let child = command.stdin(source).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                anyhow!("`git` is not installed\nhelp: without it there is no `--since`")
            }
            _ => anyhow::Error::new(error).context("cannot run `git`"),
        })?;
        stdin = stdin.or(child.stdin.take());
        stdout = child.stdout.take();
        errors.extend(child.stderr.take());
        children.push(child);
    }
    let reader = BufReader::new(stdout.context("git has no output")?).take(limits.bytes);
    let children = Arc::new(Mutex::new(children));
    let is_late = Arc::new(AtomicBool::new(false));
    let clock = clock(limits.time, Arc::clone(&children), Arc::clone(&is_late))?;
    let mut answer = Answer { reader, children, reasons: Vec::new(), limits, is_late, _clock: clock };
    if let Some(mut stdin) = stdin {
        // Git answers while it is still being asked, and may stop before the end of the questions.
        thread::Builder::new().spawn(move || drop(stdin.write_all(&input)))?;
    }
    for stderr in errors {
        answer.reasons.push(thread::Builder::new().spawn(move || first_lines(stderr))?);
    }
    Ok(answer)
}

/// Ends `children` after `time`, unless what it returns is dropped before.
fn clock(
    time: Duration,
    children: Arc<Mutex<Vec<Child>>>,
    is_late: Arc<AtomicBool>,
) -> io::Result<Sender<()>> {
    let (sender, receiver) = mpsc::channel::<()>();
    thread::Builder::new().spawn(move || {
        if receiver.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            is_late.store(true, Ordering::Relaxed);
            kill(&children);
        }
    })?;
    Ok(sender)
}

/// How much of a reason is shown.
const MAX_REASON: u64 = 4096;

/// The beginning of what `stderr` says. All of it is read: git waits for its reader.
fn first_lines(mut stderr: impl Read) -> String {
    let mut reason = Vec::new();
    let _ = stderr.by_ref().take(MAX_REASON).read_to_end(&mut reason);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&reason).trim().to_owned()
}

impl Answer {
    /// Waits for the end. Says whether git says yes.
    ///
    /// # Errors
    ///
    /// If git fails, or goes beyond its limits.
    pub(super) fn end(mut self) -> Result<bool> {
        ensure!(self.reader.limit() > 0, "git prints more than {} MiB", self.limits.bytes >> 20);
        let reasons: Vec<String> =
            self.reasons.drain(..).map(|reason| reason.join().unwrap_or_default()).collect();
        let mut says_yes = true;
        for (child, reason) in lock(&self.children).iter_mut().zip(reasons) {
            // Its outputs are closed, and so it is about to end.
            let status = child.wait()?;
            ensure!(
                !self.is_late.load(Ordering::Relaxed),
                "git takes longer than {} seconds",
                self.limits.time.as_secs()
            );
            ensure!(
                status.success() || (status.code() == Some(1) && reason.is_empty()),
                "git failed: {reason}"
            );
            says_yes &= status.success();
        }
        Ok(says_yes)
    }
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for Answer {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        kill(&self.children);
        for child in lock(&self.children).iter_mut() {
            let _ = child.wait();
        }
    }
}

fn kill(children: &Mutex<Vec<Child>>) {
    for child in lock(children).iter_mut() {
        let _ = child.kill();
    }
}

fn lock(children: &Mutex<Vec<Child>>) -> MutexGuard<'_, Vec<Child>> {
    children.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The parts of what git separates by zero bytes. A name that is no UTF-8 is none of a document, and is reported
/// where files are listed.
pub(super) fn fields(output: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    output.split(|byte| *byte == 0).filter(|field| !field.is_empty()).map(String::from_utf8_lossy)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsString;
    use std::io::Read;
    use std::process::Command;
    use std::time::Duration;

    use super::{LIMITS, Limits, search_path, start};

    /// What becomes of a shell's script.
    fn run(script: &str, input: &str, limits: Limits) -> Result<(bool, String), String> {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        let mut answer = start(vec![shell], input.into(), limits).map_err(|error| error.to_string())?;
        let mut text = String::new();
        answer.read_to_string(&mut text).expect("it is text");
        answer.end().map(|says_yes| (says_yes, text)).map_err(|error| error.to_string())
    }

    #[test]
    fn an_answer_is_yes_no_or_a_reason() {
        assert_eq!(run("cat", "x", LIMITS), Ok((true, "x".to_owned())));
        assert_eq!(run("exit 1", "", LIMITS), Ok((false, String::new())));
        assert_eq!(run("echo x >&2; exit 1", "", LIMITS), Err("git failed: x".to_owned()));
        let much = "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789 >&2; i=$((i + 1)); done";
        assert!(run(&format!("{much}; exit 2"), "", LIMITS).is_err_and(|reason| reason.len() < 5000));
        // Input that is not read to its end.
        assert_eq!(run("exit 0", &"x".repeat(1 << 20), LIMITS), Ok((true, String::new())));
    }

    #[test]
    fn what_goes_on_and_on_is_ended() {
        let short = Limits { time: Duration::from_millis(50), ..LIMITS };
        assert_eq!(run("exec sleep 1000", "", short), Err("git takes longer than 0 seconds".to_owned()));
        let small = Limits { bytes: 1 << 20, ..LIMITS };
        assert_eq!(run("exec yes", "", small), Err("git prints more than 1 MiB".to_owned()));
    }

    #[test]
    fn git_is_looked_for_in_absolute_folders() {
        assert_eq!(search_path(OsString::from("/a:.::b:/c")), OsString::from("/a:/c"));
    }
}
