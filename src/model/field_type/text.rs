//! `text`: any single value.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "text",
    expected: "a single value",
    example: "some text",
    // What looks like a number or a boolean is text too.
    shape: Shape::Scalar { schema: |_| json!({ "type": ["string", "number", "boolean"] }) },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

impl ScalarView for String {
    fn shown(&self) -> Shown {
        Shown::Text(self.clone())
    }

    fn facet(&self) -> Option<String> {
        Some(self.clone())
    }

    fn searched(&self) -> Option<&str> {
        Some(self)
    }

    fn text(&self) -> Option<&str> {
        Some(self)
    }
}
