//! Which documents can be relied on, as events show and not dates of reviews.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Outcome, Role};
use crate::report::figures::{Cell, Column, Datum, Figures, Row, Table};
use crate::report::guide::{rehearsals, used};
use crate::report::incident::{self, incidents};
use crate::report::scope::Scope;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, world: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let evidence = evidence(base, scope);
    let mut guides = Vec::new();
    for (id, document) in base.documents().filter(|(_, document)| document.kind.answers_alerts()) {
        if base.graph.routes.is_introduction(id) {
            continue;
        }
        if !scope.wants(&base.graph.owners[id], &incident::services(base, id)) {
            continue;
        }
        if !document.is_current() || !document.is_complete() {
            figures.leave_out("it is a draft, withdrawn, or can't be read", id);
            continue;
        }
        let mut of = evidence.get(&id).cloned().unwrap_or_default();
        let past = |day: &Date| *day <= scope.as_of;
        of.rehearsed = rehearsals(document).into_iter().filter(past).max();
        of.changed = world.edited(&document.source.path).filter(past);
        of.reviewed = document.entry_of(Role::LastReviewed).and_then(|entry| entry.value.date()).filter(past);
        guides.push((id, document, of.judged(base, scope), of));
    }
    if guides.is_empty() {
        return figures;
    }
    guides.sort_by_key(|(id, _, (trust, _), _)| (*trust, base.graph.order.documents[*id]));
    if guides.iter().all(|(_, _, _, of)| of.changed.is_none()) {
        figures.notes.push("When files were changed is not known: there is no history of git.".to_owned());
    }
    let days = base.config.reports.rehearsal.seconds / 86_400;
    figures.notes.push(format!("Help and rehearsals count for {days} days."));
    figures.tables = vec![totals(&guides), list(base, &guides)];
    figures
}

/// How far a document can be relied on, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    Wrong,
    Doubtful,
    Ageing,
    Proven,
}

impl Trust {
    const ALL: [(Self, &str); 4] = [
        (Self::Wrong, "wrong"),
        (Self::Doubtful, "doubtful"),
        (Self::Ageing, "ageing"),
        (Self::Proven, "proven"),
    ];

    fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// What is known of a document, as of the day of the report.
#[derive(Debug, Clone, Default)]
struct Evidence {
    helped: Option<(Date, DocumentId)>,
    misled: Option<(Date, DocumentId)>,
    rehearsed: Option<Date>,
    changed: Option<Date>,
    reviewed: Option<Date>,
}

/// What incidents tell of the documents that were followed in them. All of them count, whenever they were.
fn evidence(base: &KnowledgeBase, scope: &Scope) -> BTreeMap<DocumentId, Evidence> {
    let all = Scope { squad: None, service: None, from: None, to: None, ..scope.clone() };
    let mut found: BTreeMap<DocumentId, Evidence> = BTreeMap::new();
    for incident in incidents(base, &all, &mut Figures::default()) {
        let day = scope.day(incident.detected);
        for (guide, outcome) in used(base, incident.id) {
            let evidence = found.entry(guide).or_default();
            let last = match outcome {
                Some(Outcome::Helped) => &mut evidence.helped,
                Some(Outcome::Misled) => &mut evidence.misled,
                Some(Outcome::Missing) | None => continue,
            };
            if last.is_none_or(|(known, _)| known < day) {
                *last = Some((day, incident.id));
            }
        }
    }
    found
}

impl Evidence {
    /// How far a document can be relied on, and why, in words.
    fn judged(&self, base: &KnowledgeBase, scope: &Scope) -> (Trust, String) {
        let helped = self.helped.map(|(day, _)| (day, "it helped"));
        let rehearsed = self.rehearsed.map(|day| (day, "it was rehearsed"));
        // The last of equal days is taken: help in an incident says more than a rehearsal.
        let proof = [rehearsed, helped].into_iter().flatten().max_by_key(|(day, _)| *day);
        if let Some((misled, _)) = self.misled
            && proof.is_none_or(|(day, _)| day <= misled)
        {
                return match self.changed {
                    Some(changed) if changed > misled => (
                        Trust::Doubtful,
                        format!("it misled on {misled}, was changed on {changed}, and not tried since"),
                    ),
                    Some(_) => (Trust::Wrong, format!("it misled on {misled} and was not changed since")),
                    None => (Trust::Wrong, format!("it misled on {misled}, and no change since is known")),
                };
        }
        let good = (base.config.reports.rehearsal.seconds / 86_400).days();
        match (proof, self.reviewed) {
            (Some((day, how)), _) if day.saturating_add(good) >= scope.as_of => {
                (Trust::Proven, format!("{how} on {day}"))
            }
            (Some((day, how)), _) => (Trust::Ageing, format!("{how} last on {day}")),
            (None, Some(reviewed)) => (
                Trust::Doubtful,
                format!("only a date says that it was reviewed, on {reviewed}; it was never tried"),
            ),
            (None, None) => (Trust::Doubtful, "it was never tried".to_owned()),
        }
    }
}

type Guide<'a> = (DocumentId, &'a Document, (Trust, String), Evidence);

fn totals(guides: &[Guide<'_>]) -> Table {
    let rows = Trust::ALL.into_iter().map(|(trust, name)| {
        let some = guides.iter().filter(|(_, _, (of, _), _)| *of == trust).map(|(id, _, _, _)| *id);
        Row::new(vec![Cell::text(name), Cell::share(some.collect(), guides.len())])
    });
    Table {
        name: "totals".to_owned(),
        title: "In all".to_owned(),
        columns: vec![Column::new("trust", "State"), Column::new("count", "Documents")],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}

fn list(base: &KnowledgeBase, guides: &[Guide<'_>]) -> Table {
    let day = |day: Option<Date>| day.map_or_else(|| Cell::text(""), |day| Cell::plain(Datum::Day(day)));
    let event = |event: Option<(Date, DocumentId)>| {
        event.map_or_else(
            || Cell::text(""),
            |(day, document)| Cell::from_records(Datum::Day(day), vec![document]),
        )
    };
    let rows = guides.iter().map(|(id, _, (trust, why), of)| {
        Row::about(
            *id,
            vec![
                Cell::document(*id),
                Cell::text(trust.name()),
                Cell::text(why),
                event(of.helped),
                event(of.misled),
                day(of.rehearsed),
                day(of.changed),
                day(of.reviewed),
            ],
        )
    });
    let kind = base.kinds.all.iter().find(|kind| kind.answers_alerts());
    Table {
        name: "all".to_owned(),
        title: "All of them".to_owned(),
        columns: vec![
            Column::new("document", kind.map_or("Document", |kind| &kind.label)),
            Column::new("trust", "State"),
            Column::new("explanation", "Why"),
            Column::new("helped", "Helped"),
            Column::new("misled", "Misled"),
            Column::new("rehearsed", "Rehearsed"),
            Column::new("changed", "Changed"),
            Column::new("seen", "Reviewed"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
