//! The moments that a document tells of, and the lengths of time between them.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Document, Field, FieldValues};

/// A moment that a document tells of.
#[derive(Debug)]
pub struct Moment<'a> {
    /// When it was.
    pub at: Timestamp,
    /// The field that holds it.
    pub field: &'a Field,
    /// As it is written.
    pub written: &'a str,
}

/// The moments of a document in the order of time.
pub fn moments(document: &Document) -> Vec<Moment<'_>> {
    let mut found: Vec<Moment<'_>> = Vec::new();
    for (schema, values) in groups(document) {
        for field in schema {
            if let Some(moment) = values.get(&field.name).and_then(|entry| entry.value.moment()) {
                found.push(Moment { at: moment.at, field, written: &moment.written });
            }
        }
    }
    found.sort_by_key(|moment| moment.at);
    found
}

/// A length of time between two moments of a document.
#[derive(Debug)]
pub struct Interval<'a> {
    /// What the length of time is called.
    pub label: &'a str,
    /// The field of the later moment.
    pub until: &'a Field,
    /// The field of the earlier moment, if the schema has it.
    pub since: Option<&'a Field>,
    /// How long it is.
    pub seconds: i64,
}

/// The lengths of time that have a name, in the order of the schema. Times that contradict each other make none.
pub fn durations(document: &Document) -> Vec<Interval<'_>> {
    let mut found = Vec::new();
    for (schema, values) in groups(document) {
        let moment = |name: &str| Some(values.get(name)?.value.moment()?.at.as_second());
        for field in schema {
            let Some(elapsed) = &field.elapsed else { continue };
            let since = elapsed.since.iter().find_map(|name| Some((name, moment(name)?)));
            let (Some(until), Some((since, start))) = (moment(&field.name), since) else { continue };
            let since = schema.iter().find(|field| field.name == *since).map(AsRef::as_ref);
            let seconds = until - start;
            if seconds >= 0 {
                found.push(Interval { label: &elapsed.label, until: field, since, seconds });
            }
        }
    }
    found
}

/// The fields of a document, and those nested in one of them that is no list.
pub(super) fn groups(document: &Document) -> impl Iterator<Item = (&[Arc<Field>], &FieldValues)> {
    let nested = document.kind.fields.iter().filter(|field| !field.many).filter_map(|field| {
        Some((field.fields.as_slice(), document.fields.get(&field.name)?.value.object()?))
    });
    std::iter::once((document.kind.fields.as_slice(), &document.fields)).chain(nested)
}
