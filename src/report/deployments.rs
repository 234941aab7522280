//! What rows of data tell of deployments, and what incidents add to that.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::figures::Figures;
use super::incident::{Incident, incidents};
use super::scope::Scope;
use crate::graph::data::{LinkedRow, Table};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Field, FieldValues};

/// The set that deployments are rows of, and its columns.
const SET: &str = "deployments";
const SERVICE: &str = "service";
const AT: &str = "at";
const COMMITTED_AT: &str = "committed_at";
const OUTCOME: &str = "outcome";
const FAILED: &str = "failed";
const RECOVERED_AT: &str = "recovered_at";
const REWORK: &str = "rework";
const INCIDENT: &str = "incident";

/// A deployment to production, as far as it was known on the day of a report.
#[derive(Debug)]
pub struct Deployment {
    /// Its name among all deployments.
    pub name: String,
    /// What was deployed.
    pub service: DocumentId,
    /// Whose that is.
    pub owners: Vec<DocumentId>,
    /// When it ran in production.
    pub at: Timestamp,
    /// When the change was committed.
    pub committed: Option<Timestamp>,
    /// Whether it needed immediate intervention.
    pub failure: Option<Failure>,
    /// Whether it was only made because of an incident.
    pub is_rework: bool,
}

/// A deployment that needed immediate intervention.
#[derive(Debug, Clone, Copy, Default)]
pub struct Failure {
    /// When the service was well again.
    pub recovered: Option<Timestamp>,
    /// Whether that is when an incident was mitigated, because the row does not say it.
    pub is_by_incident: bool,
    /// The incident that it caused.
    pub incident: Option<DocumentId>,
    /// Whether the row says that it succeeded, and an incident names it as its cause.
    pub is_attested: bool,
}

/// The deployments that a report is asked for, in the order in which they were made. What was not counted is said in the
/// notes of `figures`.
pub fn deployments(base: &KnowledgeBase, scope: &Scope, figures: &mut Figures) -> Vec<Deployment> {
    let Some(table) = base.data.table(SET) else { return Vec::new() };
    let caused = caused(base, table);
    // An incident counts whenever it was, and whatever else it is about.
    let everything = Scope { squad: None, service: None, from: None, to: None, ..scope.clone() };
    let incidents = incidents(base, &everything, &mut Figures::default());
    let mut seen = FxHashSet::default();
    let (mut found, mut repeated, mut unclear, mut later) = (Vec::new(), 0, 0, 0);
    for row in table.rows() {
        let name = table.name(*row);
        let Some((service, at)) = column(table, SERVICE)
            .and_then(|at| row.document(at))
            .zip(column(table, AT).and_then(|at| row.time(at)))
        else {
            unclear += 1;
            continue;
        };
        let owners = &base.graph.owners[service];
        if !scope.wants(owners, &[service]) || !scope.holds(scope.day(at)) {
            continue;
        }
        if at >= scope.end() {
            later += 1;
            continue;
        }
        if !seen.insert(name.clone()) {
            repeated += 1;
            continue;
        }
        let time = |name: &str| row.time(column(table, name)?).filter(|time| *time < scope.end());
        found.push(Deployment {
            failure: failure(table, row, caused.get(&name).copied(), &incidents, time(RECOVERED_AT)),
            is_rework: column(table, REWORK).and_then(|at| row.boolean(at)).unwrap_or_default(),
            committed: time(COMMITTED_AT).filter(|committed| *committed <= at),
            owners: owners.clone(),
            name,
            service,
            at,
        });
    }
    found.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
    let reasons = [
        (repeated, "they repeat a row"),
        (unclear, "their service or time is not known"),
        (later, "they are later than the day of the report"),
    ];
    for (rows, reason) in reasons.into_iter().filter(|(rows, _)| *rows > 0) {
        figures.notes.push(format!("Rows of {SET} that are left out because {reason}: {rows}."));
    }
    found
}

fn column(table: &Table, name: &str) -> Option<usize> {
    table.set.column(name)
}

/// What a row and an incident say of its failure.
fn failure(
    table: &Table,
    row: LinkedRow<'_>,
    caused: Option<DocumentId>,
    incidents: &[Incident<'_>],
    recovered: Option<Timestamp>,
) -> Option<Failure> {
    let has_failed = column(table, OUTCOME).and_then(|at| row.text(at)) == Some(FAILED);
    if !has_failed && caused.is_none() {
        return None;
    }
    let incident = caused.or_else(|| row.document(column(table, INCIDENT)?));
    let mitigated = || {
        let known = incidents.iter().find(|known| Some(known.id) == incident)?;
        known.mitigated.or(known.resolved)
    };
    let by_incident = if recovered.is_none() { mitigated() } else { None };
    Some(Failure {
        recovered: recovered.or(by_incident),
        is_by_incident: by_incident.is_some(),
        incident,
        is_attested: !has_failed,
    })
}

/// The deployments that documents name as their cause, each with the first such document.
fn caused(base: &KnowledgeBase, table: &Table) -> BTreeMap<String, DocumentId> {
    let mut named: Vec<(&str, DocumentId)> = Vec::new();
    for (id, document) in base.documents().filter(|(_, document)| document.is_complete()) {
        names(&document.kind.fields, &document.fields, &mut |name| named.push((name, id)));
    }
    let rows = table.named(&named.iter().map(|(name, _)| *name).collect());
    let mut caused = BTreeMap::new();
    for (name, document) in named {
        let mut keys = rows.get(name).into_iter().flatten().map(|row| table.name(**row));
        let Some(first) = keys.next() else { continue };
        // A name that several deployments have says nothing.
        if keys.all(|other| other == first) {
            caused.entry(first).or_insert(document);
        }
    }
    caused
}

/// Calls `see` with each name of a deployment among the outer fields of a document.
fn names<'a>(fields: &[std::sync::Arc<Field>], values: &'a FieldValues, see: &mut impl FnMut(&'a str)) {
    for field in fields.iter().filter(|field| field.row_of.as_deref() == Some(SET)) {
        let entries = values.get(&field.name).map(|entry| entry.each()).unwrap_or_default();
        entries.iter().filter_map(|entry| entry.value.text()).for_each(&mut *see);
    }
}
