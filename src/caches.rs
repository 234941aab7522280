//! Everything that is cached from one revision to the next: a cache for each stage.
//!
//! Nothing is ever invalidated by hand. A document is known by its path, its bytes and the setup that it was read
//! under; a page by the whole of what its template sees. What a revision does not use is swept.

use crate::cache_slot::CacheSlot;
use crate::graph::data::AllDuplicates;
use crate::render::{PageCache, ThemeCache, highlight};
use crate::{graph, parse, search};

/// The caches of all stages.
#[derive(Debug, Default)]
pub struct Caches {
    /// Documents.
    pub documents: parse::Cache,
    /// Documents that catalogs complete.
    pub entities: parse::entities::Cache,
    /// Files of alert rules, objectives and entities.
    pub sources: parse::FileCache<parse::source::SourceFile>,
    /// Data files.
    pub data: parse::FileCache<parse::data::DataFile>,
    /// The rows of data that share a key.
    pub duplicates: CacheSlot<AllDuplicates>,
    /// The parts of the last graph.
    pub graph: graph::Cache,
    /// The last theme.
    pub theme: ThemeCache,
    /// Highlighted code.
    pub code: highlight::Cache,
    /// Rendered pages.
    pub pages: PageCache,
    /// The terms of documents for the search index.
    pub terms: search::Cache,
}

/// Counters of parsed, rendered and indexed items since the last [`Caches::take_work`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Documents that were parsed.
    pub parsed: usize,
    /// Pages that were rendered.
    pub rendered: usize,
    /// Documents whose terms were gathered for the search index.
    pub indexed: usize,
}

impl Caches {
    /// Caches for several revisions.
    pub fn new() -> Self {
        Self {
            documents: parse::Cache::for_revisions(),
            sources: parse::FileCache::for_revisions(),
            data: parse::FileCache::for_revisions(),
            pages: PageCache::for_revisions(),
            terms: search::Cache::for_revisions(),
            ..Self::default()
        }
    }

    /// Caches for a single build: documents, pages and terms are used once and not kept in memory.
    pub fn for_one_build() -> Self {
        Self::default()
    }

    /// How much work was done since the last call.
    pub fn take_work(&self) -> Work {
        Work {
            parsed: self.documents.take_parsed(),
            rendered: self.pages.take_rendered(),
            indexed: self.terms.take_indexed(),
        }
    }

    /// Forgets what the last revision did not use. `is_used` says whether there is a page at an address.
    pub fn sweep(&self, is_used: impl Fn(&str) -> bool) {
        self.code.sweep();
        self.pages.sweep(is_used);
        self.terms.sweep();
    }
}
