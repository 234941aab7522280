//! What would make the content better, in order of worth, from what is found in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rules;
use crate::diagnostic::{Diagnostic, Severity, count};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Field, Kind, OwnerRole};

/// Something that would make the content better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What there is to do.
    pub text: String,
    /// How, or where to begin.
    pub how: String,
}

/// What would make the content better, most worthwhile first.
pub(super) fn advice(base: &KnowledgeBase, findings: &[Diagnostic], foreign: &BTreeSet<&str>) -> Vec<Advice> {
    let mut advice = absent(base);
    advice.extend(found(base, findings, foreign));
    advice
}

/// Kinds of which there is no document, though others should name one.
fn absent(base: &KnowledgeBase) -> Vec<Advice> {
    let number =
        |kind: &Kind| base.graph.documents.iter().filter(|document| document.kind.id == kind.id).count();
    let mut advice = Vec::new();
    for kind in base.kinds.all.iter().filter(|kind| !kind.extra_fields && number(kind) == 0) {
        let leads_here = |field: &&std::sync::Arc<Field>| field.is_reference() && field.to.contains(&kind.id);
        let required = |other: &Kind| other.fields.iter().filter(leads_here).any(|field| field.required);
        let waiting = base.kinds.all.iter().filter(|other| required(other) && number(other) > 0);
        let waiting: Vec<String> = waiting.map(|other| named(number(other), other)).collect();
        let owns = base
            .kinds
            .all
            .iter()
            .flat_map(|other| &other.fields)
            .filter(leads_here)
            .any(|field| field.owner == Some(OwnerRole::Direct));
        let label = kind.label.to_lowercase();
        let text = if !waiting.is_empty() {
            format!("there is no {label} yet, and {} should name theirs", waiting.join(" and "))
        } else if owns {
            format!("there is no {label} yet, so no page says whom to call")
        } else {
            continue;
        };
        advice.push(Advice { text, how: format!("`sdkb new {} \"Name\"` writes one", kind.id) });
    }
    advice
}

/// Findings of one rule.
struct FindingGroup<'a> {
    findings: Vec<&'a Diagnostic>,
    /// The kind of the documents, if it is the same.
    kind: Option<&'a Kind>,
    /// What is wrong with all of them, if it fits in a line.
    what: Option<String>,
}

/// Names beyond this number are not listed.
const MOST_NAMES: usize = 4;

fn found(base: &KnowledgeBase, findings: &[Diagnostic], foreign: &BTreeSet<&str>) -> Vec<Advice> {
    let kinds: BTreeMap<&str, &Kind> =
        base.graph.documents.iter().map(|document| (&*document.source.path, &*document.kind)).collect();
    let kind = |finding: &Diagnostic| kinds.get(&*finding.location.source.path).copied();
    let mut by_kind: BTreeMap<(&str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings {
        by_kind.entry((finding.rule, kind(finding).map_or("", |kind| &kind.id))).or_default().push(finding);
    }
    // What can be said of one kind in few words is said apart; the rest by rule.
    let mut groups: Vec<FindingGroup<'_>> = Vec::new();
    let mut rest: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for ((rule, _), findings) in by_kind {
        match in_one(&findings) {
            Some(what) => groups.push(FindingGroup { kind: kind(findings[0]), findings, what: Some(what) }),
            None => rest.entry(rule).or_default().extend(findings),
        }
    }
    groups.extend(rest.into_values().map(|findings| {
        let first = kind(findings[0]);
        let is_same =
            findings.iter().all(|finding| kind(finding).map(|kind| &kind.id) == first.map(|kind| &kind.id));
        FindingGroup { findings, kind: first.filter(|_| is_same), what: None }
    }));
    groups.sort_by_key(|group| (severity(group.findings[0].rule), std::cmp::Reverse(group.findings.len())));
    groups.retain(|group| !foreign.contains(group.findings[0].rule));
    groups.iter().map(advice_on).collect()
}

/// Messages that differ in a name only as one: "missing field `priority`, `services`".
fn in_one(findings: &[&Diagnostic]) -> Option<String> {
    let messages: BTreeSet<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    let parts: Option<Vec<(&str, &str)>> = messages.iter().map(|message| message.split_once(" `")).collect();
    let parts = parts?;
    let (head, _) = *parts.first()?;
    let is_list =
        parts.iter().all(|(before, name)| *before == head && name.find('`') == Some(name.len() - 1));
    match (parts.len(), is_list) {
        (1, _) => messages.first().map(|message| (*message).to_owned()),
        (2..=MOST_NAMES, true) if messages.len() < findings.len() => {
            let names: Vec<String> = parts.iter().map(|(_, name)| format!("`{name}")).collect();
            Some(format!("{head} {}", names.join(", ")))
        }
        _ => None,
    }
}

/// How much a rule's findings matter by themselves.
fn severity(rule: &str) -> Severity {
    rules::find(rule).map_or(Severity::Warning, |rule| rule.severity)
}

fn advice_on(group: &FindingGroup<'_>) -> Advice {
    let FindingGroup { findings, kind, what } = group;
    let first = findings[0];
    let documents: BTreeSet<&str> = findings.iter().map(|finding| &*finding.location.source.path).collect();
    let who = match kind {
        Some(kind) => named(documents.len(), kind),
        None => count(documents.len(), "file"),
    };
    let rule = rules::find(first.rule);
    let what =
        what.clone().unwrap_or_else(|| lower(rule.map_or("", |rule| rule.summary()).trim_end_matches('.')));
    let (line, column) = first.location.line_column();
    let place = format!("{}:{line}:{column}", first.location.source.path);
    let others = findings.len() - 1;
    let others = if others == 0 { String::new() } else { format!(" and {}", count(others, "other place")) };
    Advice { text: format!("{who}: {what}"), how: format!("{place}{others}, `sdkb explain {}`", first.rule) }
}

/// A sentence as it goes on after a colon.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A number of documents of a kind.
fn named(number: usize, kind: &Kind) -> String {
    let name = if number == 1 { &kind.label } else { &kind.plural };
    format!("{number} {}", name.to_lowercase())
}
