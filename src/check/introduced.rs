//! Which findings a change brought about, wherever they surface.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Diagnostic, Identity, identities};

/// The findings of `after` that `before` does not have. `moved` leads from the old path of a file to its new
/// one, so that a finding moves along with its file.
pub fn introduced(
    before: &[Diagnostic],
    after: Vec<Diagnostic>,
    moved: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let known: FxHashSet<Identity> = identities(before)
        .into_iter()
        .map(|identity| match moved.get(&identity.path) {
            Some(path) => Identity { path: path.clone(), ..identity },
            None => identity,
        })
        .collect();
    let is_new: Vec<bool> = identities(&after).iter().map(|identity| !known.contains(identity)).collect();
    after.into_iter().zip(is_new).filter_map(|(finding, is_new)| is_new.then_some(finding)).collect()
}
