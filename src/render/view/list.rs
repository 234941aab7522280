//! Documents in lists.

use serde::Serialize;

use super::{CachedValue, FacetView, Fact, Link};
use crate::model::DocumentState;

/// A document in a list.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Card {
    /// The title.
    pub title: String,
    /// The address.
    pub url: String,
    /// One or two sentences, possibly empty.
    pub summary: String,
    /// Its kind.
    pub kind: String,
    /// What a document of its kind is called.
    pub kind_label: String,
    /// What the document says of its state.
    pub status: Option<String>,
    /// What its kind says that this means: `live`, `normal`, `unfinished`, `retired`.
    pub state: Option<DocumentState>,
    /// Its place by the field that ranks documents of its kind, lower first.
    pub rank: Rank,
    /// Whether alerts lead to documents of its kind.
    pub answers_alerts: bool,
    /// Its owners.
    pub owners: Vec<Link>,
    /// The day that dates it.
    pub date: Option<String>,
    /// The alerts that it claims.
    pub alerts: Vec<String>,
    /// The values of the fields that readers filter by.
    pub facets: Vec<FacetView>,
    /// The fields that its kind has shown in lists, where they have a value.
    pub brief: Vec<Fact>,
    /// How long what it tells of took.
    pub durations: Vec<DurationView>,
    /// What its kind expects of it.
    pub expected: Vec<Expected>,
    /// Its review, where it says how long one is good.
    pub review: Option<ReviewView>,
}

/// What a document is worth among others of its kind.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub struct Rank {
    /// The place, from 0; behind all others without a value.
    pub place: usize,
    /// The value, possibly empty.
    pub label: String,
}

/// A length of time between two moments of a document.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct DurationView {
    /// The field of the later moment.
    pub name: String,
    /// What the length of time is called.
    pub label: String,
    /// What the earlier moment is called.
    pub since: String,
    /// As people read it.
    pub text: String,
    /// In seconds.
    pub seconds: i64,
}

/// Something that a complete document has, or lacks.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Expected {
    /// The name of the relation or of the field.
    pub label: String,
    /// What its absence means.
    pub because: String,
    /// Whether it is there.
    pub is_met: bool,
    /// The documents that are in that relation to it, up to a few.
    pub items: Vec<Link>,
}

/// When a document has to be read with care again.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ReviewView {
    /// The day, as machines read it.
    pub due: String,
    /// Whether that is over.
    pub is_overdue: bool,
}

/// Documents under a heading.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Group {
    /// The heading, possibly empty.
    pub label: String,
    /// Where the heading leads.
    pub url: Option<String>,
    /// The documents.
    pub items: Vec<CachedValue<Card>>,
}

/// A field that readers can filter by.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct FacetChoice {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The values that occur, with how often they do.
    pub values: Vec<(String, usize)>,
    /// Whether lists leave it out beside a title.
    pub hide_in_lists: bool,
}
