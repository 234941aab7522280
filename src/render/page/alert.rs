//! The page of one alert.

use serde::Serialize;

use super::alerts::AnswerView;
use crate::graph::{ALERTS_INDEX, RuleLinks, RunbookTarget};
use crate::model::{AlertRule, DocumentId, DocumentState, Location, WrittenText, field_type};
use crate::parse::source::{TemplatePart, template_parts};
use crate::render::context::Pages;
use crate::render::view::{
    AlertRuleView, CachedValue, Card, FirstCommand, Frame, Group, Link, PageView, SeverityView,
};
use crate::report::alerts::{self, AlertReport, Coverage};
use crate::text::address::href;
use crate::text::escape;

/// What the page of an alert adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertView {
    /// The documents that claim the alert, by kind.
    pub groups: Vec<Group>,
    /// The document to begin with: the first that answers alerts and is not retired.
    pub first: Option<CachedValue<Card>>,
    /// How each of them begins.
    pub openings: Vec<FirstCommand>,
    /// How bad its rules say it is, what pages first.
    pub severities: Vec<SeverityView>,
    /// The rules that fire it.
    pub rules: Vec<AlertRuleView>,
    /// Whether there is something to follow: `written`, `elsewhere`, `exempt` or `missing`.
    pub coverage: &'static str,
    /// The services that it is about.
    pub services: Vec<Link>,
    /// Who owns it.
    pub owners: Vec<Link>,
    /// What answers alerts.
    pub answer: AnswerView,
}

pub(super) const TEMPLATE: &str = "alert.html";

impl Pages<'_> {
    pub(super) fn alert_page(&self, name: &str, url: &str, frame: Frame) -> PageView<AlertView> {
        let crumbs = vec![Link { title: "Alerts".to_owned(), url: ALERTS_INDEX.to_owned() }];
        let alert = alerts::alert(self.base, name);
        let claims = self.graph.alerts[name].claims.iter().map(|(document, _)| *document);
        let mut documents: Vec<DocumentId> = claims.collect();
        documents
            .extend(alert.runbooks.iter().filter(|runbook| !documents.contains(runbook)).collect::<Vec<_>>());
        let openings = documents.iter().filter_map(|&document| self.first_command(document, url)).collect();
        let groups = self.by_kind_groups(documents);
        let mut cards = groups.iter().flat_map(|group| &group.items);
        let first = cards
            .find(|card| card.answers_alerts && card.state != Some(DocumentState::Retired))
            .or_else(|| alert.runbooks.first().map(|&runbook| &self.cards[runbook]))
            .cloned();
        let links = |documents: &[DocumentId]| {
            documents.iter().map(|&document| self.document_link(document)).collect()
        };
        let description = alert.rules.iter().find_map(|(rule, _)| rule.summary());
        let description = description.map(|text| text.text.clone()).unwrap_or_default();
        PageView {
            frame: Frame { title: name.to_owned(), description, crumbs, ..frame },
            body: AlertView {
                answer: self.answer_view(),
                first,
                groups,
                openings,
                severities: self.severity_views(&alert),
                rules: alert.rules.iter().map(|(rule, links)| self.rule_view(&alert, rule, links)).collect(),
                coverage: Coverage::name(alert.coverage),
                services: links(&alert.services),
                owners: links(&alert.owners),
            },
        }
    }

    pub(super) fn severity_views(&self, alert: &AlertReport<'_>) -> Vec<SeverityView> {
        let view = |severity: &&str| SeverityView {
            name: (*severity).to_owned(),
            is_paging: alerts::pages(self.base, severity),
        };
        alert.severities.iter().map(view).collect()
    }

    fn rule_view(&self, alert: &AlertReport<'_>, rule: &AlertRule, links: &RuleLinks) -> AlertRuleView {
        let severity = alerts::severity(self.base, rule).unwrap_or_default();
        let html =
            |text: Option<&WrittenText>| text.map(|text| template_html(&text.text)).unwrap_or_default();
        let (language, expression) = rule.expression.as_ref().map_or(("", String::new()), |expression| {
            let text = expression.text.text.trim();
            (expression.language, self.code.highlight(expression.language, text).to_string())
        });
        let pending = rule.pending.as_ref().map(|pending| spoken(&pending.text)).unwrap_or_default();
        let labels = rule.labels.iter().filter(|pair| pair.name != self.base.config.alerts.severity_label);
        let labels = labels.map(|pair| (pair.name.clone(), pair.value.text.clone()));
        let elsewhere = links.runbook.as_ref().filter(|link| {
            matches!(link.target, RunbookTarget::Elsewhere | RunbookTarget::Undecided)
                && alert.coverage == Coverage::Elsewhere
        });
        let is_web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
        AlertRuleView {
            group: rule.group.clone(),
            severity: severity.to_owned(),
            is_paging: alerts::pages(self.base, severity),
            pending,
            is_timed: rule.expression.is_some() && !rule.is_generated,
            expression,
            language,
            summary: html(rule.summary()),
            description: html(rule.description()),
            labels: labels.collect(),
            is_link: elsewhere
                .is_some_and(|link| link.target == RunbookTarget::Elsewhere && is_web(&link.value.text)),
            elsewhere: elsewhere.map(|link| link.value.text.clone()).unwrap_or_default(),
            defined: self.place_link(&rule.name.location),
            is_generated: rule.is_generated,
        }
    }

    /// A document, as a link.
    pub(super) fn document_link(&self, document: DocumentId) -> Link {
        let title = self.graph.documents[document].title.clone();
        Link { title, url: href(&self.graph.routes.documents[document]) }
    }

    /// A line of a file, and where it can be read on the web, if that is known.
    pub(super) fn place_link(&self, location: &Location) -> Link {
        let (path, (line, _)) = (&location.source.path, location.line_column());
        let repository = self.base.config.repository.as_ref();
        let url = repository.map(|base| format!("{base}{}#L{line}", href(path))).unwrap_or_default();
        Link { title: format!("{path}:{line}"), url }
    }
}

/// How long an expression has to hold, as people read it; empty for no time at all.
fn spoken(pending: &str) -> String {
    match field_type::Duration::of(pending) {
        Some(duration) => field_type::length(duration.seconds),
        None if pending.chars().any(|letter| letter.is_ascii_digit() && letter != '0') => pending.to_owned(),
        None => String::new(),
    }
}

/// A text of an alert rule as HTML: what a firing alert puts in is shown as code, by the name of its label.
fn template_html(text: &str) -> String {
    let parts = template_parts(text.trim()).into_iter().map(|part| match part {
        TemplatePart::Text(text) => escaped(text),
        TemplatePart::Value(name) => format!("<code>{}</code>", escaped(name)),
    });
    parts.collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::text(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn times_are_those_of_prometheus() {
        for (pending, text) in
            [("10m", "10 min"), ("1h30m", "1 h 30 min"), ("0s", ""), ("0", ""), ("", ""), ("1d", "1 d")]
        {
            assert_eq!(spoken(pending), text, "{pending}");
        }
    }
}
