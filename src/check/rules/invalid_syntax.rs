//! Text that is not written as its format wants it.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "invalid-syntax",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("invalid_syntax.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let documents = subject.graph.documents.iter().flat_map(|document| &document.problems.syntax);
    for (source, problem) in documents.chain(&subject.problems.syntax) {
        report.add(RULE.at(source.at(problem.span), problem.message.clone()).help(problem.help.clone()));
    }
}
