//! The moments that a document tells of, and the lengths of time between them.

use std::sync::Arc;

use jiff::Timestamp;

use super::values::{day_and_time, length};
use super::view::{DurationView, MomentView};
use crate::model::{Document, Field, FieldValues, Value};

/// The moments of a document in the order of time.
pub(super) fn moments(document: &Document) -> Vec<MomentView> {
    let mut found: Vec<(Timestamp, &Field, &str)> = Vec::new();
    for (schema, values) in groups(document) {
        for field in schema {
            if let Some(Value::DateTime(moment, written)) = values.get(&field.name).map(|entry| &entry.value)
            {
                found.push((*moment, field, written));
            }
        }
    }
    found.sort_by_key(|(moment, ..)| *moment);
    let seconds: Vec<i64> = found.iter().map(|(moment, ..)| moment.as_second()).collect();
    let (first, last) = (seconds.first().copied().unwrap_or(0), seconds.last().copied().unwrap_or(0));
    let views = found.iter().enumerate().map(|(index, (_, field, written))| {
        let (day, time) = day_and_time(written);
        let before = index.checked_sub(1).map(|before| length(seconds[index] - seconds[before]));
        MomentView {
            name: field.name.clone(),
            label: field.label.clone(),
            time,
            day,
            iso: (*written).to_owned(),
            after: before.unwrap_or_default(),
            at: (seconds[index] - first) * 1000 / (last - first).max(1),
        }
    });
    views.collect()
}

/// The lengths of time that have a name, in the order of the schema. Times that contradict each other make none.
pub(super) fn durations(document: &Document) -> Vec<DurationView> {
    let mut found = Vec::new();
    for (schema, values) in groups(document) {
        let moment = |name: &str| match &values.get(name)?.value {
            Value::DateTime(moment, _) => Some(moment.as_second()),
            _ => None,
        };
        for field in schema {
            let Some(elapsed) = &field.elapsed else { continue };
            let since = elapsed.since.iter().find_map(|name| Some((name, moment(name)?)));
            let (Some(until), Some((since, start))) = (moment(&field.name), since) else { continue };
            let since = schema.iter().find(|field| field.name == *since);
            let seconds = until - start;
            if seconds >= 0 {
                found.push(DurationView {
                    name: field.name.clone(),
                    label: elapsed.label.clone(),
                    since: since.map(|field| field.label.clone()).unwrap_or_default(),
                    text: length(seconds),
                    seconds,
                });
            }
        }
    }
    found
}

/// The fields of a document, and those nested in one of them that is no list.
fn groups(document: &Document) -> impl Iterator<Item = (&[Arc<Field>], &FieldValues)> {
    let nested =
        document.kind.fields.iter().filter_map(|field| match &document.fields.get(&field.name)?.value {
            Value::Object(values) if !field.many => Some((field.fields.as_slice(), values)),
            _ => None,
        });
    std::iter::once((document.kind.fields.as_slice(), &document.fields)).chain(nested)
}
