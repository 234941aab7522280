//! What was to be done, and what became of it.

use std::collections::BTreeMap;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Role};
use crate::report::action::{Action, Progress, actions, days_between, working_days};
use crate::report::figures::{Cell, Column, Datum, Figures, Length, Row, Table};
use crate::report::incident;
use crate::report::measure::length_cell;
use crate::report::scope::Scope;
use crate::report::statistics::Lengths;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let found = actions(base, scope, &mut figures);
    figures.notes = vec![
        "Age is elapsed time since the day that dates the document; working days are Monday to Friday."
            .to_owned(),
    ];
    if found.is_empty() {
        return figures;
    }
    for action in &found {
        if action.progress != Progress::Open && action.settled_on.is_none() {
            figures.leave_out(
                "Time until done: the day on which an action was done is not written",
                action.document,
            );
        }
        if action.progress == Progress::Open && action.due.is_none() {
            figures.leave_out("Overdue: the day by which an action is due is not written", action.document);
        }
    }
    let owner = owner(base);
    let document = incident::kinds(base).next().map_or("Document", |kind| kind.label.as_str());
    let by_owner = |action: &Action<'_>| action.owners.clone();
    figures.tables = vec![
        open(base, scope, &found, owner),
        groups(base, scope, &found, ("owners", owner), by_owner),
        groups(base, scope, &found, ("documents", document), |action| vec![action.document]),
        dropped(&found, owner),
    ];
    figures
}

/// What the field for those who do something is called.
fn owner(base: &KnowledgeBase) -> &str {
    let kinds = base.kinds.all.iter().filter_map(|kind| kind.field_of(Role::Actions));
    let fields =
        kinds.filter_map(|field| field.fields.iter().find(|field| field.role == Some(Role::Assignee)));
    fields.map(|field| field.label.as_str()).next().unwrap_or("Owner")
}

/// What is still to be done, the most overdue first.
fn open(base: &KnowledgeBase, scope: &Scope, found: &[Action<'_>], owner: &str) -> Table {
    let mut open: Vec<&Action<'_>> =
        found.iter().filter(|action| action.progress == Progress::Open).collect();
    open.sort_by_key(|action| {
        (action.due.is_none(), action.due, base.graph.order.documents[action.document])
    });
    let rows = open.iter().map(|action| {
        let overdue = action.due.filter(|_| action.is_overdue(scope.as_of));
        let cells = vec![
            Cell::text(action.title),
            Cell::documents(action.owners.clone(), "no owner is named"),
            action.due.map_or_else(|| Cell::missing("not said"), |due| Cell::plain(Datum::Day(due))),
            overdue.map_or_else(
                || Cell::text(""),
                |due| Cell::plain(Datum::Length(days_between(due, scope.as_of))),
            ),
            Cell::plain(Datum::Length(days_between(action.since, scope.as_of))),
            Cell::plain(Datum::Count(working_days(action.since, scope.as_of))),
            Cell::document(action.document),
        ];
        Row::about(action.document, cells).owned_by(action.owners.clone())
    });
    Table {
        name: "open".to_owned(),
        title: "Still to be done".to_owned(),
        columns: vec![
            Column::new("action", "Action"),
            Column::new("whose", owner),
            Column::new("day", "Due"),
            Column::length("overdue", "Overdue by"),
            Column::length("age", "Age"),
            Column::new("working_days", "Working days"),
            Column::new("document", "From"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}

/// What became of actions, by what `of` says of each.
fn groups(
    base: &KnowledgeBase,
    scope: &Scope,
    found: &[Action<'_>],
    (name, label): (&str, &str),
    of: impl Fn(&Action<'_>) -> Vec<DocumentId>,
) -> Table {
    let mut groups: BTreeMap<DocumentId, Vec<&Action<'_>>> = BTreeMap::new();
    for action in found {
        for group in of(action) {
            groups.entry(group).or_default().push(action);
        }
    }
    let mut order: Vec<DocumentId> = groups.keys().copied().collect();
    base.graph.sort(&mut order);
    let rows = order.into_iter().map(|group| {
        let actions = &groups[&group];
        let counted = |wanted: &dyn Fn(&Action<'_>) -> bool| {
            let some: Vec<DocumentId> =
                actions.iter().filter(|action| wanted(action)).map(|action| action.document).collect();
            Cell::counted(some.len(), some)
        };
        let oldest = actions.iter().filter(|action| action.progress == Progress::Open);
        let oldest = oldest.map(|action| days_between(action.since, scope.as_of)).max();
        Row::about(
            group,
            vec![
                Cell::document(group),
                counted(&|action| action.progress == Progress::Open),
                counted(&|action| action.is_overdue(scope.as_of)),
                oldest.map_or_else(|| Cell::text(""), |age| Cell::plain(Datum::Length(age))),
                counted(&|action| action.progress == Progress::Done),
                counted(&|action| action.progress == Progress::Dropped),
                time_to_done(actions),
            ],
        )
    });
    Table {
        name: name.to_owned(),
        title: format!("By {}", label.to_lowercase()),
        columns: vec![
            Column::new(name, label),
            Column::new("open", "Open"),
            Column::new("late", "Overdue"),
            Column::length("oldest", "Oldest open"),
            Column::new("settled", "Done"),
            Column::new("given_up", "Dropped"),
            Column::length("taken", "Time until done"),
        ],
        rows: rows.collect(),
        notes: vec!["Time until done: of six or more the median, of fewer all values.".to_owned()],
        chart: None,
    }
}

fn time_to_done(actions: &[&Action<'_>]) -> Cell {
    let done = actions.iter().filter(|action| action.progress == Progress::Done);
    let known =
        done.filter_map(|action| Some((days_between(action.since, action.settled_on?), action.document)));
    let (lengths, records): (Vec<Length>, Vec<DocumentId>) = known.unzip();
    length_cell(Lengths::new(lengths), records)
}

/// What will not be done, and why.
fn dropped(found: &[Action<'_>], owner: &str) -> Table {
    let rows = found.iter().filter(|action| action.progress == Progress::Dropped).map(|action| {
        let reason = action.reason.map_or_else(|| Cell::missing("no reason is written"), Cell::text);
        let cells = vec![
            Cell::text(action.title),
            Cell::documents(action.owners.clone(), "no owner is named"),
            reason,
            Cell::document(action.document),
        ];
        Row::about(action.document, cells).owned_by(action.owners.clone())
    });
    Table {
        name: "given-up".to_owned(),
        title: "Dropped".to_owned(),
        columns: vec![
            Column::new("action", "Action"),
            Column::new("whose", owner),
            Column::new("explanation", "Reason"),
            Column::new("document", "From"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
