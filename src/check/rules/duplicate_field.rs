//! A key that stands twice in one map: which value counts?

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-field",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("duplicate_field.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    // Two values for one key are wrong whether or not anybody has heard of sdkb.
    let documents = subject.graph.documents.iter().flat_map(|document| &document.problems.fields);
    for problem in documents.chain(&subject.problems.fields) {
        if let FieldProblem::Duplicate { location, first, name } = problem {
            let finding = RULE.at(location.clone(), format!("field `{name}` is written twice"));
            report.add(finding.related(first.clone(), "first written here").help("keep one of them"));
        }
    }
}
