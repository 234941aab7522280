//! An alert rule that no runbook answers.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::RunbookTarget;
use crate::knowledge_base::KnowledgeBase;
use crate::model::AlertRule;
use crate::report::alerts::{self, AlertReport, Coverage};

pub(super) static RULE: Rule = Rule {
    id: "alert-without-runbook",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("alert_without_runbook.md"),
    check: Check::Project(check),
};

/// More places than this are no help.
const MOST_RELATED: usize = 3;

fn check(base: &KnowledgeBase, report: &mut Report) {
    if base.definitions.alert_rules.is_empty() {
        return;
    }
    let renamed = alerts::renamed(base);
    let is_missing = |alert: &AlertReport<'_>| alert.coverage == Coverage::Missing;
    for alert in alerts::alerts_with(base, |_, _| true).filter(is_missing) {
        if base.may_be_said(alert.name) {
            continue;
        }
        // The rule that pages, if any does.
        let pages = |rule: &AlertRule| {
            alerts::severity(base, rule).is_some_and(|severity| alerts::pages(base, severity))
        };
        let rules = || alert.rules.iter().map(|(rule, _)| *rule);
        let Some(first) = rules().find(|rule| pages(rule)).or_else(|| rules().next()) else { continue };
        let kinds = alerts::answering_kinds(base);
        let message = format!("no {kinds} answers the alert `{}`", alert.name);
        let mut finding = RULE.at(first.name.location.clone(), message);
        if pages(first) {
            finding.severity = Severity::Error;
            let severity = alerts::severity(base, first).unwrap_or_default();
            finding = finding.label(format!("`{severity}` pages a person"));
        }
        for (_, links) in &alert.rules {
            if let Some(link) = &links.runbook
                && let RunbookTarget::Nothing { path } = &link.target
            {
                let location = link.value.location.clone();
                finding = finding.related(location, format!("the site has nothing at `{path}`"));
            }
        }
        // Of one SLO, several alerts of one name are made.
        let is_elsewhere = |rule: &&AlertRule| rule.name.location != first.name.location;
        let others = rules().filter(is_elsewhere).take(MOST_RELATED);
        for rule in others {
            finding = finding.related(rule.name.location.clone(), "defined here too");
        }
        let node = &base.graph.alerts[alert.name];
        for (_, place) in node.claims.iter().take(MOST_RELATED) {
            finding = finding.related(place.clone(), "named here");
        }
        let old =
            renamed.get(alert.name).and_then(|old| Some((old, base.graph.alerts.get(*old)?.claims.first()?)));
        report.add(match old {
            Some((old, (_, place))) => {
                let finding = finding.related(place.clone(), "no rule defines this alert");
                let is_written = place.span.start < place.span.end;
                let there = RULE.at(place.clone(), "").fix_value(Some(alert.name).filter(|_| is_written));
                let help = format!("if `{old}` is called `{}` now, write that there", alert.name);
                let mut finding = finding.help(help);
                finding.fix = there.fix;
                finding
            }
            None => finding.help(format!("add `alerts: [{}]` to the {kinds} that answers it", alert.name)),
        });
    }
}
