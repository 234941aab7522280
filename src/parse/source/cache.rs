//! Files that were read before, so that only those that changed are read again.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::file::SourceFile;
use crate::cache_slot::fingerprint;

/// What the files of the last revision define.
#[derive(Debug, Default)]
pub struct Cache {
    files: RwLock<FxHashMap<SourceKey, Arc<SourceFile>>>,
    is_kept: bool,
}

/// The fingerprint of everything that a file was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SourceKey(u64);

impl SourceKey {
    /// The key of the file at `path`, whose bytes have the fingerprint `bytes`.
    pub(super) fn new(path: &str, bytes: u64, setup: u64) -> Self {
        Self(fingerprint(&(path, bytes, setup)))
    }
}

impl Cache {
    /// A cache that keeps files from one revision to the next. The default keeps none, for a single build.
    pub fn for_revisions() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// What the file of this key defines, if it was read before.
    pub(super) fn file(&self, key: &SourceKey) -> Option<Arc<SourceFile>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).get(key).map(Arc::clone)
    }

    /// Keeps the files of a revision for the next one, and forgets the others.
    pub(super) fn keep(&self, files: Vec<(SourceKey, Arc<SourceFile>)>) {
        if self.is_kept {
            *self.files.write().unwrap_or_else(PoisonError::into_inner) = files.into_iter().collect();
        }
    }
}
