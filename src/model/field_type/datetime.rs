//! `datetime`: a moment with its zone, such as `2026-03-14T02:11:00+01:00`.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use serde_json::json;

use super::date::day;
use super::definition::{Definition, Shape, Values, YamlForm};
use super::scalar_view::{ScalarView, Shown};

pub(super) static TYPE: Definition = Definition {
    name: "datetime",
    expected: "a date and time with its zone",
    example: "2026-03-14T02:11:00+01:00",
    shape: Shape::Scalar { schema: |_| json!({ "type": "string", "pattern": PATTERN }) },
    values: Values::Unlimited,
    yaml: YamlForm::Text,
    // The second is not known to an author.
    now: Some("%Y-%m-%dT%H:%M:00%:z"),
    is_telling: true,
};

const PATTERN: &str = r"^[-+]?\d{4,6}-?\d{2}-?\d{2}[Tt ]\d{2}.*([Zz]|[-+]\d{2}.*)$";

/// A moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// When it is.
    pub at: Timestamp,
    /// As it was written, its zone included.
    pub written: String,
}

/// Reads a time with a zone. Without one, it can't be put in order with others.
pub(super) fn read(text: &str) -> Option<Moment> {
    text.parse().ok().map(|at| Moment { at, written: text.to_owned() })
}

impl ScalarView for Moment {
    fn shown(&self) -> Shown {
        let (day, time) = day_and_time(&self.written);
        let text = if time.is_empty() { day } else { format!("{day}, {time}") };
        Shown::Time { text, iso: self.written.clone() }
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

/// A moment in the zone that it was written in, as people read it: `14 Mar 2026` and `02:11 UTC+1`.
pub fn day_and_time(written: &str) -> (String, String) {
    let Ok(pieces) = Pieces::parse(written) else { return (written.to_owned(), String::new()) };
    let time = pieces.time().unwrap_or_default().strftime("%H:%M").to_string();
    let minutes = pieces.to_numeric_offset().map_or(0, |offset| offset.seconds() / 60);
    let zone = match (minutes / 60, (minutes % 60).abs()) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{hours:+}"),
        (hours, minutes) => format!("UTC{hours:+}:{minutes:02}"),
    };
    (day(pieces.date()), format!("{time} {zone}"))
}

#[cfg(test)]
mod tests {
    use super::day_and_time;

    #[test]
    fn moments_read_as_people_write_them() {
        let parts = |day: &str, time: &str| (day.to_owned(), time.to_owned());
        assert_eq!(day_and_time("2026-03-14T02:11:00+01:00"), parts("14 Mar 2026", "02:11 UTC+1"));
        assert_eq!(day_and_time("2026-03-14T02:11:00Z"), parts("14 Mar 2026", "02:11 UTC"));
    }
}
