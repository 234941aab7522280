//! Text to documents, settings and kinds. Never fails: a broken file is a file with problems.

mod addresses;
mod attributes;
mod brackets;
mod cache;
pub mod config;
mod csv;
pub mod data;
mod definition_lists;
mod destination;
pub mod dialect;
mod document;
pub mod encoding;
pub mod entities;
mod erb;
pub mod events;
pub mod fence;
pub mod field_names;
mod fields;
mod file_cache;
mod folders;
mod foreign;
mod formulas;
pub mod front_matter;
pub mod generator;
mod gfm;
mod kind_fields;
mod kind_file;
mod kind_names;
pub mod kinds;
mod left_out;
mod listed;
pub mod markdown;
pub mod media;
mod mistakes;
mod patterns;
pub mod raw_html;
mod report_settings;
pub mod schema;
pub mod shell;
pub mod source;
pub mod suppression;
pub mod svg;
mod toml;
pub mod yaml;
mod yaml_mistake;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use cache::Cache;
pub use document::{INDEX_NAMES, OTHER_MARKUP, is_alert_name, read};
pub use file_cache::FileCache;
pub use gfm::gfm;
pub(crate) use markdown::rewritten;

use self::cache::DocumentKey;
use self::left_out::LeftOut;
use crate::cache_slot::fingerprint;
use crate::model::{Config, Document, Kinds, Location, Problems, Publication, ReadError, left_out_by};
use crate::world::World;

/// The documents of a project and the files beside them.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The documents, by path.
    pub documents: Vec<Arc<Document>>,
    /// Paths, from the content folder, of all other files in it.
    pub files: BTreeSet<String>,
    /// Paths, from the static folder, of the files that are published as they are.
    pub static_files: BTreeSet<String>,
    /// Paths of documents that the generator of the repository leaves out too, such as drafts.
    pub left_out: Vec<String>,
    /// Patterns of the settings that change nothing.
    pub unmatched: Vec<UnmatchedPattern>,
    /// Paths of files that look like documents of a sort that is not read.
    pub unread: Vec<String>,
    /// What could not be read.
    pub read_errors: Vec<ReadError>,
    /// What is wrong with documents that are left out for it.
    pub problems: Problems,
}

/// A pattern of the settings that changes nothing.
#[derive(Debug, Clone)]
pub struct UnmatchedPattern {
    /// The pattern.
    pub text: String,
    /// Where it is written.
    pub location: Location,
    /// The pattern that leaves out the folders of all that this one would bring back, if it matches anything.
    pub overruled_by: Option<String>,
}

