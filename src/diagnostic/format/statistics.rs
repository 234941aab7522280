//! How often each rule is broken.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

/// A line a rule and severity with its number of findings: errors first, and the most frequent first among them.
pub fn statistics(findings: &[Diagnostic]) -> Vec<String> {
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.severity, finding.rule)).or_default() += 1;
    }
    let mut counts: Vec<((Severity, &str), usize)> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, _), count)| (*severity, Reverse(*count)));
    let width = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default();
    let lines = counts
        .into_iter()
        .map(|((severity, rule), count)| format!("{count:width$} {:<7} {rule}", severity.name()));
    lines.collect()
}
