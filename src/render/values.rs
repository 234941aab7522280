//! Typed values to what templates show.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::{CachedValue, Fact, FieldView, ValueView};
use crate::graph::{Graph, Resolution};
use crate::model::field_type::{Shape, Shown};
use crate::model::{Document, Entry, Field, FieldValues, Value};
use crate::text::address::href;

/// Shows the values of one document.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) graph: &'a Graph,
    pub(super) document: &'a Document,
    pub(super) references: &'a [Resolution],
}

impl Values<'_> {
    /// The fields that have a value, in the order of the schema.
    pub(super) fn facts(&self, values: &FieldValues, schema: &[Arc<Field>]) -> Vec<Fact> {
        let present = schema.iter().filter_map(|field| Some((field, values.get(&field.name)?)));
        let facts = present.map(|(field, entry)| fact(field, self.list(entry, field)));
        facts.filter(|fact| !fact.values.is_empty()).collect()
    }

    /// The fields that lists show.
    pub(super) fn brief(&self) -> Vec<Fact> {
        let schema: Vec<Arc<Field>> =
            self.document.kind.fields.iter().filter(|field| field.brief).map(Arc::clone).collect();
        self.facts(&self.document.fields, &schema)
    }

    /// All fields of the schema by name, and those of them that have a value in the order of the schema.
    pub(super) fn fields(
        &self,
        values: &FieldValues,
        schema: &[Arc<Field>],
    ) -> (BTreeMap<String, FieldView>, Vec<Fact>) {
        let mut facts = Vec::new();
        let fields = schema.iter().map(|field| {
            let shown = values.get(&field.name).map(|entry| self.list(entry, field)).unwrap_or_default();
            if !shown.is_empty() {
                facts.push(fact(field, shown.clone()));
            }
            let view =
                if field.many { FieldView::Many(shown) } else { FieldView::One(shown.into_iter().next()) };
            (field.name.clone(), view)
        });
        (fields.collect(), facts)
    }

    /// The values of a field, one by one.
    fn list(&self, entry: &Entry, field: &Field) -> Vec<CachedValue<ValueView>> {
        entry.each().iter().map(|entry| CachedValue::new(self.value(entry, field))).collect()
    }

    pub(super) fn value(&self, entry: &Entry, field: &Field) -> ValueView {
        match &entry.value {
            Value::Scalar(scalar) => self.shown(scalar.view().shown()),
            Value::Reference(index) => match self.references[*index].found() {
                Some(target) => {
                    let other = &self.graph.documents[target];
                    let url = href(&self.graph.routes.documents[target]);
                    ValueView::Reference { text: other.title.clone(), url, kind: other.kind.id.clone() }
                }
                None => ValueView::Broken { text: self.document.references[*index].text.clone() },
            },
            Value::Object(values) => match field.shape() {
                Shape::Map => self.map(values, field),
                Shape::Object | Shape::Scalar { .. } | Shape::Reference | Shape::Any => {
                    self.object(values, field)
                }
            },
            // A list in a list is no value.
            Value::List(_) => ValueView::Text { text: String::new() },
        }
    }

    fn shown(&self, shown: Shown) -> ValueView {
        match shown {
            Shown::Text(text) => ValueView::Text { text },
            Shown::Time { text, iso } => ValueView::Time { text, iso },
            Shown::Link { text, url } => ValueView::Url { text, url },
            Shown::Alert(name) => {
                let url = self.graph.routes.alerts.get(&name).map(|url| href(url)).unwrap_or_default();
                ValueView::Alert { text: name, url }
            }
            Shown::Pattern(pattern) => ValueView::Pattern {
                text: pattern.text.clone(),
                program: serde_json::to_string(&pattern.program).unwrap_or_default(),
                digits: pattern.is_numeric(),
                dash: pattern.takes_dash(),
            },
        }
    }

    /// Names, each with the nested fields.
    fn map(&self, values: &FieldValues, field: &Field) -> ValueView {
        let facts = values.0.iter().map(|(name, entry)| {
            let inner = entry.value.object().map(|inner| CachedValue::new(self.object(inner, field)));
            Fact {
                name: name.clone(),
                label: name.clone(),
                display: None,
                values: inner.into_iter().collect(),
            }
        });
        ValueView::Object { facts: facts.collect(), fields: BTreeMap::new() }
    }

    fn object(&self, values: &FieldValues, field: &Field) -> ValueView {
        let (fields, facts) = self.fields(values, &field.fields);
        ValueView::Object { facts, fields }
    }
}

fn fact(field: &Field, values: Vec<CachedValue<ValueView>>) -> Fact {
    Fact { name: field.name.clone(), label: field.label.clone(), display: field.display, values }
}
