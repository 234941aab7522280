//! The page of one alert.

use serde::Serialize;

use super::alerts::AnswerView;
use crate::graph::ALERTS_INDEX;
use crate::model::{DocumentId, DocumentState};
use crate::render::context::Pages;
use crate::render::view::{CachedValue, Card, FirstCommand, Frame, Group, Link, PageView};

/// What the page of an alert adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertView {
    /// The documents that claim the alert, by kind.
    pub groups: Vec<Group>,
    /// The document to begin with: the first that answers alerts and is not retired.
    pub first: Option<CachedValue<Card>>,
    /// How each of them begins.
    pub openings: Vec<FirstCommand>,
    /// What answers alerts.
    pub answer: AnswerView,
}

pub(super) const TEMPLATE: &str = "alert.html";

impl Pages<'_> {
    pub(super) fn alert_page(&self, name: &str, url: &str, frame: Frame) -> PageView<AlertView> {
        let crumbs = vec![Link { title: "Alerts".to_owned(), url: ALERTS_INDEX.to_owned() }];
        let documents: Vec<DocumentId> =
            self.graph.alerts[name].iter().map(|(document, _)| *document).collect();
        let openings = documents.iter().filter_map(|&document| self.first_command(document, url)).collect();
        let groups = self.by_kind_groups(documents);
        let mut cards = groups.iter().flat_map(|group| &group.items);
        let first =
            cards.find(|card| card.answers_alerts && card.state != Some(DocumentState::Retired)).cloned();
        PageView {
            frame: Frame { title: name.to_owned(), crumbs, ..frame },
            body: AlertView { first, groups, openings, answer: self.answer_view() },
        }
    }
}
