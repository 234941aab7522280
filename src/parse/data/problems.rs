//! What is wrong with the rows of a file, in the words for front matter: each cause is shown at its first row.

use std::sync::Arc;

use super::super::fields::{SourceNode, decode};
use super::columns::{Cause, Faults};
use super::layout::Layout;
use crate::model::data::DataSet;
use crate::model::{Content, Field, FieldProblem, Location, Node, Problems, Source, Span, SyntaxProblem};

/// How many more rows have what is wrong at a place.
#[derive(Debug, Clone)]
pub struct Repeated {
    /// The place, in the first row.
    pub location: Location,
    /// How many rows have it, with the first.
    pub rows: usize,
    /// How many rows of the file have other faults that are not listed. Only the last one listed says so.
    pub unlisted: usize,
}

/// The problems that `faults` are.
pub(super) fn problems(
    source: &Arc<Source>,
    layout: &Layout,
    set: &DataSet,
    faults: &Faults,
) -> (Problems, Vec<Repeated>) {
    let (mut found, mut repeated) = (header(source, layout, set), Vec::new());
    let last = faults.causes.len().saturating_sub(1);
    for (at, (cause, occurrence)) in faults.causes.iter().enumerate() {
        let location = match layout.row(source, occurrence.first) {
            Err(problem) => {
                let location = source.at(problem.span);
                found.add_syntax(source, problem);
                location
            }
            Ok(row) => {
                let problem = problem(source, &row, set, cause);
                let location = place(&problem).clone();
                found.fields.push(problem);
                location
            }
        };
        let unlisted = if at == last { faults.more } else { 0 };
        if occurrence.rows > 1 || unlisted > 0 {
            repeated.push(Repeated { location, rows: occurrence.rows, unlisted });
        }
    }
    (found, repeated)
}

/// What is wrong with the names of the columns.
fn header(source: &Arc<Source>, layout: &Layout, set: &DataSet) -> Problems {
    let mut problems = Problems::default();
    let Layout::Csv { names, line, .. } = layout else { return problems };
    if source.text.trim().is_empty() {
        return problems;
    }
    let mut node = super::super::csv::map(&source.text, *line, names, names);
    if let Content::Map(entries) = &mut node.content {
        for (key, value) in entries {
            key.span = value.span;
            value.content = Content::Null;
        }
    }
    let written = SourceNode { source, node: &node };
    let is_there = |path: &str| names.iter().any(|name| name == path);
    let found = decode(Some(written), None, &set.fields, false, &source.at(*line)).problems;
    let is_of_header = |problem: &FieldProblem| match problem {
        FieldProblem::Missing { path, .. } => !is_there(path),
        _ => true,
    };
    problems.fields = found.into_iter().filter(is_of_header).collect();
    problems
}

/// What is wrong with a row for this cause.
fn problem(source: &Arc<Source>, row: &Node, set: &DataSet, cause: &Cause) -> FieldProblem {
    let of = |columns: &mut dyn Iterator<Item = usize>| -> Vec<Arc<Field>> {
        columns.map(|at| Arc::clone(&set.fields[at])).collect()
    };
    let beside = |names: &[String]| names.iter().filter_map(|name| set.column(name)).collect::<Vec<_>>();
    let (schema, is_open) = match cause {
        Cause::Unreadable | Cause::Unknown(_) | Cause::Twice(_) => (set.fields.clone(), false),
        Cause::Missing(at) | Cause::Refused(at, _) => (of(&mut std::iter::once(*at)), true),
        Cause::Early(at) => (of(&mut beside(&set.fields[*at].after).into_iter().chain([*at])), true),
        Cause::Excess(at) => {
            let limit = set.fields[*at].at_most.iter().filter_map(|name| set.column(name));
            (of(&mut limit.chain([*at])), true)
        }
    };
    let written = SourceNode { source, node: row };
    let mut found = decode(Some(written), None, &schema, is_open, &source.at(row.span)).problems.into_iter();
    let wanted = |problem: &FieldProblem| match (cause, problem) {
        (Cause::Unknown(wanted), FieldProblem::Unknown { name, .. }) => wanted == name,
        (Cause::Twice(wanted), FieldProblem::Duplicate { name, .. }) => wanted == name,
        (Cause::Unknown(_) | Cause::Twice(_), _) => false,
        (Cause::Early(_), problem) => matches!(problem, FieldProblem::Contradictory { .. }),
        _ => true,
    };
    found.find(wanted).unwrap_or_else(|| unclear(source, row.span))
}

/// A row that is wrong in a way that its tree does not show.
fn unclear(source: &Arc<Source>, row: Span) -> FieldProblem {
    let message = "the row can't be read".to_owned();
    let help = "compare it with the rows beside it".to_owned();
    FieldProblem::Schema { location: source.at(row), message, help }
}

fn place(problem: &FieldProblem) -> &Location {
    match problem {
        FieldProblem::Unknown { location, .. }
        | FieldProblem::Duplicate { location, .. }
        | FieldProblem::Missing { location, .. }
        | FieldProblem::Invalid { location, .. }
        | FieldProblem::Pattern { location, .. }
        | FieldProblem::Schema { location, .. }
        | FieldProblem::Contradictory { location, .. } => location,
    }
}

/// The quote in the last row of a file in CSV that nothing closes, so that the row goes on to the end of the file.
pub(super) fn open_quote(source: &Source, layout: &Layout, last: usize) -> Option<SyntaxProblem> {
    let text = &source.text;
    let row = text.get(last..)?;
    let is_open = matches!(layout, Layout::Csv { .. }) && row.matches('"').count() % 2 == 1;
    let at = row.find('"').filter(|_| is_open)?;
    let help = "close the quote, and write quotes in quotes twice: `\"\"`";
    Some(SyntaxProblem::at(text, last + at, "invalid CSV: nothing closes the quote", help))
}
