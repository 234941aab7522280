//! The annotation that leads from each alert rule to its runbook, and where in the file of the rule it goes.

use crate::diagnostic::Fix;
use crate::graph::{RuleLinks, RunbookTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{AlertRule, Span, WrittenText};
use crate::report::alerts;

/// The annotation that a rule should carry.
#[derive(Debug)]
pub struct Annotation<'a> {
    /// The rule.
    pub rule: &'a AlertRule,
    /// The name of the annotation.
    pub name: &'a str,
    /// Its value: the address of the alert's page, with the labels that its commands need.
    pub address: String,
    /// How it gets there.
    pub change: Change,
}

/// How an annotation gets into the file of a rule.
#[derive(Debug, PartialEq)]
pub enum Change {
    /// It is there.
    None,
    /// By a change that leaves everything else as it is.
    Edit(Fix),
    /// By the hand of the author, for a reason.
    ByHand(&'static str),
}

/// The annotations of all rules, by alert. None if the site has no public address.
pub fn annotations(base: &KnowledgeBase) -> Vec<Annotation<'_>> {
    let name = base.config.alerts.runbook_annotations.first().map_or("runbook_url", String::as_str);
    let mut found = Vec::new();
    for alert in alerts::alerts(base) {
        let Some(address) = alerts::annotation(base, &alert) else { continue };
        for &(rule, links) in &alert.rules {
            let change = change(rule, links, name, &address);
            found.push(Annotation { rule, name, address: address.clone(), change });
        }
    }
    found
}

fn change(rule: &AlertRule, links: &RuleLinks, name: &str, address: &str) -> Change {
    // JSON strings are strings of YAML too.
    let quoted = serde_json::Value::from(address).to_string();
    match &links.runbook {
        Some(link) if link.value.text == address => Change::None,
        _ if rule.is_generated => Change::ByHand("it is made from an objective: annotate that"),
        Some(link) if link.target == RunbookTarget::Elsewhere => {
            Change::ByHand("its address leads to another site")
        }
        Some(link) if is_within(rule, &link.value) && link.value.is_alone() => {
            Change::Edit(Fix { location: link.value.location.clone(), text: quoted })
        }
        Some(_) => Change::ByHand("its address is shared with other rules, or a text of several lines"),
        None => {
            let added = added(rule, name, &quoted);
            added.map_or(Change::ByHand("its file has no line of its own for it"), Change::Edit)
        }
    }
}

/// Whether a text stands in the rule itself, and is not brought by an anchor from elsewhere.
fn is_within(rule: &AlertRule, text: &WrittenText) -> bool {
    let (outer, inner) = (&rule.location.span, &text.location.span);
    text.location.source == rule.location.source && outer.start <= inner.start && inner.end <= outer.end
}

/// The annotation as an addition to a rule that has none of the name.
fn added(rule: &AlertRule, name: &str, quoted: &str) -> Option<Fix> {
    let source = &rule.location.source;
    let insert = |at: usize, text: String| Fix { location: source.at(Span::new(at..at)), text };
    if !source.path.ends_with(".yaml") && !source.path.ends_with(".yml") && !source.path.ends_with(".rules") {
        return None;
    }
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(first) = rule.annotations.iter().find(|pair| is_within(rule, &pair.value)) {
        let start = first.value.location.span.start as usize;
        let line = source.line_at(start).start;
        let before = &source.text[line..start];
        let key = before.trim_start();
        if key.trim_end().strip_suffix(':').is_some_and(|key| key.trim_matches(['"', '\'']) == first.name) {
            let indent = &before[..before.len() - key.len()];
            return Some(insert(line, format!("{indent}{name}: {quoted}{newline}")));
        }
        let (opening, _) = before.rsplit_once('{')?;
        let is_map = opening.trim_end().ends_with("annotations:");
        return is_map.then(|| insert(line + opening.len() + 1, format!(" {name}: {quoted},")));
    }
    let has_annotations = source.text[rule.location.span.range()]
        .lines()
        .any(|line| line.trim_start().starts_with("annotations"));
    let start = rule.name.location.span.start as usize;
    let line = source.line_at(start);
    let before = &source.text[line.start..start];
    let key = before.trim_start_matches(['-', ' ']);
    if has_annotations || !matches!(key.trim_end(), "alert:" | "title:") {
        return None;
    }
    let indent = " ".repeat(before.len() - key.len());
    let text = format!("{newline}{indent}annotations:{newline}{indent}  {name}: {quoted}");
    Some(insert(line.end, text))
}
