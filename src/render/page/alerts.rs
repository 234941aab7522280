//! The page that lists all alerts.

use serde::Serialize;

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
            body: AlertsView { alerts, missing },
        }
    }

    fn alert_view(&self, name: &str) -> AlertView {
        let Link { title: name, url } = self.alert_link(name);
        let documents = self.graph.alerts[&name].iter().map(|(document, _)| self.cards[*document].clone());
        AlertView { url, documents: documents.collect(), name }
    }
}
