//! The text of a single value to what its type means.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::pattern;
use crate::model::{Duration, Field, FieldType, Value};
use crate::text::address::scheme;

/// Schemes that a link may have. Others, such as `javascript`, could run something.
pub const SCHEMES: [&str; 24] = [
    "http", "https", "mailto", "tel", "sms", "sip", "sips", "xmpp", "matrix", "irc", "webcal", "ftp", "sftp",
    "ssh", "git", "vnc", "rdp", "s3", "gs", "slack", "msteams", "zoommtg", "obsidian", "vscode",
];

/// Whether a page may link to an address of this scheme.
pub fn is_safe_scheme(scheme: &str) -> bool {
    SCHEMES.contains(&scheme)
}

/// The value that `text` is for `field`, which is no reference and has no nested fields; none if it is
/// not of the field's type.
pub fn value(text: &str, field: &Field) -> Option<Value> {
    let text = text.trim();
    match field.field_type {
        FieldType::Alert => (!text.is_empty() && !text.contains('\n')).then(|| Value::Alert(text.to_owned())),
        FieldType::Date => (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten().map(Value::Date),
        FieldType::DateTime => datetime(text),
        FieldType::Duration => duration(text).map(Value::Duration),
        FieldType::Number => text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|_| Value::Number(text.to_owned())),
        FieldType::Boolean => match text {
            "true" | "True" => Some(Value::Boolean(true)),
            "false" | "False" => Some(Value::Boolean(false)),
            _ => None,
        },
        FieldType::Choice => {
            field.choices.iter().any(|choice| choice == text).then(|| Value::Text(text.to_owned()))
        }
        FieldType::Url => is_url(text).then(|| Value::Url(text.to_owned())),
        FieldType::Email => is_email(text).then(|| Value::Text(text.to_owned())),
        FieldType::Handle => is_handle(text).then(|| Value::Text(text.to_owned())),
        FieldType::Pattern => pattern(text).ok().map(Arc::new).map(Value::Pattern),
        _ => Some(Value::Text(text.to_owned())),
    }
}

/// What a field holds, as a message says it, and an example.
pub fn expectation(field: &Field) -> (String, String) {
    let (expected, example) = match field.field_type {
        FieldType::Reference => ("the id of a document", "checkout"),
        FieldType::Alert => ("the name of an alert", "CheckoutLatencyHigh"),
        FieldType::Date => ("a date", "2026-03-14"),
        FieldType::DateTime => ("a date and time with its zone", "2026-03-14T02:11:00+01:00"),
        FieldType::Duration => ("a duration", "30m"),
        FieldType::Number => ("a number", "10"),
        FieldType::Boolean => ("`true` or `false`", "true"),
        FieldType::Choice => ("one of the choices", field.choices.first().map_or("", String::as_str)),
        FieldType::Url => ("an absolute URL", "https://shop.example/checkout"),
        FieldType::Email => ("an email address", "oncall@shop.example"),
        FieldType::Handle => ("a handle, an email address or a phone number", "\"#payments-oncall\""),
        FieldType::Pattern => ("a pattern", "\"[a-z0-9-]+\""),
        FieldType::Object | FieldType::Map => ("a group of fields", "{ name: value }"),
        FieldType::Text | FieldType::Any => ("a single value", "some text"),
    };
    let example = match (field.example.as_str(), field.fields.first()) {
        ("", Some(first)) => {
            let required = field.fields.iter().filter(|nested| nested.required);
            let mut nested: Vec<&Field> = required.map(AsRef::as_ref).collect();
            if nested.is_empty() {
                nested.push(first);
            }
            let nested = nested.iter().map(|nested| format!("{}: {}", nested.name, expectation(nested).1));
            format!("{{ {} }}", nested.collect::<Vec<_>>().join(", "))
        }
        ("", None) => example.to_owned(),
        (own, _) => own.to_owned(),
    };
    (expected.to_owned(), example)
}

/// A moment. One without a zone is none: nobody could order it among others.
fn datetime(text: &str) -> Option<Value> {
    text.parse::<Timestamp>().ok().map(|moment| Value::DateTime(moment, text.to_owned()))
}

/// A length of time as ISO 8601 (`PT30M`) or in short (`30m`, `1h 30m`, `28d`). A month counts 30 days,
/// a year 365.
pub fn duration(text: &str) -> Option<Duration> {
    let span: jiff::Span = text.parse().ok()?;
    let days = i64::from(span.get_years()) * 365
        + i64::from(span.get_months()) * 30
        + i64::from(span.get_weeks()) * 7
        + i64::from(span.get_days());
    let within_day = i64::from(span.get_hours()) * 3600 + span.get_minutes() * 60 + span.get_seconds();
    let seconds = days.checked_mul(86_400)?.checked_add(within_day)?;
    (seconds > 0).then_some(Duration { seconds })
}

fn is_url(text: &str) -> bool {
    let well_formed = text.split_once("://").is_some_and(|(_, rest)| !rest.is_empty());
    well_formed
        && !text.contains(char::is_whitespace)
        && scheme(text).is_some_and(|scheme| is_safe_scheme(&scheme))
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    parts.is_some() && !text.contains(char::is_whitespace)
}

fn is_handle(text: &str) -> bool {
    let is_chat = text.strip_prefix(['#', '@']).is_some_and(|name| !name.is_empty() && !name.contains(' '));
    let is_phone =
        text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-() ".contains(&byte));
    is_chat || is_phone || is_email(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_iso_or_short() {
        for (text, seconds) in
            [("30m", 1800), ("PT30M", 1800), ("1h 30m", 5400), ("28d", 2_419_200), ("P1W", 604_800)]
        {
            assert_eq!(duration(text), Some(Duration { seconds }), "{text}");
        }
        for text in ["", "30", "soon", "-30m", "0m", "P999999999999Y"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn schemes_that_run_something_are_unsafe() {
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert!(!is_safe_scheme("javascript") && !is_safe_scheme("data") && is_safe_scheme("https"));
        assert_eq!(scheme("runbooks/a.md"), None);
    }
}
