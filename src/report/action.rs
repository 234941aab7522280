//! What will be done so that something does not happen again, as documents tell it.

use jiff::civil::Date;

use super::figures::{Figures, Length};
use super::incident;
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, DocumentState, Entry, Field, FieldValues, Role};

/// An action as it stood on the day of a report.
#[derive(Debug)]
pub struct Action<'a> {
    /// The document that holds it.
    pub document: DocumentId,
    /// What is to be done.
    pub title: &'a str,
    /// Those who do it, or else the owners of the document.
    pub owners: Vec<DocumentId>,
    /// The day that dates the document.
    pub since: Date,
    /// The day by which it is to be done.
    pub due: Option<Date>,
    /// How far it was.
    pub progress: Progress,
    /// The day on which it was done or dropped, where that is written.
    pub settled_on: Option<Date>,
    /// Why it was dropped.
    pub reason: Option<&'a str>,
}

/// How far an action was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It was still to be done.
    Open,
    /// It was done.
    Done,
    /// It will not be done.
    Dropped,
}

impl Action<'_> {
    /// Whether its day had passed and it was not done.
    pub fn is_overdue(&self, on: Date) -> bool {
        self.progress == Progress::Open && self.due.is_some_and(|due| due < on)
    }
}

/// The actions that a report is asked for, by path and in the order of each document.
pub fn actions<'a>(base: &'a KnowledgeBase, scope: &Scope, figures: &mut Figures) -> Vec<Action<'a>> {
    let mut found = Vec::new();
    for (id, document) in base.documents() {
        let Some(field) = document.kind.field_of(Role::Actions) else { continue };
        let Some(entry) = document.entry_of(Role::Actions) else { continue };
        if base.graph.routes.is_introduction(id) {
            continue;
        }
        if !document.is_current() {
            figures.leave_out("the document is a draft or withdrawn", id);
            continue;
        }
        let Some(since) = dated(document, scope) else {
            figures.leave_out("the document has no date", id);
            continue;
        };
        if since > scope.as_of {
            figures.leave_out("the document is dated after the day of the report", id);
            continue;
        }
        let services = scope.service.map(|_| incident::services(base, id)).unwrap_or_default();
        for item in entry.each().iter().filter_map(|item| item.value.object()) {
            let action = action(base, scope, id, field, item, since);
            if scope.holds(since) && scope.wants(&action.owners, &services) {
                found.push(action);
            }
        }
    }
    found
}

/// The day that dates a document.
fn dated(document: &Document, scope: &Scope) -> Option<Date> {
    let value = &document.fields.at(document.kind.date_field.as_ref()?)?.value;
    value.date().or_else(|| Some(scope.day(value.moment()?.at)))
}

fn action<'a>(
    base: &'a KnowledgeBase,
    scope: &Scope,
    document: DocumentId,
    field: &'a Field,
    values: &'a FieldValues,
    since: Date,
) -> Action<'a> {
    let entry = |role: Role| -> Option<&'a Entry> { values.get(field.nested(role)?) };
    let assignees = entry(Role::Assignee).into_iter().flat_map(Entry::each);
    let assignees = assignees.filter_map(|entry| entry.value.reference());
    let mut owners: Vec<DocumentId> =
        assignees.filter_map(|at| base.graph.references[document][at].found()).collect();
    if owners.is_empty() {
        owners.clone_from(&base.graph.owners[document]);
    }
    let settled_on = entry(Role::Done).and_then(|entry| entry.value.date());
    let is_later = settled_on.is_some_and(|day| day > scope.as_of);
    Action {
        document,
        title: entry(Role::Title).and_then(|entry| entry.value.text()).unwrap_or_default(),
        owners,
        since,
        due: entry(Role::Due).and_then(|entry| entry.value.date()),
        progress: if is_later { Progress::Open } else { progress(field, values) },
        settled_on: settled_on.filter(|_| !is_later),
        reason: entry(Role::Reason).and_then(|entry| entry.value.text()),
    }
}

/// How far it is, as its status says. Without one, it is still to be done.
fn progress(field: &Field, values: &FieldValues) -> Progress {
    let status = field.fields.iter().find(|field| field.role == Some(Role::Status));
    let state = status.and_then(|status| status.states.as_ref()?.of(values.text(&status.name)?));
    match state {
        Some(DocumentState::Normal) => Progress::Done,
        Some(DocumentState::Retired) => Progress::Dropped,
        Some(DocumentState::Live | DocumentState::Unfinished) | None => Progress::Open,
    }
}

/// The time between two days.
pub fn days_between(from: Date, to: Date) -> Length {
    let seconds = to.duration_since(from).as_secs().max(0);
    Length { seconds, is_at_least: false }
}

/// How many days from Monday to Friday lie after one day, up to another.
pub fn working_days(from: Date, to: Date) -> usize {
    let days = (to.duration_since(from).as_hours() / 24).max(0);
    let rest = (0..days % 7).filter(|past| {
        let weekday = to.saturating_sub(jiff::Span::new().days(*past)).weekday();
        weekday.to_monday_one_offset() <= 5
    });
    usize::try_from(days / 7 * 5).unwrap_or_default() + rest.count()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn working_days_are_those_after_the_first() {
        let friday = date(2026, 5, 29);
        for (to, days) in
            [(friday, 0), (date(2026, 5, 31), 0), (date(2026, 6, 1), 1), (date(2026, 6, 12), 10)]
        {
            assert_eq!(working_days(friday, to), days, "{to}");
        }
        assert_eq!(working_days(friday, date(2026, 5, 1)), 0);
    }
}
