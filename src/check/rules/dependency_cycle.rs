//! Documents that need each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Location};

pub(super) static RULE: Rule = Rule {
    id: "dependency-cycle",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("dependency_cycle.md"),
    check: Check::Project(check),
};

/// For each document, those that it needs, each with the place that says so.
type Edges<'a> = BTreeMap<DocumentId, Vec<(DocumentId, &'a Location)>>;

/// More names than this are no help.
const MOST_NAMED: usize = 6;

fn check(base: &KnowledgeBase, report: &mut Report) {
    let mut edges = edges(base);
    peel(&mut edges);
    let mut reported = BTreeSet::new();
    for &start in edges.keys() {
        if reported.contains(&start) {
            continue;
        }
        let Some(cycle) = shortest_cycle(&edges, start) else { continue };
        let next = cycle.get(1).copied().unwrap_or(start);
        let Some((_, place)) = edges[&start].iter().find(|(to, _)| *to == next) else { continue };
        let help =
            "when one of them stops, which one starts first? cut the cycle, or write down how to start";
        report.add(RULE.at((*place).clone(), message(base, &cycle)).help(help));
        reported.extend(cycle);
    }
}

/// The way around a cycle. Of a long one, the middle is only counted.
fn message(base: &KnowledgeBase, cycle: &[DocumentId]) -> Message {
    let id = |message: Message, document: DocumentId| message.document(&base.graph.documents[document]);
    let message = id(Message::from("dependency cycle: "), cycle[0]).text(" needs ");
    if cycle.len() == 1 {
        return message.text("itself");
    }
    let others: Vec<DocumentId> = cycle[1..].iter().copied().chain([cycle[0]]).collect();
    let left_out = (others.len() + 1).saturating_sub(MOST_NAMED);
    let (head, tail) = others.split_at(if left_out > 0 { MOST_NAMED - 3 } else { others.len() });
    let mut message = message;
    for (place, &document) in head.iter().enumerate() {
        message = id(message.text(if place > 0 { ", which needs " } else { "" }), document);
    }
    if left_out > 0 {
        message = message.text(&format!(", which needs {left_out} others"));
        for &document in &tail[tail.len() - 2..] {
            message = id(message.text(", which needs "), document);
        }
    }
    message
}

fn edges<'a>(base: &'a KnowledgeBase) -> Edges<'a> {
    let mut edges = Edges::new();
    for (index, _) in base.documents() {
        for (reference, target) in base.graph.references_of(index) {
            if let (true, Some(target)) = (reference.field.acyclic, target.found()) {
                edges.entry(index).or_default().push((target, &reference.location));
            }
        }
    }
    edges
}

/// Takes out what is in no cycle: again and again, a document that needs nothing that is left.
fn peel(edges: &mut Edges<'_>) {
    let mut needed_by: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    let mut open: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for (&from, targets) in edges.iter() {
        open.insert(from, targets.len());
        for (target, _) in targets {
            needed_by.entry(*target).or_default().push(from);
        }
    }
    let mut done: Vec<DocumentId> =
        needed_by.keys().copied().filter(|target| !edges.contains_key(target)).collect();
    while let Some(document) = done.pop() {
        for from in needed_by.get(&document).into_iter().flatten() {
            if let Some(left) = open.get_mut(from) {
                *left -= 1;
                if *left == 0 {
                    open.remove(from);
                    done.push(*from);
                }
            }
        }
    }
    edges.retain(|from, _| open.contains_key(from));
    edges.values_mut().for_each(|targets| targets.retain(|(target, _)| open.contains_key(target)));
}

/// The shortest way from `start` back to it, without the last step.
fn shortest_cycle(edges: &Edges<'_>, start: DocumentId) -> Option<Vec<DocumentId>> {
    let mut came_from = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(at) = next.pop_front() {
        for &(target, _) in edges.get(&at).into_iter().flatten() {
            if target == start {
                let mut cycle: Vec<DocumentId> =
                    std::iter::successors(Some(at), |at| came_from.get(at).copied()).collect();
                cycle.reverse();
                return Some(cycle);
            }
            came_from.entry(target).or_insert_with(|| {
                next.push_back(target);
                at
            });
        }
    }
    None
}
