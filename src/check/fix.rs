//! Mends that leave no doubt, put into the files that they are for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fix};
use crate::model::Source;

/// A file with mends in it.
#[derive(Debug)]
pub struct Mended {
    /// The file as it is.
    pub source: Arc<Source>,
    /// Its text with the mends.
    pub text: String,
    /// How many findings they mend.
    pub count: usize,
}

/// The files that the findings' fixes change, by path. Of two fixes for one place, the first counts.
pub fn mend(findings: &[Diagnostic]) -> Vec<Mended> {
    let mut by_path: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        by_path.entry(&fix.location.source.path).or_default().push(fix);
    }
    let mended = by_path.into_values().map(|mut fixes| {
        fixes.sort_by_key(|fix| fix.location.span);
        let source = Arc::clone(&fixes[0].location.source);
        let (mut text, mut at, mut count) = (String::with_capacity(source.text.len()), 0, 0);
        for fix in fixes {
            let place = fix.location.span.range();
            if place.start >= at {
                text.push_str(&source.text[at..place.start]);
                text.push_str(&fix.text);
                at = place.end;
                count += 1;
            }
        }
        text.push_str(&source.text[at..]);
        Mended { source, text, count }
    });
    mended.collect()
}
