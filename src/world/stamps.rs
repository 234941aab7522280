//! File stamps (time and size) for the polling watcher, on file systems without change events.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

use super::failure::is_of_system;
use super::{FOREIGN_FOLDERS, MARKER, inside, is_site};

/// When a file was last written, and how long it is. Where the system says more, that shows an edit which kept both:
/// the time of the last change to the file's entry, which programs can't set, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    changed: (i64, i64),
    number: u64,
}

impl From<&Metadata> for Stamp {
    fn from(found: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, number) = {
            use std::os::unix::fs::MetadataExt;
            ((found.ctime(), found.ctime_nsec()), found.ino())
        };
        #[cfg(not(unix))]
        let (changed, number) = ((0, 0), 0);
        Self { modified: found.modified().ok(), length: found.len(), changed, number }
    }
}

/// The stamps of the files in a project, by path; nothing if the system did not let all of it be seen.
pub fn stamps(root: &Path) -> Option<BTreeMap<String, Stamp>> {
    let walk = WalkDir::new(root).follow_links(true).into_iter();
    let wanted = walk.filter_entry(|entry| {
        let is_foreign = entry.depth() == 1 && entry.file_type().is_dir() && !is_watched(entry.path());
        let leads_out = entry.path_is_symlink() && inside::refusal(root, entry.path()).is_some();
        !is_foreign && !leads_out
    });
    let mut stamps = BTreeMap::new();
    for entry in wanted {
        let found = entry.and_then(|entry| entry.metadata().map(|found| (entry, found)));
        let (entry, found) = match found {
            Ok(found) => found,
            Err(error) if error.io_error().is_some_and(is_of_system) => return None,
            Err(_) => continue,
        };
        let Ok(path) = entry.path().strip_prefix(root) else { continue };
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        let path = parts.map(|parts| parts.join("/")).filter(|path| !is_hidden(path));
        if let Some(path) = path.filter(|_| entry.file_type().is_file()) {
            stamps.insert(path, Stamp::from(&found));
        }
    }
    Some(stamps)
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
