//! The types of fields, a file each: how a value is read, what a message expects, its JSON Schema, how it is shown,
//! what it is filtered and searched by.
//!
//! A new type is a file, and a line in the lists below, which the compiler asks for. Other modules do not
//! tell types apart: to decode, show, filter or search they ask for a [`Shape`] or for [`ScalarView`].

mod alert;
mod any;
mod boolean;
mod choice;
mod date;
mod datetime;
mod definition;
mod duration;
mod email;
mod handle;
mod keys;
mod map;
mod number;
mod object;
mod pattern;
mod reference;
mod scalar_view;
mod text;
mod url;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use self::alert::Alert;
pub use self::choice::typed;
pub use self::date::day;
pub use self::datetime::{Moment, day_and_time};
pub use self::definition::{Definition, Refusal, Shape, Values, YamlForm};
pub use self::duration::{Duration, length};
pub use self::keys::{KEYS, MOMENTS, NUMBERS, REFERENCES, TIMES};
pub use self::number::Number;
pub use self::scalar_view::{ScalarView, Shown};
pub use self::url::Url;
use super::Pattern;

/// What a field holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldType {
    /// Any single value.
    #[default]
    Text,
    /// The id of another document.
    Reference,
    /// The name of an alert.
    Alert,
    /// A day.
    Date,
    /// A moment with its zone.
    DateTime,
    /// A length of time.
    Duration,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of a few words.
    Choice,
    /// An absolute web address.
    Url,
    /// An email address.
    Email,
    /// A chat handle, an email address or a phone number.
    Handle,
    /// A regular expression.
    Pattern,
    /// Nested fields.
    Object,
    /// Names of the author's choice, each with the nested fields.
    Map,
    /// Anything: another schema decides.
    Any,
}

/// How the values of a column of data are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// As texts.
    Texts,
    /// As moments.
    Times,
    /// As numbers.
    Numbers,
    /// As yes or no.
    Booleans,
}

/// A single value.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Text, a choice, a handle or an email address.
    Text(String),
    /// The name of an alert.
    Alert(Alert),
    /// A day.
    Date(Date),
    /// A moment.
    DateTime(Moment),
    /// A length of time.
    Duration(Duration),
    /// A number.
    Number(Number),
    /// Yes or no.
    Boolean(bool),
    /// A web address.
    Url(Url),
    /// What other values have to fit.
    Pattern(Arc<Pattern>),
}

impl FieldType {
    /// All types, as the documentation lists them. `Any` is the last.
    pub const ALL: [Self; Self::Any as usize + 1] = [
        Self::Text,
        Self::Reference,
        Self::Alert,
        Self::Date,
        Self::DateTime,
        Self::Duration,
        Self::Number,
        Self::Boolean,
        Self::Choice,
        Self::Url,
        Self::Email,
        Self::Handle,
        Self::Pattern,
        Self::Object,
        Self::Map,
        Self::Any,
    ];

    /// What the type says of itself.
    pub fn definition(self) -> &'static Definition {
        match self {
            Self::Text => &text::TYPE,
            Self::Reference => &reference::TYPE,
            Self::Alert => &alert::TYPE,
            Self::Date => &date::TYPE,
            Self::DateTime => &datetime::TYPE,
            Self::Duration => &duration::TYPE,
            Self::Number => &number::TYPE,
            Self::Boolean => &boolean::TYPE,
            Self::Choice => &choice::TYPE,
            Self::Url => &url::TYPE,
            Self::Email => &email::TYPE,
            Self::Handle => &handle::TYPE,
            Self::Pattern => &pattern::TYPE,
            Self::Object => &object::TYPE,
            Self::Map => &map::TYPE,
            Self::Any => &any::TYPE,
        }
    }

    /// How a column of such values is kept; none for what is no single value.
    pub fn column(self) -> Option<ColumnType> {
        match self {
            Self::Date | Self::DateTime => Some(ColumnType::Times),
            Self::Number => Some(ColumnType::Numbers),
            Self::Boolean => Some(ColumnType::Booleans),
            Self::Text
            | Self::Reference
            | Self::Alert
            | Self::Duration
            | Self::Choice
            | Self::Url
            | Self::Email
            | Self::Handle
            | Self::Pattern => Some(ColumnType::Texts),
            Self::Object | Self::Map | Self::Any => None,
        }
    }

    /// The type that schemas call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.definition().name == name)
    }

    /// The value that `text` is for a field of this type with these `choices`. What is no single value by itself, such
    /// as a reference, is read as text.
    ///
    /// # Errors
    ///
    /// If it is no value of the type.
    pub fn read(self, text: &str, choices: &[String]) -> Result<Scalar, Refusal> {
        let trimmed = text.trim();
        let value = match self {
            Self::Text | Self::Object | Self::Map | Self::Any => Some(Scalar::Text(trimmed.to_owned())),
            Self::Reference if trimmed.is_empty() => return Err(Refusal::Empty),
            Self::Reference => Some(Scalar::Text(trimmed.to_owned())),
            Self::Alert => alert::read(trimmed).map(Scalar::Alert),
            Self::Date => date::read(trimmed).map(Scalar::Date),
            Self::DateTime => datetime::read(trimmed).map(Scalar::DateTime),
            Self::Duration => duration::read(trimmed).map(Scalar::Duration),
            Self::Number => number::read(trimmed).map(Scalar::Number),
            Self::Boolean => boolean::read(trimmed).map(Scalar::Boolean),
            Self::Choice => choice::read(trimmed, choices).map(Scalar::Text),
            Self::Url => url::read(trimmed).map(Scalar::Url),
            Self::Email => email::read(trimmed).map(Scalar::Text),
            Self::Handle => handle::read(trimmed).map(Scalar::Text),
            Self::Pattern => return pattern::read(text).map(Scalar::Pattern),
        };
        value.ok_or(Refusal::Mismatch)
    }
}

impl Scalar {
    /// The boolean, if it is one.
    pub fn boolean(&self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(*value) } else { None }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// When it is: a moment, or the first one of a day in UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        match self {
            Self::DateTime(moment) => Some(moment.at),
            Self::Date(day) => Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp()),
            _ => None,
        }
    }

    /// What pages, lists and search need of the value.
    pub fn view(&self) -> &dyn ScalarView {
        match self {
            Self::Text(value) => value,
            Self::Alert(value) => value,
            Self::Date(value) => value,
            Self::DateTime(value) => value,
            Self::Duration(value) => value,
            Self::Number(value) => value,
            Self::Boolean(value) => value,
            Self::Url(value) => value,
            Self::Pattern(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FieldType;

    #[test]
    fn every_type_is_listed_once_and_found_by_its_name() {
        for (place, of) in FieldType::ALL.into_iter().enumerate() {
            assert_eq!(of as usize, place, "{of:?}");
            assert_eq!(FieldType::named(of.definition().name), Some(of));
        }
    }
}
