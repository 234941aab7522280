//! A field that the schema does not have, so that it is shown nowhere.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Severity, names};
use crate::knowledge_base::KnowledgeBase;
use crate::model::FieldProblem;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unknown_field.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for problem in base.field_problems() {
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
