//! `sdkb init`: a small knowledge base to start from, or settings for markdown that is there.

mod adopt;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use super::project::{Done, quoted};
use super::{terminal, threads};
use crate::author::{json_schema, scalar};
use crate::caches::Caches;
use crate::diagnostic;
use crate::model::label;
use crate::parse::config::FILE;
use crate::session::Session;
use crate::text::control::escaped;
use crate::world::{DiskWorld, MemoryWorld, World, scaffold};

/// The knowledge base to start from, file by file.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/starter");

/// What stands in the starter for the title of the new knowledge base.
const TITLE: &str = "STARTER_TITLE";

const EXAMPLES: &str = "\
Examples:
  sdkb init kb                     a squad, its service, a runbook, priorities and messages in kb/
  sdkb init --from .               settings for the markdown that is here

Files that are there are never changed.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InitArgs {
    /// The folder for a small knowledge base to start from [default: this one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Propose settings for the markdown in this folder. Writes its sdkb.yml and nothing else, and says what would
    /// make the content better
    #[arg(long, value_name = "DIR", conflicts_with = "folder")]
    from: Option<PathBuf>,
}

pub(super) fn run(args: &InitArgs) -> Done {
    threads::start(false)?;
    let text = match &args.from {
        Some(folder) => adopt::run(folder)?,
        None => start(args.folder.as_deref())?,
    };
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the starter. Says what it wrote, and how to go on.
fn start(folder: Option<&Path>) -> Result<String> {
    let root =
        std::path::absolute(folder.unwrap_or(Path::new("."))).context("cannot tell the current folder")?;
    // The settings of git and of editors that a repository has already are its own.
    let is_there =
        |(path, _): &(String, Vec<u8>)| path.starts_with('.') && root.join(path).symlink_metadata().is_ok();
    let (left, files): (Vec<_>, Vec<_>) = starter(&title(&root)).into_iter().partition(is_there);
    if root.exists() {
        let world = DiskWorld::open(&root).with_context(|| format!("cannot use `{}`", root.display()))?;
        refuse(&world, folder)?;
    }
    scaffold::create(&root, &files)?;
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let mut text = format!(
        "wrote {} to {}\n\n{}\nnext:\n",
        diagnostic::count(paths.len(), "file"),
        shown(folder),
        tree(&paths)
    );
    if let Some(folder) = folder.filter(|folder| *folder != Path::new(".")) {
        text += &format!("  cd {}\n", quoted(folder));
    }
    text += "  sdkb watch                   see it in a browser while you edit\n";
    text += "  sdkb new runbook \"Title\"     write about the alert that fired last\n";
    text += "  sdkb check                   what is wrong with it: nothing yet\n";
    if !left.is_empty() {
        let left = diagnostic::names(left.iter().map(|(path, _)| path.as_str()));
        text += &format!("Left as it was: {left}. Let git ignore `/site/`, if it does not yet.\n");
    }
    text += "Before the first push, name the repository of sdkb in .github/workflows/knowledge-base.yml.\n";
    Ok(text)
}

/// Refuses a folder in which something would be lost or mixed up.
fn refuse(world: &DiskWorld, folder: Option<&Path>) -> Result<()> {
    let here = shown(folder);
    if world.has_file(FILE) {
        bail!("{here} is a knowledge base already\nhelp: `sdkb new runbook \"Title\"` adds to it");
    }
    let listing = world.list("").files;
    world.ensure_read()?;
    let documents = listing.iter().filter(|path| is_document(path)).count();
    if documents > 0 {
        let from = folder.map_or_else(|| ".".to_owned(), quoted);
        let documents = diagnostic::count(documents, "markdown document");
        bail!(
            "{here} holds {documents} already\nhelp: `sdkb init --from {from}` proposes settings for them and writes nothing else; name another folder to start from nothing"
        );
    }
    Ok(())
}

/// Whether a file is a document of a knowledge base, and not one that any repository has: `CONTRIBUTING.md`.
fn is_document(path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")) else {
        return false;
    };
    path.contains('/') || stem.chars().any(char::is_lowercase) && stem != "readme"
}

/// The title for a knowledge base in a folder.
fn title(root: &Path) -> String {
    let name = root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    label(name.trim_matches(['.', '-', '_']))
}

/// The files of the starter, by path.
fn starter(title: &str) -> Vec<(String, Vec<u8>)> {
    let title = if title.is_empty() { "Knowledge base" } else { title };
    let mut files = Vec::new();
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    let text = String::from_utf8_lossy(file.contents());
                    let text = if path == FILE {
                        text.replace(TITLE, &scalar(title)).into_bytes()
                    } else {
                        text.into_owned().into_bytes()
                    };
                    files.push((path, text));
                }
            }
        }
    }
    files.push((SCHEMA.to_owned(), schema(&files)));
    files.sort();
    files
}

/// What the settings may say, for the editor: `.vscode/settings.json` leads there.
const SCHEMA: &str = ".vscode/sdkb.schema.json";

/// The schema of the settings of a project that holds these files.
fn schema(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut world = MemoryWorld::default();
    files.iter().for_each(|(path, bytes)| world.insert(path, bytes.clone()));
    let analysis = Session::new(world, "", Caches::for_one_build()).read();
    format!("{:#}\n", json_schema::settings(&analysis.base)).into_bytes()
}

/// Files by folder, a line each.
fn tree(paths: &[&str]) -> String {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        folders.entry(folder).or_default().push(name);
    }
    let width = folders.keys().map(|folder| folder.len()).max().unwrap_or_default() + 2;
    let line = |(folder, names): (&str, Vec<&str>)| {
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        format!("  {folder:width$}{}\n", names.join(", "))
    };
    folders.into_iter().map(line).collect()
}

/// A folder as a message names it.
fn shown(folder: Option<&Path>) -> String {
    folder.map_or_else(
        || "this folder".to_owned(),
        |folder| format!("`{}`", escaped(&folder.display().to_string())),
    )
}
