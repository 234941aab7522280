//! What is known of alerts: how bad they are, whose they are, and who answers them.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{RuleLinks, RunbookTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{AlertRule, Document, DocumentId, Location, OwnerRole, Role};
use crate::text::address::href;
use crate::text::suggest;

/// What is known of one alert.
#[derive(Debug)]
pub struct AlertReport<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its rules, with what they lead to.
    pub rules: Vec<(&'a AlertRule, &'a RuleLinks)>,
    /// The severities of its rules, those that page first.
    pub severities: Vec<&'a str>,
    /// The services that its rules name, or else its runbooks.
    pub services: Vec<DocumentId>,
    /// The owners that its rules name, or else those of its services or runbooks.
    pub owners: Vec<DocumentId>,
    /// The documents to follow when it fires: those that claim it, then those that its rules lead to.
    pub runbooks: Vec<DocumentId>,
    /// Whether there is something to follow.
    pub coverage: Coverage,
}

/// Whether there is something to follow when an alert fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// A document of this site.
    Written,
    /// Something on another site, as far as its rules say.
    Elsewhere,
    /// Nothing, and nothing is needed.
    Exempt,
    /// Nothing.
    Missing,
}

impl Coverage {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Coverage::Written => "written",
            Coverage::Elsewhere => "elsewhere",
            Coverage::Exempt => "exempt",
            Coverage::Missing => "missing",
        }
    }
}

/// What is known of all alerts, by name.
pub fn alerts(base: &KnowledgeBase) -> impl Iterator<Item = AlertReport<'_>> {
    base.graph.alerts.keys().map(|name| alert(base, name))
}

/// What is known of those alerts that have a rule which `wants` asks for, by name.
pub fn alerts_with<'a>(
    base: &'a KnowledgeBase,
    wants: impl Fn(&AlertRule, &RuleLinks) -> bool + 'a,
) -> impl Iterator<Item = AlertReport<'a>> {
    let is_wanted =
        move |&rule: &usize| wants(&base.definitions.alert_rules[rule], &base.graph.rule_links[rule]);
    let alerts = base.graph.alerts.iter().filter(move |(_, node)| node.rules.iter().any(&is_wanted));
    alerts.map(|(name, _)| alert(base, name))
}

/// What is known of the alert `name`, which documents or rules have.
pub fn alert<'a>(base: &'a KnowledgeBase, name: &'a str) -> AlertReport<'a> {
    let graph = &base.graph;
    let node = &graph.alerts[name];
    let rule = |&index: &usize| (&*base.definitions.alert_rules[index], &graph.rule_links[index]);
    let rules: Vec<(&AlertRule, &RuleLinks)> = node.rules.iter().map(rule).collect();
    let mut severities: Vec<&str> = rules.iter().filter_map(|(rule, _)| severity(base, rule)).collect();
    severities.sort_by_key(|severity| (!pages(base, severity), *severity));
    severities.dedup();

    let answers = |document: &DocumentId| {
        let document = &graph.documents[*document];
        document.kind.answers_alerts() && document.is_current()
    };
    let claims = node.claims.iter().map(|(document, _)| *document).filter(answers);
    let linked = rules.iter().filter_map(|(_, links)| linked(links));
    let runbooks = distinct(claims.chain(linked));
    let named = rules.iter().filter_map(|(_, links)| links.service.as_ref()?.document);
    let mut services = distinct(named);
    if services.is_empty() {
        services = distinct(runbooks.iter().flat_map(|&runbook| about(base, runbook)));
    }
    let named = rules.iter().filter_map(|(_, links)| links.owner.as_ref()?.document);
    let mut owners = distinct(named);
    if owners.is_empty() {
        let of = if services.is_empty() { &runbooks } else { &services };
        owners = distinct(of.iter().flat_map(|&document| graph.owners[document].iter().copied()));
    }
    let is_elsewhere = |links: &RuleLinks| {
        let target = links.runbook.as_ref().map(|link| &link.target);
        matches!(target, Some(RunbookTarget::Elsewhere | RunbookTarget::Undecided))
    };
    let is_exempt = |rule: &AlertRule| {
        severity(base, rule).is_some_and(|severity| is_among(severity, &base.config.alerts.exempt_severities))
    };
    let coverage = match rules.as_slice() {
        _ if !runbooks.is_empty() => Coverage::Written,
        rules if rules.iter().any(|(_, links)| is_elsewhere(links)) => Coverage::Elsewhere,
        [_, ..] if rules.iter().all(|(rule, _)| is_exempt(rule)) => Coverage::Exempt,
        _ => Coverage::Missing,
    };
    AlertReport { name, rules, severities, services, owners, runbooks, coverage }
}

impl AlertReport<'_> {
    /// Whether it pages a person, as far as is known.
    pub fn is_paging(&self, base: &KnowledgeBase) -> bool {
        self.severities.iter().any(|severity| pages(base, severity))
    }
}

