//! A document as lists show it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::times::durations;
use super::values::Values;
use super::view::{Card, Expected, FacetChoice, FacetView, Link, Rank, ReviewView};
use crate::graph::{self, Graph};
use crate::model::{Document, DocumentId, Field, Role};
use crate::report::expectations::expectations;
use crate::report::facets::{FacetValue, facets};
use crate::report::reviews;
use crate::text::address::href;

/// How many documents stand for something that is expected.
const MOST_EXPECTED: usize = 8;

/// What readers can filter by, where there is a choice.
pub(super) fn choices<'a>(facets: impl Iterator<Item = &'a FacetView>) -> Vec<FacetChoice> {
    let mut found: IndexMap<&str, (&FacetView, BTreeMap<&str, usize>)> = IndexMap::new();
    for facet in facets {
        let (_, values) = found.entry(&facet.name).or_insert_with(|| (facet, BTreeMap::new()));
        for value in &facet.values {
            *values.entry(value).or_default() += 1;
        }
    }
    let choices = found.into_iter().filter(|(_, (_, values))| values.len() > 1);
    let choices = choices.map(|(name, (facet, values))| FacetChoice {
        name: name.to_owned(),
        label: facet.label.clone(),
        hide_in_lists: facet.hide_in_lists,
        values: values.into_iter().map(|(value, count)| (value.to_owned(), count)).collect(),
    });
    choices.collect()
}

/// A document as lists show it.
pub(super) fn card(graph: &Graph, index: DocumentId, today: Date) -> Card {
    let document = &graph.documents[index];
    let values = Values { graph, document, references: &graph.references[index] };
    let owners = graph.owners[index].iter().map(|&owner| Link {
        title: graph.documents[owner].title.clone(),
        url: href(&graph.routes.documents[owner]),
    });
    let owners: Vec<Link> = owners.collect();
    let facets = facets(graph, index).map(|facet| facet_view(graph, facet.field, &facet.values));
    Card {
        title: document.list_title().to_owned(),
        url: href(&graph.routes.documents[index]),
        summary: document.summary.clone(),
        kind: document.kind.id.clone(),
        kind_label: document.kind.label.clone(),
        status: document.text_of(Role::Status).map(str::to_owned),
        state: document.state(),
        rank: rank(document),
        answers_alerts: document.kind.answers_alerts(),
        facets: facets.collect(),
        owners,
        date: graph::date(document).map(|moment| moment.strftime("%Y-%m-%d").to_string()),
        alerts: document.alerts.iter().map(|(name, _)| name.clone()).collect(),
        brief: values.brief(),
        durations: durations(document),
        expected: expected(graph, index),
        review: reviews::due(document)
            .map(|due| ReviewView { due: due.to_string(), is_overdue: due < today }),
    }
}

/// The values of a field as words to filter by.
pub(super) fn facet_view(graph: &Graph, field: &Field, values: &[FacetValue]) -> FacetView {
    let values = values.iter().map(|value| value.label(graph).to_owned()).collect();
    FacetView {
        name: field.name.clone(),
        label: field.label.clone(),
        values,
        hide_in_lists: field.hide_in_lists,
        display: field.display,
    }
}

/// The place of a document by the field of its kind that ranks.
fn rank(document: &Document) -> Rank {
    let Some(field) = document.kind.fields.iter().find(|field| field.ranks) else { return Rank::default() };
    let label = document.fields.text(&field.name).unwrap_or_default();
    let place = field.choices.iter().position(|choice| choice == label);
    Rank { place: place.unwrap_or(field.choices.len()), label: label.to_owned() }
}

/// What the kind of a document expects of it.
fn expected(graph: &Graph, index: DocumentId) -> Vec<Expected> {
    let expected = expectations(graph, index).map(|expected| {
        let expectation = expected.expectation;
        let items = expected.documents.iter().take(MOST_EXPECTED).map(|&other| Link {
            title: graph.documents[other].title.clone(),
            url: href(&graph.routes.documents[other]),
        });
        Expected {
            label: expectation.relation.clone().or_else(|| expectation.field.clone()).unwrap_or_default(),
            because: expectation.because.clone(),
            is_met: expected.is_met,
            items: items.collect(),
        }
    });
    expected.collect()
}
