//! Text to documents, settings and kinds. Never fails: a broken file is a file with problems.

mod cache;
pub mod config;
mod destination;
pub mod dialect;
mod document;
pub mod events;
mod fields;
pub mod front_matter;
mod kind_file;
mod kind_names;
pub mod kinds;
pub mod markdown;
pub mod raw_html;
pub mod schema;
pub mod shell;
pub mod suppression;
pub mod text;
mod toml;
pub mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use cache::Cache;
pub use document::{INDEX_NAMES, is_alert_name, read};

use self::cache::DocumentKey;
use crate::cache::fingerprint;
use crate::model::{Config, Document, Kinds, ReadError};
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
    /// Paths of files that look like documents of a sort that is not read.
    pub unread: Vec<String>,
    /// What could not be read.
    pub read_errors: Vec<ReadError>,
}

/// Reads all documents of a project. A file that `cache` knows is not parsed again.
pub fn documents(world: &dyn World, config: &Config, kinds: &Arc<Kinds>, cache: &Cache) -> Documents {
    let listing = world.list(&config.content);
    let prefix = if config.content.is_empty() { String::new() } else { format!("{}/", config.content) };
    let mut found = Documents { read_errors: listing.read_errors, ..Documents::default() };
    found.read_errors.retain(|error| {
        let relative = error.path.strip_prefix(&prefix).unwrap_or(&error.path);
        !config.ignore.iter().any(|glob| glob.is_match(relative))
    });
    // Where the whole project is content, the files that configure it are none.
    let own = [kinds::FOLDER, "themes", &config.static_files, &config.out].map(|folder| format!("{folder}/"));
    let is_content = |path: &str| {
        let relative = &path[prefix.len()..];
        let is_own =
            path == config::FILE || prefix.is_empty() && own.iter().any(|folder| path.starts_with(folder));
        !is_own && !config.ignore.iter().any(|glob| glob.is_match(relative))
    };
    let (markdown, files): (Vec<String>, Vec<String>) = listing
        .files
        .into_iter()
        .filter(|path| is_content(path))
        .partition(|path| crate::text::name::is_markdown(path));
    found.files = files.into_iter().map(|path| path[prefix.len()..].to_owned()).collect();
    found.unread = found.files.iter().filter(|path| document::looks_like_one(path)).cloned().collect();
    let statics = world.list(&config.static_files);
    found.read_errors.extend(statics.read_errors);
    found.static_files =
        statics.files.iter().map(|path| path[config.static_files.len() + 1..].to_owned()).collect();

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
    let mut kept = Vec::with_capacity(parsed.len());
    for result in parsed {
        match result {
            Ok((key, is_new, document)) => {
                if config.source.is_some() || !document.is_unpublished {
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