/// How bad an alert is, as a label of its rule says.
pub fn severity<'a>(base: &KnowledgeBase, rule: &'a AlertRule) -> Option<&'a str> {
    Some(rule.first_label(std::slice::from_ref(&base.config.alerts.severity_label))?.text.as_str())
}

/// Whether alerts of a severity page a person.
pub fn pages(base: &KnowledgeBase, severity: &str) -> bool {
    is_among(severity, &base.config.alerts.paging_severities)
}

fn is_among(severity: &str, names: &[String]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(severity))
}

/// The document that the address of a runbook leads to.
fn linked(links: &RuleLinks) -> Option<DocumentId> {
    match links.runbook.as_ref()?.target {
        RunbookTarget::Page { document, .. } => document,
        _ => None,
    }
}

/// The documents that a document is about: those whose owner is its owner.
pub(super) fn about(base: &KnowledgeBase, document: DocumentId) -> impl Iterator<Item = DocumentId> {
    let references = base.graph.references_of(document);
    references
        .filter(|(reference, _)| reference.field.owner == Some(OwnerRole::Inherited))
        .filter_map(|(_, resolution)| resolution.found())
}

/// Documents, each once.
pub(super) fn distinct(documents: impl Iterator<Item = DocumentId>) -> Vec<DocumentId> {
    let mut seen = BTreeSet::new();
    documents.filter(|document| seen.insert(*document)).collect()
}

/// The kinds whose documents answer alerts, as a message names them.
pub fn answering_kinds(base: &KnowledgeBase) -> String {
    let kinds = base.kinds.all.iter().filter(|kind| kind.answers_alerts());
    kinds.map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(" or ")
}

/// Alerts that documents which are up to date name and no rule defines, with the documents and places. Nothing where
/// rules may be defined that are not known.
pub fn undefined(base: &KnowledgeBase) -> BTreeMap<&str, Vec<(&Document, &Location)>> {
    let mut found: BTreeMap<&str, Vec<(&Document, &Location)>> = BTreeMap::new();
    if base.definitions.alert_rules.is_empty() || !base.definitions.is_complete() {
        return found;
    }
    for (name, node) in base.graph.alerts.iter().filter(|(_, node)| node.rules.is_empty()) {
        for (document, location) in &node.claims {
            let document = &*base.graph.documents[*document];
            // What happened stays true when its alert is gone.
            if document.is_current() && document.kind.date_field.is_none() {
                found.entry(name).or_default().push((document, location));
            }
        }
    }
    found
}

/// Names on either side that are compared with each other. More of them are no slips.
const MOST_COMPARED: usize = 200;

/// Alerts that nothing answers, each with the one alert that is answered, defined by no rule and called nearly the same:
/// one of the two names is a slip, or was changed.
pub fn renamed(base: &KnowledgeBase) -> BTreeMap<&str, &str> {
    let undefined = undefined(base);
    let answered = || {
        let is_answered = |documents: &[(&Document, &Location)]| {
            documents.iter().any(|(document, _)| document.kind.answers_alerts())
        };
        undefined.iter().filter(move |(_, documents)| is_answered(documents)).map(|(name, _)| (*name, *name))
    };
    if !(1..=MOST_COMPARED).contains(&answered().count()) {
        return BTreeMap::new();
    }
    let missing = alerts_with(base, |_, _| true).filter(|alert| alert.coverage == Coverage::Missing);
    let pairs = missing.take(MOST_COMPARED).filter_map(|alert| {
        let close = suggest::only(alert.name, answered())?;
        Some((alert.name, close))
    });
    pairs.collect()
}

/// The public address of an alert's page, where the site has one.
pub fn page_address(base: &KnowledgeBase, name: &str) -> Option<String> {
    let url = base.graph.routes.alerts.get(name)?;
    Some(format!("{}{}", base.config.base_url.as_ref()?, href(url)))
}

/// The address that rules of an alert should name as their runbook: that of its page, with the labels from which its
/// runbooks take values for their commands. None if the site has no public address.
pub fn annotation(base: &KnowledgeBase, alert: &AlertReport<'_>) -> Option<String> {
    let page = page_address(base, alert.name)?;
    let mut labels: Vec<&str> = wanted_labels(base, alert).map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    let label = |label: &&str| format!("{label}={{{{ $labels.{label} | urlquery }}}}");
    let query = labels.iter().map(label).collect::<Vec<_>>().join("&");
    Some(if query.is_empty() { page } else { format!("{page}?{query}") })
}

/// The labels from which runbooks of an alert take values for their commands, with the places where they say so.
pub fn wanted_labels<'a>(
    base: &'a KnowledgeBase,
    alert: &'a AlertReport<'_>,
) -> impl Iterator<Item = (&'a str, &'a Location)> {
    let variables = alert.runbooks.iter().flat_map(|&runbook| base.graph.documents[runbook].variables());
    variables.filter_map(|variable| {
        let entry = variable.entry_of(Role::Label)?;
        Some((entry.value.text()?, &entry.location))
    })
}
