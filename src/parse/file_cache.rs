//! Files that were read before, so that only those that changed are read again.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::cache_slot::fingerprint;
use crate::model::ReadError;
use crate::world::World;

/// What was read of the files of the last revision.
#[derive(Debug)]
pub struct FileCache<T> {
    files: RwLock<FxHashMap<FileKey, Arc<T>>>,
    is_kept: bool,
}

/// The fingerprint of everything that a file was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FileKey(u64);

impl<T> Default for FileCache<T> {
    fn default() -> Self {
        Self { files: RwLock::default(), is_kept: false }
    }
}

impl<T> FileCache<T> {
    /// A cache that keeps files from one revision to the next. The default keeps none, for a single build.
    pub fn for_revisions() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// What `read` makes of the bytes of the file at `path`, unless it is known. `setup` is the fingerprint of all that
    /// counts beside them.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub(super) fn get(
        &self,
        world: &dyn World,
        path: &str,
        setup: u64,
        read: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<(FileKey, Arc<T>), ReadError> {
        let key = |bytes: u64| FileKey(fingerprint(&(path, bytes, setup)));
        let known = world.fingerprint(path).map(key).and_then(|key| Some((key, self.known(&key)?)));
        if let Some(known) = known {
            return Ok(known);
        }
        let bytes = world.read(path).map_err(|reason| ReadError::new(path, reason))?;
        let key = key(fingerprint(&bytes));
        let file = self.known(&key).unwrap_or_else(|| Arc::new(read(bytes)));
        Ok((key, file))
    }

    fn known(&self, key: &FileKey) -> Option<Arc<T>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).get(key).map(Arc::clone)
    }

    /// Keeps the files of a revision for the next one, and forgets the others.
    pub(super) fn keep(&self, files: Vec<(FileKey, Arc<T>)>) {
        if self.is_kept {
            *self.files.write().unwrap_or_else(PoisonError::into_inner) = files.into_iter().collect();
        }
    }
}
