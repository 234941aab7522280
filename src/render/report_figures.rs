//! The few figures of reports that stand on the pages of those whose they are and of what they are about.

use std::collections::BTreeMap;

use super::view::ReportFigure;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, OwnerRole};
use crate::report::attention::attention;
use crate::report::figures::Figures;
use crate::report::incident::{self, incidents};
use crate::report::scope::Scope;
use crate::text::address::{href, query};

/// The figures for each document that has some.
pub(super) type ReportFigures = BTreeMap<DocumentId, Vec<ReportFigure>>;

/// What waits at each owner, and what happened to each document that others are about.
pub(super) fn report_figures(base: &KnowledgeBase) -> ReportFigures {
    let mut figures = ReportFigures::new();
    add_waiting(base, &mut figures);
    add_incidents(base, &mut figures);
    figures
}

/// How much is overdue, due and missing.
fn add_waiting(base: &KnowledgeBase, figures: &mut ReportFigures) {
    let Some(url) = address(base, ATTENTION) else { return };
    let mut counts: BTreeMap<DocumentId, [usize; 3]> = BTreeMap::new();
    let found = attention(base);
    for day in &found.days {
        for owner in &day.owners {
            counts.entry(*owner).or_default()[usize::from(!day.is_overdue)] += 1;
        }
    }
    for document in found.gaps.iter().flat_map(|gap| &gap.documents) {
        for owner in &base.graph.owners[*document] {
            counts.entry(*owner).or_default()[2] += 1;
        }
    }
    let kind = base.kinds.behind(OwnerRole::Direct).into_iter().next().unwrap_or_default();
    for (owner, counts) in counts {
        let url = format!("{url}?{}", query(&kind, &base.graph.documents[owner].title));
        let labels = ["overdue", "due soon", "missing"];
        let shown = labels.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        let shown =
            shown.map(|(label, count)| ReportFigure { label: label.to_owned(), count, url: url.clone() });
        figures.entry(owner).or_default().extend(shown);
    }
}

/// How many incidents there were.
fn add_incidents(base: &KnowledgeBase, figures: &mut ReportFigures) {
    let Some(url) = address(base, INCIDENTS) else { return };
    let mut counts: BTreeMap<DocumentId, [usize; 2]> = BTreeMap::new();
    let scope = Scope::of(base);
    for incident in incidents(base, &scope, &mut Figures::default()) {
        for service in &incident.services {
            let count = counts.entry(*service).or_default();
            count[0] += 1;
            count[1] += usize::from(incident.is_open());
        }
    }
    let plural = incident::kinds(base).next().map(|kind| kind.plural.to_lowercase()).unwrap_or_default();
    let kind = base.kinds.behind(OwnerRole::Inherited).into_iter().next().unwrap_or_default();
    for (service, [all, open]) in counts {
        let url = format!("{url}?{}", query(&kind, &base.graph.documents[service].title));
        let labels = [(plural.clone(), all), ("not over".to_owned(), open)];
        let shown = labels.into_iter().filter(|(_, count)| *count > 0);
        let shown = shown.map(|(label, count)| ReportFigure { label, count, url: url.clone() });
        figures.entry(service).or_default().extend(shown);
    }
}

/// The reports that pages lead to.
pub(super) const ATTENTION: &str = "attention";
const INCIDENTS: &str = "incidents";

/// The address of a report's page, if the site has it.
pub(super) fn address(base: &KnowledgeBase, name: &str) -> Option<String> {
    base.graph.routes.reports.get(name).map(|url| href(url))
}
