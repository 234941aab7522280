//! The page that lists all alerts.

use serde::Serialize;

use crate::diagnostic::article;
use crate::model::DocumentId;
use crate::render::context::Pages;
use crate::render::view::{CachedValue, Card, Frame, Link, PageView};

/// What the page of all alerts adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertsView {
    /// The alerts by name.
    pub alerts: Vec<AlertView>,
    /// How many of them no document answers.
    pub missing: usize,
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
    /// The documents that claim it.
    pub documents: Vec<CachedValue<Card>>,
}

pub(super) const TEMPLATE: &str = "alerts.html";

impl Pages<'_> {
    pub(super) fn alerts_page(&self, introduction: Option<DocumentId>, frame: Frame) -> PageView<AlertsView> {
        let frame = self.introduced(frame, introduction, Some("Alerts"));
        let mut names: Vec<&String> = self.graph.alerts.keys().collect();
        names.sort_by_cached_key(|name| name.to_lowercase());
        let alerts: Vec<AlertView> = names.into_iter().map(|name| self.alert_view(name)).collect();
        let is_missing = |alert: &&AlertView| !alert.documents.iter().any(|card| card.answers_alerts);
        let missing = alerts.iter().filter(is_missing).count();
        PageView {
            frame: Frame { title: "Alerts".to_owned(), ..frame },
            body: AlertsView { alerts, missing, answer: self.answer_view() },
        }
    }

    /// What answers alerts in this project. Where no kind does, it is another document.
    pub(super) fn answer_view(&self) -> AnswerView {
        let kind = self.base.kinds.all.iter().find(|kind| kind.answers_alerts());
        let (name, label) =
            kind.map_or(("document", "Document"), |kind| (kind.id.as_str(), kind.label.as_str()));
        AnswerView { name: name.to_owned(), label: label.to_owned(), one: article(&label.to_lowercase()) }
    }

    fn alert_view(&self, name: &str) -> AlertView {
        let Link { title: name, url } = self.alert_link(name);
        let documents = self.graph.alerts[&name].iter().map(|(document, _)| self.cards[*document].clone());
        AlertView { url, documents: documents.collect(), name }
    }
}
