//! A field that the schema does not have: nobody would read it.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::{Severity, suggest};
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    holds: Holds::Adopted,
    text: include_str!("unknown_field.md"),
    check: Check::Project(check),
};

/// More names than this are no help.
const MOST_NAMED: usize = 12;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for problem in subject.field_problems() {
        if let FieldProblem::Unknown { location, name, known } = problem {
            let finding = RULE.at(location.clone(), format!("unknown field `{name}`"));
            report.add(match suggest::closest(name, known.iter().map(String::as_str)) {
                Some(close) => finding.did_you_mean(Some(close.to_owned())),
                None => {
                    let rest = known.len().saturating_sub(MOST_NAMED);
                    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
                    let named = known[..known.len() - rest].join("`, `");
                    finding.help(format!("known fields are `{named}`{more}"))
                }
            });
        }
    }
}
