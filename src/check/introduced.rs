//! Which findings a change brought about, wherever they surface.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Change;
use crate::diagnostic::{Diagnostic, Identity, Severity};
use crate::model::Location;

/// The findings of `after` that `before` does not have, has in fewer rows, or takes less seriously.
pub fn introduced(change: &Change<'_>, before: &[Diagnostic], after: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut known: BTreeMap<Identity, Vec<(Severity, usize)>> = BTreeMap::new();
    for finding in before {
        known.entry(identity_after(change, finding)).or_default().push((finding.severity, finding.rows));
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
        for (&index, (severity, rows)) in group.iter().zip(known) {
            // `Severity::Error` comes first in order, so a lower one is more severe.
            is_new[index] = after[index].severity < *severity || after[index].rows > *rows;
        }
    }
    after.into_iter().zip(is_new).filter_map(|(finding, is_new)| is_new.then_some(finding)).collect()
}

/// The identity of a finding of before, as it is now: a file that moved took its findings along, and messages name its
/// document by another id.
fn identity_after(change: &Change<'_>, finding: &Diagnostic) -> Identity {
    let mut identity = Identity::without_number(finding);
    // From the end, so that places before stay where they are.
    for id in finding.ids.iter().rev() {
        let new = change.moved.get(&*id.path).and_then(|path| change.after.document_at(path));
        if let Some(new) = new {
            identity.message.replace_range(id.range.clone(), &change.after.graph.documents[new].id);
        }
    }
    if let Some(path) = change.moved.get(&identity.path) {
        identity.path.clone_from(path);
    }
    identity
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
