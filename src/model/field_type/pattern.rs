//! `pattern`: a regular expression that whole values have to fit.

use std::sync::Arc;

use serde_json::json;

use super::definition::{Definition, Refusal, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};
use crate::model::{Pattern, pattern};

pub(super) static TYPE: Definition = Definition {
    name: "pattern",
    expected: "a pattern",
    example: "\"[a-z0-9-]+\"",
    // The dialect is a part of what JSON Schema means by it.
    shape: Shape::Scalar {
        schema: |_| json!({ "type": ["string", "number", "boolean"], "format": "regex" }),
    },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

/// Spaces count: the pattern is read as it was written.
pub(super) fn read(text: &str) -> Result<Arc<Pattern>, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    pattern(text).map(Arc::new).map_err(Refusal::Pattern)
}

impl ScalarView for Arc<Pattern> {
    fn shown(&self) -> Shown {
        Shown::Pattern(Arc::clone(self))
    }

    fn facet(&self) -> Option<String> {
        None
    }

    fn searched(&self) -> Option<&str> {
        None
    }

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }
}
