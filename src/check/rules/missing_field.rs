//! A required field that is absent.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "missing-field",
    severity: Severity::Error,
    holds: Holds::Adopted,
    text: include_str!("missing_field.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for problem in subject.field_problems() {
        if let FieldProblem::Missing { location, path, help, example } = problem {
            let name = path.rsplit('.').next().unwrap_or(path);
            let finding = RULE.at(location.clone(), format!("missing field `{path}`"));
            report.add(finding.help(format!("add `{name}: {example}`. {help}")));
        }
    }
}
