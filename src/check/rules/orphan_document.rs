//! A document that nothing leads to.

use std::collections::BTreeSet;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::graph::{LinkProblem, LinkTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;

pub(super) static RULE: Rule = Rule {
    id: "orphan-document",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("orphan_document.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let graph = &base.graph;
    // A link to a section that is not there is a link all the same.
    let linked: BTreeSet<DocumentId> =
        graph.links.iter().flat_map(|links| links.iter()).filter_map(no_anchor).collect();
    for (index, document) in base.current_documents() {
        // What a document names leads back to it where the relation has a name at the other end. Where it names
        // nothing that there is, that is finding enough.
        let leads_back = document
            .references
            .iter()
            .any(|reference| reference.field.inverse.is_some() || reference.field.mirrors.is_some());
        if document.is_index
            || leads_back
            || linked.contains(&index)
            || !graph.relations[index].is_empty()
            || !document.alerts.is_empty()
            || base.may_be_said(document.id.rsplit('/').next().unwrap_or(&document.id))
        {
            continue;
        }
        let message = Message::from(format!("nothing leads to {} ", document.kind.id)).document(document);
        report.add(RULE.at(document.start(), message).help("link to it where readers would look for it"));
    }
}

fn no_anchor(target: &LinkTarget) -> Option<DocumentId> {
    match target {
        LinkTarget::Broken(LinkProblem::NoAnchor { document, .. }) => Some(*document),
        _ => None,
    }
}
