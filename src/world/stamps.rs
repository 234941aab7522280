//! What can be seen of files without reading them, for file systems that tell nobody of changes.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

use super::{FOREIGN_FOLDERS, MARKER, inside, is_site};

/// When a file was last written, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Option<SystemTime>, u64);

impl From<&Metadata> for Stamp {
    fn from(found: &Metadata) -> Self {
        Self(found.modified().ok(), found.len())
    }
}

/// The stamps of the files in a project, by path.
pub fn stamps(root: &Path) -> BTreeMap<String, Stamp> {
    let walk = WalkDir::new(root).follow_links(true).into_iter();
    let wanted = walk.filter_entry(|entry| {
        let is_foreign = entry.depth() == 1 && entry.file_type().is_dir() && !is_watched(entry.path());
        let leads_out = entry.path_is_symlink() && inside::refusal(root, entry.path()).is_some();
        !is_foreign && !leads_out
    });
    let files = wanted.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let stamps = files.filter_map(|entry| {
        let parts = entry.path().strip_prefix(root).ok()?.iter().map(|part| part.to_str());
        let path = parts.collect::<Option<Vec<&str>>>()?.join("/");
        let found = entry.metadata().ok()?;
        (!is_hidden(&path)).then(|| (path, Stamp::from(&found)))
    });
    stamps.collect()
}

/// Whether a project may hold something in the folder at `path`, at its top.
pub fn is_watched(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && !FOREIGN_FOLDERS.contains(&name.as_ref()) && !is_site(path)
}

/// Whether what stands at `path` is no part of a project, whatever it is.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.')) && !path.ends_with(MARKER)
}
