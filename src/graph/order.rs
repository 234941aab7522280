//! The order of documents in lists.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::model::{Document, DocumentId, PerDocument, Role};

/// The place of each document in lists.
pub(super) fn rank(documents: &PerDocument<Arc<Document>>) -> PerDocument<usize> {
    let mut order: Vec<DocumentId> = documents.keys().collect();
    order.sort_by_cached_key(|&index| {
        let document = &documents[index];
        let weight = document.text_of(Role::Weight).and_then(|weight| weight.parse::<f64>().ok());
        // Lists are grouped by folder, except those of dated documents.
        let folder = document
            .kind
            .date_field
            .is_none()
            .then(|| document.id.rsplit_once('/').map(|(folder, _)| folder));
        // Heavier than any weight that authors write, so that weighted documents come first.
        let weight = (weight.unwrap_or(1e9) * 1000.0) as i64;
        (
            (document.kind.weight, document.kind.id.as_str()),
            Reverse(date(document)),
            folder,
            weight,
            document.sorted_as.as_str(),
            index,
        )
    });
    let mut rank: PerDocument<usize> = vec![0; documents.len()].into();
    for (place, index) in order.into_iter().enumerate() {
        rank[index] = place;
    }
    rank
}

/// The moment that dates a document, where its kind says which field does.
pub fn date(document: &Document) -> Option<jiff::Timestamp> {
    document.fields.at(document.kind.date_field.as_deref()?)?.value.timestamp()
}
