//! Days by which something has to happen.

use jiff::civil::Date;

use crate::model::{Document, Entry, Field, FieldValues, Location, Value};

/// A day by which something has to happen that has not happened yet.
#[derive(Debug)]
pub struct Deadline<'a> {
    /// The field that holds the day.
    pub field: &'a Field,
    /// The day.
    pub day: Date,
    /// Where it is written.
    pub location: &'a Location,
    /// The fields beside it.
    pub beside: &'a FieldValues,
}

impl<'a> Deadline<'a> {
    /// The name of what has to happen, where it has one.
    pub fn name(&self) -> Option<&'a str> {
        ["title", "item", "id", "name"].into_iter().find_map(|name| self.beside.text(name))
    }
}

/// The deadlines in a document's fields, in their order. Its kind says which days are such.
pub fn deadlines(document: &Document) -> Vec<Deadline<'_>> {
    let mut found = Vec::new();
    for field in document.kind.fields.iter().filter(|field| has_deadline(field)) {
        if let Some(entry) = document.fields.get(&field.name) {
            visit(field, entry, &document.fields, &mut found);
        }
    }
    found
}

fn has_deadline(field: &Field) -> bool {
    field.settled_by.is_some() || field.fields.iter().any(|field| has_deadline(field))
}

/// Looks at a field and those in it. `beside` are the fields beside it.
fn visit<'a>(field: &'a Field, entry: &'a Entry, beside: &'a FieldValues, found: &mut Vec<Deadline<'a>>) {
    match &entry.value {
        Value::List(items) => items.iter().for_each(|item| visit(field, item, beside, found)),
        Value::Object(inner) => {
            for field in &field.fields {
                if let Some(entry) = inner.get(&field.name) {
                    visit(field, entry, inner, found);
                }
            }
        }
        Value::Date(day) if field.settled_by.is_some() && !field.is_settled(beside) => {
            found.push(Deadline { field, day: *day, location: &entry.location, beside });
        }
        _ => {}
    }
}
