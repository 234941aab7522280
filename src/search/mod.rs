//! The index that readers search in their browser, without a server: small files, of which a query loads a few.
//!
//! 1. [`sections`] and [`terms`] make of each document what the index has to know, by itself and so only once.
//! 2. [`index`] turns that around, from terms to documents, and cuts it into files.
//!
//! `docs/search.md` is the format, and what text is to a query.

mod cache;
mod document;
mod facets;
mod files;
mod inverted;
pub mod sections;
pub mod terms;
mod vocabulary;

use std::sync::Arc;

use rayon::prelude::*;

pub use cache::Cache;
pub use document::DocumentTerms;
pub use files::{FOLDER, Files};

use crate::knowledge_base::KnowledgeBase;

/// What the index has to know of all documents.
pub type Terms = Vec<Arc<DocumentTerms>>;

/// How many documents share a vocabulary: enough for most words to be known, and few enough for all cores to be busy.
const TOGETHER: usize = 1_250;

/// Takes all documents of a site apart, on all cores. What `cache` knows of a document is not gathered again.
pub fn gather(base: &KnowledgeBase, cache: &Cache) -> Terms {
    let together = base.graph.documents.raw.par_chunks(TOGETHER);
    together.flat_map_iter(|documents| cache.terms(documents, DocumentTerms::gather)).collect()
}

/// Makes the index of a site, parts of it on one core alone.
pub fn index(base: &KnowledgeBase, terms: &Terms) -> Files {
    files::files(base, terms)
}
