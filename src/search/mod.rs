//! The index that readers search in their browser, without a server: small files, of which a query loads a few.
//!
//! 1. [`sections`] and [`terms`] make of each document what the index has to know, by itself and so only once.
//! 2. [`index`] turns that around, from terms to documents, and cuts it into files.
//!
//! `docs/search.md` is the format, and what text is to a query.

mod document;
mod facets;
mod files;
mod inverted;
pub mod sections;
pub mod terms;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use document::DocumentTerms;

use crate::memo::Memo;
use crate::pipeline::Analysis;

/// The folder of the index in a site.
pub const FOLDER: &str = "search";

/// The files of the index, by their addresses.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// How many documents share a vocabulary: enough for most words to be known, and few enough for all cores to be busy.
const TOGETHER: usize = 2_000;

/// Makes the index of a site. What `memo` knows of a document is not made again.
pub fn index(analysis: &Analysis, memo: &Memo) -> Files {
    let together = analysis.graph.documents.par_chunks(TOGETHER);
    let terms: Vec<Arc<DocumentTerms>> =
        together.flat_map_iter(|documents| memo.terms(documents, DocumentTerms::gather)).collect();
    files::files(analysis, &terms)
}
