//! `email`: an email address. Once read, it is text.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "email",
    expected: "an email address",
    example: "oncall@shop.example",
    shape: Shape::Scalar { schema: |_| json!({ "type": "string", "pattern": format!("^{PATTERN}$") }) },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

/// What an email address looks like in a JSON Schema.
pub(super) const PATTERN: &str = r"[^@\s]+@\S*\.\S*";

pub(super) fn read(text: &str) -> Option<String> {
    is_email(text).then(|| text.to_owned())
}

pub(super) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    parts.is_some() && !text.contains(char::is_whitespace)
}
