//! `reference`: the id of another document. The graph resolves it; pages show the title of that document, and lists
//! and search filter by it.

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "reference",
    expected: "the id of a document",
    example: "checkout",
    shape: Shape::Reference,
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: true,
};
