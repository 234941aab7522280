//! The objectives that documents state, and what rows of data say of them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

use super::figures::Figures;
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Field, FieldValues, Role};

/// The set that measurements are rows of, and its columns.
const SET: &str = "slis";
const SERVICE: &str = "service";
const SLO: &str = "slo";
const PERIOD: &str = "period";
const GOOD: &str = "good";
const TOTAL: &str = "total";

/// A share of events that are to be good, in a rolling window.
#[derive(Debug)]
pub struct Objective<'a> {
    /// What states it.
    pub service: DocumentId,
    /// What it is called.
    pub name: &'a str,
    /// The share as it is written, in percent.
    pub percent: &'a str,
    /// The share of events that may be bad, from 0 to 1.
    pub allowed: f64,
    /// How long the window is, in seconds.
    pub window: i64,
}

/// How many events were good in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// The first day of the period.
    pub day: Date,
    /// How many were good.
    pub good: f64,
    /// How many there were.
    pub total: f64,
}

/// Measurements by service and name of the objective, in lower case.
pub type Measurements = BTreeMap<(DocumentId, String), Vec<Measurement>>;

/// The objectives that a report is asked for, in the order of lists. Those that can't be read go to `figures`.
pub fn objectives<'a>(base: &'a KnowledgeBase, scope: &Scope, figures: &mut Figures) -> Vec<Objective<'a>> {
    let mut services: Vec<DocumentId> = base
        .current_documents()
        .filter(|(_, document)| document.kind.path_of(Role::Objectives).is_some())
        .filter(|(id, _)| scope.wants(&base.graph.owners[*id], &[*id]))
        .map(|(id, _)| id)
        .collect();
    base.graph.sort(&mut services);
    let mut found = Vec::new();
    for service in services {
        let document = &base.graph.documents[service];
        let Some(field) = document.kind.field_of(Role::Objectives) else { continue };
        let entries = document.entry_of(Role::Objectives).map(|entry| entry.each()).unwrap_or_default();
        for values in entries.iter().filter_map(|entry| entry.value.object()) {
            match objective(service, field, values) {
                Some(objective) => found.push(objective),
                None => figures.leave_out("an objective has no name, share or window", service),
            }
        }
    }
    found
}

fn objective<'a>(service: DocumentId, field: &Field, values: &'a FieldValues) -> Option<Objective<'a>> {
    let entry = |role: Role| values.get(field.nested(role)?);
    let percent = entry(Role::Objective)?.value.text()?;
    let share = percent.parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share))?;
    Some(Objective {
        service,
        name: entry(Role::Title)?.value.text()?,
        percent,
        allowed: (100.0 - share) / 100.0,
        window: entry(Role::Window)?.value.duration()?.seconds,
    })
}

/// All measurements until the day of a report, each once and in their order.
pub fn measurements(base: &KnowledgeBase, scope: &Scope, figures: &mut Figures) -> Measurements {
    let mut found = Measurements::new();
    let Some(table) = base.data.table(SET) else { return found };
    let mut seen = FxHashSet::default();
    let mut unclear = 0;
    for row in table.rows() {
        let column = |name: &str| table.set.column(name);
        let number = |name: &str| row.number(column(name)?);
        let read = || {
            let key = (row.document(column(SERVICE)?)?, row.text(column(SLO)?)?.to_lowercase());
            // A day is kept as its first moment in UTC.
            let day = row.time(column(PERIOD)?)?.to_zoned(TimeZone::UTC).date();
            let (good, total) = (number(GOOD)?, number(TOTAL)?);
            (good <= total).then_some((key, Measurement { day, good, total }))
        };
        match read() {
            None => unclear += 1,
            // A period that begins on the day of the report has not ended.
            Some((_, measurement)) if measurement.day >= scope.as_of => {}
            Some((key, measurement)) => {
                if seen.insert((key.clone(), measurement.day)) {
                    found.entry(key).or_default().push(measurement);
                }
            }
        }
    }
    if unclear > 0 {
        figures
            .notes
            .push(format!("Rows of {SET} that are left out because a value is absent or wrong: {unclear}."));
    }
    found.values_mut().for_each(|measured| measured.sort_by_key(|measurement| measurement.day));
    found
}

/// How many rows measure what is none of `objectives`.
pub fn unmatched(objectives: &[Objective<'_>], measured: &Measurements) -> usize {
    let is_known = |(service, name): &(DocumentId, String)| {
        objectives.iter().any(|known| known.service == *service && known.name.to_lowercase() == *name)
    };
    measured.iter().filter(|(key, _)| !is_known(key)).map(|(_, rows)| rows.len()).sum()
}

impl Objective<'_> {
    /// The measurements of its periods that begin in the window: the days before that of a report.
    pub fn in_window<'a>(&self, scope: &Scope, measured: &'a Measurements) -> Option<&'a [Measurement]> {
        let rows = measured.get(&(self.service, self.name.to_lowercase()))?;
        let first = scope.as_of.saturating_sub((self.window / 86_400).days());
        Some(&rows[rows.partition_point(|row| row.day < first)..])
    }
}
