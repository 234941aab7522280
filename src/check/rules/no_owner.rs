//! A document without an owner.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, OwnerRole};

pub(super) static RULE: Rule = Rule {
    id: "no-owner",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("no_owner.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.current_documents() {
        // Pages may have no owner, and those who own need none.
        let may_own = base.kinds.all.iter().any(|kind| {
            let mut fields = kind.fields.iter().filter(|field| field.owner == Some(OwnerRole::Direct));
            fields.any(|field| field.to.contains(&document.kind.id))
        });
        let is_owned = !base.graph.owners[index].is_empty();
        if document.kind.extra_fields || may_own || is_owned || is_explained(index, document, base) {
            continue;
        }
        let finding = RULE.at(document.start(), Message::naming(document).text(" has no owner"));
        report.add(finding.help("name who maintains it under `owner`"));
    }
}

/// Whether another finding says why: a field that would lead to the owner is required and absent, leads
/// nowhere, or leads to a document that has no owner itself.
fn is_explained(index: DocumentId, document: &Document, base: &KnowledgeBase) -> bool {
    let required = document.kind.fields.iter().filter(|field| field.owner.is_some() && field.required);
    let is_missing = required.into_iter().any(|field| document.fields.get(&field.name).is_none());
    let leads_on = base
        .graph
        .references_of(index)
        .any(|(reference, _)| reference.field.owner.is_some() && reference.path == reference.field.name);
    is_missing || leads_on
}
