//! Moments and lengths of time as pages show them.

use super::view::{DurationView, MomentView};
use crate::model::Document;
use crate::model::field_type::{day_and_time, length};
use crate::report::durations;

/// The moments of a document in the order of time.
pub(super) fn moments(document: &Document) -> Vec<MomentView> {
    let found = durations::moments(document);
    let seconds: Vec<i64> = found.iter().map(|moment| moment.at.as_second()).collect();
    let (first, last) = (seconds.first().copied().unwrap_or(0), seconds.last().copied().unwrap_or(0));
    let views = found.iter().enumerate().map(|(index, moment)| {
        let (day, time) = day_and_time(moment.written);
        let before = index.checked_sub(1).map(|before| length(seconds[index] - seconds[before]));
        MomentView {
            name: moment.field.name.clone(),
            label: moment.field.label.clone(),
            time,
            day,
            iso: moment.written.to_owned(),
            after: before.unwrap_or_default(),
            at: (seconds[index] - first) * 1000 / (last - first).max(1),
        }
    });
    views.collect()
}

/// The lengths of time that have a name.
pub(super) fn durations(document: &Document) -> Vec<DurationView> {
    let views = durations::durations(document).into_iter().map(|interval| DurationView {
        name: interval.until.name.clone(),
        label: interval.label.to_owned(),
        since: interval.since.map(|field| field.label.clone()).unwrap_or_default(),
        text: length(interval.seconds),
        seconds: interval.seconds,
    });
    views.collect()
}
