//! Typed values to what templates show.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;

use super::view::{CachedValue, Fact, FieldView, ValueView};
use crate::graph::{Graph, Resolution};
use crate::model::{Document, Entry, Field, FieldType, FieldValues, Value};
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
        let text = |text: String| ValueView::Text { text };
        match &entry.value {
            Value::Text(value) | Value::Number(value) => text(value.clone()),
            Value::Boolean(value) => text(if *value { "yes" } else { "no" }.to_owned()),
            Value::Date(date) => ValueView::Time { text: day(*date), iso: date.to_string() },
            Value::DateTime(_, written) => ValueView::Time { text: moment(written), iso: written.clone() },
            Value::Duration(duration) => text(length(duration.seconds)),
            Value::Url(url) => {
                let shown =
                    url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).trim_end_matches('/');
                ValueView::Url { text: shown.to_owned(), url: url.clone() }
            }
            Value::Pattern(pattern) => ValueView::Pattern {
                text: pattern.text.clone(),
                program: serde_json::to_string(&pattern.program).unwrap_or_default(),
                digits: pattern.is_numeric(),
                dash: pattern.takes_dash(),
            },
            Value::Alert(name) => {
                let url = self.graph.routes.alerts.get(name).map(|url| href(url)).unwrap_or_default();
                ValueView::Alert { text: name.clone(), url }
            }
            Value::Reference(index) => match self.references[*index].found() {
                Some(target) => {
                    let other = &self.graph.documents[target];
                    let url = href(&self.graph.routes.documents[target]);
                    ValueView::Reference { text: other.title.clone(), url, kind: other.kind.id.clone() }
                }
                None => ValueView::Broken { text: self.document.references[*index].text.clone() },
            },
            Value::Object(values) if field.field_type == FieldType::Map => {
                let facts = values.0.iter().map(|(name, entry)| {
                    let inner = match &entry.value {
                        Value::Object(inner) => self.object(inner, field),
                        _ => ValueView::Text { text: String::new() },
                    };
                    Fact { name: name.clone(), label: name.clone(), values: vec![CachedValue::new(inner)] }
                });
                ValueView::Object { facts: facts.collect(), fields: BTreeMap::new() }
            }
            Value::Object(values) => self.object(values, field),
            Value::List(_) => text(String::new()),
        }
    }

    fn object(&self, values: &FieldValues, field: &Field) -> ValueView {
        let (fields, facts) = self.fields(values, &field.fields);
        ValueView::Object { facts, fields }
    }
}

fn fact(field: &Field, values: Vec<CachedValue<ValueView>>) -> Fact {
    Fact { name: field.name.clone(), label: field.label.clone(), values }
}

/// A value as a word to filter by; none for what nobody filters by.
pub(super) fn facet(entry: &Entry, values: &Values<'_>) -> Vec<String> {
    match &entry.value {
        Value::List(items) => items.iter().flat_map(|item| facet(item, values)).collect(),
        Value::Text(text) | Value::Number(text) => vec![text.clone()],
        Value::Boolean(value) => vec![if *value { "yes" } else { "no" }.to_owned()],
        Value::Reference(index) => {
            let found = values.references[*index].found();
            found.map(|target| values.graph.documents[target].title.clone()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A moment in the zone that it was written in: `14 Mar 2026, 02:11 UTC+1`.
fn moment(written: &str) -> String {
    let (day, time) = day_and_time(written);
    if time.is_empty() { day } else { format!("{day}, {time}") }
}

/// The same in two: `14 Mar 2026` and `02:11 UTC+1`.
pub(super) fn day_and_time(written: &str) -> (String, String) {
    let Ok(pieces) = Pieces::parse(written) else { return (written.to_owned(), String::new()) };
    let time = pieces.time().unwrap_or_default().strftime("%H:%M").to_string();
    let minutes = pieces.to_numeric_offset().map_or(0, |offset| offset.seconds() / 60);
    let zone = match (minutes / 60, (minutes % 60).abs()) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{hours:+}"),
        (hours, minutes) => format!("UTC{hours:+}:{minutes:02}"),
    };
    (day(pieces.date()), format!("{time} {zone}"))
}

/// A day as people read it.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A length of time in its two largest units: `1 h 30 min`.
pub(super) fn length(seconds: i64) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units {
        if rest >= size && parts.len() < 2 {
            parts.push(format!("{} {unit}", rest / size));
            rest %= size;
        }
    }
    if parts.is_empty() { "0 min".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{length, moment};

    #[test]
    fn times_read_as_people_write_them() {
        assert_eq!(moment("2026-03-14T02:11:00+01:00"), "14 Mar 2026, 02:11 UTC+1");
        assert_eq!(moment("2026-03-14T02:11:00Z"), "14 Mar 2026, 02:11 UTC");
        assert_eq!(length(5400), "1 h 30 min");
        assert_eq!(length(28 * 86_400), "28 d");
    }
}
