//! A field that the schema does not have: nobody would read it.

use crate::check::{Report, Rule, Subject};
use crate::diagnostic::{Severity, suggest};
use crate::model::FieldProblem;

pub(super) static RULE: Rule =
    Rule { id: "unknown-field", severity: Severity::Error, summary: "a field that the kind does not have", check };

fn check(subject: &Subject<'_>, report: &mut Report) {
    for problem in subject.field_problems() {
        if let FieldProblem::Unknown { location, name, known } = problem {
            let finding = RULE.at(location.clone(), format!("unknown field `{name}`"));
            report.add(match suggest::closest(name, known.iter().map(String::as_str)) {
                Some(close) => finding.did_you_mean(Some(close.to_owned())),
                None => finding.help(format!("known fields are `{}`", known.join("`, `"))),
            });
        }
    }
}
