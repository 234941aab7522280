//! What a type of fields says of itself, as plain data.

use crate::model::PatternProblem;

/// A type of fields, apart from how its values are read and what they answer.
#[derive(Debug)]
pub struct Definition {
    /// The name in a schema: `datetime`.
    pub name: &'static str,
    /// What a message says that it expects: `a date`.
    pub expected: &'static str,
    /// A value that would be right, as YAML; empty if the field itself has to tell.
    pub example: &'static str,
    /// What stands in front matter.
    pub shape: Shape,
    /// The values that there are.
    pub values: Values,
    /// How `sdkb new` writes a value.
    pub yaml: YamlForm,
    /// The `strftime` format of the present moment as a value, if it is one.
    pub now: Option<&'static str>,
    /// Whether a key that is called like a field of this type, with such a value, tells the kind of a document.
    pub is_telling: bool,
}

/// What stands in front matter, and so how it is decoded.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A single value.
    Scalar {
        /// Its JSON Schema, from the choices of the field.
        schema: fn(&[String]) -> serde_json::Value,
    },
    /// A single value that names another document.
    Reference,
    /// The nested fields.
    Object,
    /// Names, each with the nested fields.
    Map,
    /// Whatever another schema allows.
    Any,
}

/// The values that fields of a type can have.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Too many to list.
    Unlimited,
    /// These.
    Fixed(&'static [&'static str]),
    /// Those that the field lists as its choices.
    Choices,
}

/// How a value is written as YAML.
#[derive(Debug, Clone, Copy)]
pub enum YamlForm {
    /// As text: in quotes where YAML would guess another type.
    Text,
    /// Plain, so that YAML guesses its type.
    Plain,
    /// As the author gives it, which is YAML already.
    Yaml,
}

/// Why a text is no value of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// It is empty.
    Empty,
    /// It is something else.
    Mismatch,
    /// It is a pattern that is not of the dialect.
    Pattern(PatternProblem),
}
