//! Folders on disk.

use std::fs;
use std::io;
use std::path::Path;

/// Removes a folder with all that is in it, as far as it is there.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The folder that `path` is in, from which a build would have to make it.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}
