//! `number`: a decimal number, kept as it was written.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "number",
    expected: "a number",
    example: "10",
    shape: Shape::Scalar { schema: |_| json!({ "type": ["number", "string"], "pattern": PATTERN }) },
    values: Values::Unlimited,
    yaml: YamlForm::Plain,
    now: None,
    is_telling: false,
};

const PATTERN: &str = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$";

/// A number, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Number(pub String);

pub(super) fn read(text: &str) -> Option<Number> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map(|_| Number(text.to_owned()))
}

impl Number {
    /// The number to reckon with.
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }
}

impl ScalarView for Number {
    fn shown(&self) -> Shown {
        Shown::Text(self.0.clone())
    }

    fn facet(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn searched(&self) -> Option<&str> {
        None
    }

    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}
