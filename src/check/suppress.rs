//! What authors suppressed: taken out of the findings, and reported where there is nothing to take out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, Report, rules};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Span};

/// Takes out the findings that an author suppressed, and reports the suppressions that none of the findings
/// of a rule that `ran` needed.
pub(super) fn suppress(base: &KnowledgeBase, ran: &FxHashSet<&str>, report: &mut Report) {
    let documents = base.documents().filter(|(_, document)| !document.suppressions.is_empty());
    let by_path: FxHashMap<&str, Suppressions<'_>> =
        documents.map(|(_, document)| (&*document.source.path, Suppressions::new(document))).collect();
    let mut used = FxHashSet::default();
    report.findings.retain_mut(|finding| {
        let path: &str = &finding.location.source.path;
        let Some(suppressions) = by_path.get(path) else { return true };
        let mut is_kept = true;
        for index in suppressions.covering(finding.rule, finding.location.span) {
            let suppression = &suppressions.document.suppressions[index];
            used.insert((Arc::clone(&suppressions.document.source.path), index));
            match suppression.until {
                Some(until) if !suppression.holds_on(base.today) => {
                    finding.add_help(format!("suppressed until {until}: {}", suppression.reason));
                }
                _ => is_kept = false,
            }
        }
        is_kept
    });
    let unused = rules::RULES.iter().filter_map(|rule| match rule.check {
        Check::Unused(check) => Some(check),
        _ => None,
    });
    for check in unused {
        for (_, document) in base.documents() {
            for (index, suppression) in document.suppressions.iter().enumerate() {
                let is_known = ran.contains(suppression.rule.as_str());
                if is_known && !used.contains(&(Arc::clone(&document.source.path), index)) {
                    check(suppression, report);
                }
            }
        }
    }
}

/// The suppressions of a document, by rule and place, so that many of them cost no more than they have to.
struct Suppressions<'a> {
    document: &'a Document,
    whole: Span,
    by_rule: BTreeMap<&'a str, OfRule>,
}

/// The suppressions of one rule.
#[derive(Default)]
struct OfRule {
    /// Those of the whole document.
    whole: Vec<usize>,
    /// Those of a part of it in the order of their beginnings: where a part begins, the furthest end of it and those
    /// before it, and which one it is.
    parts: Vec<(u32, u32, usize)>,
}

impl<'a> Suppressions<'a> {
    fn new(document: &'a Document) -> Self {
        let mut by_rule: BTreeMap<&str, OfRule> = BTreeMap::new();
        for (index, suppression) in document.suppressions.iter().enumerate() {
            let of_rule = by_rule.entry(&suppression.rule).or_default();
            match suppression.part {
                None => of_rule.whole.push(index),
                Some(part) => of_rule.parts.push((part.start, part.end, index)),
            }
        }
        for of_rule in by_rule.values_mut() {
            of_rule.parts.sort_unstable();
            let mut furthest = 0;
            for (_, end, _) in &mut of_rule.parts {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        Self { document, whole: document.start().span, by_rule }
    }

    /// The suppressions of a rule that are about a place, in their order.
    fn covering(&self, rule: &str, span: Span) -> Vec<usize> {
        let Some(of_rule) = self.by_rule.get(rule) else { return Vec::new() };
        let mut found = of_rule.whole.clone();
        if span == self.whole {
            found.extend(of_rule.parts.iter().map(|(_, _, index)| *index));
        } else {
            let before = of_rule.parts.partition_point(|(start, _, _)| *start <= span.start);
            let near = of_rule.parts[..before].iter().rev().take_while(|(_, end, _)| span.start < *end);
            found.extend(near.map(|(_, _, index)| *index));
        }
        found.retain(|&index| self.document.suppressions[index].covers(span, self.whole));
        found.sort_unstable();
        found
    }
}
