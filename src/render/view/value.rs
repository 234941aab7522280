//! Values, and what else all views are made of.

use std::collections::BTreeMap;

use serde::Serialize;

use super::CachedValue;
use crate::model::Display;

/// A link.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Link {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A day or moment, for people and for machines.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Moment {
    /// As people read it.
    pub text: String,
    /// As machines read it.
    pub iso: String,
}

/// A heading in a table of contents.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
}

/// A field with its values.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Fact {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// How its values are shown, where their type does not decide it.
    pub display: Option<Display>,
    /// Its values.
    pub values: Vec<CachedValue<ValueView>>,
}

/// A field's value or values.
#[derive(Debug, Clone, Hash, Serialize)]
#[serde(untagged)]
pub enum FieldView {
    /// Several.
    Many(Vec<CachedValue<ValueView>>),
    /// One, or null.
    One(Option<CachedValue<ValueView>>),
}

/// A value. Templates ask for its `type`.
#[derive(Debug, Clone, Hash, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ValueView {
    /// Text, a number, a choice or a duration.
    Text {
        /// As people read it.
        text: String,
    },
    /// A day or a moment.
    Time {
        /// As people read it.
        text: String,
        /// As machines read it.
        iso: String,
    },
    /// An address elsewhere.
    Url {
        /// As people read it.
        text: String,
        /// The address.
        url: String,
    },
    /// Another document.
    Reference {
        /// Its title.
        text: String,
        /// Its address.
        url: String,
        /// Its kind.
        kind: String,
    },
    /// A document that does not exist.
    Broken {
        /// The reference as written.
        text: String,
    },
    /// An alert.
    Alert {
        /// Its name.
        text: String,
        /// Its page.
        url: String,
    },
    /// What other values have to fit.
    Pattern {
        /// As it was written.
        text: String,
        /// Its program, as JSON for `fill.js`.
        program: String,
        /// Whether only digits fit.
        digits: bool,
        /// Whether what fits may begin with a dash.
        dash: bool,
    },
    /// Nested fields.
    Object {
        /// Those that have a value.
        facts: Vec<Fact>,
        /// All of them by name, absent ones as null.
        fields: BTreeMap<String, FieldView>,
    },
}

/// The values of one field that readers filter by.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct FacetView {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its values as text.
    pub values: Vec<String>,
    /// Whether lists leave it out beside a title.
    pub hide_in_lists: bool,
    /// How its values are shown, where their type does not decide it.
    pub display: Option<Display>,
}
