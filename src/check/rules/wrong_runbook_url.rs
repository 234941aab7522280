//! An address of a runbook, in an alert rule, that does not lead to what answers the alert.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::{Page, RuleLinks, RunbookLink, RunbookTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{AlertRule, DocumentId, is_template};
use crate::report::alerts::{self, AlertReport, Coverage};

pub(super) static RULE: Rule = Rule {
    id: "wrong-runbook-url",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("wrong_runbook_url.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    // Most lead to other sites, or nowhere.
    let leads_here = |_: &AlertRule, links: &RuleLinks| {
        let target = links.runbook.as_ref().map(|link| &link.target);
        matches!(target, Some(RunbookTarget::Page { .. } | RunbookTarget::Nothing { .. }))
    };
    for alert in alerts::alerts_with(base, leads_here) {
        for (rule, links) in &alert.rules {
            let Some(link) = &links.runbook else { continue };
            if let Some(message) = problem(base, &alert, link) {
                let finding = RULE.at(link.value.location.clone(), message);
                report.add(advise(base, &alert, rule, link, finding));
            }
        }
    }
}

/// What is wrong with the address of a runbook.
fn problem(base: &KnowledgeBase, alert: &AlertReport<'_>, link: &RunbookLink) -> Option<String> {
    match &link.target {
        RunbookTarget::Elsewhere | RunbookTarget::Undecided => None,
        // The alert has no runbook at all, which is found at the rule.
        RunbookTarget::Nothing { .. } if alert.coverage == Coverage::Missing => None,
        RunbookTarget::Nothing { path } => Some(format!("the site has nothing at `{path}`")),
        RunbookTarget::Page { url, document, is_exact, missing_anchor } => {
            if let Some(other) = other_alert(base, alert, url, *document) {
                return Some(format!("the address leads to the runbook of another alert, `{other}`"));
            }
            if let Some(anchor) = missing_anchor {
                return Some(format!("`{url}` has no section `#{anchor}`"));
            }
            (!is_exact)
                .then(|| format!("the page is at `{url}`, and not every host takes other letters for it"))
        }
    }
}

/// The alert that a page is about, if that is another one than this and something else is about this.
fn other_alert<'a>(
    base: &'a KnowledgeBase,
    alert: &AlertReport<'_>,
    url: &str,
    document: Option<DocumentId>,
) -> Option<&'a str> {
    let Some(document) = document else {
        let Some(Page::Alert(name)) = base.graph.routes.pages.get(url) else { return None };
        return (name != alert.name).then_some(name);
    };
    let claimed = &base.graph.documents[document].alerts;
    let is_about = |document: DocumentId| {
        base.graph.documents[document].alerts.iter().any(|(name, _)| name == alert.name)
    };
    let has_own = alert.runbooks.iter().any(|&runbook| is_about(runbook));
    let (first, _) = claimed.first()?;
    (has_own && !is_about(document)).then_some(first)
}

/// The finding with the address that would be right.
fn advise(
    base: &KnowledgeBase,
    alert: &AlertReport<'_>,
    rule: &AlertRule,
    link: &RunbookLink,
    finding: Diagnostic,
) -> Diagnostic {
    let Some(right) = alerts::page_address(base, alert.name) else {
        return finding.help("write the address of the alert's page there");
    };
    let finding = finding.help(format!("the alert's page is `{right}`"));
    let location = &link.value.location;
    let written = &location.source.text[location.span.range()];
    // A value from an anchor is that of other rules too, and a template may be right for other alerts.
    let is_own =
        rule.location.span.start <= location.span.start && location.span.end <= rule.location.span.end;
    let is_plain = link.value.is_alone() && !is_template(written);
    let quote = written.chars().next().filter(|first| "\"'".contains(*first)).map(String::from);
    let quote = quote.unwrap_or_default();
    let text = (is_own && is_plain).then(|| format!("{quote}{right}{quote}"));
    finding.fix(location.clone(), text)
}
