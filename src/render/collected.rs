//! What many documents say in one field, read together: learnings, actions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::card;
use super::context::Pages;
use super::values::Values;
use super::view::{Collected, CollectedItem, FacetView, Link};
use crate::graph::MENTIONED;
use crate::model::{DocumentId, Entry, Field};
use crate::report::deadlines::{self, State};
use crate::report::facets;
use crate::text::address::href;

/// How many values the page of a document shows.
const ON_A_DOCUMENT: usize = 40;

/// A value with what decides its place: whether it is done, by when it has to be, and its document's place.
pub(super) type Placed = ((bool, Option<Date>, usize), CollectedItem);

/// Values by their kind and field: its weight and name, and the place of the field in its schema.
type ByField<'a> = BTreeMap<(i64, &'a str, usize), (&'a Arc<Field>, Vec<Placed>)>;

impl Pages<'_> {
    /// What documents about this one say in fields that are collected.
    pub(super) fn collected(&self, index: DocumentId) -> Vec<Collected> {
        let relations = self.graph.relations[index].iter().filter(|relation| relation.label != MENTIONED);
        let others: BTreeSet<(usize, DocumentId)> = relations
            .flat_map(|relation| &relation.documents)
            .filter(|&&other| self.graph.documents[other].kind.fields.iter().any(|field| is_collected(field)))
            .map(|&other| (self.graph.order.documents[other], other))
            .collect();
        let mut found: ByField<'_> = BTreeMap::new();
        for &(_, other) in &others {
            let kind = &self.graph.documents[other].kind;
            for (at, field) in kind.fields.iter().enumerate().filter(|(_, field)| is_collected(field)) {
                let items = self.values_of(other, field).filter(|entry| self.is_about(index, other, entry));
                let items: Vec<Placed> = items.map(|entry| self.item(other, field, entry)).collect();
                if !items.is_empty() {
                    let key = (kind.weight, kind.id.as_str(), at);
                    found.entry(key).or_insert((field, Vec::new())).1.extend(items);
                }
            }
        }
        let collected = found.into_iter().map(|((_, kind, _), (field, items))| {
            let url = self.graph.routes.collected.get(&(kind.to_owned(), field.name.clone()));
            let mut collected = ordered(&field.name, &field.label, url.map(|url| href(url)), items);
            collected.items.truncate(ON_A_DOCUMENT);
            collected
        });
        collected.collect()
    }

    /// The values of a field in a document, one by one.
    pub(super) fn values_of(&self, document: DocumentId, field: &Field) -> impl Iterator<Item = &Entry> {
        self.graph.documents[document].fields.get(&field.name).into_iter().flat_map(Entry::each)
    }

    /// Whether a value that stands in `other` is about `document`: one that names others of its kind is not.
    fn is_about(&self, document: DocumentId, other: DocumentId, entry: &Entry) -> bool {
        let Some(fields) = entry.value.object() else { return true };
        let kind = &self.graph.documents[document].kind.id;
        let named = fields.0.iter().filter_map(|(_, entry)| self.referenced(other, entry));
        let mut named = named.filter(|&named| self.graph.documents[named].kind.id == *kind).peekable();
        named.peek().is_none() || named.any(|named| named == document)
    }

    fn referenced(&self, document: DocumentId, entry: &Entry) -> Option<DocumentId> {
        self.graph.references[document][entry.value.reference()?].found()
    }

    /// A value, and what decides its place.
    pub(super) fn item(&self, index: DocumentId, field: &Arc<Field>, entry: &Entry) -> Placed {
        let (document, card) = (&self.graph.documents[index], &self.cards[index]);
        let values = Values { graph: self.graph, document, references: &self.graph.references[index] };
        let State { is_open, day } = deadlines::state(field, entry);
        let facets = field.collect.iter().filter_map(|name| self.facet_of(name, field, entry, index));
        let item = CollectedItem {
            value: values.value(entry, field),
            document: Link { title: card.title.clone(), url: card.url.clone() },
            date: card.date.clone(),
            is_open,
            is_overdue: day.is_some_and(|day| day < self.base.today),
            facets: facets.collect(),
        };
        // What has no day comes after what has one.
        ((!is_open, Some(day.unwrap_or(Date::MAX)), self.graph.order.documents[index]), item)
    }

    /// What a value is grouped and filtered by: a field beside it, or one of its document.
    fn facet_of(&self, name: &str, field: &Field, entry: &Entry, index: DocumentId) -> Option<FacetView> {
        let beside = field.fields.iter().find(|field| field.name == name);
        let (schema, values) = match beside {
            Some(beside) => {
                let entry = entry.value.object()?.get(name)?;
                (beside, facets::of_entry(self.graph, index, entry))
            }
            None => {
                let field = self.graph.documents[index].kind.field(name)?;
                (field, facets::of_field(self.graph, index, field))
            }
        };
        (!values.is_empty()).then(|| card::facet_view(self.graph, schema, &values))
    }

    /// The address of the document called `title` that the field `name` names, beside a value or in its document.
    pub(super) fn page_called(
        &self,
        document: DocumentId,
        entry: &Entry,
        name: &str,
        title: &str,
    ) -> Option<String> {
        let beside = entry.value.object().and_then(|fields| fields.get(name));
        let entry = beside.or_else(|| self.graph.documents[document].fields.get(name));
        let entries = entry.into_iter().flat_map(Entry::each);
        let mut named = entries.filter_map(|entry| self.referenced(document, entry));
        named.find(|&named| self.cards[named].title == title).map(|named| self.cards[named].url.clone())
    }
}

fn is_collected(field: &Field) -> bool {
    !field.collect.is_empty()
}

/// Values in their order, and how many they are.
pub(super) fn ordered(name: &str, label: &str, url: Option<String>, mut items: Vec<Placed>) -> Collected {
    // The order among the values of one document is that of the document.
    items.sort_by_key(|(place, _)| *place);
    let items: Vec<CollectedItem> = items.into_iter().map(|(_, item)| item).collect();
    let (count, open) = (items.len(), items.iter().filter(|item| item.is_open).count());
    Collected { name: name.to_owned(), label: label.to_owned(), url, items, count, open }
}
