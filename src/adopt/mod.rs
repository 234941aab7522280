//! Markdown that nobody wrote for sdkb, to settings that suit it.
//!
//! 1. The project is read with settings that hold its title and its content folder only.
//! 2. `evidence` gathers what speaks for the kind of each document.
//! 3. `folders` finds folders whose documents look alike, and gives them a kind.
//! 4. `settings` writes that down as `sdkb.yml`, and the project is read with it.
//! 5. `advice` says what would make the content better, from what is found then.

mod advice;
mod evidence;
mod exceptions;
mod folders;
pub mod forge;
mod items;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

pub use advice::Advice;
pub use folders::Group;

use self::settings::Basics;
use crate::model::Config;
use crate::parse::config::FILE;
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::world::World;

/// Settings for a project that has none, and what is known of it under them.
pub struct Proposal {
    /// The text of `sdkb.yml`.
    pub settings: String,
    /// What its folders are, those that the settings name first.
    pub groups: Vec<Group>,
    /// Rules whose findings are errors elsewhere.
    pub lowered: Vec<&'static str>,
    /// The project as it is with these settings.
    pub analysis: Analysis,
    /// Whether rules find anything in that.
    pub has_findings: bool,
    /// What would make it better, in order of worth.
    pub advice: Vec<Advice>,
}

/// Proposes settings for the project of a session, which has none. `name` is its title if it says none itself, and
/// `repository` the address of its files on the web.
pub fn propose<W: World>(session: &mut Session<W>, name: &str, repository: Option<String>) -> Proposal {
    let bare = session.analyze();
    let mut basics =
        Basics { title: title(&bare, name), content: content(&bare), repository, ignore: Vec::new() };
    basics.ignore = drafts(&bare, &with(session, &settings::text(&basics, &[], &[])));
    let before = with(session, &settings::text(&basics, &[], &[]));
    let groups = folders::groups(&before.base.graph.documents, &before.base.kinds, &basics.content);
    let trial = with(session, &settings::text(&basics, &groups, &[]));
    let levels = settings::levels(&trial.base, session.findings(&trial));
    let settings = settings::text(&basics, &groups, &levels);
    let analysis = with(session, &settings);
    let advice = advice::advice(&trial.base, session.findings(&trial), &levels);
    let has_findings = !session.findings(&analysis).is_empty();
    let lowered = levels.iter().filter(|level| level.is_lowered()).map(|level| level.rule).collect();
    Proposal { settings, groups, lowered, analysis, has_findings, advice }
}

/// The project as it would be with these settings.
fn with<W: World>(session: &mut Session<W>, settings: &str) -> Analysis {
    session.analyze_with(BTreeMap::from([(FILE.to_owned(), Some(settings.as_bytes().to_vec()))]))
}

/// A title of more letters than this is a sentence.
const LONGEST_TITLE: usize = 50;

/// The name that another generator's settings give, else the heading of the README, else the folder's name.
fn title(bare: &Analysis, name: &str) -> String {
    let Config { title, .. } = &bare.base.config;
    let folder = crate::model::label(name);
    if *title != folder {
        return title.clone();
    }
    let home =
        bare.base.graph.documents.iter().find(|document| document.is_index && document.folder().is_empty());
    let heading = home.and_then(|document| document.body.title.clone());
    heading
        .filter(|heading| !heading.is_empty() && heading.chars().count() <= LONGEST_TITLE)
        .unwrap_or(folder)
}

/// The folder of the documents: that of another generator, or `docs` where all documents but those at the top are in
/// it and one of them is its head.
fn content(bare: &Analysis) -> String {
    if !bare.base.config.content.is_empty() {
        return bare.base.config.content.clone();
    }
    let mut below =
        bare.base.graph.documents.iter().filter(|document| !document.folder().is_empty()).peekable();
    let has_head = |folder: &str| {
        bare.base.graph.documents.iter().any(|document| document.is_index && document.folder() == folder)
    };
    let is_docs = below.peek().is_some() && below.all(|document| document.stem.starts_with("docs/"));
    if is_docs && has_head("docs") { "docs".to_owned() } else { String::new() }
}

/// Documents that another generator leaves out, by their path from the content folder.
fn drafts(bare: &Analysis, before: &Analysis) -> Vec<String> {
    let published: BTreeSet<&str> =
        bare.base.graph.documents.iter().map(|document| &*document.source.path).collect();
    let prefix = match before.base.config.content.as_str() {
        "" => String::new(),
        content => format!("{content}/"),
    };
    let paths = before.base.graph.documents.iter().map(|document| &*document.source.path);
    let drafts = paths.filter(|path| !published.contains(path));
    drafts.map(|path| globset::escape(path.strip_prefix(&prefix).unwrap_or(path))).collect()
}
