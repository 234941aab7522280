//! How many incidents there were, and how long they took.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Field, OwnerRole, Role};
use crate::report::figures::{Bar, Cell, Chart, Column, Datum, Figures, Lane, Length, Row, Table};
use crate::report::incident::{self, Elapsed, Incident, incidents};
use crate::report::measure::{Measure, length_cell, measures};
use crate::report::scope::Scope;
use crate::report::statistics::{ENOUGH, Lengths, joined, total};
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let found = incidents(base, scope, &mut figures);
    figures.notes = notes(scope, &found);
    if found.is_empty() {
        return figures;
    }
    let measures = measures(&found);
    figures.tables.push(months(base, scope, &found));
    let table = lengths(&measures, &mut figures);
    figures.tables.push(table);
    if let Some(field) = incident::field(base, Role::Level) {
        figures.tables.push(by_level(base, field, &found, &measures));
    }
    let table = by_service(base, &found, &mut figures);
    figures.tables.push(table);
    for role in [Role::Cause, Role::DetectedBy] {
        if let Some(field) = incident::field(base, role) {
            let table = by_word(field, role, &found, &mut figures);
            figures.tables.push(table);
        }
    }
    let table = nights(base, scope, &found, &mut figures);
    figures.tables.push(table);
    figures.tables.push(list(base, scope, &found, &measures));
    figures
}

