//! When documents have to be reviewed again.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Document, Value};

/// The day until which the last review of a document is good, where it says how long that is.
pub fn due(document: &Document) -> Option<Date> {
    let (Value::Date(day), Value::Duration(interval)) =
        (&document.fields.at("review.last_reviewed")?.value, &document.fields.at("review.interval")?.value)
    else {
        return None;
    };
    let days = interval.seconds / 86_400;
    day.checked_add(days.days()).ok()
}
