//! What a report says: tables of typed cells, each with the documents that it was counted from.

use jiff::civil::Date;

use crate::model::DocumentId;

/// What a report says.
#[derive(Debug, Default)]
pub struct Figures {
    /// The tables, the most telling first.
    pub tables: Vec<Table>,
    /// What was not counted, and why.
    pub left_out: Vec<LeftOut>,
    /// How it was counted: clocks, zones, what does not add up.
    pub notes: Vec<String>,
}

/// Documents that were not counted.
#[derive(Debug)]
pub struct LeftOut {
    /// Why not: `no time of detection`.
    pub reason: String,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name among the tables of the report.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What the cells of each row are.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What readers of the table have to know.
    pub notes: Vec<String>,
    /// The same as a picture.
    pub chart: Option<Chart>,
}

/// What the cells below a head are.
#[derive(Debug)]
pub struct Column {
    /// Its name for machines.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it is measured in, where that is not obvious: `s`.
    pub unit: Option<&'static str>,
}

/// The unit of lengths of time, as machines get them.
pub const SECONDS: &str = "s";

/// A row.
#[derive(Debug)]
pub struct Row {
    /// The document that the row is about, if it is about one.
    pub subject: Option<DocumentId>,
    /// Whose it is, where that is not the owner of the subject.
    pub owners: Option<Vec<DocumentId>>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// A value, and the documents that it was counted from.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The value.
    pub datum: Datum,
    /// The documents behind it, each once.
    pub records: Vec<DocumentId>,
}

/// A value of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// Words.
    Text(String),
    /// A number of things.
    Count(usize),
    /// Some of all.
    Share {
        /// How many.
        part: usize,
        /// Of how many.
        of: usize,
    },
    /// A length of time.
    Length(Length),
    /// Several lengths of time, the shortest first.
    Lengths(Vec<Length>),
    /// A day.
    Day(Date),
    /// Documents.
    Documents(Vec<DocumentId>),
    /// What to type in a shell.
    Command(String),
    /// Nothing, and why.
    Missing(String),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    /// In seconds.
    pub seconds: i64,
    /// Whether it has not ended, so that it will be longer.
    pub is_at_least: bool,
}

/// A picture of a table.
#[derive(Debug)]
pub enum Chart {
    /// A bar for each row.
    Bars(Vec<Bar>),
    /// A line for each row, with dots at lengths of time on a logarithmic scale.
    Dots(Vec<Lane>),
}

/// A bar.
#[derive(Debug)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How much of it there is.
    pub count: usize,
}

/// Dots on a line.
#[derive(Debug)]
pub struct Lane {
    /// What is measured.
    pub label: String,
    /// The lengths of time, each with its document.
    pub dots: Vec<(Length, DocumentId)>,
}

impl Column {
    /// A column without a unit.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), unit: None }
    }

    /// A column of lengths of time.
    pub fn length(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { unit: Some(SECONDS), ..Self::new(name, label) }
    }
}

impl Row {
    /// A row that is about no single document.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { subject: None, owners: None, cells }
    }

    /// A row about a document.
    pub fn about(subject: DocumentId, cells: Vec<Cell>) -> Self {
        Self { subject: Some(subject), owners: None, cells }
    }

    /// The same row, of these owners.
    pub fn owned_by(self, owners: Vec<DocumentId>) -> Self {
        Self { owners: Some(owners), ..self }
    }

    /// The documents behind the row, each once.
    pub fn records(&self) -> Vec<DocumentId> {
        let mut records: Vec<DocumentId> =
            self.cells.iter().flat_map(|cell| cell.records.iter().copied()).collect();
        records.sort_unstable();
        records.dedup();
        if records.is_empty() { self.subject.into_iter().collect() } else { records }
    }
}

impl Cell {
    /// A value that was counted from documents.
    pub fn from_records(datum: Datum, mut records: Vec<DocumentId>) -> Self {
        records.sort_unstable();
        records.dedup();
        Self { datum, records }
    }

    /// A value that stands for itself.
    pub fn plain(datum: Datum) -> Self {
        Self { datum, records: Vec::new() }
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::plain(Datum::Text(text.into()))
    }

    /// A document.
    pub fn document(document: DocumentId) -> Self {
        Self::plain(Datum::Documents(vec![document]))
    }

    /// Documents, or why there are none.
    pub fn documents(documents: Vec<DocumentId>, otherwise: &str) -> Self {
        if documents.is_empty() { Self::missing(otherwise) } else { Self::plain(Datum::Documents(documents)) }
    }

    /// The number of documents.
    pub fn count(records: Vec<DocumentId>) -> Self {
        Self::counted(records.len(), records)
    }

    /// A number of things in documents.
    pub fn counted(count: usize, records: Vec<DocumentId>) -> Self {
        Self::from_records(Datum::Count(count), records)
    }

    /// How many of `of` documents.
    pub fn share(records: Vec<DocumentId>, of: usize) -> Self {
        Self::from_records(Datum::Share { part: records.len(), of }, records)
    }

    /// Nothing, and why.
    pub fn missing(why: impl Into<String>) -> Self {
        Self::plain(Datum::Missing(why.into()))
    }
}

impl Figures {
    /// Says that a document was not counted.
    pub fn leave_out(&mut self, reason: impl Into<String>, document: DocumentId) {
        let reason = reason.into();
        match self.left_out.iter_mut().find(|left_out| left_out.reason == reason) {
            Some(left_out) => {
                // Documents come in their order.
                if left_out.documents.last() != Some(&document) {
                    left_out.documents.push(document);
                }
            }
            None => self.left_out.push(LeftOut { reason, documents: vec![document] }),
        }
    }
}
