//! What a document's own page shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    CachedValue, Card, Collected, DurationView, Expected, Fact, FieldView, Group, Link, Neighbourhood,
    ReportFigure, ReviewView, TocEntry, ValueView,
};
use crate::model::DocumentState;

/// What a document's own page shows.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct DocumentView {
    /// Its id.
    pub id: String,
    /// The kind's name for one document.
    pub kind_label: String,
    /// The state that it says it is in.
    pub status: Option<String>,
    /// What its kind says that this means: `live`, `normal`, `unfinished`, `retired`.
    pub state: Option<DocumentState>,
    /// The day that dates it.
    pub date: Option<String>,
    /// Its owners.
    pub owners: Vec<OwnerView>,
    /// Its fields in the order of the schema, without those that the page shows elsewhere.
    pub facts: Vec<Fact>,
    /// All fields of the schema by name, absent ones as null. Only for templates of one kind.
    pub fields: Option<BTreeMap<String, FieldView>>,
    /// What stands in angle brackets in its commands, and is no declared variable. Only for templates of one kind.
    pub placeholders: Vec<String>,
    /// What other documents are to it.
    pub relations: Vec<Group>,
    /// Its review, where it says how long one is good.
    pub review: Option<ReviewView>,
    /// What its kind expects of it.
    pub expected: Vec<Expected>,
    /// Its moments in the order of time.
    pub moments: Vec<MomentView>,
    /// The lengths of time between them that have a name.
    pub durations: Vec<DurationView>,
    /// What it needs and what needs it, as a drawing.
    pub neighbourhood: Option<Neighbourhood>,
    /// What reports say of it.
    pub figures: Vec<ReportFigure>,
    /// What documents about it say in fields that are collected.
    pub collected: Vec<Collected>,
    /// The document before it in its kind's list.
    pub previous: Option<Link>,
    /// The document after it.
    pub next: Option<Link>,
}

/// Who owns a document, and how they are reached.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct OwnerView {
    /// The name.
    pub title: String,
    /// The page.
    pub url: String,
    /// The fields that say how to reach them.
    pub contacts: Vec<Fact>,
}

/// A moment that a document tells of.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct MomentView {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The time of day, with its zone.
    pub time: String,
    /// The day.
    pub day: String,
    /// As machines read it.
    pub iso: String,
    /// How long after the moment before it; empty for the first.
    pub after: String,
    /// Where it stands between the first moment and the last, from 0 to 1000.
    pub at: i64,
}

/// The first command of a document, for those who have no time for the rest.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct FirstCommand {
    /// The document.
    pub document: CachedValue<Card>,
    /// The variables that it declares, as far as that command asks for them.
    pub asked: Vec<CachedValue<ValueView>>,
    /// The heading that the command stands under.
    pub section: Option<TocEntry>,
    /// The command with what is said before it, as HTML.
    pub html: String,
    /// What stands in angle brackets in that command, and is no declared variable.
    pub placeholders: Vec<String>,
}

/// A document with all that is known of it, beside others of its kind.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Record {
    /// As lists show it.
    pub card: CachedValue<Card>,
    /// Its fields by name.
    pub fields: BTreeMap<String, FieldView>,
    /// What other documents are to it.
    pub relations: Vec<Group>,
}
