//! A variable whose default or example does not fit its own pattern.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Role;

pub(super) static RULE: Rule = Rule {
    id: "pattern-mismatch",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("pattern_mismatch.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        for variable in document.variables() {
            let pattern = variable.entry_of(Role::Pattern).and_then(|entry| entry.value.pattern());
            let Some(pattern) = pattern else { continue };
            for role in [Role::Default, Role::Example] {
                let Some(entry) = variable.entry_of(role) else { continue };
                let Some(value) = entry.value.text() else { continue };
                let field = variable.field_of(role).unwrap_or_default();
                if pattern.fits(value) {
                    continue;
                }
                let name = variable.name().unwrap_or_default();
                let message =
                    format!("{field} `{value}` of `{name}` does not fit its pattern `{}`", pattern.text);
                let help = match value.starts_with('-') && !pattern.takes_dash() {
                    true => "write the dash itself at the beginning of the pattern, such as `-?[0-9]+`",
                    false => "change one of the two; a pattern has to fit the whole value",
                };
                report.add(RULE.at(entry.location.clone(), message).help(help));
            }
        }
    }
}
