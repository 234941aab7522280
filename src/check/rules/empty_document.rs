//! A document that holds nothing.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "empty-document",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("empty_document.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        // An empty file is how other generators make a page for a folder.
        if document.is_empty() && !document.is_index {
            let message = Message::from(format!("the {} ", document.kind.id)).document(document);
            let finding = RULE.at(document.start(), message.text(" is empty"));
            let mut finding = finding.help("write it, or delete the file");
            // A page owes nothing, so its absence breaks nothing.
            if document.kind.extra_fields {
                finding.severity = Severity::Warning;
            }
            report.add(finding);
        }
    }
}
