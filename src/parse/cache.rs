//! Documents that were read before, so that only those that changed are read again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::cache_slot::fingerprint;
use crate::model::{Config, Document, Kinds};

/// The documents of the last revision.
#[derive(Debug, Default)]
pub struct Cache {
    documents: RwLock<FxHashMap<DocumentKey, Arc<Document>>>,
    parsed: AtomicUsize,
    is_kept: bool,
}

/// The fingerprint of everything that a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DocumentKey(u64);

impl DocumentKey {
    /// The fingerprint of what reading any document depends on beside that document.
    pub(super) fn setup(kinds: &Kinds, config: &Config) -> u64 {
        let mut hasher = DefaultHasher::new();
        kinds.fingerprint.hash(&mut hasher);
        (config.source.as_ref().map(|source| &source.text), &config.content, &config.origins)
            .hash(&mut hasher);
        hasher.finish()
    }

    /// The key of the document at `path`, whose bytes have the fingerprint `bytes`.
    pub(super) fn new(path: &str, bytes: u64, setup: u64) -> Self {
        Self(fingerprint(&(path, bytes, setup)))
    }
}

impl Cache {
    /// A cache that keeps documents from one revision to the next. The default keeps none, for a single build.
    pub fn for_revisions() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// The document of this key, if it was read before.
    pub(super) fn document(&self, key: &DocumentKey) -> Option<Arc<Document>> {
        let documents = self.documents.read().unwrap_or_else(PoisonError::into_inner);
        documents.get(key).map(Arc::clone)
    }

    /// Keeps the documents of a revision for the next one, each with whether it was read just now. The others are
    /// forgotten.
    pub(super) fn keep(&self, documents: Vec<(DocumentKey, Arc<Document>, bool)>) {
        let new = documents.iter().filter(|(_, _, is_new)| *is_new).count();
        self.parsed.fetch_add(new, Ordering::Relaxed);
        if self.is_kept {
            let kept = documents.into_iter().map(|(key, document, _)| (key, document)).collect();
            *self.documents.write().unwrap_or_else(PoisonError::into_inner) = kept;
        }
    }

    /// How many documents were read since the last call.
    pub fn take_parsed(&self) -> usize {
        self.parsed.swap(0, Ordering::Relaxed)
    }
}
