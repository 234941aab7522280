//! Comma-separated values, as maps whose values know their places.

use csv::{Reader, ReaderBuilder, StringRecord, Trim};

use crate::model::{Content, Node, Span, SyntaxProblem};

/// A reader of the lines in `text`, whatever number of values each has.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes())
}

/// Reads the next record of `reader`, which reads `text`. Returns where it stands; none at the end.
///
/// # Errors
///
/// If it is no record.
pub(super) fn next(
    reader: &mut Reader<&[u8]>,
    text: &str,
    record: &mut StringRecord,
) -> Result<Option<Span>, SyntaxProblem> {
    let at = |reader: &Reader<&[u8]>| usize::try_from(reader.position().byte()).unwrap_or(text.len());
    let start = at(reader);
    match reader.read_record(record) {
        Ok(false) => Ok(None),
        Ok(true) => {
            let read = text[start..at(reader)].trim_start_matches(['\r', '\n']);
            let start = at(reader) - read.len();
            Ok(Some(Span::new(start..start + read.trim_end().len())))
        }
        Err(_) => Err(SyntaxProblem::at(text, start, "invalid CSV: the line is no record", LENGTH_HELP)),
    }
}

const LENGTH_HELP: &str = "write as many values as there are columns, and those with commas in quotes";

/// A record with another number of values than there are columns.
pub(super) fn wrong_length(text: &str, line: Span, values: usize, columns: usize) -> SyntaxProblem {
    let message = format!("invalid CSV: {values} values for {columns} columns");
    SyntaxProblem::at(text, line.range().start, message, LENGTH_HELP)
}

/// The values of the record in `line` of `text` under the names of their columns. A value knows its place where its line
/// has no quotes, else that of its line. An empty one is nothing.
pub(super) fn map(text: &str, line: Span, names: &StringRecord, record: &StringRecord) -> Node {
    let range = line.range();
    let mut at = range.start;
    let is_plain = !text[range.clone()].contains('"');
    let entries = names.iter().zip(record).map(|(name, value)| {
        let span = match text[at..range.end.max(at)].find(value) {
            Some(found) if is_plain => {
                let begin = at + found;
                at = text.ceil_char_boundary(begin + value.len() + 1).min(range.end);
                Span::new(begin..begin + value.len())
            }
            _ => line,
        };
        let content = if value.is_empty() { Content::Null } else { Content::Scalar(value.to_owned()) };
        (Node { span, content: Content::Scalar(name.to_owned()) }, Node { span, content })
    });
    let entries = entries.collect();
    Node { span: line, content: Content::Map(entries) }
}
