//! `map`: names of the author's choice, each with the nested fields.

use super::definition::{Definition, Shape, Values, Written};

pub(super) static TYPE: Definition = Definition {
    name: "map",
    expected: "a group of fields",
    example: "{ name: value }",
    shape: Shape::Map,
    values: Values::Unlimited,
    written: Written::Yaml,
    now: None,
    is_telling: false,
};
