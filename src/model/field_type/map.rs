//! `map`: names of the author's choice, each with the nested fields.

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "map",
    expected: "a group of fields",
    example: "{ name: value }",
    shape: Shape::Map,
    values: Values::Unlimited,
    yaml: YamlForm::Yaml,
    now: None,
    is_telling: false,
};
