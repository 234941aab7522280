//! How often services are deployed, how long changes take, and how often deployments fail.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;
use crate::report::deployments::{Deployment, deployments};
use crate::report::figures::{Bar, Cell, Chart, Column, Datum, Figures, Length, Row, Table};
use crate::report::scope::Scope;
use crate::report::statistics::{ENOUGH, Lengths};
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let found = deployments(base, scope, &mut figures);
    if found.is_empty() {
        figures.notes.push("There are no deployments in the data.".to_owned());
        return figures;
    }
    figures.notes.extend(notes(&found));
    let tables =
        [services(base, scope, &found), squads(base, &found), months(scope, &found), failed(scope, &found)];
    figures.tables.extend(tables.into_iter().filter(|table| !table.rows.is_empty()));
    figures
}

fn notes(found: &[Deployment]) -> Vec<String> {
    let mut notes = vec!["Times are elapsed time. Nothing is added up over services but counts.".to_owned()];
    let failures = || found.iter().filter_map(|deployment| deployment.failure);
    let attested = failures().filter(|failure| failure.is_attested).count();
    if attested > 0 {
        notes.push(format!(
            "Deployments that count as failed only because an incident names them: {attested}."
        ));
    }
    let by_incident = failures().filter(|failure| failure.is_by_incident).count();
    if by_incident > 0 {
        notes.push(format!("Recovery times that end when an incident was mitigated: {by_incident}."));
    }
    let open = failures().filter(|failure| failure.recovered.is_none()).count();
    if open > 0 {
        notes.push(format!(
            "Failed deployments without a time of recovery, which last at least until now: {open}."
        ));
    }
    notes
}

/// Deployments by a document that they have to do with, in the order of lists.
fn grouped<'a>(
    base: &KnowledgeBase,
    found: &'a [Deployment],
    by: impl Fn(&'a Deployment) -> &'a [DocumentId],
) -> Vec<(DocumentId, Vec<&'a Deployment>)> {
    let mut groups: BTreeMap<DocumentId, Vec<&Deployment>> = BTreeMap::new();
    for deployment in found {
        by(deployment).iter().for_each(|&document| groups.entry(document).or_default().push(deployment));
    }
    let mut order: Vec<DocumentId> = groups.keys().copied().collect();
    base.graph.sort(&mut order);
    order.into_iter().filter_map(|document| Some((document, groups.remove(&document)?))).collect()
}

fn services(base: &KnowledgeBase, scope: &Scope, found: &[Deployment]) -> Table {
    let columns = vec![
        Column::new("service", "Service"),
        Column::new("deployments", "Deployments"),
        Column::length("interval", "Time between two"),
        Column::length("lead_time", "Change lead time"),
        Column::new("lead_time_known", "Known of all"),
        Column::new("failed", "Change fail rate"),
        Column::length("recovery", "Failed deployment recovery time"),
        Column::new("rework", "Deployment rework rate"),
    ];
    let groups = grouped(base, found, |deployment| std::slice::from_ref(&deployment.service));
    let rows = groups.into_iter().map(|(service, own)| {
        let leads = own.iter().filter_map(|deployment| Some(length(deployment.committed?, deployment.at)));
        let leads: Vec<Length> = leads.collect();
        let known = Datum::Share { part: leads.len(), of: own.len() };
        let failed: Vec<&Deployment> = own.iter().copied().filter(|own| own.failure.is_some()).collect();
        let incidents = failed.iter().filter_map(|deployment| deployment.failure?.incident).collect();
        let rework = own.iter().filter(|deployment| deployment.is_rework).count();
        let recoveries = failed.iter().map(|deployment| recovery(scope, deployment)).collect();
        Row::about(
            service,
            vec![
                Cell::document(service),
                Cell::plain(Datum::Count(own.len())),
                interval(&own),
                middle(leads, "not known"),
                Cell::plain(known),
                rate(failed.len(), own.len(), incidents),
                middle(recoveries, "none failed"),
                rate(rework, own.len(), Vec::new()),
            ],
        )
    });
    let notes =
        vec!["Of six values or more the median, of fewer all values. Rates need six deployments.".to_owned()];
    Table {
        name: "services".to_owned(),
        title: "By service".to_owned(),
        columns,
        rows: rows.collect(),
        notes,
        chart: None,
    }
}

/// The time from one moment to a later one.
fn length(from: jiff::Timestamp, to: jiff::Timestamp) -> Length {
    Length { seconds: to.as_second() - from.as_second(), is_at_least: false }
}

/// How long it took until a service was well again.
fn recovery(scope: &Scope, deployment: &Deployment) -> Length {
    let recovered = deployment.failure.and_then(|failure| failure.recovered);
    let end = recovered.unwrap_or_else(|| scope.start_of(scope.as_of).max(deployment.at));
    let Length { seconds, .. } = length(deployment.at, end);
    Length { seconds: seconds.max(0), is_at_least: recovered.is_none() }
}

