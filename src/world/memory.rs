//! A project in memory, for tests and for text that is not saved yet.

use std::collections::BTreeMap;

use super::{Listing, World, is_passed_over};

/// A project whose files are given as text.
#[derive(Debug, Default, Clone)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryWorld {
    /// Writes a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Deletes a file. Says whether there was one.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &str) -> Listing {
        let inside = |path: &str| {
            let rest =
                if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }?;
            let parts: Vec<&str> = rest.split('/').collect();
            let last = parts.len() - 1;
            let wanted =
                parts.iter().enumerate().all(|(depth, name)| !is_passed_over(folder, name, depth < last));
            wanted.then(|| path.to_owned())
        };
        Listing { files: self.files.keys().filter_map(|path| inside(path)).collect(), troubles: Vec::new() }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "does not exist".to_owned())
    }

    fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}
