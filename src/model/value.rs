//! Front matter as its kind understands it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::field_type::{Alert, Duration, Moment, Number, Scalar, Url};
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
        self.value.list().unwrap_or(std::slice::from_ref(self))
    }

    /// Calls `see` with the entry and every one in it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Entry)) {
        see(self);
        match &self.value {
            Value::Scalar(_) | Value::Reference(_) => {}
            Value::List(items) => items.iter().for_each(|item| item.visit(see)),
            Value::Object(fields) => fields.visit(see),
        }
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// A reference: its index in [`Document::references`](super::Document::references).
    Reference(usize),
    /// Several values of one type.
    List(Vec<Entry>),
    /// Nested fields, in the order of the schema.
    Object(FieldValues),
}

impl Value {
    /// The single value, if it is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        if let Self::Scalar(scalar) = self { Some(scalar) } else { None }
    }

    /// The index of the reference, if it is one.
    pub fn reference(&self) -> Option<usize> {
        if let Self::Reference(index) = self { Some(*index) } else { None }
    }

    /// The items, if it is a list.
    pub fn list(&self) -> Option<&[Entry]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The nested fields, if it has any.
    pub fn object(&self) -> Option<&FieldValues> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// The text, of types whose values are compared as text.
    pub fn text(&self) -> Option<&str> {
        self.scalar()?.view().text()
    }

    /// The address, if it is one.
    pub fn url(&self) -> Option<&str> {
        if let Scalar::Url(Url(address)) = self.scalar()? { Some(address) } else { None }
    }

    /// The name of the alert, if it is one.
    pub fn alert(&self) -> Option<&str> {
        if let Scalar::Alert(Alert(name)) = self.scalar()? { Some(name) } else { None }
    }

    /// The day, if it is one.
    pub fn date(&self) -> Option<Date> {
        if let Scalar::Date(day) = self.scalar()? { Some(*day) } else { None }
    }

    /// The moment, if it is one.
    pub fn moment(&self) -> Option<&Moment> {
        if let Scalar::DateTime(moment) = self.scalar()? { Some(moment) } else { None }
    }

    /// When it is: a moment, or the first one of a day in UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.scalar()?.timestamp()
    }

    /// The length of time, if it is one.
    pub fn duration(&self) -> Option<Duration> {
        if let Scalar::Duration(duration) = self.scalar()? { Some(*duration) } else { None }
    }

    /// Whether it is true, if it is a yes or no.
    pub fn boolean(&self) -> Option<bool> {
        if let Scalar::Boolean(value) = self.scalar()? { Some(*value) } else { None }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        self.scalar()?.number().map(Number::value)
    }

    /// The pattern, if it is one.
    pub fn pattern(&self) -> Option<&Pattern> {
        if let Scalar::Pattern(pattern) = self.scalar()? { Some(pattern) } else { None }
    }
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
        match rest {
            None => Some(entry),
            Some(rest) => entry.value.object()?.at(rest),
        }
    }

    /// Calls `see` with every entry, nested ones too.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Entry)) {
        self.0.iter().for_each(|(_, entry)| entry.visit(see));
    }

    /// The text of the field `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.value.text()
    }

    /// Whether the field at a path says anything: an empty list does not.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).is_some_and(|entry| entry.value.list().is_none_or(|items| !items.is_empty()))
    }

    /// The objects of the list field `name`.
    pub fn objects(&self, name: &str) -> impl Iterator<Item = (&FieldValues, &Location)> {
        self.items(name).iter().filter_map(|item| Some((item.value.object()?, &item.location)))
    }

    /// The texts of the list field `name`.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = (&str, &Location)> {
        self.items(name).iter().filter_map(|item| Some((item.value.text()?, &item.location)))
    }

    fn items(&self, name: &str) -> &[Entry] {
        self.get(name).and_then(|entry| entry.value.list()).unwrap_or_default()
    }
}
