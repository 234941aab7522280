//! A squad that nobody can reach.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::Field;

pub(super) static RULE: Rule = Rule {
    id: "unreachable-owner",
    severity: Severity::Warning,
    holds: Holds::Adopted,
    text: include_str!("unreachable_owner.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (_, document) in subject.current_documents() {
        let ways: Vec<&Field> =
            document.kind.fields.iter().map(AsRef::as_ref).filter(|field| field.reach).collect();
        if ways.is_empty() || ways.iter().any(|field| document.fields.says(&field.name)) {
            continue;
        }
        let message = format!("{} `{}` can't be reached", document.kind.id, document.id);
        let names: Vec<String> = ways.iter().map(|field| format!("`{}`", field.name)).collect();
        report.add(RULE.at(document.start(), message).help(format!("fill in {}", names.join(" or "))));
    }
}
