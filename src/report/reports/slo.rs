//! What is left of error budgets.

use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Role};
use crate::report::figures::{Cell, Column, Datum, Figures, Length, Row, Table};
use crate::report::incident::{Incident, incidents};
use crate::report::objectives::{Measurement, Measurements, Objective, measurements, objectives, unmatched};
use crate::report::scope::Scope;
use crate::report::statistics::{joined, total};
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let objectives = objectives(base, scope, &mut figures);
    if objectives.is_empty() {
        figures.notes.push("No objective is stated.".to_owned());
        return figures;
    }
    let measured = measurements(base, scope, &mut figures);
    let unmatched = unmatched(&objectives, &measured);
    if unmatched > 0 && scope.squad.is_none() && scope.service.is_none() {
        figures.notes.push(format!("Measurements of objectives that no service states: {unmatched}."));
    }
    let (by_events, by_time): (Vec<&Objective<'_>>, Vec<&Objective<'_>>) =
        objectives.iter().partition(|objective| objective.in_window(scope, &measured).is_some());
    if !by_events.is_empty() {
        figures.tables.push(events(base, scope, &by_events, &measured));
    }
    if !by_time.is_empty() {
        let everything = Scope { squad: None, service: None, from: None, to: None, ..scope.clone() };
        let incidents = incidents(base, &everything, &mut figures);
        figures.tables.push(estimates(base, scope, &by_time, &incidents));
    }
    figures
}

