//! Fixes that leave no doubt, put into the files that they are for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fix};
use crate::model::Source;

/// A file with fixes in it.
#[derive(Debug)]
pub struct Fixed {
    /// The file as it is.
    pub source: Arc<Source>,
    /// Its text with the fixes.
    pub text: String,
    /// How many fixes that are.
    pub count: usize,
}

/// The files that the findings' fixes change, by path. Of two fixes for one place, the first counts.
pub fn fix(findings: &[Diagnostic]) -> Vec<Fixed> {
    edited(findings.iter().filter_map(|finding| finding.fix.as_ref()))
}

/// The files that `fixes` change, by path. Of two for one place, the first counts.
pub fn edited<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<Fixed> {
    let mut by_path: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for fix in fixes {
        by_path.entry(&fix.location.source.path).or_default().push(fix);
    }
    let fixed = by_path.into_values().map(|mut fixes| {
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
        Fixed { source, text, count }
    });
    fixed.collect()
}
