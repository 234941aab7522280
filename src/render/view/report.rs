//! Reports.

use serde::Serialize;

use super::{FacetView, Link};

/// A figure of a report, on the page of a document.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ReportFigure {
    /// What is counted.
    pub label: String,
    /// How many there are.
    pub count: usize,
    /// Where the report has the rest.
    pub url: String,
}

/// A table of a report.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct TableView {
    /// Its name among the tables of the report.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What its columns are called.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// What readers of the table have to know.
    pub notes: Vec<String>,
    /// The same as a picture.
    pub chart: Option<ChartView>,
}

/// A row.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct RowView {
    /// A cell for each column.
    pub cells: Vec<CellView>,
    /// What readers can filter it by.
    pub facets: Vec<FacetView>,
}

/// A value, and the documents that it was counted from.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct CellView {
    /// `text`, `number`, `length`, `day`, `documents`, `command` or `missing`.
    pub form: &'static str,
    /// As people read it; empty for documents.
    pub text: String,
    /// The documents that it names.
    pub links: Vec<Link>,
    /// The documents that it was counted from, up to a few.
    pub records: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// A chart.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ChartView {
    /// `bars` or `dots`.
    pub form: &'static str,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// The bars, from the top.
    pub bars: Vec<BarView>,
    /// The lines with dots, from the top.
    pub lanes: Vec<LaneView>,
    /// The marks of the scale of dots.
    pub ticks: Vec<TickView>,
}

/// A bar.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct BarView {
    /// What is counted.
    pub label: String,
    /// From the top.
    pub y: usize,
    /// How long it is.
    pub width: usize,
    /// How much of it there is.
    pub count: usize,
}

/// A line with dots.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct LaneView {
    /// What is measured.
    pub label: String,
    /// The base line of the label, from the top.
    pub y: usize,
    /// The line, from the top.
    pub middle: usize,
    /// The dots.
    pub dots: Vec<DotView>,
}

/// A dot.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct DotView {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// Whether the value is not final.
    pub is_at_least: bool,
    /// What it stands for.
    pub title: String,
}

/// A mark of a scale.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct TickView {
    /// From the left.
    pub x: usize,
    /// What it stands for.
    pub label: String,
}
