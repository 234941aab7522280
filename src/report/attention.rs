//! What asks for work anywhere in a project: days that pass, and what is missing.

use jiff::ToSpan;
use jiff::civil::Date;

use super::deadlines::deadlines;
use super::expectations::expectations;
use super::reviews;
use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;

/// How far ahead it looks, in days.
pub const AHEAD: i64 = 30;

/// What asks for work.
#[derive(Debug)]
pub struct Attention<'a> {
    /// Days that have passed or are near, the earliest first.
    pub days: Vec<Day<'a>>,
    /// What documents lack, by what that means.
    pub gaps: Vec<Gap<'a>>,
}

/// A day by which something has to happen.
#[derive(Debug)]
pub struct Day<'a> {
    /// The day.
    pub day: Date,
    /// The document that says so.
    pub document: DocumentId,
    /// What has to happen: `Due`, `Expires`, `Review`.
    pub label: &'a str,
    /// The thing that it is about; empty where it is the document as a whole.
    pub name: &'a str,
    /// Those who see to it, or else the owners of the document.
    pub owners: Vec<DocumentId>,
    /// Whether the day has passed.
    pub is_overdue: bool,
}

/// Documents of one kind that lack the same.
#[derive(Debug)]
pub struct Gap<'a> {
    /// What the absence means.
    pub because: &'a str,
    /// The name of the kind for several documents.
    pub plural: &'a str,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

/// What asks for work. Documents that are drafts, out of use or the head of a list ask for none.
pub fn attention(base: &KnowledgeBase) -> Attention<'_> {
    let horizon = base.today.saturating_add(AHEAD.days());
    let mut days: Vec<Day<'_>> = Vec::new();
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for (index, document) in base.documents() {
        if base.graph.routes.is_introduction(index) || !document.is_current() {
            continue;
        }
        let mut add = |day: Date, label, name, assignee: Option<usize>| {
            if day <= horizon {
                let assignee = assignee.and_then(|at| base.graph.references[index][at].found());
                let owners = assignee.map_or_else(|| base.graph.owners[index].clone(), |owner| vec![owner]);
                let is_overdue = day < base.today;
                days.push(Day { day, document: index, label, name, owners, is_overdue });
            }
        };
        for deadline in deadlines(document) {
            add(deadline.day, &deadline.field.label, deadline.name.unwrap_or_default(), deadline.assignee);
        }
        if let Some(day) = reviews::due(document) {
            add(day, "Review", "", None);
        }
        for unmet in expectations(&base.graph, index).filter(|expected| !expected.is_met) {
            let (because, plural) = (unmet.expectation.because.as_str(), document.kind.plural.as_str());
            match gaps.iter_mut().find(|gap| (gap.because, gap.plural) == (because, plural)) {
                Some(gap) => gap.documents.push(index),
                None => gaps.push(Gap { because, plural, documents: vec![index] }),
            }
        }
    }
    days.sort_by_key(|due| (due.day, base.graph.order.documents[due.document]));
    Attention { days, gaps }
}
