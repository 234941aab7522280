//! A document that nothing leads to.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "orphan-document",
    severity: Severity::Warning,
    holds: Holds::Adopted,
    text: include_str!("orphan_document.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let graph = subject.graph;
    for (index, document) in subject.current_documents() {
        // What a document names leads back to it where the relation has a name at the other end.
        let leads_back = document.references.iter().zip(&graph.references[index]).any(|(reference, to)| {
            to.found().is_some() && (reference.field.inverse.is_some() || reference.field.mirrors.is_some())
        });
        if document.is_index || leads_back || !graph.relations[index].is_empty() || !document.alerts.is_empty() {
            continue;
        }
        let message = format!("nothing leads to {} `{}`", document.kind.id, document.id);
        report.add(RULE.at(document.start(), message).help("link to it where readers would look for it"));
    }
}
