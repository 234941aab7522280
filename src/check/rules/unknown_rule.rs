//! A rule that there is not, in the settings or in a suppression.

use super::{RULES, find};
use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-rule",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unknown_rule.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let settings = base.config.rules.iter().map(|setting| (setting.rule.as_str(), &setting.location));
    let suppressions = base.documents().flat_map(|(_, document)| &document.suppressions);
    let suppressions = suppressions.map(|suppression| (suppression.rule.as_str(), &suppression.location));
    let named: Vec<(&str, &Location)> = settings.chain(suppressions).collect();
    for (name, location) in named {
        if find(name).is_some() {
            continue;
        }
        let finding = RULE.at(location.clone(), format!("unknown rule `{name}`"));
        report.add(match suggest::closest(name, RULES.iter().map(|rule| rule.id)) {
            Some(close) => finding.did_you_mean(Some(close.to_owned())),
            None => finding.help("`sdkb explain` lists the rules"),
        });
    }
}
