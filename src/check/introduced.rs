//! Which findings a change brought about, wherever they surface.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Change;
use crate::diagnostic::{Diagnostic, Identity, Severity};
use crate::model::Location;

/// The findings of `after` that `before` does not have, or takes less seriously.
pub fn introduced(change: &Change<'_>, before: &[Diagnostic], after: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut known: BTreeMap<Identity, Vec<Severity>> = BTreeMap::new();
    for finding in before {
        known.entry(old_identity(change, finding)).or_default().push(finding.severity);
    }
    let mut groups: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (index, finding) in after.iter().enumerate() {
        groups.entry(Identity::without_number(finding)).or_default().push(index);
    }
    let mut is_new = vec![true; after.len()];
    for (key, mut group) in groups {
        let Some(known) = known.get(&key) else { continue };
        // Of several that say the same, those on a line that was there before are the old ones.
        if group.len() > known.len() {
            let old = old_lines(change, &key.path);
            group.sort_by_key(|&index| !old.contains(line(&after[index])));
        }
        for (&index, severity) in group.iter().zip(known) {
            // `Severity::Error` comes first in order, so a lower one is more severe.
            is_new[index] = after[index].severity < *severity;
        }
    }
    after.into_iter().zip(is_new).filter_map(|(finding, is_new)| is_new.then_some(finding)).collect()
}

/// The identity of a finding of before, as it is now: a file that moved took its findings along, and its id is
/// another one.
fn old_identity(change: &Change<'_>, finding: &Diagnostic) -> Identity {
    let identity = Identity::without_number(finding);
    let Some(new_path) = change.moved.get(&identity.path) else { return identity };
    let old = change.before.document_at(&identity.path).map(|index| &change.before.graph.documents[index].id);
    let new = change.after.document_at(new_path).map(|index| &change.after.graph.documents[index].id);
    let message = match (old, new) {
        (Some(old), Some(new)) => identity.message.replace(&format!("`{old}`"), &format!("`{new}`")),
        _ => identity.message,
    };
    Identity { path: new_path.clone(), message, ..identity }
}

/// The lines of a file as it was.
fn old_lines<'a>(change: &'a Change<'_>, path: &str) -> FxHashSet<&'a str> {
    let old_path = change.moved.iter().find(|(_, new)| *new == path).map_or(path, |(old, _)| old);
    let old = change.before.document_at(old_path);
    old.map(|index| change.before.graph.documents[index].source.text.lines().collect()).unwrap_or_default()
}

/// The line of a finding.
fn line(finding: &Diagnostic) -> &str {
    let Location { source, span } = &finding.location;
    &source.text[source.line_at(span.start as usize)]
}
