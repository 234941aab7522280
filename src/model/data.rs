//! Data: rows of values by the schema of a set, kept by column so that a million of them need little memory.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Field, Source};

/// A set of data: what its rows hold.
#[derive(Debug)]
pub struct DataSet {
    /// Its name, which its files have: `deployments`.
    pub id: String,
    /// What a row is.
    pub summary: String,
    /// The columns.
    pub fields: Vec<Arc<Field>>,
    /// The columns whose values no two rows share; none if rows may be alike.
    pub key: Vec<usize>,
    /// The column that dates a row.
    pub time: Option<usize>,
    /// What its file says of it, as markdown.
    pub text: String,
    /// The file that defines it.
    pub source: Arc<Source>,
}

impl DataSet {
    /// The column `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// All sets of data, by name.
#[derive(Debug, Default)]
pub struct DataSets {
    /// The sets.
    pub all: Vec<Arc<DataSet>>,
    /// Changes when any file of a set does.
    pub fingerprint: u64,
}

impl DataSets {
    /// The set `id`.
    pub fn get(&self, id: &str) -> Option<&Arc<DataSet>> {
        self.all.iter().find(|set| set.id == id)
    }
}

/// Rows of one file that stand one after another.
#[derive(Debug)]
pub struct Rows {
    /// The file.
    pub source: Arc<Source>,
    /// Where each row begins, or the blank lines before it.
    pub starts: Vec<u32>,
    /// The values, a column for each field of the set.
    pub columns: Vec<Column>,
}

/// The values of a field, one for each row.
#[derive(Debug)]
pub enum Column {
    /// Texts. Each is kept once.
    Texts {
        /// The texts.
        texts: Vec<Box<str>>,
        /// For each row its text, or [`Column::NO_TEXT`].
        rows: Vec<u32>,
    },
    /// Moments in microseconds since 1970, or [`Column::NO_TIME`].
    Times(Vec<i64>),
    /// Numbers, or NaN.
    Numbers(Vec<f64>),
    /// Yes or no.
    Booleans(Vec<Option<bool>>),
}

impl Column {
    /// Stands for the text of a row without one.
    pub const NO_TEXT: u32 = u32::MAX;

    /// Stands for the moment of a row without one.
    pub const NO_TIME: i64 = i64::MIN;
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The rows that it is one of.
    pub rows: &'a Rows,
    /// Which one of them.
    pub index: usize,
}

impl<'a> Row<'a> {
    /// The text in a column of texts, if there is one.
    pub fn text(self, column: usize) -> Option<&'a str> {
        let Column::Texts { texts, rows } = self.rows.columns.get(column)? else { return None };
        texts.get(rows[self.index] as usize).map(|text| &**text)
    }

    /// The moment in a column of days or moments, if there is one.
    pub fn time(self, column: usize) -> Option<Timestamp> {
        let Column::Times(times) = self.rows.columns.get(column)? else { return None };
        let time = Some(times[self.index]).filter(|time| *time != Column::NO_TIME)?;
        Timestamp::from_microsecond(time).ok()
    }

    /// The number in a column of numbers, if there is one.
    pub fn number(self, column: usize) -> Option<f64> {
        let Column::Numbers(numbers) = self.rows.columns.get(column)? else { return None };
        Some(numbers[self.index]).filter(|number| !number.is_nan())
    }

    /// What a column of yes and no says, if anything.
    pub fn boolean(self, column: usize) -> Option<bool> {
        let Column::Booleans(values) = self.rows.columns.get(column)? else { return None };
        values[self.index]
    }

    /// The value in a column as a text that equal values share; none if there is no value.
    pub fn shown(self, column: usize) -> Option<String> {
        match self.rows.columns.get(column)? {
            Column::Texts { .. } => self.text(column).map(str::to_owned),
            Column::Times(_) => self.time(column).map(|time| time.to_string()),
            Column::Numbers(_) => self.number(column).map(|number| number.to_string()),
            Column::Booleans(_) => self.boolean(column).map(|value| value.to_string()),
        }
    }
}
