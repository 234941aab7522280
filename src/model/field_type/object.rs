//! `object`: nested fields. Each is shown and searched for itself.

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "object",
    expected: "a group of fields",
    example: "{ name: value }",
    shape: Shape::Object,
    values: Values::Unlimited,
    yaml: YamlForm::Yaml,
    now: None,
    is_telling: true,
};
