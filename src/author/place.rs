//! Where a new document goes: the folder of its kind, and a name from its title.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use jiff::civil::Date;

use super::Draft;
use crate::graph::{Graph, Resolution};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Infer;
use crate::parse::{self, is_alert_name};
use crate::text::slug;

/// The folder of documents in a project that has none yet.
const CONTENT: &str = "content";

/// The path of the file for `draft`, from the project's folder. Where that place would make it a document of
/// another kind, the draft says its kind from now on. `here` is the folder that the author works in, from the
/// project's folder: if it holds documents of the kind, that is where the new one goes.
///
/// # Errors
///
/// If the title has no letters to make a name from.
pub fn path(draft: &mut Draft, base: &KnowledgeBase, today: Date, here: Option<&str>) -> Result<String> {
    let name = name(draft, today)?;
    let config = &base.config;
    let content =
        if config.content.is_empty() && base.graph.documents.is_empty() { CONTENT } else { &config.content };
    let mut folders = vec![draft.kind.folder.clone()];
    folders.extend(collected(draft, base));
    folders.splice(0..0, home(draft, base));
    folders.splice(0..0, here.and_then(|here| below(here, content)));
    let path = |folder: &str| {
        let parts = [content, folder, &name].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("/") + ".md"
    };
    draft.states_kind = false;
    let text = draft.text();
    let is_right = |path: &String| {
        let document = parse::read(path, text.clone().into_bytes(), config, &base.kinds);
        document.kind.id == draft.kind.id
    };
    let found = folders.iter().map(|folder| path(folder)).find(is_right);
    draft.states_kind = found.is_none();
    Ok(found.unwrap_or_else(|| path(&draft.kind.folder)))
}

/// A reference that would lead to the new document at `path` and led to another one before: its text, and the
/// file that it stands in.
pub fn taken<'a>(before: &Graph, after: &'a Graph, path: &str) -> Option<(&'a str, &'a str)> {
    let new = after.documents.position(|document| *document.source.path == *path)?;
    // Both have the same order, but for the new one.
    let others = after.documents.keys().filter(|&index| index != new);
    others.zip(&before.references).find_map(|(index, led)| {
        let mut leads = after.references[index].iter().zip(led.iter());
        let at = leads.position(|(now, then)| *now == Resolution::Found(new) && then.found().is_some())?;
        let document = &after.documents[index];
        Some((document.references[at].text.as_str(), &*document.source.path))
    })
}

/// The name of the file: words of the title, behind the day if the kind is dated.
fn name(draft: &Draft, today: Date) -> Result<String> {
    let title = draft.title();
    let kind = &draft.kind;
    // Kinds that take the name of a file for an alert are looked for by it.
    let is_alert = kind
        .fields
        .iter()
        .any(|field| field.infer == Some(Infer::FileName) && field.names_alerts() && is_alert_name(title));
    if is_alert {
        return Ok(title.to_owned());
    }
    let words = slug::file_name(title);
    ensure!(
        !words.is_empty(),
        "`{title}` has no letters or digits to name a file after\nhelp: give it a title with a word in it"
    );
    let Some(dated) = &kind.date_field else { return Ok(words) };
    let written = draft.values(dated).first();
    let day = written.and_then(|moment| moment.get(..10)?.parse::<Date>().ok()).unwrap_or(today);
    Ok(format!("{day}-{words}"))
}

/// The part of `here` below the content folder; none at its top or outside of it.
fn below(here: &str, content: &str) -> Option<String> {
    let rest = if content.is_empty() { here } else { here.strip_prefix(content)?.strip_prefix('/')? };
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// The folder in which most documents of the kind are, however it is called.
fn home(draft: &Draft, base: &KnowledgeBase) -> Option<String> {
    let kinds = &base.kinds;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for document in base.graph.documents.iter().filter(|document| document.kind.id == draft.kind.id) {
        let folders: Vec<&str> = document.folder().split('/').collect();
        let is_of_kind = |folder: &&str| kinds.by_folder(folder).is_some_and(|kind| kind.id == draft.kind.id);
        if let Some(at) = folders.iter().position(is_of_kind) {
            *counts.entry(folders[..=at].join("/")).or_default() += 1;
        }
    }
    counts.into_iter().min_by_key(|(_, count)| Reverse(*count)).map(|(folder, _)| folder)
}

/// The folders that the settings give to the kind.
fn collected(draft: &Draft, base: &KnowledgeBase) -> Vec<String> {
    let collections = base.config.collections.iter();
    let of_kind = collections
        .filter(|collection| collection.kind.as_ref().is_some_and(|(kind, _)| *kind == draft.kind.id));
    let folders = of_kind.map(|collection| {
        let parts = collection.path.glob().glob().split('/');
        let plain: Vec<&str> = parts.take_while(|part| !part.contains(['*', '?', '[', '{'])).collect();
        plain.join("/")
    });
    folders.filter(|folder| !folder.is_empty()).collect()
}
