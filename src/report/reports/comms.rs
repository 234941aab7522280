//! Whether people heard as often as they were promised.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::knowledge_base::KnowledgeBase;
use crate::model::field_type::length;
use crate::model::{DocumentId, Entry, Role};
use crate::report::figures::{Cell, Column, Datum, Figures, Length, Row, Table};
use crate::report::incident::{Incident, field, incidents};
use crate::report::scope::Scope;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let mut found = incidents(base, scope, &mut figures);
    found.sort_by_key(|incident| (std::cmp::Reverse(incident.detected), incident.id));
    let mut promises: Vec<Promise<'_>> = Vec::new();
    for incident in &found {
        match of_incident(base, scope, incident) {
            Ok(kept) => promises.extend(kept),
            Err(reason) => figures.leave_out(reason, incident.id),
        }
    }
    if promises.is_empty() {
        return figures;
    }
    figures.tables = vec![by_level(base, &promises), list(base, &promises)];
    figures.notes = vec![
        "The first update counts from when the incident was noticed, each later one from the update before, and the last stretch until it was resolved.".to_owned(),
        "Time is elapsed time.".to_owned(),
    ];
    figures
}

/// What one audience was promised in one incident, and what it got.
struct Promise<'a> {
    incident: DocumentId,
    level: DocumentId,
    audience: &'a str,
    /// The longest time between two updates that was promised, in seconds.
    cadence: i64,
    /// How many updates there were.
    updates: usize,
    /// How long the first one took.
    first: Option<Length>,
    /// The times that people waited.
    waits: Vec<Length>,
}

impl Promise<'_> {
    /// How many waits were no longer than promised. One that goes on and is not too long yet counts for neither.
    fn kept(&self) -> (usize, usize) {
        let late = self.waits.iter().filter(|wait| wait.seconds > self.cadence).count();
        let open = self.waits.iter().filter(|wait| wait.is_at_least && wait.seconds <= self.cadence).count();
        (self.waits.len() - late - open, self.waits.len() - open)
    }
}

/// What each audience was promised in an incident.
///
/// # Errors
///
/// Why that is not known.
fn of_incident<'a>(
    base: &'a KnowledgeBase,
    scope: &Scope,
    incident: &Incident<'a>,
) -> Result<Vec<Promise<'a>>, &'static str> {
    let level = incident.level.ok_or("it has no level that promises updates")?;
    let promised = base.graph.documents[level].entry_of(Role::Cadence);
    let promised = promised.and_then(|entry| entry.value.object()).ok_or("its level promises no updates")?;
    let updates = updates(scope, incident);
    if updates.is_empty() {
        return Err("no updates are written");
    }
    let end = incident.resolved.or(incident.mitigated);
    let (end, is_at_least) = match end {
        Some(end) => (Some(end), false),
        // An update shows that it went on.
        None if incident.is_open() => {
            let last = updates.values().flatten().max().copied();
            (Some(incident.known_until.max(last.unwrap_or(incident.known_until))), true)
        }
        None => (None, false),
    };
    let promises = promised.0.iter().filter_map(|(audience, entry)| {
        let cadence = entry.value.duration()?.seconds;
        let mut sent = updates.get(audience.as_str()).cloned().unwrap_or_default();
        sent.sort_unstable();
        sent.dedup();
        let count = sent.len();
        // What was said after the end kept no promise.
        sent.retain(|at| *at >= incident.detected && end.is_none_or(|end| *at < end || is_at_least));
        let mut waits = Vec::new();
        let mut last = incident.detected;
        for at in sent {
            waits.push(Length { seconds: at.as_second() - last.as_second(), is_at_least: false });
            last = at;
        }
        let first = waits.first().copied();
        if let Some(end) = end {
            let seconds = (end.as_second() - last.as_second()).max(0);
            waits.push(Length { seconds, is_at_least });
        }
        Some(Promise { incident: incident.id, level, audience, cadence, updates: count, first, waits })
    });
    Ok(promises.collect())
}

