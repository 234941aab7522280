//! When documents have to be reviewed again.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::graph;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Role};

/// The day until which the last review of a document is good, where it says how long that is.
pub fn due(document: &Document) -> Option<Date> {
    let day = document.entry_of(Role::LastReviewed)?.value.date()?;
    let interval = document.entry_of(Role::ReviewInterval)?.value.duration()?;
    let days = interval.seconds / 86_400;
    day.checked_add(days.days()).ok()
}

/// The newest dated document that names this one, such as the last incident in which it was used, and its day.
pub fn last_use(base: &KnowledgeBase, document: DocumentId) -> Option<(Date, DocumentId)> {
    let graph = &base.graph;
    let others = graph.relations[document].iter().flat_map(|relation| &relation.documents);
    let dated = others.filter_map(|&other| Some((graph::date(&graph.documents[other])?, other)));
    let (moment, other) = dated.max()?;
    Some((moment.to_zoned(TimeZone::UTC).date(), other))
}

/// The day on which a document was last reviewed, or named by a dated one.
pub fn relied_on(base: &KnowledgeBase, document: DocumentId) -> Option<Date> {
    let reviewed = base.graph.documents[document].entry_of(Role::LastReviewed);
    let reviewed = reviewed.and_then(|entry| entry.value.date());
    reviewed.max(last_use(base, document).map(|(day, _)| day))
}
