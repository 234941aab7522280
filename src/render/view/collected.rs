//! What is read together.

use serde::Serialize;

use super::{FacetView, Link, ValueView};

/// The values of one field in several documents.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Collected {
    /// The field.
    pub name: String,
    /// What it is called, or what these values have in common.
    pub label: String,
    /// Where the label leads: to the page with all of them, or to what they have in common.
    pub url: Option<String>,
    /// The values: those that are not settled first, then by document.
    pub items: Vec<CollectedItem>,
    /// How many there are, shown or not.
    pub count: usize,
    /// How many are not settled.
    pub open: usize,
}

/// One value, and where it stands.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct CollectedItem {
    /// The value.
    pub value: ValueView,
    /// The document that holds it.
    pub document: Link,
    /// The day that dates that document.
    pub date: Option<String>,
    /// Whether it is something to do that is not done yet.
    pub is_open: bool,
    /// Whether its day has passed all the same.
    pub is_overdue: bool,
    /// What it is grouped and filtered by.
    pub facets: Vec<FacetView>,
}
