//! Days by which something has to happen.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Document, Entry, Field, FieldValues, Location, Role, Value};

/// A day by which something has to happen that has not happened yet.
#[derive(Debug)]
pub struct Deadline<'a> {
    /// The field that holds the day.
    pub field: &'a Field,
    /// The day.
    pub day: Date,
    /// Where it is written.
    pub location: &'a Location,
    /// What has to happen, where it has a name.
    pub name: Option<&'a str>,
    /// The reference to those who see to it, where it names them.
    pub assignee: Option<usize>,
}

/// The deadlines in a document's fields, in their order. Its kind says which days are such.
pub fn deadlines(document: &Document) -> Vec<Deadline<'_>> {
    let mut found = Vec::new();
    for field in document.kind.fields.iter().filter(|field| has_deadline(field)) {
        if let Some(entry) = document.fields.get(&field.name) {
            visit(field, entry, &document.kind.fields, &document.fields, &mut found);
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

/// Looks at a field and those in it. `schema` and `beside` are those of the fields beside it.
fn visit<'a>(
    field: &'a Field,
    entry: &'a Entry,
    schema: &'a [Arc<Field>],
    beside: &'a FieldValues,
    found: &mut Vec<Deadline<'a>>,
) {
    match &entry.value {
        Value::List(items) => items.iter().for_each(|item| visit(field, item, schema, beside, found)),
        Value::Object(inner) => {
            for nested in &field.fields {
                if let Some(entry) = inner.get(&nested.name) {
                    visit(nested, entry, &field.fields, inner, found);
                }
            }
        }
        Value::Scalar(_) => {
            let is_open = field.settled_by.is_some() && !field.is_settled(beside);
            if let Some(day) = entry.value.date().filter(|_| is_open) {
                let name = name(schema, beside);
                let assignee = assignee(schema, beside);
                found.push(Deadline { field, day, location: &entry.location, name, assignee });
            }
        }
        Value::Reference(_) => {}
    }
}

/// The reference to those who see to it.
fn assignee(schema: &[Arc<Field>], values: &FieldValues) -> Option<usize> {
    let field = schema.iter().find(|field| field.role == Some(Role::Assignee))?;
    values.get(&field.name)?.value.reference()
}

/// What fields are about, where one of them says it.
fn name<'a>(schema: &[Arc<Field>], values: &'a FieldValues) -> Option<&'a str> {
    [Role::Title, Role::Id, Role::Name].into_iter().find_map(|role| {
        let field = schema.iter().find(|field| field.role == Some(role))?;
        values.text(&field.name)
    })
}
