//! `handle`: a chat handle, an email address or a phone number. Once read, it is text.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::email::{self, is_email};

pub(super) static TYPE: Definition = Definition {
    name: "handle",
    expected: "a handle, an email address or a phone number",
    example: "\"#payments-oncall\"",
    shape: Shape::Scalar {
        schema: |_| {
            let pattern = format!("^([#@][^ ]+|[-0-9+() ]{{5,}}|{})$", email::PATTERN);
            json!({ "type": ["string", "integer"], "pattern": pattern })
        },
    },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

pub(super) fn read(text: &str) -> Option<String> {
    let is_chat = text.strip_prefix(['#', '@']).is_some_and(|name| !name.is_empty() && !name.contains(' '));
    let is_phone =
        text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-() ".contains(&byte));
    (is_chat || is_phone || is_email(text)).then(|| text.to_owned())
}
