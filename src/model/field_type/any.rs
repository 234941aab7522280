//! `any`: whatever another schema allows. It has no value of its own, so nothing is shown or searched.

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "any",
    expected: "anything",
    example: "some text",
    shape: Shape::Any,
    values: Values::Unlimited,
    yaml: YamlForm::Yaml,
    now: None,
    is_telling: false,
};
