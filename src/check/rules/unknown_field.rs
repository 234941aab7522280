//! A field that the schema does not have: nobody would read it.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::{Severity, names};
use crate::model::FieldProblem;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    holds: Holds::Adopted,
    text: include_str!("unknown_field.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for problem in subject.field_problems() {
        if let FieldProblem::Unknown { location, name, known, taken, is_alone } = problem {
            let finding = RULE.at(location.clone(), format!("unknown field `{name}`"));
            let free = || known.iter().filter(|name| !taken.contains(name)).map(String::as_str);
            report.add(match suggest::closest(name, free()) {
                Some(close) => {
                    let sure = suggest::only(name, free().map(|name| (name, name)));
                    finding.did_you_mean(Some(close.to_owned())).fix_value(sure.filter(|_| *is_alone))
                }
                None => finding.help(format!("known fields are {}", names(known.iter().map(String::as_str)))),
            });
        }
    }
}
