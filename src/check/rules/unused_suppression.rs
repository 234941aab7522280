//! A suppression of something that is not found, or no more.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::model::Suppression;

pub(super) static RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unused_suppression.md"),
    check: Check::Unused(check),
};

fn check(suppression: &Suppression, report: &mut Report) {
    let message = format!("nothing here breaks `{}`", suppression.rule);
    report.add(RULE.at(suppression.location.clone(), message).help("remove the suppression"));
}
