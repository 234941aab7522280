//! A document about an alert that no rule defines.

use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::report::alerts;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-alert",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unknown_alert.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let undefined = alerts::undefined(base);
    if undefined.is_empty() {
        return;
    }
    let renamed = alerts::renamed(base);
    let names = || base.definitions.alert_rules.iter().map(|rule| rule.name.text.as_str());
    for (name, documents) in undefined {
        // It is found at the rule that has the other name.
        if renamed.values().any(|old| *old == name) {
            continue;
        }
        let suggestion = report.suggest(name.to_owned(), || {
            let close = suggest::closest(name, names())?.to_owned();
            let sure = suggest::only(name, names().map(|name| (name, name))).map(str::to_owned);
            Some(Suggestion { close, sure })
        });
        let is_answered = base.graph.alerts[name].claims.iter().any(|(document, _)| {
            let document = &base.graph.documents[*document];
            document.kind.answers_alerts() && document.is_current()
        });
        for (document, location) in documents {
            // Where nothing answers it either, that is found already.
            if base.is_adopted && !is_answered && !document.kind.answers_alerts() {
                continue;
            }
            let finding = RULE.at(location.clone(), format!("no rule defines the alert `{name}`"));
            report.add(match &suggestion {
                Some(Suggestion { close, sure }) if location.span.start < location.span.end => {
                    finding.did_you_mean(Some(close.clone())).fix_value(sure.as_deref())
                }
                Some(Suggestion { close, .. }) => finding.did_you_mean(Some(close.clone())),
                None => {
                    finding.help("remove it, or name the file that defines it under `sources` in sdkb.yml")
                }
            });
        }
    }
}
