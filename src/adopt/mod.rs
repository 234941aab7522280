//! Markdown that was not written for sdkb, to settings that suit it.
//!
//! 1. The project is read with settings that hold its title and its content folder only.
//! 2. `evidence` gathers what speaks for the kind of each document.
//! 3. `folders` finds folders whose documents look alike, and gives them a kind.
//!    `field_names` finds fields that have another name there.
//! 4. `settings` writes that down as `sdkb.yml`, and the project is read with it.
//! 5. `advice` says what would make the content better, from what is found then.

mod advice;
mod evidence;
mod exceptions;
mod field_names;
mod folders;
pub mod forge;
mod items;
mod settings;

pub use advice::Advice;
pub use field_names::NamedField;
pub use folders::Group;

use self::field_names::NamedFields;
use self::settings::Basics;
use crate::check::Baseline;
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
    /// Fields that documents have under other names.
    pub fields: Vec<NamedField>,
    /// The file of what is found today, and its path, if there is anything.
    pub baseline: Option<(&'static str, String)>,
    /// The project as it is with these settings.
    pub analysis: Analysis,
    /// What would make it better, in order of worth.
    pub advice: Vec<Advice>,
}

/// Proposes settings for the project of a session, which has none. `name` is its title if it says none itself, and
/// `repository` the address of its files on the web.
pub fn propose<W: World>(session: &Session<W>, name: &str, repository: Option<String>) -> Proposal {
    let bare = session.analyze();
    let basics = Basics { title: title(&bare, name), content: content(&bare), repository };
    let before = with(session, &settings::text(&basics, &[], &NamedFields::default(), false), None);
    let groups = folders::groups(&before.base.graph.documents, &before.base.kinds, &basics.content);
    let named = with(session, &settings::text(&basics, &groups, &NamedFields::default(), false), None);
    let fields = NamedFields::of(&named.base);
    let trial = with(session, &settings::text(&basics, &groups, &fields, false), None);
    let findings = session.all_findings(&trial);
    let baseline = Baseline::of(findings);
    let baseline = (baseline.count() > 0).then(|| (settings::BASELINE, baseline.text()));
    let settings = settings::text(&basics, &groups, &fields, baseline.is_some());
    let analysis = with(session, &settings, baseline.as_ref());
    let advice = advice::advice(&trial.base, findings, &settings::foreign(findings));
    Proposal { settings, groups, fields: fields.all(), baseline, analysis, advice }
}

/// The project as it would be with these settings and this file of known findings.
fn with<W: World>(
    session: &Session<W>,
    settings: &str,
    baseline: Option<&(&'static str, String)>,
) -> Analysis {
    let files = std::iter::once((FILE, settings)).chain(baseline.map(|(path, text)| (*path, text.as_str())));
    session.analyze_overlaid(
        files.map(|(path, text)| (path.to_owned(), Some(text.as_bytes().to_vec()))).collect(),
    )
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
