//! A value that is not of its field's type.

use super::broken_reference::unlisted;
use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::FieldProblem;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "invalid-value",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("invalid_value.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    alerts(base, report);
    for problem in base.field_problems() {
        if let FieldProblem::Pattern { location, path, culprit, message, help } = problem {
            let message = format!("`{culprit}` in `{path}` {message}");
            report.add(RULE.at(location.clone(), message).help(help));
        }
        if let FieldProblem::Schema { location, message, help } = problem {
            report.add(RULE.at(location.clone(), message.clone()).help(help));
        }
        if let FieldProblem::Invalid { location, path, expected, found, example, choices } = problem {
            let name = path.rsplit('.').next().unwrap_or(path);
            let message = format!("`{path}` is {found}, not {expected}");
            let finding = RULE.at(location.clone(), message);
            let close = suggest::closest(found.trim_matches('`'), choices.iter().map(String::as_str));
            report.add(match (choices.is_empty(), close) {
                (false, Some(close)) => {
                    let names = choices.iter().map(|choice| (choice.as_str(), choice.as_str()));
                    let sure = suggest::only(found.trim_matches('`'), names);
                    finding.did_you_mean(Some(close.to_owned())).fix_value(sure)
                }
                (false, None) => finding.help(format!("choose one of `{}`", choices.join("`, `"))),
                (true, _) => finding.help(format!("write for example `{name}: {example}`")),
            });
        }
    }
}

/// Several alerts in one value: `alerts: CheckoutDown, CheckoutSlow`.
fn alerts(base: &KnowledgeBase, report: &mut Report) {
    for (name, location) in base.documents().flat_map(|(_, document)| &document.alerts) {
        let parts: Vec<&str> = name.split(',').map(str::trim).collect();
        let is_name = |part: &&str| !part.is_empty() && !part.contains(char::is_whitespace);
        if parts.len() < 2 || !parts.iter().all(is_name) {
            continue;
        }
        let list = format!("[{name}]");
        let finding = RULE.at(location.clone(), format!("`{name}` is one alert"));
        let fix = unlisted(location, &list);
        report.add(finding.help(format!("write a list: `{list}`")).fix(location.clone(), fix));
    }
}
