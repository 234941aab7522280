//! Rows to typed columns, and what is wrong with them: counted by cause, so that a million broken rows are one problem.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::layout::{Cell, Written};
use crate::model::data::{Column, DataSet, Rows};
use crate::model::field_type::{ColumnType, Number, Values};
use crate::model::{Field, Source};

/// Why rows are wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cause {
    /// The row can't be read.
    Unreadable,
    /// There is no such column.
    Unknown(String),
    /// The column stands twice.
    Twice(String),
    /// A required value is absent.
    Missing(usize),
    /// The value is none of the column. Where there is something to choose from, each wrong choice is a cause.
    Refused(usize, String),
    /// The moment is before one that it has to follow.
    Early(usize),
    /// The number exceeds the one that it is a part of.
    Excess(usize),
}

/// How often something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Where the first row begins.
    pub(super) first: usize,
    /// How many rows there are.
    pub(super) rows: usize,
}

/// What is wrong with the rows of a file, by cause in the order of their first rows.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) causes: IndexMap<Cause, Occurrence, FxBuildHasher>,
    /// How many rows have faults of causes beyond the first ones.
    pub(super) more: usize,
}

/// Causes beyond this number are only counted: a file with so many holds something else.
pub const MOST_CAUSES: usize = 20;

impl Faults {
    pub(super) fn add(&mut self, cause: Cause, occurrence: Occurrence) {
        let is_full = self.causes.len() >= MOST_CAUSES;
        match self.causes.get_mut(&cause) {
            Some(known) => known.rows += occurrence.rows,
            None if is_full => self.more += occurrence.rows,
            None => {
                self.causes.insert(cause, occurrence);
            }
        }
    }

    /// Adds those of a later part of the file.
    pub(super) fn extend(&mut self, later: Self) {
        self.more += later.more;
        for (cause, occurrence) in later.causes {
            self.add(cause, occurrence);
        }
    }
}

/// Columns that grow by a row at a time.
pub(super) struct Builder<'a> {
    set: &'a DataSet,
    /// For each column, whether the file has it.
    has: &'a [bool],
    starts: Vec<u32>,
    columns: Vec<ColumnBuilder>,
    faults: Faults,
}

enum ColumnBuilder {
    Texts { known: IndexSet<Box<str>, FxBuildHasher>, rows: Vec<u32> },
    Times(Vec<i64>),
    Numbers(Vec<f64>),
    Booleans(Vec<Option<bool>>),
}

impl<'a> Builder<'a> {
    pub(super) fn new(set: &'a DataSet, has: &'a [bool]) -> Self {
        let columns = set.fields.iter().map(|field| match field.field_type.column() {
            Some(ColumnType::Times) => ColumnBuilder::Times(Vec::new()),
            Some(ColumnType::Numbers) => ColumnBuilder::Numbers(Vec::new()),
            Some(ColumnType::Booleans) => ColumnBuilder::Booleans(Vec::new()),
            Some(ColumnType::Texts) | None => {
                ColumnBuilder::Texts { known: IndexSet::default(), rows: Vec::new() }
            }
        });
        let columns = columns.collect();
        Self { set, has, starts: Vec::new(), columns, faults: Faults::default() }
    }

    /// Adds the row that begins at byte `start`; nothing of one that can't be read.
    pub(super) fn add(&mut self, start: usize, row: Option<Written<'_>>) {
        let here = Occurrence { first: start, rows: 1 };
        let Some(Written { cells, unknown, twice }) = row else {
            return self.faults.add(Cause::Unreadable, here);
        };
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        unknown.into_iter().for_each(|name| self.faults.add(Cause::Unknown(name), here));
        twice.into_iter().for_each(|name| self.faults.add(Cause::Twice(name), here));
        for (at, (field, cell)) in self.set.fields.iter().zip(cells).enumerate() {
            let column = &mut self.columns[at];
            let refused = match cell {
                Cell::Text(text) if column.push(field, &text) => continue,
                Cell::Text(text) => Some(text.into_owned()),
                Cell::Other => Some(String::new()),
                Cell::Nothing => None,
            };
            column.push_nothing();
            match refused {
                Some(text) => {
                    let is_choice = matches!(field.field_type.definition().values, Values::Choices);
                    let text = if is_choice { text } else { String::new() };
                    self.faults.add(Cause::Refused(at, text), here);
                }
                None if field.required && self.has[at] => self.faults.add(Cause::Missing(at), here),
                None => {}
            }
        }
        self.check(here);
    }

    /// Looks for values of the last row that do not fit each other.
    fn check(&mut self, here: Occurrence) {
        for (at, field) in self.set.fields.iter().enumerate() {
            let is_early = |name: &String| {
                let times = (self.last_time(at), self.set.column(name).and_then(|at| self.last_time(at)));
                matches!(times, (Some(later), Some(earlier)) if later < earlier)
            };
            if field.after.iter().any(is_early) {
                self.faults.add(Cause::Early(at), here);
            }
            let limit = field.at_most.as_deref().and_then(|name| self.set.column(name));
            if let Some(limit) = limit
                && let (Some(part), Some(whole)) = (self.last_number(at), self.last_number(limit))
                && part > whole
            {
                self.faults.add(Cause::Excess(at), here);
            }
        }
    }

    fn last_time(&self, column: usize) -> Option<i64> {
        let ColumnBuilder::Times(times) = &self.columns[column] else { return None };
        times.last().copied().filter(|time| *time != Column::NO_TIME)
    }

    fn last_number(&self, column: usize) -> Option<f64> {
        let ColumnBuilder::Numbers(numbers) = &self.columns[column] else { return None };
        numbers.last().copied().filter(|number| !number.is_nan())
    }

    pub(super) fn finish(self, source: &Arc<Source>) -> (Rows, Faults) {
        let columns = self.columns.into_iter().map(ColumnBuilder::finish).collect();
        (Rows { source: Arc::clone(source), starts: self.starts, columns }, self.faults)
    }
}

impl ColumnBuilder {
    /// Adds a value, if it is one of the field. Says whether it is.
    fn push(&mut self, field: &Field, text: &str) -> bool {
        if let Self::Texts { known, rows } = self
            && let Some(at) = known.get_index_of(text)
        {
            rows.push(index(at));
            return true;
        }
        let Ok(value) = field.read(text) else { return false };
        match self {
            Self::Texts { known, rows } => {
                let plain = value.view().text().unwrap_or_else(|| text.trim());
                rows.push(index(known.insert_full(plain.into()).0));
            }
            Self::Times(times) => {
                times.push(value.timestamp().map_or(Column::NO_TIME, |time| time.as_microsecond()));
            }
            Self::Numbers(numbers) => numbers.push(value.number().map_or(f64::NAN, Number::value)),
            Self::Booleans(values) => values.push(value.boolean()),
        }
        true
    }

    fn push_nothing(&mut self) {
        match self {
            Self::Texts { rows, .. } => rows.push(Column::NO_TEXT),
            Self::Times(times) => times.push(Column::NO_TIME),
            Self::Numbers(numbers) => numbers.push(f64::NAN),
            Self::Booleans(values) => values.push(None),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Texts { known, rows } => Column::Texts { texts: known.into_iter().collect(), rows },
            Self::Times(times) => Column::Times(times),
            Self::Numbers(numbers) => Column::Numbers(numbers),
            Self::Booleans(values) => Column::Booleans(values),
        }
    }
}

/// A place among the texts of a part, which has fewer than 2^32 bytes.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(Column::NO_TEXT)
}
