//! Two documents of one kind with one id.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Location};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-id",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("duplicate_id.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for &(first, second) in base.graph.ids.duplicates() {
        let (first, second) = (&base.graph.documents[first], &base.graph.documents[second]);
        // An id that is not written follows from the path. Only documents that are held to their kinds, or an
        // id that is written, make a promise.
        let is_written = first.id_location.is_some() || second.id_location.is_some();
        if !(is_written || (base.is_adopted && !second.kind.extra_fields)) {
            continue;
        }
        let message = Message::from(format!("second {} with the id ", second.kind.id)).document(second);
        let finding = RULE.at(place(second), message).related(place(first), "the first one");
        report.add(finding.help("give one of them another name, or another `id`"));
    }
    for (first, second) in &base.definitions.repeated {
        let message = format!("second entity with the name `{}`", second.name.text);
        let finding = RULE.at(second.name.location.clone(), message);
        let finding = finding.related(first.name.location.clone(), "the first one");
        report.add(finding.help("give one of them another name"));
    }
}

fn place(document: &Document) -> Location {
    document.id_location.clone().unwrap_or_else(|| document.start())
}
