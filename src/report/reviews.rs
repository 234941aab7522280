//! When documents have to be reviewed again.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Document, Role};

/// The day until which the last review of a document is good, where it says how long that is.
pub fn due(document: &Document) -> Option<Date> {
    let day = document.entry_of(Role::LastReviewed)?.value.date()?;
    let interval = document.entry_of(Role::ReviewInterval)?.value.duration()?;
    let days = interval.seconds / 86_400;
    day.checked_add(days.days()).ok()
}
