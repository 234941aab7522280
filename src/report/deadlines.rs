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

/// Whether what a value describes has yet to happen, and by when.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// Whether the fields of the value say nothing of its having happened.
    pub is_open: bool,
    /// The day by which it has to happen, while it is open.
    pub day: Option<Date>,
}

/// The state of one value of `field`.
pub fn state(field: &Field, entry: &Entry) -> State {
    let deadline = entry.value.object().zip(field.fields.iter().find(|field| field.settled_by.is_some()));
    let open = deadline.filter(|(beside, field)| !field.is_settled(beside));
    let day = open.and_then(|(beside, field)| beside.get(&field.name)?.value.date());
    State { is_open: open.is_some(), day }
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
        Value::Scalar(_) => {
            let is_open = field.settled_by.is_some() && !field.is_settled(beside);
            if let Some(day) = entry.value.date().filter(|_| is_open) {
                found.push(Deadline { field, day, location: &entry.location, beside });
            }
        }
        Value::Reference(_) => {}
    }
}
