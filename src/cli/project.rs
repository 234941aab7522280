//! Which project a command is about, and how it talks.

use std::path::{Path, PathBuf};

use anstream::AutoStream;
use anyhow::{Context, Result};

use super::ProjectArgs;
use crate::diagnostic::{self, Colour, Diagnostic};
use crate::memo::Memo;
use crate::parse::config::FILE;
use crate::session::Session;
use crate::world::DiskWorld;

/// Opens the project that the arguments name.
///
/// # Errors
///
/// If there is no such folder.
pub(super) fn open(args: &ProjectArgs) -> Result<Session<DiskWorld>> {
    let root = match &args.project {
        Some(folder) => folder.clone(),
        None => discover(&std::env::current_dir().context("cannot tell the current folder")?),
    };
    let world = DiskWorld::open(&root).with_context(|| {
        format!("no project at `{}`\nhelp: name a folder of markdown with `--project`", root.display())
    })?;
    let name = world.root().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Session::new(world, name, Memo::for_one_build()))
}

/// The nearest folder upward that has settings, else `start`.
fn discover(start: &Path) -> PathBuf {
    start.ancestors().find(|folder| folder.join(FILE).is_file()).unwrap_or(start).to_owned()
}

/// Findings as text for a stream, each followed by an empty line.
pub(super) fn findings(findings: &[Diagnostic], colour: Colour) -> String {
    findings.iter().map(|finding| diagnostic::render(finding, colour) + "\n\n").collect()
}

/// Whether to colour what goes to `stream`.
pub(super) fn colour(stream: &impl anstream::stream::RawStream) -> Colour {
    match AutoStream::choice(stream) {
        anstream::ColorChoice::Never => Colour::Off,
        _ => Colour::On,
    }
}

/// A word that something went wrong.
pub(super) fn red(word: &str) -> String {
    styled(word, anstyle::AnsiColor::Red)
}

/// A word that it went well.
pub(super) fn green(word: &str) -> String {
    styled(word, anstyle::AnsiColor::Green)
}

fn styled(word: &str, colour: anstyle::AnsiColor) -> String {
    let style = anstyle::Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{word}{style:#}")
}
