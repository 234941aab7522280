//! What is wrong in many rows of data: one finding, which says in how many.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, count};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;
use crate::parse::data::Repeated;

/// Lets the findings about rows of data say in how many rows each is.
pub(super) fn count_rows(base: &KnowledgeBase, findings: &mut [Diagnostic]) {
    let key = |location: &Location| (std::sync::Arc::clone(&location.source.path), location.span);
    let repeated = base.data.repeated.iter().map(|repeated| (key(&repeated.location), repeated));
    let mut repeated: FxHashMap<_, &Repeated> = repeated.collect();
    for finding in findings {
        let Some(Repeated { rows, unlisted, .. }) = repeated.remove(&key(&finding.location)) else {
            continue;
        };
        let mut counted = finding.clone().in_rows(*rows);
        if *unlisted > 0 {
            counted.add_help(format!("{} of the file are wrong otherwise", count(*unlisted, "more row")));
        }
        *finding = counted;
    }
}
