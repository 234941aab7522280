//! Two documents of one kind that share what their kind wants unique.

use std::collections::BTreeMap;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-value",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("duplicate_value.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let mut seen = BTreeMap::new();
    for (_, document) in base.documents() {
        for field in document.kind.fields.iter().filter(|field| field.unique) {
            let Some(entry) = document.fields.get(&field.name) else { continue };
            let Some(value) = document.fields.text(&field.name) else { continue };
            let key = (document.kind.id.clone(), field.name.clone(), value.to_owned());
            let first: &mut Location = seen.entry(key).or_insert_with(|| entry.location.clone());
            if *first == entry.location {
                continue;
            }
            let message = format!("second {} whose `{}` is `{value}`", document.kind.id, field.name);
            let finding = RULE.at(entry.location.clone(), message).related(first.clone(), "the first one");
            report.add(finding.help("change one of the two"));
        }
    }
}
