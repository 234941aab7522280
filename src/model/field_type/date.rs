//! `date`: a day, such as `2026-03-14`.

use jiff::civil::Date;
use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "date",
    expected: "a date",
    example: "2026-03-14",
    shape: Shape::Scalar {
        schema: |_| json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" }),
    },
    values: Values::Unlimited,
    yaml: YamlForm::Plain,
    now: Some("%Y-%m-%d"),
    is_telling: false,
};

/// The day that `text` names as `2026-03-14`.
pub(super) fn read(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten()
}

/// A day as people read it: `14 Mar 2026`.
pub fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

impl ScalarView for Date {
    fn shown(&self) -> Shown {
        Shown::Time { text: day(*self), iso: self.to_string() }
    }

    fn facet(&self) -> Option<String> {
        None
    }

    fn searched(&self) -> Option<&str> {
        None
    }

    fn text(&self) -> Option<&str> {
        None
    }
}