/// The moments at which updates were sent, by who got them.
fn updates<'a>(scope: &Scope, incident: &Incident<'a>) -> BTreeMap<&'a str, Vec<Timestamp>> {
    let mut found: BTreeMap<&str, Vec<Timestamp>> = BTreeMap::new();
    let Some(field) = incident.document.kind.field_of(Role::Updates) else { return found };
    let entries = incident.document.entry_of(Role::Updates).into_iter().flat_map(Entry::each);
    for values in entries.filter_map(|entry| entry.value.object()) {
        let of = |role: Role| Some(&values.get(field.nested(role)?)?.value);
        let sent = of(Role::Sent).and_then(|value| value.moment()).map(|moment| moment.at);
        let audience = of(Role::Audience).and_then(|value| value.text());
        if let (Some(sent), Some(audience)) = (sent.filter(|at| *at < scope.end()), audience) {
            found.entry(audience).or_default().push(sent);
        }
    }
    found
}

fn by_level(base: &KnowledgeBase, promises: &[Promise<'_>]) -> Table {
    let mut groups: BTreeMap<(DocumentId, &str), Vec<&Promise<'_>>> = BTreeMap::new();
    for promise in promises {
        groups.entry((promise.level, promise.audience)).or_default().push(promise);
    }
    let mut order: Vec<(DocumentId, &str)> = groups.keys().copied().collect();
    order.sort_by_key(|(level, audience)| (base.graph.order.documents[*level], *audience));
    let rows = order.into_iter().map(|key| {
        let promises = &groups[&key];
        let (kept, of) =
            promises.iter().map(|promise| promise.kept()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let records = promises.iter().map(|promise| promise.incident).collect();
        let late = promises.iter().filter(|promise| promise.kept().0 < promise.kept().1);
        Row::about(
            key.0,
            vec![
                Cell::document(key.0),
                Cell::text(key.1),
                Cell::text(length(promises[0].cadence)),
                Cell::from_records(Datum::Share { part: kept, of }, records),
                Cell::count(late.map(|promise| promise.incident).collect()),
            ],
        )
    });
    let label = field(base, Role::Level).map_or("Level", |field| &field.label);
    Table {
        name: "promises".to_owned(),
        title: "Promises kept".to_owned(),
        columns: vec![
            Column::new("for", label),
            Column::new("heard_by", "Who"),
            Column::new("every", "Promised every"),
            Column::new("kept", "Updates in time"),
            Column::new("late", "Where one was late"),
        ],
        rows: rows.collect(),
        notes: vec!["A wait that goes on counts once it is too long.".to_owned()],
        chart: None,
    }
}

fn list(base: &KnowledgeBase, promises: &[Promise<'_>]) -> Table {
    let rows = promises.iter().map(|promise| {
        let longest = promise.waits.iter().max().copied();
        let (kept, of) = promise.kept();
        Row::about(
            promise.incident,
            vec![
                Cell::document(promise.incident),
                Cell::document(promise.level),
                Cell::text(promise.audience),
                Cell::plain(Datum::Count(promise.updates)),
                promise.first.map_or_else(
                    || Cell::missing("no update"),
                    |first| Cell::plain(Datum::Length(first)),
                ),
                longest.map_or_else(|| Cell::text(""), |longest| Cell::plain(Datum::Length(longest))),
                Cell::plain(Datum::Share { part: kept, of }),
            ],
        )
    });
    let kind = crate::report::incident::kinds(base).next();
    Table {
        name: "all".to_owned(),
        title: "All of them".to_owned(),
        columns: vec![
            Column::new("document", kind.map_or("Document", |kind| &kind.label)),
            Column::new("for", field(base, Role::Level).map_or("Level", |field| &field.label)),
            Column::new("heard_by", "Who"),
            Column::new("count", "Updates"),
            Column::length("first", "First after"),
            Column::length("longest", "Longest wait"),
            Column::new("kept", "In time"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