/// The median of the times between two deployments.
fn interval(own: &[&Deployment]) -> Cell {
    let between = own.windows(2).map(|pair| length(pair[0].at, pair[1].at));
    match Lengths::new(between.collect()) {
        lengths if lengths.all().len() < ENOUGH => Cell::missing("insufficient data"),
        lengths => {
            lengths.median().map_or_else(|| Cell::missing(""), |median| Cell::plain(Datum::Length(median)))
        }
    }
}

/// The median, or all values where they are too few for it to mean something.
fn middle(lengths: Vec<Length>, otherwise: &str) -> Cell {
    let lengths = Lengths::new(lengths);
    match lengths.median() {
        None => Cell::missing(otherwise),
        Some(median) if lengths.all().len() >= ENOUGH => Cell::plain(Datum::Length(median)),
        Some(_) => Cell::plain(Datum::Lengths(lengths.all().to_vec())),
    }
}

/// Some of all deployments, where there are enough for a share of them to mean something.
fn rate(part: usize, of: usize, records: Vec<DocumentId>) -> Cell {
    match of < ENOUGH {
        true => Cell::from_records(Datum::Missing(format!("insufficient data: {part} of {of}")), records),
        false => Cell::from_records(Datum::Share { part, of }, records),
    }
}

/// What squads have deployed. There are no rates: they would hide one service behind another.
fn squads(base: &KnowledgeBase, found: &[Deployment]) -> Table {
    let columns = vec![
        Column::new("squad", "Squad"),
        Column::new("services", "Services"),
        Column::new("deployments", "Deployments"),
        Column::new("failed", "Failed"),
        Column::new("rework", "Rework"),
    ];
    let rows = grouped(base, found, |deployment| &deployment.owners).into_iter().map(|(squad, own)| {
        let services = own.iter().map(|deployment| deployment.service).collect::<Vec<_>>();
        let failed = own.iter().filter_map(|deployment| deployment.failure);
        let mut distinct = services;
        distinct.sort_unstable();
        distinct.dedup();
        let count = |count: usize| Cell::plain(Datum::Count(count));
        Row::about(
            squad,
            vec![
                Cell::document(squad),
                Cell::count(distinct),
                count(own.len()),
                Cell::counted(
                    failed.clone().count(),
                    failed.filter_map(|failure| failure.incident).collect(),
                ),
                count(own.iter().filter(|deployment| deployment.is_rework).count()),
            ],
        )
    });
    let notes = vec!["Counts only: a rate over services would hide one behind another.".to_owned()];
    Table {
        name: "squads".to_owned(),
        title: "By squad".to_owned(),
        columns,
        rows: rows.collect(),
        notes,
        chart: None,
    }
}

fn months(scope: &Scope, found: &[Deployment]) -> Table {
    let mut groups: BTreeMap<Date, Vec<&Deployment>> = BTreeMap::new();
    for deployment in found {
        groups.entry(scope.day(deployment.at).first_of_month()).or_default().push(deployment);
    }
    let named = |month: &Date| month.strftime("%Y-%m").to_string();
    let bars = groups.iter().map(|(month, own)| Bar { label: named(month), count: own.len() }).collect();
    let rows = groups.iter().map(|(month, own)| {
        let failed = own.iter().filter_map(|deployment| deployment.failure);
        Row::new(vec![
            Cell::text(named(month)),
            Cell::plain(Datum::Count(own.len())),
            Cell::counted(failed.clone().count(), failed.filter_map(|failure| failure.incident).collect()),
            Cell::plain(Datum::Count(own.iter().filter(|deployment| deployment.is_rework).count())),
        ])
    });
    Table {
        name: "months".to_owned(),
        title: "By month".to_owned(),
        columns: vec![
            Column::new("month", "Month"),
            Column::new("deployments", "Deployments"),
            Column::new("failed", "Failed"),
            Column::new("rework", "Rework"),
        ],
        rows: rows.collect(),
        notes: vec!["A month without deployments has no row.".to_owned()],
        chart: Some(Chart::Bars(bars)),
    }
}

/// The deployments that failed, the latest first.
fn failed(scope: &Scope, found: &[Deployment]) -> Table {
    let rows = found.iter().rev().filter_map(|deployment| {
        let failure = deployment.failure?;
        Some(Row::about(
            deployment.service,
            vec![
                Cell::text(&deployment.name),
                Cell::plain(Datum::Day(scope.day(deployment.at))),
                Cell::plain(Datum::Length(recovery(scope, deployment))),
                failure.incident.map_or_else(|| Cell::missing("none"), Cell::document),
            ],
        ))
    });
    Table {
        name: "failed".to_owned(),
        title: "Those that failed".to_owned(),
        columns: vec![
            Column::new("deployment", "Deployment"),
            Column::new("day", "Deployed on"),
            Column::length("recovery", "Until recovery"),
            Column::new("incident", "Incident"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
