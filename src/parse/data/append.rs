//! A new row as the text that goes to the end of a file.

use csv::{QuoteStyle, StringRecord, Terminator, WriterBuilder};
use serde_json::Value;

use super::layout::{CSV, Layout};
use crate::model::data::DataSet;
use crate::model::field_type::ColumnType;
use crate::model::{Source, SyntaxProblem};

/// Why there is no text of a row.
#[derive(Debug)]
pub enum AppendError {
    /// The file has no column of this name.
    NoColumn(String),
    /// The file can't be read as one of data.
    Broken(SyntaxProblem),
}

/// What to write at the end of the file at `path`, which holds `text`, so that it has one more row: a new line first where
/// the last one does not end, and the names of the columns where it has none. `values` are names of columns and values.
///
/// # Errors
///
/// If the row does not fit the file.
pub fn row(
    set: &DataSet,
    path: &str,
    text: &str,
    values: &[(String, String)],
) -> Result<String, AppendError> {
    let is_empty = text.trim().is_empty();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = if is_empty || text.ends_with('\n') { String::new() } else { end.to_owned() };
    if !path.ends_with(CSV) {
        return Ok(lines + &json(set, values) + end);
    }
    let mut names: StringRecord = set.fields.iter().map(|field| field.name.as_str()).collect();
    if is_empty {
        lines += &record(&names, end);
    } else {
        let source = Source::new(path, text);
        if let Layout::Csv { names: own, .. } = Layout::of(&source).map_err(AppendError::Broken)? {
            names = own;
        }
    }
    if let Some((name, _)) = values.iter().find(|(name, _)| !names.iter().any(|known| known == name)) {
        return Err(AppendError::NoColumn(name.clone()));
    }
    let value = |name: &str| values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    Ok(lines + &record(&names.iter().map(value).collect(), end))
}

fn record(values: &StringRecord, end: &str) -> String {
    let terminator = if end == "\r\n" { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let mut builder = WriterBuilder::new();
    let mut writer =
        builder.quote_style(QuoteStyle::Necessary).terminator(terminator).from_writer(Vec::new());
    writer.write_record(values).expect("a vector takes all bytes");
    let bytes = writer.into_inner().expect("a vector takes all bytes");
    String::from_utf8(bytes).expect("values are UTF-8")
}

fn json(set: &DataSet, values: &[(String, String)]) -> String {
    let value = |name: &str, text: &str| {
        let column = set.column(name).and_then(|at| set.fields[at].field_type.column());
        let bare = match column {
            Some(ColumnType::Numbers | ColumnType::Booleans) => serde_json::from_str::<Value>(text).ok(),
            Some(ColumnType::Texts | ColumnType::Times) | None => None,
        };
        let is_single = |value: &Value| value.is_number() || value.is_boolean();
        bare.filter(is_single).unwrap_or_else(|| Value::String(text.to_owned()))
    };
    let entries = values.iter().map(|(name, text)| {
        // A map would put its keys into an order of its own.
        format!("{}:{}", Value::String(name.clone()), value(name, text))
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}