fn notes(scope: &Scope, found: &[Incident<'_>]) -> Vec<String> {
    let mut notes = vec![
        "Lengths of time are elapsed time, at night and at weekends too.".to_owned(),
        format!("Days and nights are those of the zone {}.", scope.zone.name),
    ];
    let open = found.iter().filter(|incident| incident.is_open()).count();
    if open > 0 {
        let (were, last) = if open == 1 { ("was", "it lasts") } else { ("were", "they last") };
        notes.push(format!(
            "{open} of {} {were} not over on {}: {last} at least as long as is said.",
            found.len(),
            scope.as_of
        ));
    }
    notes
}

/// Months without incidents are shown too, unless a slip in a date would make too many of them.
const MOST_MONTHS: usize = 120;

/// More levels than these do not fit beside each other.
const MOST_LEVELS: usize = 12;

fn months(base: &KnowledgeBase, scope: &Scope, found: &[Incident<'_>]) -> Table {
    let month = |incident: &Incident<'_>| scope.day(incident.detected).first_of_month();
    let mut rows: BTreeMap<Date, Vec<&Incident<'_>>> = BTreeMap::new();
    for incident in found {
        rows.entry(month(incident)).or_default().push(incident);
    }
    if let (Some((&first, _)), Some((&last, _))) = (rows.first_key_value(), rows.last_key_value()) {
        let next = |day: &Date| day.checked_add(1.month()).ok().filter(|day| *day < last);
        let all: Vec<Date> = std::iter::successors(Some(first), next).take(MOST_MONTHS + 1).collect();
        if all.len() <= MOST_MONTHS {
            for month in all {
                rows.entry(month).or_default();
            }
        }
    }
    let mut levels = levels(base, found);
    if levels.len() > MOST_LEVELS {
        levels.clear();
    }
    let mut columns = vec![Column::new("month", "Month"), count_column(base)];
    columns.extend(levels.iter().map(|&level| {
        let document = &base.graph.documents[level];
        Column::new(&document.id, &document.title)
    }));
    columns.push(Column::new("open", "Not over"));
    let bars = rows.iter().map(|(month, incidents)| Bar { label: named(*month), count: incidents.len() });
    let chart = Some(Chart::Bars(bars.collect()));
    let rows = rows.into_iter().map(|(month, incidents)| {
        let ids = |wanted: &dyn Fn(&Incident<'_>) -> bool| {
            incidents.iter().filter(|incident| wanted(incident)).map(|incident| incident.id).collect()
        };
        let mut cells = vec![Cell::text(named(month)), Cell::count(ids(&|_| true))];
        cells.extend(levels.iter().map(|&level| Cell::count(ids(&|incident| incident.level == Some(level)))));
        cells.push(Cell::count(ids(&|incident| incident.is_open())));
        Row::new(cells)
    });
    let notes =
        vec!["An incident counts in the month in which it was noticed, with all of its time.".to_owned()];
    Table {
        name: "months".to_owned(),
        title: "By month".to_owned(),
        columns,
        rows: rows.collect(),
        notes,
        chart,
    }
}

fn named(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

/// The column with the number of incidents, as their kind calls several of them.
fn count_column(base: &KnowledgeBase) -> Column {
    let plural = incident::kinds(base).next().map_or("Documents", |kind| kind.plural.as_str());
    Column::new("count", plural)
}

/// The levels that occur, in their order.
fn levels(base: &KnowledgeBase, found: &[Incident<'_>]) -> Vec<DocumentId> {
    let mut levels: Vec<DocumentId> = found.iter().filter_map(|incident| incident.level).collect();
    levels.sort_unstable();
    levels.dedup();
    base.graph.sort(&mut levels);
    levels
}

/// Each length of time that has a name: how often it is known, and what can be said of it.
fn lengths(measures: &[Measure<'_>], figures: &mut Figures) -> Table {
    let mut columns = vec![
        Column::new("measure", "Time"),
        Column::new("count", "Known of all"),
        Column::length("median", "Median"),
        Column::length("p90", "90th percentile"),
        Column::length("longest", "Longest"),
        Column::length("values", "All values, where there are fewer than six"),
    ];
    let mut rows = Vec::new();
    for measure in measures {
        for (why, document) in &measure.unknown {
            figures.leave_out(format!("{}: {why}", measure.label), *document);
        }
        let lengths = Lengths::new(measure.known.iter().map(|(length, _)| *length).collect());
        let records: Vec<DocumentId> = measure.known.iter().map(|(_, document)| *document).collect();
        let of = measure.known.len() + measure.unknown.len();
        let of_enough = |length: Option<Length>| match length {
            Some(length) if records.len() >= ENOUGH => Cell::plain(Datum::Length(length)),
            _ => Cell::missing("fewer than six"),
        };
        let longest = lengths.longest();
        let is_longest = |(length, _): &&(Length, DocumentId)| {
            longest.is_some_and(|longest| longest.seconds == length.seconds)
        };
        let longest_of = measure.known.iter().filter(is_longest).map(|(_, document)| *document).collect();
        rows.push(Row::new(vec![
            Cell::text(measure.label),
            Cell::share(records.clone(), of),
            of_enough(lengths.median()),
            of_enough(lengths.percentile(90)),
            longest.map_or_else(
                || Cell::missing("none known"),
                |length| Cell::from_records(Datum::Length(length), longest_of),
            ),
            match lengths.all() {
                few if few.len() < ENOUGH => Cell::plain(Datum::Lengths(few.to_vec())),
                _ => Cell::text(""),
            },
        ]));
    }
    let are_few = |measure: &Measure<'_>| measure.known.len() < ENOUGH;
    if !measures.iter().any(are_few) {
        columns.pop();
        rows.iter_mut().for_each(|row| drop(row.cells.pop()));
    }
    let lanes =
        measures.iter().map(|measure| Lane { label: measure.label.to_owned(), dots: measure.known.clone() });
    let notes = vec![
        "There is no mean: a few long incidents would decide it. The median is the value in the middle."
            .to_owned(),
    ];
    Table {
        name: "lengths".to_owned(),
        title: "How long it took".to_owned(),
        columns,
        rows,
        notes,
        chart: Some(Chart::Dots(lanes.collect())),
    }
}

fn by_level(base: &KnowledgeBase, field: &Field, found: &[Incident<'_>], measures: &[Measure<'_>]) -> Table {
    let mut columns =
        vec![Column::new(&field.name, &field.label), count_column(base), Column::new("open", "Not over")];
    columns.extend(measures.iter().map(|measure| Column::length(&measure.field.name, measure.label)));
    let mut groups: BTreeMap<DocumentId, Vec<&Incident<'_>>> = BTreeMap::new();
    for incident in found {
        if let Some(level) = incident.level {
            groups.entry(level).or_default().push(incident);
        }
    }
    let rows = levels(base, found).into_iter().map(|level| {
        let mut cells = vec![Cell::document(level)];
        cells.extend(counts(&groups[&level], found.len()));
        cells.extend(measures.iter().map(|measure| {
            let known = groups[&level].iter().filter_map(|incident| measure.of(incident.id));
            let (lengths, records) = known.unzip();
            length_cell(Lengths::new(lengths), records)
        }));
        Row::about(level, cells)
    });
    let rows = rows.collect();
    let notes = vec!["Of six incidents or more the median, of fewer all values.".to_owned()];
    Table { name: field.name.clone(), title: by(&field.label), columns, rows, notes, chart: None }
}

/// How many of all incidents these are, and how many of them were not over.
fn counts(some: &[&Incident<'_>], of: usize) -> [Cell; 2] {
    let ids = some.iter().map(|incident| incident.id).collect();
    let open = some.iter().filter(|incident| incident.is_open()).map(|incident| incident.id).collect();
    [Cell::share(ids, of), Cell::count(open)]
}

fn by(label: &str) -> String {
    format!("By {}", label.to_lowercase())
}

fn by_service(base: &KnowledgeBase, found: &[Incident<'_>], figures: &mut Figures) -> Table {
    let mut groups: BTreeMap<DocumentId, Vec<&Incident<'_>>> = BTreeMap::new();
    let mut several = 0;
    for incident in found {
        several += usize::from(incident.services.len() > 1);
        for &service in &incident.services {
            groups.entry(service).or_default().push(incident);
        }
        if incident.services.is_empty() {
            figures.leave_out("it names nothing that was hurt", incident.id);
        }
        if incident.harm().is_none() {
            figures.leave_out(format!("Time of harm: {}", incident::NO_END), incident.id);
        }
    }
    let mut services: Vec<DocumentId> = groups.keys().copied().collect();
    base.graph.sort(&mut services);
    let rows = services.into_iter().map(|service| {
        let mut cells = vec![Cell::document(service)];
        cells.extend(counts(&groups[&service], found.len()));
        cells.push(harm(&groups[&service]));
        Row::about(service, cells)
    });
    let field = incident::kinds(base)
        .flat_map(|kind| &kind.fields)
        .find(|field| field.owner == Some(OwnerRole::Inherited));
    let name = field.map_or("about", |field| field.name.as_str());
    let label = field.and_then(|field| base.kinds.get(field.to.first()?)).map_or("About", |kind| &kind.label);
    let mut notes =
        vec!["Time of harm runs from the start, or else from when it was noticed, until the harm stopped. What overlaps counts once.".to_owned()];
    if several > 0 {
        notes.push(format!("{several} of {} are in several rows, so rows do not add up.", found.len()));
    }
    Table {
        name: name.to_owned(),
        title: by(label),
        columns: vec![
            Column::new(name, label),
            count_column(base),
            Column::new("open", "Not over"),
            Column::length("harm", "Time of harm"),
        ],
        rows: rows.collect(),
        notes,
        chart: None,
    }
}

/// How long there was harm in any of some incidents.
fn harm(some: &[&Incident<'_>]) -> Cell {
    let known: Vec<_> = some.iter().filter_map(|incident| Some((incident.id, incident.harm()?))).collect();
    if known.is_empty() {
        return Cell::missing("none known");
    }
    let seconds = total(&joined(known.iter().map(|(_, (start, end, _))| (*start, *end)).collect()));
    let is_at_least = known.iter().any(|(_, (_, _, is_at_least))| *is_at_least);
    let records = known.into_iter().map(|(document, _)| document).collect();
    Cell::from_records(Datum::Length(Length { seconds, is_at_least }), records)
}

/// The incidents by what they say in a field with few choices.
fn by_word(field: &Field, role: Role, found: &[Incident<'_>], figures: &mut Figures) -> Table {
    let mut groups: BTreeMap<(usize, &str), Vec<&Incident<'_>>> = BTreeMap::new();
    let mut silent = 0;
    for incident in found {
        let Some(word) = incident.text_of(role) else {
            silent += 1;
            figures.leave_out(format!("{}: not said", field.label), incident.id);
            continue;
        };
        let place = field.choices.iter().position(|choice| choice == word).unwrap_or(field.choices.len());
        groups.entry((place, word)).or_default().push(incident);
    }
    let rows = groups.into_iter().map(|((_, word), incidents)| {
        let mut cells = vec![Cell::text(word)];
        cells.extend(counts(&incidents, found.len()));
        Row::new(cells)
    });
    let notes =
        if silent == 0 { Vec::new() } else { vec![format!("{silent} of {} do not say it.", found.len())] };
    Table {
        name: field.name.clone(),
        title: by_field(&field.label),
        columns: vec![
            Column::new(&field.name, &field.label),
            Column::new("count", "Of all"),
            Column::new("open", "Not over"),
        ],
        rows: rows.collect(),
        notes,
        chart: None,
    }
}

/// A field that is called `Caused by` already says how its values are put together.
fn by_field(label: &str) -> String {
    if label.ends_with(" by") { label.to_owned() } else { by(label) }
}

/// The hours of a night: <https://support.pagerduty.com/main/docs/operational-reviews> calls them sleep hours.
const NIGHT: (i8, i8) = (22, 8);

/// An incident that a person took up at night.
#[derive(Clone, Copy)]
struct Woken {
    incident: DocumentId,
    /// The day on which the night began.
    night: Date,
    /// From when a person was awake, and until when, in seconds.
    span: (i64, i64),
}

/// The incidents that a person took up at night, by owner.
fn nights(base: &KnowledgeBase, scope: &Scope, found: &[Incident<'_>], figures: &mut Figures) -> Table {
    let mut groups: BTreeMap<DocumentId, Vec<Woken>> = BTreeMap::new();
    for incident in found {
        let Some(at) = incident.acknowledged else {
            figures.leave_out("Nights: when a person took it up is not written", incident.id);
            continue;
        };
        let Some((night, morning)) = night(scope, at) else { continue };
        let end = incident.mitigated.or(incident.resolved).unwrap_or(incident.known_until);
        let span = (at.as_second(), end.as_second().clamp(at.as_second(), morning.max(at.as_second())));
        for &owner in incident.owners {
            groups.entry(owner).or_default().push(Woken { incident: incident.id, night, span });
        }
    }
    let mut owners: Vec<DocumentId> = groups.keys().copied().collect();
    base.graph.sort(&mut owners);
    let rows = owners.into_iter().map(|owner| {
        let woken = &groups[&owner];
        let records: Vec<DocumentId> = woken.iter().map(|woken| woken.incident).collect();
        let mut nights: Vec<Date> = woken.iter().map(|woken| woken.night).collect();
        nights.sort_unstable();
        nights.dedup();
        let seconds = total(&joined(woken.iter().map(|woken| woken.span).collect()));
        Row::about(
            owner,
            vec![
                Cell::document(owner),
                Cell::counted(nights.len(), records.clone()),
                Cell::count(records.clone()),
                Cell::from_records(Datum::Length(Length { seconds, is_at_least: false }), records),
            ],
        )
    });
    let owner = incident::kinds(base).find_map(|kind| kind.owner()).map_or("Owner", |field| &field.label);
    Table {
        name: "nights".to_owned(),
        title: "At night".to_owned(),
        columns: vec![
            Column::new("whose", owner),
            Column::new("nights", "Nights"),
            count_column(base),
            Column::length("awake", "Time until the harm stopped, or the morning"),
        ],
        rows: rows.collect(),
        notes: vec![format!(
            "Incidents that a person took up between {} and {} o'clock. Of one that lasts longer, only the first night counts.",
            NIGHT.0, NIGHT.1
        )],
        chart: None,
    }
}

/// The day on which the night around a moment began, and the second at which it ended; none by day.
fn night(scope: &Scope, at: jiff::Timestamp) -> Option<(Date, i64)> {
    let local = scope.local(at);
    let evening = match local.hour() {
        hour if hour >= NIGHT.0 => local.date(),
        hour if hour < NIGHT.1 => local.date().yesterday().ok()?,
        _ => return None,
    };
    let morning = evening.tomorrow().ok()?.at(NIGHT.1, 0, 0, 0).to_zoned(scope.zone.rules.clone()).ok()?;
    Some((evening, morning.timestamp().as_second()))
}

/// Every incident, the latest first.
fn list(base: &KnowledgeBase, scope: &Scope, found: &[Incident<'_>], measures: &[Measure<'_>]) -> Table {
    let label = incident::kinds(base).next().map_or("Document", |kind| kind.label.as_str());
    let mut columns = vec![Column::new("document", label), Column::new("day", "Noticed on")];
    columns.extend(measures.iter().map(|measure| Column::length(&measure.field.name, measure.label)));
    let mut latest: Vec<&Incident<'_>> = found.iter().collect();
    latest.sort_by_key(|incident| (std::cmp::Reverse(incident.detected), incident.id));
    let rows = latest.into_iter().map(|incident| {
        let mut cells =
            vec![Cell::document(incident.id), Cell::plain(Datum::Day(scope.day(incident.detected)))];
        let all: Vec<(&Field, Elapsed)> = incident.elapsed().collect();
        cells.extend(measures.iter().map(|measure| {
            let of = |(field, _): &&(&Field, Elapsed)| {
                field.elapsed.as_ref().is_some_and(|elapsed| elapsed.label == measure.label)
            };
            match all.iter().find(of) {
                Some((_, Elapsed::Known(length))) => Cell::plain(Datum::Length(*length)),
                Some((_, Elapsed::Unknown(why))) => Cell::missing(*why),
                None => Cell::text(""),
            }
        }));
        Row::about(incident.id, cells)
    });
    Table {
        name: "all".to_owned(),
        title: "All of them".to_owned(),
        columns,
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
