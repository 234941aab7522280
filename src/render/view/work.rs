//! What is read together, and what asks for work.

use serde::Serialize;

use super::{FacetView, Link, ValueView};

/// What asks for work anywhere on the site.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Attention {
    /// Days that have passed or are near, the earliest first.
    pub deadlines: Vec<Deadline>,
    /// How many more there are.
    pub more: usize,
    /// What documents lack, by what that means.
    pub gaps: Vec<Gap>,
}

/// A day by which something has to happen.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Deadline {
    /// The day.
    pub day: String,
    /// What: `Due`, `Expires`, `Review`.
    pub label: String,
    /// The thing; empty where it is the document as a whole.
    pub text: String,
    /// Whether the day has passed.
    pub is_overdue: bool,
    /// The document that says so.
    pub document: Link,
    /// What a document of its kind is called.
    pub kind_label: String,
}

/// Documents that lack the same.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Gap {
    /// What the absence means.
    pub because: String,
    /// What such documents are called.
    pub plural: String,
    /// Some of them.
    pub items: Vec<Link>,
    /// How many there are.
    pub count: usize,
}

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
