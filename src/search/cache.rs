//! The terms of documents that were gathered before.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::DocumentTerms;
use crate::cache_slot::lock;
use crate::model::Document;

/// The terms of the documents of earlier revisions.
#[derive(Debug, Default)]
pub struct Cache {
    /// By the address of the document, which no other one has for as long as the entry holds the document.
    terms: Mutex<FxHashMap<usize, Entry>>,
    indexed: AtomicUsize,
    is_kept: bool,
}

#[derive(Debug)]
struct Entry {
    /// Keeps the address of the document from being used again.
    _document: Arc<Document>,
    terms: Arc<DocumentTerms>,
    is_used: bool,
}

impl Cache {
    /// A cache that keeps terms from one revision to the next. The default keeps none, for a single build.
    pub fn for_revisions() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// The terms of documents: as they were, or as `gather` finds them in those that are not known. A document that
    /// was read anew is another one, whatever it was read anew for: its text, its kind or its defaults.
    pub(super) fn terms(
        &self,
        documents: &[Arc<Document>],
        gather: impl FnOnce(&[&Document]) -> Vec<DocumentTerms>,
    ) -> Vec<Arc<DocumentTerms>> {
        let key = |document: &Arc<Document>| Arc::as_ptr(document).addr();
        let known = |document: &Arc<Document>| {
            let mut terms = lock(&self.terms);
            let entry = terms.get_mut(&key(document))?;
            entry.is_used = true;
            Some(Arc::clone(&entry.terms))
        };
        let known: Vec<Option<Arc<DocumentTerms>>> = documents.iter().map(known).collect();
        let is_new = known.iter().map(Option::is_none);
        let new: Vec<&Document> = documents
            .iter()
            .zip(is_new)
            .filter_map(|(document, is_new)| is_new.then_some(&**document))
            .collect();
        self.indexed.fetch_add(new.len(), Ordering::Relaxed);
        let mut gathered = gather(&new).into_iter().map(Arc::new);
        let terms = documents.iter().zip(known).filter_map(|(document, known)| {
            if known.is_some() {
                return known;
            }
            let terms = gathered.next()?;
            if self.is_kept {
                let entry =
                    Entry { _document: Arc::clone(document), terms: Arc::clone(&terms), is_used: true };
                lock(&self.terms).insert(key(document), entry);
            }
            Some(terms)
        });
        terms.collect()
    }

    /// Forgets the terms of documents that the last index did not use.
    pub fn sweep(&self) {
        let mut terms = lock(&self.terms);
        // Without an index since the last sweep, nothing of it is unused.
        if terms.values().any(|entry| entry.is_used) {
            terms.retain(|_, entry| std::mem::take(&mut entry.is_used));
        }
    }

    /// How many documents were indexed since the last call.
    pub fn take_indexed(&self) -> usize {
        self.indexed.swap(0, Ordering::Relaxed)
    }
}
