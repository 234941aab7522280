//! A template of the project that can't be used.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

/// Also what rendering a page finds in a template.
pub static RULE: Rule = Rule {
    id: "template-error",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("template_error.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (location, message) in &subject.problems.templates {
        report.add(RULE.at(location.clone(), message.clone()));
    }
}
