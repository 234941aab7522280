//! Which project a command is about, and how it talks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::threads;
use crate::caches::Caches;
use crate::diagnostic;
use crate::graph::{LinkTarget, Undecided};
use crate::knowledge_base::KnowledgeBase;
use crate::model::data::DataSets;
use crate::model::{Kind, Kinds, Origin, UnreadReason, UnreadSource};
use crate::parse::{self, config::FILE};
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::text::control::escaped;
use crate::text::suggest;
use crate::world::{DiskWorld, World};

/// How a command ended.
pub(super) type Done = Result<ExitCode>;

/// Which project.
#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
    /// The project's folder [default: the nearest one upward with an sdkb.yml, else this one]
    #[arg(long, value_name = "DIR", help_heading = "Project")]
    project: Option<PathBuf>,
}

/// Opens the project that the arguments name, with `caches` to remember it by.
///
/// # Errors
///
/// If there is no such folder, or the system gives no threads.
pub(super) fn open(args: &ProjectArgs, caches: Caches) -> Result<Session<DiskWorld>> {
    threads::start(false)?;
    let (world, name) = world(args)?;
    Ok(Session::new(world, name, caches))
}

/// Reads a project.
///
/// # Errors
///
/// If the system did not let it, which says nothing of the content.
pub(super) fn analyze(session: &Session<DiskWorld>) -> Result<Analysis> {
    let analysis = session.analyze();
    session.world.ensure_read()?;
    Ok(analysis)
}

/// Reads a project, and renders the pages that its own templates make.
///
/// # Errors
///
/// If the system did not let it, which says nothing of the content.
pub(super) fn analyze_with_pages(session: &Session<DiskWorld>) -> Result<Analysis> {
    let analysis = session.analyze_with_pages();
    session.world.ensure_read()?;
    Ok(analysis)
}

/// The files of the project that the arguments name, and its name.
///
/// # Errors
///
/// If there is no such folder.
pub(super) fn world(args: &ProjectArgs) -> Result<(DiskWorld, String)> {
    let root = match &args.project {
        Some(folder) => folder.clone(),
        None => discover(&std::env::current_dir().context("cannot tell the current folder")?),
    };
    let world = DiskWorld::open(&root).with_context(|| {
        format!("no project at `{}`\nhelp: name a folder of markdown with `--project`", root.display())
    })?;
    // Without its settings, a project would be published as something else.
    let is_there = world.root().join(FILE).symlink_metadata().is_ok();
    let is_missing = is_there && !world.has_file(FILE);
    world.ensure_read()?;
    ensure!(
        !is_missing,
        "`{FILE}` is no file of the project\nhelp: put the settings themselves there, not a folder or a link to elsewhere"
    );
    let name = name(&world);
    Ok((world, name))
}

/// The name of a project's folder.
pub(super) fn name(world: &DiskWorld) -> String {
    world.root().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The nearest folder upward that has settings, else `start`.
fn discover(start: &Path) -> PathBuf {
    start.ancestors().find(|folder| folder.join(FILE).is_file()).unwrap_or(start).to_owned()
}

/// The sets of data of the project around here, or those that sdkb comes with where there is none.
///
/// # Errors
///
/// If the project can't be read.
pub(super) fn sets() -> Result<DataSets> {
    let (world, name) = world(&ProjectArgs { project: None })?;
    let (config, _) = parse::config::config(&world, &name);
    let (kinds, _) = parse::kinds::kinds(&world, &config);
    let (sets, _) = parse::data::sets(&world, &config, &kinds);
    world.ensure_read()?;
    Ok(sets)
}

/// The kind that `name` names: itself, several of it or their folder.
///
/// # Errors
///
/// If there is none.
pub(super) fn kind<'a>(kinds: &'a Kinds, name: &str) -> Result<&'a Arc<Kind>> {
    let found = kinds.get(name).or_else(|| kinds.by_folder(name));
    found.with_context(|| {
        let close = suggest::closest(name, kinds.all.iter().map(|kind| kind.id.as_str()));
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None => "`sdkb new` lists the kinds".to_owned(),
        };
        format!("there is no kind `{name}`\nhelp: {help}")
    })
}

