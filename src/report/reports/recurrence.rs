//! What was seen again, and what had not been done by then.

use std::collections::BTreeMap;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Entry, Outcome, Role};
use crate::report::action::{Action, Progress, actions};
use crate::report::figures::{Cell, Column, Datum, Figures, Length, Row, Table};
use crate::report::guide::used;
use crate::report::incident::{Incident, field, incidents};
use crate::report::scope::Scope;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let mut found = incidents(base, scope, &mut figures);
    found.sort_by_key(|incident| (incident.detected, incident.id));
    if found.is_empty() {
        return figures;
    }
    let mut modes: BTreeMap<DocumentId, Vec<&Incident<'_>>> = BTreeMap::new();
    let mut factors: BTreeMap<String, (&str, Vec<&Incident<'_>>)> = BTreeMap::new();
    for incident in &found {
        let seen = referenced(base, incident);
        if seen.is_empty() {
            figures.leave_out(format!("{}: not said", label(base, Role::FailureModes)), incident.id);
        }
        seen.into_iter().for_each(|mode| modes.entry(mode).or_default().push(incident));
        for (factor, _) in incident.document.texts_of(Role::Factors) {
            let (_, incidents) = factors.entry(plain(factor)).or_insert((factor, Vec::new()));
            if incidents.last().is_none_or(|last| last.id != incident.id) {
                incidents.push(incident);
            }
        }
    }
    modes.retain(|_, incidents| incidents.len() > 1);
    factors.retain(|_, (_, incidents)| incidents.len() > 1);
    // What had to be done after an incident counts whoever does it, and whenever that was.
    let all = Scope { squad: None, service: None, from: None, to: None, ..scope.clone() };
    let mut by_document: BTreeMap<DocumentId, Vec<Action<'_>>> = BTreeMap::new();
    for action in actions(base, &all, &mut Figures::default()) {
        by_document.entry(action.document).or_default().push(action);
    }
    figures.tables = vec![
        again(base, scope, &modes, &by_document),
        repeated(base, factors.into_values().collect()),
        guides(base, &found, &mut figures),
    ];
    figures
}

fn label(base: &KnowledgeBase, role: Role) -> &str {
    field(base, role).map_or("Failure mode", |field| field.label.as_str())
}

