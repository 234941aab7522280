//! `alert`: the name of an alert. Every name has a page.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "alert",
    expected: "the name of an alert",
    example: "CheckoutLatencyHigh",
    shape: Shape::Scalar { schema: |_| json!({ "type": ["string", "number", "boolean"], "minLength": 1 }) },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: true,
};

/// The name of an alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert(pub String);

pub(super) fn read(text: &str) -> Option<Alert> {
    (!text.is_empty() && !text.contains('\n')).then(|| Alert(text.to_owned()))
}

impl ScalarView for Alert {
    fn shown(&self) -> Shown {
        Shown::Alert(self.0.clone())
    }

    fn facet(&self) -> Option<String> {
        None
    }

    /// Search takes alerts from the document, which has inferred ones too.
    fn searched(&self) -> Option<&str> {
        None
    }

    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}
