//! A squad without a way to reach it.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Field;

pub(super) static RULE: Rule = Rule {
    id: "unreachable-owner",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unreachable_owner.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.current_documents() {
        let ways: Vec<&Field> =
            document.kind.fields.iter().map(AsRef::as_ref).filter(|field| field.contact).collect();
        if ways.is_empty() || ways.iter().any(|field| document.fields.has(&field.name)) {
            continue;
        }
        let message = Message::naming(document).text(" can't be reached");
        let names: Vec<String> = ways.iter().map(|field| format!("`{}`", field.name)).collect();
        report.add(RULE.at(document.start(), message).help(format!("fill in {}", names.join(" or "))));
    }
}
