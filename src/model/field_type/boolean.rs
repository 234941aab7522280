//! `boolean`: `true` or `false`. People read `yes` and `no`.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "boolean",
    expected: "`true` or `false`",
    example: "true",
    shape: Shape::Scalar {
        schema: |_| json!({ "type": ["boolean", "string"], "pattern": "^([Tt]rue|[Ff]alse)$" }),
    },
    values: Values::Fixed(&["true", "false"]),
    yaml: YamlForm::Plain,
    now: None,
    is_telling: false,
};

/// The boolean that `text` spells.
pub(super) fn read(text: &str) -> Option<bool> {
    match text {
        "true" | "True" => Some(true),
        "false" | "False" => Some(false),
        _ => None,
    }
}

fn word(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

impl ScalarView for bool {
    fn shown(&self) -> Shown {
        Shown::Text(word(*self))
    }

    fn facet(&self) -> Option<String> {
        Some(word(*self))
    }

    fn searched(&self) -> Option<&str> {
        None
    }

    /// What `when:` and `settled_by:` of a kind write.
    fn text(&self) -> Option<&str> {
        Some(if *self { "true" } else { "false" })
    }
}
