//! What asks for work: what is overdue, what is due soon, and what is missing.

use std::collections::BTreeMap;

use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;
use crate::report::action::days_between;
use crate::report::attention::{AHEAD, Day, attention};
use crate::report::figures::{Cell, Column, Datum, Figures, Row, Table};
use crate::report::incident;
use crate::report::scope::Scope;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let found = attention(base);
    let services = |document| scope.service.map(|_| incident::services(base, document)).unwrap_or_default();
    let days: Vec<&Day<'_>> =
        found.days.iter().filter(|day| scope.wants(&day.owners, &services(day.document))).collect();
    let mut gaps: Vec<(&str, DocumentId)> = Vec::new();
    for gap in &found.gaps {
        let wanted = gap.documents.iter().copied().filter(|&document| {
            let is_it = scope.service == Some(document);
            is_it && scope.squad.is_none() || scope.wants(&base.graph.owners[document], &services(document))
        });
        gaps.extend(wanted.map(|document| (gap.because, document)));
    }
    let notes = vec![format!("What is due counts from {AHEAD} days before its day.")];
    let mut figures = Figures { notes, ..Figures::default() };
    if days.is_empty() && gaps.is_empty() {
        return figures;
    }
    figures.tables = vec![by_owner(base, &days, &gaps), due(base, scope, &days), missing(&gaps)];
    figures
}

/// What waits at an owner.
#[derive(Default)]
struct Waiting {
    overdue: Vec<DocumentId>,
    due: Vec<DocumentId>,
    missing: Vec<DocumentId>,
}

fn by_owner(base: &KnowledgeBase, days: &[&Day<'_>], gaps: &[(&str, DocumentId)]) -> Table {
    let mut owners: BTreeMap<Option<DocumentId>, Waiting> = BTreeMap::new();
    let of = |owners: &[DocumentId]| -> Vec<Option<DocumentId>> {
        if owners.is_empty() { vec![None] } else { owners.iter().copied().map(Some).collect() }
    };
    for day in days {
        for owner in of(&day.owners) {
            let waiting = owners.entry(owner).or_default();
            if day.is_overdue { &mut waiting.overdue } else { &mut waiting.due }.push(day.document);
        }
    }
    for (_, document) in gaps {
        for owner in of(&base.graph.owners[*document]) {
            owners.entry(owner).or_default().missing.push(*document);
        }
    }
    let mut order: Vec<DocumentId> = owners.keys().filter_map(|owner| *owner).collect();
    base.graph.sort(&mut order);
    let order = order.into_iter().map(Some).chain(owners.contains_key(&None).then_some(None));
    let rows: Vec<(Option<DocumentId>, &Waiting)> = order.map(|owner| (owner, &owners[&owner])).collect();
    let rows = rows.into_iter().map(|(owner, waiting)| {
        let counted = |documents: &Vec<DocumentId>| Cell::counted(documents.len(), documents.clone());
        Row {
            subject: owner,
            cells: vec![
                owner.map_or_else(|| Cell::missing("no owner"), Cell::document),
                counted(&waiting.overdue),
                counted(&waiting.due),
                counted(&waiting.missing),
            ],
            owners: owner.map(|owner| vec![owner]),
        }
    });
    Table {
        name: "owners".to_owned(),
        title: "Whose it is".to_owned(),
        columns: vec![
            Column::new("whose", "Owner"),
            Column::new("overdue", "Overdue"),
            Column::new("soon", format!("Due within {AHEAD} days")),
            Column::new("lacking", "Missing"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}

/// What is overdue or due, the earliest first.
fn due(base: &KnowledgeBase, scope: &Scope, days: &[&Day<'_>]) -> Table {
    let rows = days.iter().map(|due| {
        let late = if due.is_overdue {
            Cell::plain(Datum::Length(days_between(due.day, scope.as_of)))
        } else {
            Cell::text("")
        };
        let what = if due.name.is_empty() { &base.graph.documents[due.document].title } else { due.name };
        let cells = vec![
            Cell::text(what),
            Cell::text(due.label),
            Cell::plain(Datum::Day(due.day)),
            late,
            Cell::documents(due.owners.clone(), "no owner"),
            Cell::document(due.document),
        ];
        Row::about(due.document, cells).owned_by(due.owners.clone())
    });
    Table {
        name: "days".to_owned(),
        title: "Overdue and due".to_owned(),
        columns: vec![
            Column::new("what", "What"),
            Column::new("kind_of_day", "For"),
            Column::new("day", "Day"),
            Column::length("late", "Overdue by"),
            Column::new("whose", "Owner"),
            Column::new("document", "From"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}

/// What documents lack.
fn missing(gaps: &[(&str, DocumentId)]) -> Table {
    let rows = gaps.iter().map(|(because, document)| {
        Row::about(*document, vec![Cell::document(*document), Cell::text(*because)])
    });
    Table {
        name: "lacking".to_owned(),
        title: "Missing".to_owned(),
        columns: vec![Column::new("document", "Document"), Column::new("because", "What is missing")],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
