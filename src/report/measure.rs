//! The lengths of time that many incidents have, and what can be said of them.

use super::figures::{Cell, Datum, Length};
use super::incident::{Elapsed, Incident};
use super::statistics::{ENOUGH, Lengths};
use crate::model::{DocumentId, Field};

/// What a kind gives a name to, and how long it was in each incident that says it.
#[derive(Debug)]
pub struct Measure<'a> {
    /// The field of the moment at its end.
    pub field: &'a Field,
    /// What it is called.
    pub label: &'a str,
    /// How long it was in each incident that says it, by path.
    pub known: Vec<(Length, DocumentId)>,
    /// The others, and why it is not known.
    pub unknown: Vec<(&'static str, DocumentId)>,
}

impl Measure<'_> {
    /// How long it was in an incident.
    pub fn of(&self, incident: DocumentId) -> Option<(Length, DocumentId)> {
        // Incidents come in the order of their documents.
        let at = self.known.binary_search_by_key(&incident, |(_, document)| *document).ok()?;
        self.known.get(at).copied()
    }
}

/// The lengths of time to which kinds give a name, in the order in which incidents have them.
pub fn measures<'a>(found: &[Incident<'a>]) -> Vec<Measure<'a>> {
    let mut measures: Vec<Measure<'a>> = Vec::new();
    for incident in found {
        for (field, elapsed) in incident.elapsed() {
            let label = field.elapsed.as_ref().map_or("", |elapsed| elapsed.label.as_str());
            let at = measures.iter().position(|measure| measure.label == label).unwrap_or(measures.len());
            if at == measures.len() {
                measures.push(Measure { field, label, known: Vec::new(), unknown: Vec::new() });
            }
            match elapsed {
                Elapsed::Known(length) => measures[at].known.push((length, incident.id)),
                Elapsed::Unknown(why) => measures[at].unknown.push((why, incident.id)),
            }
        }
    }
    measures
}

/// The median, or all values where they are too few for it to mean something.
pub fn length_cell(lengths: Lengths, records: Vec<DocumentId>) -> Cell {
    match lengths.median() {
        None => Cell::missing("none known"),
        Some(median) if lengths.all().len() >= ENOUGH => Cell::from_records(Datum::Length(median), records),
        Some(_) => Cell::from_records(Datum::Lengths(lengths.all().to_vec()), records),
    }
}
