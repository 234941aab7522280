//! When documents have to be reviewed again.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Document;

/// The day until which the last review of a document is good, where it says how long that is.
pub fn due(document: &Document) -> Option<Date> {
    let day = document.fields.at("review.last_reviewed")?.value.date()?;
    let interval = document.fields.at("review.interval")?.value.duration()?;
    let days = interval.seconds / 86_400;
    day.checked_add(days.days()).ok()
}