/// What else a user should know about a project.
pub(super) fn notes(base: &KnowledgeBase) -> Vec<String> {
    let mut notes = Vec::new();
    let content = if base.config.content.is_empty() { "the project" } else { &base.config.content };
    if base.graph.documents.is_empty() {
        notes.push(format!("there is no markdown in {content}"));
    } else if !base.is_adopted {
        notes.push("there is no sdkb.yml, so documents are not held to their kinds".to_owned());
    }
    notes.extend(base.config.origins.iter().filter(|_| !base.is_adopted).filter_map(read_as));
    notes.extend(undecided(base));
    if let [first, ..] = base.left_out.as_slice() {
        let documents = diagnostic::count(base.left_out.len(), "document");
        let are = if base.left_out.len() == 1 { "is" } else { "are" };
        let why = match base.config.origins.is_empty() {
            true => "as drafts",
            false => "as drafts, or as the generator of the repository does",
        };
        notes.push(format!("{documents} {are} left out {why}, such as `{first}`"));
    }
    notes.extend(unread_sources(base));
    if let [first, ..] = base.unread.as_slice() {
        let files = diagnostic::count(base.unread.len(), "file");
        notes.push(format!("{files} in {content} may be documents and can't be read, such as `{first}`"));
    }
    notes
}

/// Says as what a repository is read that another generator makes a site of.
fn read_as(origin: &Origin) -> Option<String> {
    let (folder, _) = origin.roots.first()?;
    let folder = if folder.is_empty() { "the project" } else { folder };
    Some(format!("links in {folder} are read as {} reads them", origin.generator))
}

/// Says which files of alert rules are not read, and why.
fn unread_sources(base: &KnowledgeBase) -> Vec<String> {
    let mut found: BTreeMap<UnreadReason, (usize, &str)> = BTreeMap::new();
    for UnreadSource { path, reason } in &base.definitions.unread {
        found.entry(*reason).or_insert((0, path)).0 += 1;
    }
    let note = |(reason, (count, first)): (UnreadReason, (usize, &str))| {
        let (files, first) = (diagnostic::count(count, "file"), escaped(first));
        let (are, hold) = if count == 1 { ("is a", "holds") } else { ("are", "hold") };
        match reason {
            UnreadReason::Helm if count == 1 => {
                format!("{files} of alert rules {are} template of Helm and is not read: `{first}`")
            }
            UnreadReason::Helm => {
                format!("{files} of alert rules {are} templates of Helm and are not read, such as `{first}`")
            }
            UnreadReason::Jsonnet => {
                format!("{files} of alert rules in Jsonnet can't be read, such as `{first}`")
            }
            UnreadReason::Unknown => {
                format!("{files} among `sources` {hold} nothing that is known, such as `{first}`")
            }
        }
    };
    let mut notes: Vec<String> = found.into_iter().map(note).collect();
    if let [first, ..] = base.definitions.templated.as_slice() {
        let rules = diagnostic::count(base.definitions.templated.len(), "alert rule");
        let (path, (line, _)) = (escaped(&first.location.source.path), first.location.line_column());
        notes.push(format!(
            "the names of {rules} are made by templates and not known, such as `{path}:{line}`"
        ));
    }
    notes
}

/// Says which links can't be decided, and why.
fn undecided(base: &KnowledgeBase) -> Vec<String> {
    let mut found: BTreeMap<Undecided, (usize, String)> = BTreeMap::new();
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            let LinkTarget::Undecided(reason) = target else { continue };
            let path = escaped(&document.source.path);
            let first = || match reason {
                Undecided::Draft => format!("in `{path}`"),
                _ => format!("`{}` in `{path}`", escaped(&link.target)),
            };
            found.entry(*reason).or_insert_with(|| (0, first())).0 += 1;
        }
    }
    let note = |(reason, (count, first)): (Undecided, (usize, String))| {
        let links = diagnostic::count(count, "link");
        let (lead, have) = if count == 1 { ("leads", "has") } else { ("lead", "have") };
        match reason {
            Undecided::Variable => format!("{links} {have} variables and are not checked, such as {first}"),
            Undecided::Unread => {
                format!("{links} {lead} to documents that can't be read and are not checked, such as {first}")
            }
            Undecided::OtherPage => {
                format!(
                    "{links} may lead to pages that no document makes and are not checked, such as {first}"
                )
            }
            Undecided::OtherSite => {
                format!("{links} {lead} out of the site and are not checked, such as {first}")
            }
            Undecided::Draft => {
                let (are, chapters) = if count == 1 { ("is", "a chapter") } else { ("are", "chapters") };
                format!("{links} without an address {are} for {chapters} still to be written, {first}")
            }
            Undecided::Program if count == 1 => {
                format!("1 link opens a program and is not published, such as {first}")
            }
            Undecided::Program => {
                format!("{links} open programs and are not published, such as {first}")
            }
        }
    };
    found.into_iter().map(note).collect()
}

/// A path as short as it can be written from here.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// A folder as a shell takes it.
pub(super) fn quoted(folder: &Path) -> String {
    let name = folder.display().to_string();
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || "-_./~".contains(letter));
    if is_plain { name } else { format!("'{}'", escaped(&name).replace('\'', "'\\''")) }
}
