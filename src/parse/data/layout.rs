//! How the rows of a file are written: as CSV, or an object in JSON a line.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use csv::StringRecord;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::{csv as records, yaml};
use crate::model::{Content, Node, Source, Span, SyntaxProblem};

/// How the rows of a file are written.
#[derive(Debug)]
pub(super) enum Layout {
    /// Beneath the names of the columns, which stand in the first line.
    Csv {
        /// The names.
        names: StringRecord,
        /// The line with the names.
        line: Span,
        /// Where the rows begin.
        rows: usize,
    },
    /// Each as an object.
    JsonLines,
}

/// Endings of files in CSV.
pub(super) const CSV: &str = "csv";

/// Endings of files with an object in JSON a line.
pub(super) const JSON_LINES: [&str; 2] = ["jsonl", "ndjson"];

/// One value of a row as it is written.
#[derive(Debug, Clone)]
pub(super) enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    /// A list or a group.
    Other,
}

impl Layout {
    /// How the rows of a file are written.
    ///
    /// # Errors
    ///
    /// If the first line has no names of columns.
    pub(super) fn of(source: &Source) -> Result<Self, SyntaxProblem> {
        if !source.path.ends_with(CSV) {
            return Ok(Self::JsonLines);
        }
        let text = &source.text;
        let mut reader = records::reader(text);
        let mut names = StringRecord::new();
        let line = records::next(&mut reader, text, &mut names)?.unwrap_or_default();
        let other = [';', '\t'].into_iter().find(|other| names.iter().any(|name| name.contains(*other)));
        if let Some(other) = other.filter(|_| names.len() == 1) {
            let shown = if other == '\t' { "tabs" } else { "`;`" };
            let message = format!("the columns are separated by {shown}, not by `,`");
            return Err(SyntaxProblem::at(text, line.range().start, message, "save the file with commas"));
        }
        let rows = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        Ok(Self::Csv { names, line, rows })
    }

    /// Where the rows begin.
    pub(super) fn rows(&self) -> usize {
        if let Self::Csv { rows, .. } = self { *rows } else { 0 }
    }

    /// The row that begins at byte `start`, as a map whose values know their places.
    ///
    /// # Errors
    ///
    /// If it can't be read as one.
    pub(super) fn row(&self, source: &Source, start: usize) -> Result<Node, SyntaxProblem> {
        let text = &source.text;
        match self {
            Self::Csv { names, .. } => {
                let mut record = StringRecord::new();
                let mut reader = records::reader(&text[start..]);
                let line = records::next(&mut reader, &text[start..], &mut record)?.unwrap_or_default();
                let line = Span::new(line.range().start + start..line.range().end + start);
                if record.len() != names.len() {
                    return Err(records::wrong_length(text, line, record.len(), names.len()));
                }
                Ok(records::map(text, line, names, &record))
            }
            Self::JsonLines => {
                let line = json_line(text, start);
                if let Err(error) = serde_json::from_str::<JsonRow<'_>>(&text[line.clone()]) {
                    return Err(invalid_json(text, line.start, &error));
                }
                let empty = Node { span: Span::new(line.clone()), content: Content::Null };
                Ok(yaml::tree(text, line)?.unwrap_or(empty))
            }
        }
    }

    /// Calls `see` with the beginning of each row in a part of a file, and its values under the positions that `column` has
    /// for their names. `see` is given nothing where a row can't be read.
    pub(super) fn each(
        &self,
        text: &str,
        part: Range<usize>,
        columns: usize,
        column: &dyn Fn(&str) -> Option<usize>,
        see: &mut dyn FnMut(usize, Option<Written<'_>>),
    ) {
        match self {
            Self::Csv { names, .. } => {
                let places: Vec<Option<usize>> = names.iter().map(column).collect();
                let mut reader = records::reader(&text[part.clone()]);
                let mut record = StringRecord::new();
                loop {
                    let start = part.start + usize::try_from(reader.position().byte()).unwrap_or_default();
                    if !reader.read_record(&mut record).unwrap_or_default() {
                        break;
                    }
                    if record.len() != names.len() {
                        see(start, None);
                        continue;
                    }
                    let mut cells = vec![Cell::Nothing; columns];
                    for (place, value) in places.iter().zip(&record) {
                        if let (Some(place), false) = (place, value.is_empty()) {
                            cells[*place] = Cell::Text(Cow::Borrowed(value));
                        }
                    }
                    see(start, Some(Written { cells, unknown: Vec::new(), twice: Vec::new() }));
                }
            }
            Self::JsonLines => {
                let mut start = part.start;
                for line in text[part].split_inclusive('\n') {
                    let begin = start;
                    start += line.len();
                    if line.trim().is_empty() {
                        continue;
                    }
                    let row = serde_json::from_str::<JsonRow<'_>>(line.trim());
                    see(begin, row.ok().map(|row| row.written(columns, column)));
                }
            }
        }
    }
}

/// A row as it is written.
pub(super) struct Written<'a> {
    /// The values, by column.
    pub(super) cells: Vec<Cell<'a>>,
    /// Names of columns that there are not.
    pub(super) unknown: Vec<String>,
    /// Names of columns that stand twice.
    pub(super) twice: Vec<String>,
}

/// The line of JSON at or after byte `start`, without the blanks around it.
fn json_line(text: &str, start: usize) -> Range<usize> {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = &text[start..end];
    let start = start + line.len() - line.trim_start().len();
    start..start + line.trim().len()
}

fn invalid_json(text: &str, start: usize, error: &serde_json::Error) -> SyntaxProblem {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let at = start + error.column().saturating_sub(1);
    let help = "write a row as an object in one line: `{\"service\": \"checkout\"}`";
    SyntaxProblem::at(text, at, format!("invalid JSON: {reason}"), help)
}

/// An object in a line.
struct JsonRow<'a>(Vec<(Cow<'a, str>, Cell<'a>)>);

impl<'a> JsonRow<'a> {
    fn written(self, columns: usize, column: &dyn Fn(&str) -> Option<usize>) -> Written<'a> {
        let (mut unknown, mut twice) = (Vec::new(), Vec::new());
        let mut cells: Vec<Option<Cell<'_>>> = vec![None; columns];
        for (name, cell) in self.0 {
            match column(&name) {
                None => unknown.push(name.into_owned()),
                Some(place) if cells[place].is_some() => twice.push(name.into_owned()),
                Some(place) => cells[place] = Some(cell),
            }
        }
        let cells = cells.into_iter().map(|cell| cell.unwrap_or(Cell::Nothing)).collect();
        Written { cells, unknown, twice }
    }
}

impl<'de> Deserialize<'de> for JsonRow<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = JsonRow<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(8));
        while let Some((name, value)) = map.next_entry::<Cell<'de>, Cell<'de>>()? {
            let name = if let Cell::Text(name) = name { name } else { Cow::Borrowed("") };
            entries.push((name, value));
        }
        Ok(JsonRow(entries))
    }
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(if text.trim().is_empty() { Cell::Nothing } else { Cell::Text(Cow::Borrowed(text)) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(if text.trim().is_empty() { Cell::Nothing } else { Cell::Text(Cow::Owned(text.to_owned())) })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Borrowed(if value { "true" } else { "false" })))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Cell::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }
}

/// The place of a column in the row that begins at byte `start` of a file that was read: of its value, else of the row.
pub(super) fn place(source: &Arc<Source>, start: usize, column: &str) -> Span {
    let row = Layout::of(source).and_then(|layout| layout.row(source, start));
    row.map_or(Span::new(start..start), |row| {
        row.get(column).filter(|node| !node.is_null()).map_or(row.span, |node| node.span)
    })
}
