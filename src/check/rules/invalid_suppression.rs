//! A comment that was meant to suppress a finding and can't be read.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "invalid-suppression",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("invalid_suppression.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        for (source, problem) in &document.problems.suppressions {
            report.add(RULE.at(source.at(problem.span), problem.message.clone()).help(problem.help.clone()));
        }
    }
}
