//! What is open while a body is written.

use pulldown_cmark::Alignment;
use rustc_hash::FxHashMap;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) in_head: bool,
    pub(super) cell: usize,
}

/// What a block quote of the markdown is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Quotation,
    Callout,
    Tab,
}

/// Footnotes, numbered as they are first referred to.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) numbers: FxHashMap<String, usize>,
    /// For each number, the name and how often it is referred to.
    pub(super) used: Vec<(String, usize)>,
    pub(super) texts: FxHashMap<String, Text>,
    /// The references in the text that is being written.
    pub(super) references: Vec<Reference>,
    /// What is around each definition that is open, and its name.
    pub(super) around: Vec<(Text, String)>,
}

/// What was written, and the references in it.
pub(super) type Text = (String, Vec<Reference>);

/// The number of a footnote, and which one it is of the references to it.
pub(super) type Reference = (usize, usize);
