//! The page that lists all alerts.

use serde::Serialize;

use crate::diagnostic::article;
use crate::model::{DocumentId, OwnerRole, label};
use crate::render::card::choices;
use crate::render::context::Pages;
use crate::render::view::{CachedValue, Card, FacetChoice, FacetView, Frame, Link, PageView, SeverityView};
use crate::report::alerts::{self, AlertReport, Coverage};

/// What the page of all alerts adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertsView {
    /// The alerts by name.
    pub alerts: Vec<AlertView>,
    /// How many of them no document answers, though one should.
    pub missing: usize,
    /// How many of them need a runbook.
    pub needing: usize,
    /// How many of them have rules.
    pub defined: usize,
    /// What readers can filter them by.
    pub facets: Vec<FacetChoice>,
    /// What answers alerts.
    pub answer: AnswerView,
}

/// What answers alerts, as the kinds with such documents say: the first of them.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AnswerView {
    /// The kind's name: `runbook`.
    pub name: String,
    /// What one document is called: `Runbook`.
    pub label: String,
    /// One of them, in a sentence: `a runbook`.
    pub one: String,
}

/// An alert in the list of all.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertView {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The documents that claim it, or that its rules lead to.
    pub documents: Vec<CachedValue<Card>>,
    /// How many of these, from the first, are to be followed when it fires.
    pub answers: usize,
    /// The severities of its rules, those that page first.
    pub severities: Vec<SeverityView>,
    /// Whether there is something to follow: `written`, `elsewhere`, `exempt` or `missing`.
    pub coverage: &'static str,
    /// What readers can filter it by.
    pub facets: Vec<FacetView>,
}

pub(super) const TEMPLATE: &str = "alerts.html";

impl Pages<'_> {
    pub(super) fn alerts_page(&self, introduction: Option<DocumentId>, frame: Frame) -> PageView<AlertsView> {
        let frame = self.introduced(frame, introduction, Some("Alerts"));
        let mut reports: Vec<AlertReport<'_>> = alerts::alerts(self.base).collect();
        reports.sort_by_cached_key(|alert| alert.name.to_lowercase());
        let missing = reports.iter().filter(|alert| alert.coverage == Coverage::Missing).count();
        let needing = reports.iter().filter(|alert| alert.coverage != Coverage::Exempt).count();
        let defined = reports.iter().filter(|alert| !alert.rules.is_empty()).count();
        let alerts: Vec<AlertView> = reports.iter().map(|alert| self.alert_view(alert)).collect();
        let facets = choices(alerts.iter().flat_map(|alert| &alert.facets));
        PageView {
            frame: Frame { title: "Alerts".to_owned(), ..frame },
            body: AlertsView { alerts, missing, needing, defined, facets, answer: self.answer_view() },
        }
    }

    fn alert_view(&self, alert: &AlertReport<'_>) -> AlertView {
        let Link { title: name, url } = self.alert_link(alert.name);
        let claims = self.graph.alerts[alert.name].claims.iter().map(|(document, _)| *document);
        let others = claims.filter(|document| !alert.runbooks.contains(document));
        let documents = alert.runbooks.iter().copied().chain(others);
        AlertView {
            url,
            documents: documents.map(|document| self.cards[document].clone()).collect(),
            answers: alert.runbooks.len(),
            coverage: alert.coverage.name(),
            facets: self.alert_facets(alert),
            severities: self.severity_views(alert),
            name,
        }
    }

    /// What readers can filter an alert by.
    fn alert_facets(&self, alert: &AlertReport<'_>) -> Vec<FacetView> {
        let titles = |documents: &[DocumentId]| {
            documents.iter().map(|&document| self.graph.documents[document].title.clone()).collect()
        };
        let answer = self.answer_view();
        let severity = self.base.config.alerts.severity_label.as_str();
        let severity_title = label(severity);
        let service = self.kind_behind(OwnerRole::Inherited);
        let owner = self.kind_behind(OwnerRole::Direct);
        let facets: [(&str, &str, Vec<String>); 4] = [
            (&answer.name, &answer.label, vec![alert.coverage.name().to_owned()]),
            (
                severity,
                &severity_title,
                alert.severities.iter().map(|severity| (*severity).to_owned()).collect(),
            ),
            (service.0, service.1, titles(&alert.services)),
            (owner.0, owner.1, titles(&alert.owners)),
        ];
        let facets = facets.into_iter().filter(|(_, _, values)| !values.is_empty());
        let view = |(name, label, values): (&str, &str, _)| FacetView {
            name: name.to_owned(),
            label: label.to_owned(),
            values,
            hide_in_lists: true,
            display: None,
        };
        facets.map(view).collect()
    }

    /// The kind of document that fields with this role lead to: its name, and what one is called.
    pub(super) fn kind_behind(&self, role: OwnerRole) -> (&str, &str) {
        let kinds = &self.base.kinds;
        let mut fields = kinds.all.iter().flat_map(|kind| &kind.fields);
        let to = fields.find(|field| field.owner == Some(role)).and_then(|field| field.to.first());
        let kind = to.and_then(|to| kinds.get(to));
        kind.map_or(("about", "About"), |kind| (kind.id.as_str(), kind.label.as_str()))
    }

    /// What answers alerts in this project. Where no kind does, it is another document.
    pub(super) fn answer_view(&self) -> AnswerView {
        let kind = self.base.kinds.all.iter().find(|kind| kind.answers_alerts());
        let (name, label) =
            kind.map_or(("document", "Document"), |kind| (kind.id.as_str(), kind.label.as_str()));
        AnswerView { name: name.to_owned(), label: label.to_owned(), one: article(&label.to_lowercase()) }
    }
}