/// The budget of objectives that are measured.
fn events(
    base: &KnowledgeBase,
    scope: &Scope,
    objectives: &[&Objective<'_>],
    measured: &Measurements,
) -> Table {
    let mut columns = head();
    columns.extend([
        Column::new("observed", "Observed"),
        Column::new("events", "Events"),
        Column::new("allowed", "May be bad"),
        Column::new("bad", "Bad"),
        Column::new("spent", "Budget spent"),
        Column::new("left", "Budget left"),
        Column::new("burn", "Burn rate of the last period"),
        Column::length("exhausted", "At that rate a whole budget lasts"),
        Column::new("policy", "What follows"),
    ]);
    let rows = objectives.iter().map(|objective| {
        let rows = objective.in_window(scope, measured).unwrap_or_default();
        let mut cells = begin(objective);
        cells.extend(event_cells(base, objective, rows));
        Row::about(objective.service, cells)
    });
    Table {
        name: "measured".to_owned(),
        title: "Measured".to_owned(),
        columns,
        rows: rows.collect(),
        notes: vec![
            "Counted over the periods that begin in the window, which is the days before that of the report. The \
             budget is a share of the events that were observed, not of those that a whole window may have."
                .to_owned(),
        ],
        chart: None,
    }
}

fn head() -> Vec<Column> {
    vec![
        Column::new("service", "Service"),
        Column::new("name", "Objective"),
        Column::new("objective", "Good events"),
        Column::length("window", "Window"),
    ]
}

fn begin(objective: &Objective<'_>) -> Vec<Cell> {
    let window = Length { seconds: objective.window, is_at_least: false };
    vec![
        Cell::document(objective.service),
        Cell::text(objective.name),
        Cell::text(format!("{} %", objective.percent)),
        Cell::plain(Datum::Length(window)),
    ]
}

fn event_cells(base: &KnowledgeBase, objective: &Objective<'_>, rows: &[Measurement]) -> Vec<Cell> {
    let events: f64 = rows.iter().map(|row| row.total).sum();
    let bad: f64 = rows.iter().map(|row| row.total - row.good).sum();
    let allowed = objective.allowed * events;
    let observed = match rows {
        [] => Cell::missing("no period in the window"),
        [one] => Cell::text(format!("{}, 1 period", one.day)),
        [first, .., last] => Cell::text(format!("{} to {}, {} periods", first.day, last.day, rows.len())),
    };
    let mut cells =
        vec![observed, Cell::text(number(events)), Cell::text(number(allowed)), Cell::text(number(bad))];
    let why = if events == 0.0 {
        Some("no events")
    } else if objective.allowed == 0.0 {
        Some("no event may be bad, so there is no budget")
    } else if allowed < 1.0 {
        Some("insufficient data: the budget is less than one event")
    } else {
        None
    };
    if let Some(why) = why {
        cells.push(Cell::missing(why));
        cells.extend([(); 4].map(|()| Cell::text("")));
        return cells;
    }
    let spent = bad / allowed;
    let rate = rows.iter().rev().find(|row| row.total > 0.0);
    let rate = rate.map_or(0.0, |row| (row.total - row.good) / row.total / objective.allowed);
    cells.extend([
        Cell::text(percent(spent)),
        Cell::text(percent(1.0 - spent)),
        Cell::text(format!("{rate:.2}")),
        exhaustion(objective, rate),
        policy(base, objective.service, spent),
    ]);
    cells
}

/// How long a whole budget lasts at a burn rate: window / rate.
fn exhaustion(objective: &Objective<'_>, rate: f64) -> Cell {
    let seconds = objective.window as f64 / rate;
    // Beyond a century it says nothing.
    match seconds < 3_155_760_000.0 {
        true => Cell::plain(Datum::Length(Length { seconds: seconds.round() as i64, is_at_least: false })),
        false => Cell::missing("nothing is spent"),
    }
}

/// The budget of objectives that nothing measures, as time in which incidents did harm.
fn estimates(
    base: &KnowledgeBase,
    scope: &Scope,
    objectives: &[&Objective<'_>],
    incidents: &[Incident<'_>],
) -> Table {
    let mut columns = head();
    columns.extend([
        Column::length("allowed", "May be bad"),
        Column::length("harm", "Harm in incidents"),
        Column::new("spent", "Budget spent, estimated"),
        Column::new("policy", "What follows"),
    ]);
    let rows = objectives.iter().map(|objective| {
        let mut cells = begin(objective);
        cells.extend(estimate_cells(base, scope, objective, incidents));
        Row::about(objective.service, cells)
    });
    Table {
        name: "estimated".to_owned(),
        title: "Estimated from incidents".to_owned(),
        columns,
        rows: rows.collect(),
        notes: vec![
            "An estimate: nothing measures these objectives. All harm of an incident counts as if no event had been \
             good, against each objective of a service that it hurt. What overlaps counts once."
                .to_owned(),
        ],
        chart: None,
    }
}

fn estimate_cells(
    base: &KnowledgeBase,
    scope: &Scope,
    objective: &Objective<'_>,
    incidents: &[Incident<'_>],
) -> Vec<Cell> {
    let end = scope.end().as_second();
    let start = end - objective.window;
    let mut records: Vec<DocumentId> = Vec::new();
    let mut is_at_least = false;
    let mut spans = Vec::new();
    for incident in incidents.iter().filter(|incident| incident.services.contains(&objective.service)) {
        let Some((from, to, is_open)) = incident.harm() else { continue };
        if from < end && to > start {
            spans.push((from.max(start), to.min(end)));
            records.push(incident.id);
            is_at_least |= is_open;
        }
    }
    let seconds = total(&joined(spans));
    let allowed = objective.allowed * objective.window as f64;
    let budget = Length { seconds: allowed.round() as i64, is_at_least: false };
    let mut cells = vec![
        Cell::plain(Datum::Length(budget)),
        Cell::from_records(Datum::Length(Length { seconds, is_at_least }), records),
    ];
    if objective.allowed == 0.0 {
        let why = "nothing may be bad, so there is no budget";
        cells.extend([Cell::missing(why), Cell::missing(why)]);
        return cells;
    }
    let spent = seconds as f64 / allowed;
    let at_least = if is_at_least { "at least " } else { "" };
    cells.extend([
        Cell::text(format!("{at_least}{}", percent(spent))),
        policy(base, objective.service, spent),
    ]);
    cells
}

/// What the policy of a service says once a budget is spent.
fn policy(base: &KnowledgeBase, service: DocumentId, spent: f64) -> Cell {
    if spent < 1.0 {
        return Cell::text("within budget");
    }
    let document = &base.graph.documents[service];
    document
        .text_of(Role::BudgetPolicy)
        .map_or_else(|| Cell::missing("spent, and no policy is written"), Cell::text)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A number of events: whole, or with one digit where it is small.
fn number(events: f64) -> String {
    if events.fract() == 0.0 || events >= 100.0 { format!("{events:.0}") } else { format!("{events:.1}") }
}
