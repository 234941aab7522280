//! Which findings a change brought about, wherever they surface.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Identity, Severity};

/// The findings of `after` that `before` does not have, or takes less seriously. `moved` leads from the old path
/// of a file to its new one, so that a finding moves along with its file.
pub fn introduced(
    before: &[Diagnostic],
    mut after: Vec<Diagnostic>,
    moved: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let known = before.iter().map(|finding| {
        let identity = Identity::from(finding);
        let path = moved.get(&identity.path).cloned().unwrap_or(identity.path);
        (Identity { path, ..identity }, finding.severity)
    });
    let known: FxHashMap<Identity, Severity> = known.collect();
    after.retain(|finding| {
        // An error is less than a warning.
        known.get(&Identity::from(finding)).is_none_or(|severity| finding.severity < *severity)
    });
    after
}
