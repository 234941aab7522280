//! The only cache: what was made of which input, by fingerprint.
//!
//! Nothing here is ever invalidated by hand. A document is known by its path, its bytes and the setup
//! that it was read under; a page by the whole of what its template sees. Whatever a revision does not
//! ask for is swept.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::cache::{CacheSlot, fingerprint, lock};
use crate::graph;
use crate::model::{Config, Document, Kinds, Location};
use crate::render::Theme;
use crate::render::highlight::highlight;
use crate::search::DocumentTerms;

/// What is kept from one revision to the next.
#[derive(Debug, Default)]
pub struct Memo {
    documents: RwLock<FxHashMap<DocumentKey, Arc<Document>>>,
    pages: Mutex<FxHashMap<String, KnownPage>>,
    code: Mutex<FxHashMap<u64, Arc<str>>>,
    terms: Mutex<FxHashMap<usize, Entry<KnownTerms>>>,
    /// The theme that was loaded last.
    pub theme: CacheSlot<LoadedTheme>,
    /// What the graph was made of last, and what was made.
    pub graph: graph::Known,
    parsed: AtomicUsize,
    rendered: AtomicUsize,
    indexed: AtomicUsize,
    keeps_pages: bool,
}

/// The fingerprint of all that a page was made from, and the page.
type KnownPage = (u64, Arc<[u8]>);

/// A theme, and what is wrong with its templates.
pub type LoadedTheme = (Arc<Theme>, Vec<(Location, String)>);

/// A document and its terms.
type KnownTerms = (Arc<Document>, Arc<DocumentTerms>);

/// Blocks of code that are kept: more than a large project has.
const MOST_CODE: usize = 50_000;

#[derive(Debug)]
struct Entry<T> {
    value: T,
    is_used: bool,
}

/// How much work was done, since the last time that somebody asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Documents that were parsed.
    pub parsed: usize,
    /// Pages that were rendered.
    pub rendered: usize,
    /// Documents whose terms were gathered for the search index.
    pub indexed: usize,
}

/// What a document is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentKey(u64);

impl DocumentKey {
    /// The fingerprint of all that reading a document depends on beside the document.
    pub fn setup(kinds: &Kinds, config: &Config) -> u64 {
        let mut hasher = DefaultHasher::new();
        kinds.fingerprint.hash(&mut hasher);
        (config.source.as_ref().map(|source| &source.text), &config.content).hash(&mut hasher);
        hasher.finish()
    }

    /// The key of the document at `path`, whose bytes have the fingerprint `bytes`.
    pub fn new(path: &str, bytes: u64, setup: u64) -> Self {
        Self(fingerprint(&(path, bytes, setup)))
    }
}

impl Memo {
    /// A memo for several revisions, which keeps pages too.
    pub fn new() -> Self {
        Self { keeps_pages: true, ..Self::default() }
    }

    /// A memo for a single build: pages go to the output and are not kept in memory.
    pub fn for_one_build() -> Self {
        Self::default()
    }

    /// How much work was done since the last call.
    pub fn take_work(&self) -> Work {
        Work {
            parsed: self.parsed.swap(0, Ordering::Relaxed),
            rendered: self.rendered.swap(0, Ordering::Relaxed),
            indexed: self.indexed.swap(0, Ordering::Relaxed),
        }
    }

    /// The document of this key, if it was read before.
    pub fn document(&self, key: &DocumentKey) -> Option<Arc<Document>> {
        let documents = self.documents.read().unwrap_or_else(PoisonError::into_inner);
        documents.get(key).map(Arc::clone)
    }

    /// Keeps the documents of a revision for the next one, each with whether it was read just now. The others are
    /// forgotten.
    pub fn keep_documents(&self, documents: Vec<(DocumentKey, Arc<Document>, bool)>) {
        let new = documents.iter().filter(|(_, _, is_new)| *is_new).count();
        self.parsed.fetch_add(new, Ordering::Relaxed);
        if self.keeps_pages {
            let kept = documents.into_iter().map(|(key, document, _)| (key, document)).collect();
            *self.documents.write().unwrap_or_else(PoisonError::into_inner) = kept;
        }
    }

    /// The page at `url`: as it was, if it was made from the same fingerprint, else as `render` makes it.
    ///
    /// # Errors
    ///
    /// What `render` returns.
    pub fn page<E>(
        &self,
        url: &str,
        fingerprint: impl FnOnce() -> u64,
        render: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<[u8]>, E> {
        if !self.keeps_pages {
            self.rendered.fetch_add(1, Ordering::Relaxed);
            return render().map(Arc::from);
        }
        let fingerprint = fingerprint();
        if let Some((known, page)) = lock(&self.pages).get(url)
            && *known == fingerprint
        {
            return Ok(Arc::clone(page));
        }
        self.rendered.fetch_add(1, Ordering::Relaxed);
        let page: Arc<[u8]> = render()?.into();
        lock(&self.pages).insert(url.to_owned(), (fingerprint, Arc::clone(&page)));
        Ok(page)
    }

    /// Forgets the pages at addresses that are no more, and code when there is much of it.
    pub fn sweep_pages(&self, is_used: impl Fn(&str) -> bool) {
        let mut code = lock(&self.code);
        if code.len() > MOST_CODE {
            code.clear();
        }
        lock(&self.pages).retain(|url, _| is_used(url));
        let mut terms = lock(&self.terms);
        // Where nobody has asked for the index since, nothing of it is unused.
        if terms.values().any(|kept| kept.is_used) {
            terms.retain(|_, kept| std::mem::take(&mut kept.is_used));
        }
    }

    /// The terms of documents for the search index: as they were, or as `gather` finds them in those that are not
    /// known. A document that was read anew is another one, whatever it was read anew for: its text, its kind or its
    /// defaults.
    pub fn terms(
        &self,
        documents: &[Arc<Document>],
        gather: impl FnOnce(&[&Document]) -> Vec<DocumentTerms>,
    ) -> Vec<Arc<DocumentTerms>> {
        // As long as the document is kept, no other one has its address.
        let key = |document: &Arc<Document>| Arc::as_ptr(document).addr();
        let known = |document: &Arc<Document>| {
            let mut terms = lock(&self.terms);
            let kept = terms.get_mut(&key(document))?;
            kept.is_used = true;
            Some(Arc::clone(&kept.value.1))
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
            if self.keeps_pages {
                let value = (Arc::clone(document), Arc::clone(&terms));
                lock(&self.terms).insert(key(document), Entry { value, is_used: true });
            }
            Some(terms)
        });
        terms.collect()
    }

    /// Highlighted code: a block stands on the pages of its document and of its alerts, and in each revision.
    pub fn highlighted(&self, language: &str, code: &str) -> Arc<str> {
        let key = fingerprint(&(language, code));
        if let Some(known) = lock(&self.code).get(&key) {
            return Arc::clone(known);
        }
        let highlighted: Arc<str> = highlight(language, code).into();
        lock(&self.code).insert(key, Arc::clone(&highlighted));
        highlighted
    }
}
