//! `url`: an absolute address on the web, or of another scheme that is safe to link to.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};
use crate::text::address::{is_safe_scheme, scheme};

pub(super) static TYPE: Definition = Definition {
    name: "url",
    expected: "an absolute URL",
    example: "https://shop.example/checkout",
    shape: Shape::Scalar {
        schema: |_| json!({ "type": "string", "pattern": r"^[A-Za-z][-+A-Za-z0-9]+://\S+$" }),
    },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

/// An absolute address.
#[derive(Debug, Clone, PartialEq)]
pub struct Url(pub String);

pub(super) fn read(text: &str) -> Option<Url> {
    let is_absolute = text.split_once("://").is_some_and(|(_, rest)| !rest.is_empty());
    let is_safe = || scheme(text).is_some_and(|scheme| is_safe_scheme(&scheme));
    (is_absolute && !text.contains(char::is_whitespace) && is_safe()).then(|| Url(text.to_owned()))
}

impl Url {
    fn without_scheme(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, rest)| rest)
    }
}

impl ScalarView for Url {
    fn shown(&self) -> Shown {
        let text = self.without_scheme().trim_end_matches('/').to_owned();
        Shown::Link { text, url: self.0.clone() }
    }

    fn facet(&self) -> Option<String> {
        None
    }

    /// Tickets and hosts are in addresses.
    fn searched(&self) -> Option<&str> {
        Some(self.without_scheme())
    }

    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}