/// Reads all documents of a project. A file that `cache` knows is not parsed again.
pub fn documents(world: &dyn World, config: &Config, kinds: &Arc<Kinds>, cache: &Cache) -> Documents {
    let listing = world.list(&config.content);
    let mut found = Documents { read_errors: listing.read_errors, ..Documents::default() };
    let is_out = |path: &str| left_out_by(&config.ignore, &paths(config, path)).is_some();
    found.read_errors.retain(|error| !is_out(&error.path));
    // Where the whole project is content, the files that configure it are none.
    let mut own = vec![kinds::FOLDER, data::FOLDER, "themes", &config.static_files];
    // A site that is here is known by its mark. In a project of another generator, `site` may be its own.
    own.extend(config.source.as_ref().map(|_| config.out.as_str()));
    let own: Vec<String> = own.into_iter().map(|folder| format!("{folder}/")).collect();
    let is_content = |path: &str| {
        let is_own = path == config::FILE
            || config.content.is_empty() && own.iter().any(|folder| path.starts_with(folder));
        !is_own && !is_out(path)
    };
    let statics = world.list(&config.static_files);
    let all: Vec<&String> = listing.files.iter().chain(&statics.files).collect();
    found.unmatched = unmatched(config, &all);
    let left_out = LeftOut::new(&config.origins, &listing.files, world.now());
    let (markdown, files): (Vec<String>, Vec<String>) = listing
        .files
        .into_iter()
        .filter(|path| {
            is_content(path) && {
                let is_left_out = left_out.file(path);
                if is_left_out && crate::text::name::is_markdown(path) {
                    found.left_out.push(path.clone());
                }
                !is_left_out
            }
        })
        .partition(|path| crate::text::name::is_markdown(path));
    found.files = files.iter().map(|path| config.inside(path).unwrap_or(path).to_owned()).collect();
    found.unread = found.files.iter().filter(|path| document::looks_like_one(path)).cloned().collect();
    found.read_errors.extend(statics.read_errors);
    let hidden = hidden_statics(world, &config.static_files);
    let statics: Vec<&String> = statics.files.iter().chain(&hidden).filter(|path| !is_out(path)).collect();
    found.static_files =
        statics.iter().map(|path| path[config.static_files.len() + 1..].to_owned()).collect();

    let setup = DocumentKey::setup(kinds, config);
    let parsed: Vec<_> = markdown
        .par_iter()
        .map(|path| {
            let key = |bytes| DocumentKey::new(path, bytes, setup);
            if let Some(key) = world.fingerprint(path).map(key)
                && let Some(known) = cache.document(&key)
            {
                return Ok((key, false, known));
            }
            let bytes = world.read(path).map_err(|reason| ReadError::new(path, reason))?;
            let key = key(fingerprint(&bytes));
            let known = cache.document(&key);
            let is_new = known.is_none();
            Ok((key, is_new, known.unwrap_or_else(|| document::read(path, bytes, config, kinds))))
        })
        .collect();
    let documents = parsed.iter().filter_map(|result| Some(&result.as_ref().ok()?.2));
    let hidden: Vec<String> = documents.flat_map(|document| &document.hides).cloned().collect();
    let hidden = (!hidden.is_empty()).then(|| left_out::matcher(&hidden));
    let is_hidden = |document: &Document| {
        let [path, _] = paths(config, &document.source.path);
        hidden.as_ref().is_some_and(|hidden| hidden.matched_path_or_any_parents(path, false).is_ignore())
    };
    let mut kept = Vec::with_capacity(parsed.len());
    for result in parsed {
        match result {
            Ok((key, is_new, document)) => {
                let is_published = matches!(document.publication, Publication::Published);
                if let Publication::Unclear(problems) = &document.publication {
                    // Documents of a collection may share what is wrong.
                    for (source, problem) in problems {
                        found.problems.add_syntax(source, problem.clone());
                    }
                }
                if !is_published || left_out.at_this_time(&document) || is_hidden(&document) {
                    found.left_out.push(document.source.path.to_string());
                } else {
                    found.documents.push(Arc::clone(&document));
                }
                kept.push((key, document, is_new));
            }
            Err(error) => found.read_errors.push(error),
        }
    }
    cache.keep(kept);
    // By path without the ending, as links look for them.
    found.documents.sort_by(|a, b| a.stem.cmp(&b.stem));
    found
}

/// Files of the static folder that hosts look for, though their names begin with a dot: GitHub Pages, Apache, Codeberg
/// Pages, and <https://www.rfc-editor.org/rfc/rfc8615>.
fn hidden_statics(world: &dyn World, folder: &str) -> Vec<String> {
    let files = [".nojekyll", ".htaccess", ".domains"].map(|name| format!("{folder}/{name}"));
    let files = files.into_iter().filter(|path| world.has_file(path));
    files.chain(world.list(&format!("{folder}/.well-known")).files).collect()
}

/// The path of a file from the content folder, if it is there, and from the project's folder.
fn paths<'a>(config: &Config, path: &'a str) -> [&'a str; 2] {
    [config.inside(path).unwrap_or(path), path]
}

/// Patterns of the settings that change nothing about `files`. Paths of collections count from the content folder.
fn unmatched(config: &Config, files: &[&String]) -> Vec<UnmatchedPattern> {
    let ignore = config.ignore.iter().filter_map(|pattern| {
        let matched = files.iter().map(|path| paths(config, path)).filter(|paths| pattern.matches(paths));
        let mut overruled_by = matched.map(|paths| left_out_by(&config.ignore, &paths));
        let overruled_by = match overruled_by.next() {
            Some(first) => {
                let first = first.filter(|_| pattern.brings_back() && overruled_by.all(|by| by.is_some()))?;
                Some(first.text.clone())
            }
            None => None,
        };
        Some(UnmatchedPattern {
            text: pattern.text.clone(),
            location: pattern.location.clone(),
            overruled_by,
        })
    });
    let is_document = |path: &&&String| crate::text::name::is_markdown(path);
    let collections = config.collections.iter().filter(|collection| {
        !files.iter().filter(is_document).any(|path| collection.path.is_match(paths(config, path)[0]))
    });
    let collections = collections.map(|collection| UnmatchedPattern {
        text: collection.path.glob().glob().to_owned(),
        location: collection.location.clone(),
        overruled_by: None,
    });
    ignore.chain(collections).collect()
}
