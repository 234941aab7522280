//! Alerts to the documents that claim them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Document, DocumentId, Location, PerDocument};

/// Alerts by name, with the documents that claim them and where they do.
pub type Alerts = BTreeMap<String, Vec<(DocumentId, Location)>>;

/// The alerts that `documents` claim.
pub(super) fn alerts(documents: &PerDocument<Arc<Document>>) -> Alerts {
    let mut claims: Vec<(&str, DocumentId, &Location)> = Vec::new();
    for (index, document) in documents.iter_enumerated() {
        claims.extend(document.alerts.iter().map(|(name, location)| (name.as_str(), index, location)));
    }
    // Stable: of several places in a document, the first counts.
    claims.sort_by_key(|(name, index, _)| (*name, *index));
    claims.dedup_by_key(|(name, index, _)| (*name, *index));
    let groups = claims.chunk_by(|a, b| a.0 == b.0).map(|group| {
        let claims = group.iter().map(|(_, index, location)| (*index, (*location).clone()));
        (group[0].0.to_owned(), claims.collect())
    });
    groups.collect()
}