/// The ways of failing that were seen in an incident, each once.
fn referenced(base: &KnowledgeBase, incident: &Incident<'_>) -> Vec<DocumentId> {
    let entries = incident.document.entry_of(Role::FailureModes).into_iter().flat_map(Entry::each);
    let found = entries.filter_map(|entry| entry.value.reference());
    let mut found: Vec<DocumentId> =
        found.filter_map(|at| base.graph.references[incident.id][at].found()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A text without what does not tell two of them apart: case, blanks and the sign at its end.
fn plain(text: &str) -> String {
    let words = text.trim().trim_end_matches(['.', '!', ';']).to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each time that a way of failing was seen again.
fn again(
    base: &KnowledgeBase,
    scope: &Scope,
    modes: &BTreeMap<DocumentId, Vec<&Incident<'_>>>,
    actions: &BTreeMap<DocumentId, Vec<Action<'_>>>,
) -> Table {
    let mut order: Vec<DocumentId> = modes.keys().copied().collect();
    base.graph.sort(&mut order);
    let mut rows = Vec::new();
    for mode in order {
        for pair in modes[&mode].windows(2) {
            let [first, second] = [pair[0], pair[1]];
            let seconds = second.detected.as_second() - first.detected.as_second();
            let actions = actions.get(&first.id).map_or(&[][..], Vec::as_slice);
            let day = scope.day(second.detected);
            let is_left = |action: &&Action<'_>| match action.progress {
                Progress::Open => true,
                // Without its day, nothing says that it was done before.
                Progress::Done | Progress::Dropped => action.settled_on.is_some_and(|on| on > day),
            };
            let left: Vec<&str> = actions.iter().filter(is_left).map(|action| action.title).collect();
            let is_unknown =
                |action: &&Action<'_>| action.progress != Progress::Open && action.settled_on.is_none();
            let unknown = actions.iter().filter(is_unknown).count();
            rows.push(Row::about(
                second.id,
                vec![
                    Cell::document(mode),
                    Cell::document(first.id),
                    Cell::document(second.id),
                    Cell::plain(Datum::Length(Length { seconds, is_at_least: false })),
                    Cell::plain(Datum::Share { part: left.len(), of: actions.len() }),
                    if left.is_empty() { Cell::text("") } else { Cell::text(left.join("; ")) },
                    Cell::plain(Datum::Count(unknown)),
                ],
            ));
        }
    }
    let label = label(base, Role::FailureModes);
    Table {
        name: "again".to_owned(),
        title: "Seen again".to_owned(),
        columns: vec![
            Column::new("what", label),
            Column::new("before", "Before"),
            Column::new("again", "Again"),
            Column::length("after", "After"),
            Column::new("left", "Actions of the first not done by then"),
            Column::new("which", "Which"),
            Column::new("undated", "Settled, without a day"),
        ],
        rows,
        notes: Vec::new(),
        chart: None,
    }
}

/// What made incidents possible or worse more than once.
fn repeated(base: &KnowledgeBase, mut factors: Vec<(&str, Vec<&Incident<'_>>)>) -> Table {
    factors.sort_by_key(|(factor, incidents)| (std::cmp::Reverse(incidents.len()), *factor));
    let rows = factors.into_iter().map(|(factor, incidents)| {
        let seconds = |at: usize| incidents[at].detected.as_second();
        let gaps = (1..incidents.len()).map(|at| seconds(at) - seconds(at - 1));
        let seconds = gaps.min().unwrap_or_default();
        Row::new(vec![
            Cell::text(factor),
            Cell::count(incidents.iter().map(|incident| incident.id).collect()),
            Cell::plain(Datum::Length(Length { seconds, is_at_least: false })),
        ])
    });
    Table {
        name: "factors".to_owned(),
        title: label(base, Role::Factors).to_owned(),
        columns: vec![
            Column::new("what", label(base, Role::Factors)),
            Column::new("count", "Times"),
            Column::length("after", "Soonest after"),
        ],
        rows: rows.collect(),
        notes: vec!["Only factors in the same words are taken for the same.".to_owned()],
        chart: None,
    }
}

/// What a document that was followed did, in the incidents in which it was.
#[derive(Default)]
struct Followed {
    helped: Vec<DocumentId>,
    misled: Vec<DocumentId>,
    missing: Vec<DocumentId>,
}

/// Documents that misled those who followed them, or that were not there.
fn guides(base: &KnowledgeBase, found: &[Incident<'_>], figures: &mut Figures) -> Table {
    let mut guides: BTreeMap<DocumentId, Followed> = BTreeMap::new();
    for incident in found {
        for (guide, outcome) in used(base, incident.id) {
            let Some(outcome) = outcome else {
                figures.leave_out("what a document did for those who followed it is not said", incident.id);
                continue;
            };
            let followed = guides.entry(guide).or_default();
            match outcome {
                Outcome::Helped => followed.helped.push(incident.id),
                Outcome::Misled => followed.misled.push(incident.id),
                Outcome::Missing => followed.missing.push(incident.id),
            }
        }
    }
    guides.retain(|_, followed| !followed.misled.is_empty() || !followed.missing.is_empty());
    let mut order: Vec<DocumentId> = guides.keys().copied().collect();
    base.graph.sort(&mut order);
    let rows = order.into_iter().filter_map(|guide| {
        let Followed { helped, misled, missing } = guides.remove(&guide)?;
        Some(Row::about(
            guide,
            vec![Cell::document(guide), Cell::count(misled), Cell::count(missing), Cell::count(helped)],
        ))
    });
    Table {
        name: "guides".to_owned(),
        title: "Misled, or was missing".to_owned(),
        columns: vec![
            Column::new("guide", "Document"),
            Column::new("misled", "Misled"),
            Column::new("was_missing", "Was missing"),
            Column::new("helped", "Helped"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
