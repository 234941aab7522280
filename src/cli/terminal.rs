//! The one door to standard output and standard error.
//!
//! What goes through it can't move the cursor or command a CI system, whatever content is quoted in it. Results go to
//! standard output; what is said about them goes to standard error, a line each.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::AutoStream;
use anstyle::AnsiColor;
use anyhow::{Context, Result};

use crate::diagnostic::format::statistics;
use crate::diagnostic::{self, Colour, Diagnostic};
use crate::text::control::{escaped, printable};

/// Whether a message could not be written to standard error. The exit code then says that the command failed.
static STDERR_FAILED: AtomicBool = AtomicBool::new(false);

/// Writes a result for people to standard output. A reader that went away is no error.
///
/// # Errors
///
/// If the system can't, as where the disk behind it is full.
pub(super) fn print(text: &str) -> Result<()> {
    written(AutoStream::auto(io::stdout()), &printable(text))
}

/// Writes a result for machines to standard output, as it is.
///
/// # Errors
///
/// As [`print`].
pub(super) fn print_data(text: &str) -> Result<()> {
    written(io::stdout(), text)
}

/// Says something, on a line of its own.
pub(super) fn say(text: impl Display) {
    write_stderr(&line(text));
}

/// Says something that is good to know.
pub(super) fn note(text: impl Display) {
    write_stderr(&format!("note: {}", line(text)));
}

/// Says that something was done, which `word` names.
pub(super) fn done(word: &str, text: impl Display) {
    write_stderr(&format!("{} {}", styled(word, AnsiColor::Green), line(text)));
}

/// Warns of something.
pub(super) fn warn(text: impl Display) {
    write_stderr(&format!("{}: {}", styled("warning", AnsiColor::Yellow), line(text)));
}

/// Says that something failed, which `word` names, and why.
pub(super) fn fail(word: &str, text: impl Display) {
    write_stderr(&format!("{}: {}", styled(word, AnsiColor::Red), line(text)));
}

/// Says what went wrong and why in one line, and then the advice, which may stand in any part of it.
pub(super) fn error(error: &anyhow::Error) {
    const HELP: &str = "\nhelp: ";
    let (mut what, mut help) = (Vec::new(), Vec::new());
    for part in error.chain().map(ToString::to_string) {
        let mut texts = part.split(HELP).map(str::to_owned);
        what.extend(texts.next());
        help.extend(texts);
    }
    fail("error", what.join(": "));
    for text in help {
        say(format_args!("help: {text}"));
    }
}

/// Shows findings, each followed by an empty line.
pub(super) fn show(findings: &[Diagnostic]) {
    write_stderr(&diagnostic::all(findings, colour(&io::stderr())));
}

/// Lines that findings may take, so that a screen holds them.
const SCREEN: usize = 20;

/// Shows findings, or as many as a screen holds, errors first, and then how often each rule is broken.
pub(super) fn show_some(findings: &[Diagnostic]) {
    let lines = |finding: &Diagnostic| diagnostic::render(finding, Colour::Off).lines().count() + 1;
    // All of a screen would be much to render in order to count.
    let few = findings.iter().take(SCREEN);
    if findings.len() <= SCREEN && few.map(lines).sum::<usize>() <= SCREEN {
        return show(findings);
    }
    let mut first: Vec<&Diagnostic> = findings.iter().collect();
    first.sort_by_key(|finding| finding.severity);
    let mut left = SCREEN - lines(first[0]).min(SCREEN);
    let others = first[1..].iter().take(SCREEN).take_while(|finding| {
        let next = left.checked_sub(lines(finding));
        left = next.unwrap_or(0);
        next.is_some()
    });
    let shown: Vec<Diagnostic> = first[..1].iter().chain(others).map(|finding| (*finding).clone()).collect();
    show(&shown);
    let mut rules = statistics(findings);
    let rest = rules.len().saturating_sub(MOST_RULES);
    rules.truncate(MOST_RULES);
    say(format_args!("in all {}, which `sdkb check` lists:", diagnostic::summary(findings)));
    rules.into_iter().for_each(say);
    if rest > 0 {
        say(format_args!("and {}", diagnostic::count(rest, "more rule")));
    }
    write_stderr("\n");
}

/// Rules that are counted beneath findings.
const MOST_RULES: usize = 10;

/// Shows what the parser of arguments has to say, which may be the help that was asked for.
pub(super) fn usage(error: &clap::Error) -> Result<ExitCode> {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        write_stderr(&text);
        return Ok(ExitCode::from(2));
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// How a command ends. One that could not say what it had to say did not succeed.
pub(super) fn exit_code(code: ExitCode) -> ExitCode {
    let stderr_failed = STDERR_FAILED.load(Ordering::Relaxed);
    if stderr_failed && code == ExitCode::SUCCESS { ExitCode::from(2) } else { code }
}

/// Whether a person can hold a dialogue at this terminal.
pub(super) fn is_interactive() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stderr().is_terminal() && !is_dumb
}

/// Whether what is printed has colours.
pub(super) fn colour_of_results() -> Colour {
    colour(&io::stdout())
}

fn colour(stream: &impl anstream::stream::RawStream) -> Colour {
    match AutoStream::choice(stream) {
        anstream::ColorChoice::Never => Colour::Off,
        _ => Colour::On,
    }
}

fn line(text: impl Display) -> String {
    escaped(&text.to_string()).into_owned() + "\n"
}

fn styled(word: &str, colour: AnsiColor) -> String {
    let style = anstyle::Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{word}{style:#}")
}

fn written(mut stream: impl Write, text: &str) -> Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Writes to standard error. If that fails there is nowhere to say so but the exit code.
fn write_stderr(text: &str) {
    let mut stream = AutoStream::auto(io::stderr());
    match stream.write_all(printable(text).as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => STDERR_FAILED.store(true, Ordering::Relaxed),
        _ => {}
    }
}
