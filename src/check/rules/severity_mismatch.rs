//! An alert that pages a person, for which its runbook has a priority that does not page.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::RuleLinks;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{AlertRule, DocumentId, Location, Role};
use crate::report::alerts::{self, AlertReport};

pub(super) static RULE: Rule = Rule {
    id: "severity-mismatch",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("severity_mismatch.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let label = &base.config.alerts.severity_label;
    let pages = |rule: &AlertRule, _: &RuleLinks| {
        alerts::severity(base, rule).is_some_and(|severity| alerts::pages(base, severity))
    };
    for alert in alerts::alerts_with(base, pages) {
        for &runbook in alert.runbooks.iter().filter(|&&runbook| pages_always(base, runbook)) {
            let Some((priority, location)) = quiet_priority(base, runbook) else { continue };
            let Some((rule, severity)) = paging_rule(base, &alert) else { continue };
            let Some(value) = rule.label(label) else { continue };
            let runbook = &base.graph.documents[runbook];
            let message = format!("`{severity}` pages a person, and `{priority}` does not");
            let finding = RULE.at(value.location.clone(), message);
            let finding = finding.related(location.clone(), format!("the {} has this", runbook.kind.id));
            report.add(finding.help("change the one that is wrong"));
        }
    }
}

/// Whether all alerts of a runbook page a person. Of several, the usual priority need not be that of each.
fn pages_always(base: &KnowledgeBase, runbook: DocumentId) -> bool {
    let names = base.graph.documents[runbook].alerts.iter().map(|(name, _)| name);
    names.clone().count() > 0 && names.into_iter().all(|name| alerts::alert(base, name).is_paging(base))
}

/// A document that a runbook refers to and that says that it does not page, and where the runbook names it.
fn quiet_priority(base: &KnowledgeBase, runbook: DocumentId) -> Option<(String, &Location)> {
    base.graph.references_of(runbook).find_map(|(reference, resolution)| {
        let priority = &base.graph.documents[resolution.found()?];
        let entry = priority.entry_of(Role::Pages)?;
        (entry.value.boolean() == Some(false)).then(|| (priority.id.clone(), &reference.location))
    })
}

/// The first rule of an alert that pages a person, and its severity.
fn paging_rule<'a>(base: &KnowledgeBase, alert: &AlertReport<'a>) -> Option<(&'a AlertRule, &'a str)> {
    alert.rules.iter().find_map(|(rule, _)| {
        let severity = alerts::severity(base, rule)?;
        alerts::pages(base, severity).then_some((*rule, severity))
    })
}
