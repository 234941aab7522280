//! A variable that a document declares twice.

use std::collections::BTreeMap;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Location, Role};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-variable",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("duplicate_variable.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        let mut seen: BTreeMap<&str, &Location> = BTreeMap::new();
        for variable in document.variables() {
            let (Some(name), Some(entry)) = (variable.name(), variable.entry_of(Role::Name)) else {
                continue;
            };
            if let Some(first) = seen.get(name) {
                let finding = RULE.at(entry.location.clone(), format!("variable `{name}` is declared twice"));
                let finding = finding.related((*first).clone(), "first declared here");
                report.add(finding.help("keep one of them, or rename one of them here and where it is used"));
            } else {
                seen.insert(name, &entry.location);
            }
        }
    }
}
