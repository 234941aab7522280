//! What pages, lists and search need of a single value.

use std::sync::Arc;

use crate::model::Pattern;

/// What pages, lists and search need of a single value, whatever its type.
pub trait ScalarView {
    /// How a page shows it.
    fn shown(&self) -> Shown;

    /// The word that lists and search filter by, for types that make facets.
    fn facet(&self) -> Option<String>;

    /// The text that search finds the document by.
    fn searched(&self) -> Option<&str>;

    /// The text, for types whose values are compared as text.
    fn text(&self) -> Option<&str>;
}

/// How a page shows a single value.
#[derive(Debug, Clone)]
pub enum Shown {
    /// As text.
    Text(String),
    /// As a day or moment.
    Time {
        /// For people: `14 Mar 2026`.
        text: String,
        /// For machines: `2026-03-14`.
        iso: String,
    },
    /// As a link to another site.
    Link {
        /// For people.
        text: String,
        /// The address.
        url: String,
    },
    /// As a link to the page of the alert of this name.
    Alert(String),
    /// As what other values on the page have to fit.
    Pattern(Arc<Pattern>),
}
