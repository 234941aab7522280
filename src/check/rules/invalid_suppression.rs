//! A comment that was meant to suppress a finding and can't be read.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "invalid-suppression",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("invalid_suppression.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (_, document) in subject.documents() {
        for (source, problem) in &document.problems.suppressions {
            report.add(RULE.at(source.at(problem.span), problem.message.clone()).help(problem.help.clone()));
        }
    }
}
