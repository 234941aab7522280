//! Front matter as its kind understands it.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::{Location, Pattern};

/// A field's value, and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// Where it stands: in the document, or in `sdkb.yml` for a default.
    pub location: Location,
}

impl Entry {
    /// The entries of a list, or the entry itself where it is none.
    pub fn each(&self) -> &[Entry] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// Calls `see` with the entry and every one in it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Entry)) {
        see(self);
        match &self.value {
            Value::List(items) => items.iter().for_each(|item| item.visit(see)),
            Value::Object(fields) => fields.visit(see),
            _ => {}
        }
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, a choice, a handle or an email address.
    Text(String),
    /// A web address.
    Url(String),
    /// The name of an alert.
    Alert(String),
    /// A number, as it was written.
    Number(String),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment, and how it was written (its zone included).
    DateTime(Timestamp, String),
    /// A length of time.
    Duration(Duration),
    /// What other values have to fit.
    Pattern(Arc<Pattern>),
    /// A reference: its index in [`Document::references`](super::Document::references).
    Reference(usize),
    /// Several values of one type.
    List(Vec<Entry>),
    /// Nested fields, in the order of the schema.
    Object(FieldValues),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    /// In seconds.
    pub seconds: i64,
}

/// The values of a document or of a nested object, by field name in the order of the schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldValues(pub Vec<(String, Entry)>);

impl FieldValues {
    /// The value of the field `name`.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, entry)| entry)
    }

    /// The value at a path of nested fields, such as `times.detected`.
    pub fn at(&self, path: &str) -> Option<&Entry> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let entry = self.get(first)?;
        match (rest, &entry.value) {
            (None, _) => Some(entry),
            (Some(rest), Value::Object(fields)) => fields.at(rest),
            _ => None,
        }
    }

    /// Calls `see` with every entry, nested ones too.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Entry)) {
        self.0.iter().for_each(|(_, entry)| entry.visit(see));
    }

    /// The text of the field `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Text(text) | Value::Url(text) | Value::Alert(text) | Value::Number(text) => Some(text),
            Value::Pattern(pattern) => Some(&pattern.text),
            _ => None,
        }
    }

    /// Whether the field at a path says anything: an empty list does not.
    pub fn says(&self, path: &str) -> bool {
        self.at(path).is_some_and(|entry| !matches!(&entry.value, Value::List(items) if items.is_empty()))
    }

    /// The objects of the list field `name`.
    pub fn objects(&self, name: &str) -> impl Iterator<Item = (&FieldValues, &Location)> {
        self.items(name).iter().filter_map(|item| match &item.value {
            Value::Object(fields) => Some((fields, &item.location)),
            _ => None,
        })
    }

    fn items(&self, name: &str) -> &[Entry] {
        match self.get(name).map(|entry| &entry.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The texts of the list field `name`.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = (&str, &Location)> {
        self.items(name).iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some((text.as_str(), &item.location)),
            _ => None,
        })
    }
}
