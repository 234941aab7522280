//! A report for programs. The names of fields are those in JSON.

use serde::Serialize;

use super::figures::{Cell, Datum, Figures, Length, Table};
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;

/// A report with everything that it says.
#[derive(Debug, Serialize)]
pub struct ReportJson<'a> {
    report: &'a str,
    as_of: String,
    scope: ScopeJson<'a>,
    tables: Vec<TableJson<'a>>,
    left_out: Vec<LeftOutJson<'a>>,
    notes: &'a [String],
}

#[derive(Debug, Serialize)]
struct ScopeJson<'a> {
    owner: Option<String>,
    about: Option<String>,
    from: Option<String>,
    to: Option<String>,
    timezone: &'a str,
}

#[derive(Debug, Serialize)]
struct TableJson<'a> {
    name: &'a str,
    title: &'a str,
    columns: Vec<ColumnJson<'a>>,
    rows: Vec<RowJson<'a>>,
    notes: &'a [String],
}

#[derive(Debug, Serialize)]
struct ColumnJson<'a> {
    name: &'a str,
    label: &'a str,
    unit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct RowJson<'a> {
    cells: serde_json::Map<String, serde_json::Value>,
    records: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct LeftOutJson<'a> {
    reason: &'a str,
    count: usize,
    records: Vec<&'a str>,
}

/// A cell. What it does not have is left out, but for the value.
#[derive(Debug, Default, Serialize)]
struct CellJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<LengthJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ValueJson<'a> {
    Nothing(()),
    Text(&'a str),
    Day(String),
    Count(usize),
    Seconds(i64),
    Paths(Vec<&'a str>),
}

#[derive(Debug, Serialize)]
struct LengthJson {
    value: i64,
    at_least: bool,
}

/// What a report of the name `report` says.
pub fn json<'a>(
    base: &'a KnowledgeBase,
    report: &'a str,
    scope: &'a Scope,
    figures: &'a Figures,
) -> ReportJson<'a> {
    let id = |document: Option<DocumentId>| document.map(|document| base.graph.documents[document].full_id());
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let left_out = figures.left_out.iter().map(|left_out| LeftOutJson {
        reason: &left_out.reason,
        count: left_out.documents.len(),
        records: paths(base, &left_out.documents),
    });
    ReportJson {
        report,
        as_of: scope.as_of.to_string(),
        scope: ScopeJson {
            owner: id(scope.squad),
            about: id(scope.service),
            from: day(scope.from),
            to: day(scope.to),
            timezone: &scope.zone.name,
        },
        tables: figures.tables.iter().map(|of| table(base, of)).collect(),
        left_out: left_out.collect(),
        notes: &figures.notes,
    }
}

/// The paths of documents.
pub(super) fn paths<'a>(base: &'a KnowledgeBase, documents: &[DocumentId]) -> Vec<&'a str> {
    documents.iter().map(|&document| &*base.graph.documents[document].source.path).collect()
}

fn table<'a>(base: &'a KnowledgeBase, table: &'a Table) -> TableJson<'a> {
    let columns = table.columns.iter();
    let columns =
        columns.map(|column| ColumnJson { name: &column.name, label: &column.label, unit: column.unit });
    let rows = table.rows.iter().map(|row| {
        let cells = table.columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(column, of)| {
            Some((column.name.clone(), serde_json::to_value(cell(base, of)).ok()?))
        });
        RowJson { cells: cells.collect(), records: paths(base, &row.records()) }
    });
    TableJson {
        name: &table.name,
        title: &table.title,
        columns: columns.collect(),
        rows: rows.collect(),
        notes: &table.notes,
    }
}

fn cell<'a>(base: &'a KnowledgeBase, cell: &'a Cell) -> CellJson<'a> {
    let records = paths(base, &cell.records);
    let with = |value| CellJson { value: Some(value), ..CellJson::default() };
    let json = match &cell.datum {
        Datum::Text(text) | Datum::Command(text) => with(ValueJson::Text(text)),
        Datum::Count(count) => with(ValueJson::Count(*count)),
        Datum::Share { part, of } => CellJson { of: Some(*of), ..with(ValueJson::Count(*part)) },
        Datum::Length(Length { seconds, is_at_least }) => {
            CellJson { at_least: Some(*is_at_least), ..with(ValueJson::Seconds(*seconds)) }
        }
        Datum::Lengths(all) => {
            let all = all.iter();
            let all = all.map(|length| LengthJson { value: length.seconds, at_least: length.is_at_least });
            CellJson { values: Some(all.collect()), ..CellJson::default() }
        }
        Datum::Day(day) => with(ValueJson::Day(day.to_string())),
        Datum::Documents(documents) => with(ValueJson::Paths(paths(base, documents))),
        Datum::Missing(why) => CellJson { because: Some(why), ..with(ValueJson::Nothing(())) },
    };
    CellJson { records, ..json }
}
