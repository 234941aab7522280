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
        if let FieldProblem::Unknown { location, name, known, taken, is_alone } = problem {
            let finding = RULE.at(location.clone(), format!("unknown field `{name}`"));
            let free = || known.iter().filter(|name| !taken.contains(name)).map(String::as_str);
            report.add(match suggest::closest(name, free()) {
                Some(close) => {
                    let sure = suggest::only(name, free().map(|name| (name, name)));
                    finding.did_you_mean(Some(close.to_owned())).fix_value(sure.filter(|_| *is_alone))
                }
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
