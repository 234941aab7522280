//! Alerts to the documents that claim them and the rules that fire them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cache_slot::fingerprint;
use crate::model::{AlertRule, Definitions, Document, DocumentId, Location, PerDocument};

/// Alerts by name.
pub type Alerts = BTreeMap<String, AlertNode>;

/// What has to do with one alert.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AlertNode {
    /// The documents that claim it, and where they do.
    pub claims: Vec<(DocumentId, Location)>,
    /// Its rules, by their place in [`Definitions::alert_rules`].
    pub rules: Vec<usize>,
}

/// The alerts that `documents` claim and `definitions` define.
pub(super) fn alerts(documents: &PerDocument<Arc<Document>>, definitions: &Definitions) -> Alerts {
    let mut claims: Vec<(&str, DocumentId, &Location)> = Vec::new();
    for (index, document) in documents.iter_enumerated() {
        claims.extend(document.alerts.iter().map(|(name, location)| (name.as_str(), index, location)));
    }
    // Stable: of several places in a document, the first counts.
    claims.sort_by_key(|(name, index, _)| (*name, *index));
    claims.dedup_by_key(|(name, index, _)| (*name, *index));
    let groups = claims.chunk_by(|a, b| a.0 == b.0).map(|group| {
        let claims = group.iter().map(|(_, index, location)| (*index, (*location).clone()));
        (group[0].0.to_owned(), AlertNode { claims: claims.collect(), rules: Vec::new() })
    });
    let mut alerts: Alerts = groups.collect();
    for (index, rule) in definitions.alert_rules.iter().enumerate() {
        alerts.entry(rule.name.text.clone()).or_default().rules.push(index);
    }
    alerts
}

/// The fingerprint of all that alerts depend on in `definitions`.
pub(super) fn names(definitions: &Definitions) -> u64 {
    let name = |rule: &Arc<AlertRule>| (rule.name.text.clone(), rule.group.clone());
    fingerprint(&definitions.alert_rules.iter().map(name).collect::<Vec<_>>())
}
