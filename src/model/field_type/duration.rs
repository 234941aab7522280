//! `duration`: a length of time, such as `30m` or `PT30M`.

use serde_json::json;

use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "duration",
    expected: "a duration",
    example: "30m",
    shape: Shape::Scalar { schema: |_| json!({ "type": "string", "pattern": PATTERN }) },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    now: None,
    is_telling: false,
};

const PATTERN: &str = r"^\+?([Pp]|\d+([.,]\d+)?\s*[ymwdhsunµYMWDHSUN]|\d+:)";

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    /// In seconds.
    pub seconds: i64,
}

impl Duration {
    /// The length of time that a text says, as fields of this type have it.
    pub fn of(text: &str) -> Option<Self> {
        read(text)
    }
}

/// ISO 8601 (`PT30M`), or short (`30m`, `1h 30m`, `28d`). A month counts 30 days, a year 365.
pub(super) fn read(text: &str) -> Option<Duration> {
    let span: jiff::Span = text.parse().ok()?;
    let days = i64::from(span.get_years()) * 365
        + i64::from(span.get_months()) * 30
        + i64::from(span.get_weeks()) * 7
        + i64::from(span.get_days());
    let within_day = i64::from(span.get_hours()) * 3600 + span.get_minutes() * 60 + span.get_seconds();
    let seconds = days.checked_mul(86_400)?.checked_add(within_day)?;
    (seconds > 0).then_some(Duration { seconds })
}

/// A length of time in its two largest units: `1 h 30 min`.
pub fn length(seconds: i64) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units {
        if rest >= size && parts.len() < 2 {
            parts.push(format!("{} {unit}", rest / size));
            rest %= size;
        }
    }
    if parts.is_empty() { "0 min".to_owned() } else { parts.join(" ") }
}

impl ScalarView for Duration {
    fn shown(&self) -> Shown {
        Shown::Text(length(self.seconds))
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

#[cfg(test)]
mod tests {
    use super::{Duration, length, read};

    #[test]
    fn durations_are_iso_or_short() {
        for (text, seconds) in
            [("30m", 1800), ("PT30M", 1800), ("1h 30m", 5400), ("28d", 2_419_200), ("P1W", 604_800)]
        {
            assert_eq!(read(text), Some(Duration { seconds }), "{text}");
        }
        for text in ["", "30", "soon", "-30m", "0m", "P999999999999Y"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_read_as_people_write_them() {
        assert_eq!(length(5400), "1 h 30 min");
        assert_eq!(length(28 * 86_400), "28 d");
    }
}
