//! The page of a report.

use serde::Serialize;

use crate::model::field_type::day;
use crate::model::{DocumentId, OwnerRole, Role};
use crate::parse::markdown;
use crate::render::card::choices;
use crate::render::context::Pages;
use crate::render::html::{self, Target};
use crate::render::view::{
    CellView, FacetChoice, FacetView, Frame, Link, Moment, PageView, RowView, TableView,
};
use crate::report::figures::{Cell, Datum, LeftOut, Row, Table};
use crate::report::format::length_text;
use crate::report::incident;
use crate::report::reports::{self, Report};
use crate::report::scope::Scope;
use crate::text::address::href;

/// What the page of a report adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ReportView {
    /// The name of the report, as the command line has it.
    pub name: String,
    /// The day of the report.
    pub as_of: Moment,
    /// The days that it is about, where there is a limit.
    pub period: Option<String>,
    /// The tables.
    pub tables: Vec<TableView>,
    /// The name of the table that readers can filter, if there is one.
    pub filtered: Option<String>,
    /// What they can filter it by.
    pub facets: Vec<FacetChoice>,
    /// How it was counted, in short.
    pub notes: Vec<String>,
    /// What was not counted, and why.
    pub left_out: Vec<LeftOutView>,
    /// How it is counted, as HTML.
    pub method: String,
    /// The other reports.
    pub others: Vec<Link>,
}

/// Documents that were not counted.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct LeftOutView {
    /// Why not.
    pub reason: String,
    /// How many.
    pub count: usize,
    /// Some of them.
    pub records: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

pub(super) const TEMPLATE: &str = "report.html";

/// How many of the documents behind a number are listed. The table of all of them has the others.
const MOST: usize = 50;

/// A table with more rows can be filtered.
const MANY: usize = 6;

impl Pages<'_> {
    pub(super) fn report_page(&self, name: &str, frame: Frame) -> PageView<ReportView> {
        let report = reports::find(name).expect("the settings name no report that does not exist");
        let scope = Scope::of(self.base);
        let figures = (report.figures)(self.base, self.world, &scope);
        let tables: Vec<TableView> = figures.tables.iter().map(|table| self.table(table)).collect();
        let is_filtered = |table: &&TableView| {
            table.rows.len() > MANY && table.rows.iter().any(|row| !row.facets.is_empty())
        };
        let filtered = tables.iter().filter(is_filtered).max_by_key(|table| table.rows.len());
        let facets = filtered.map(|table| choices(table.rows.iter().flat_map(|row| &row.facets)));
        let filtered = filtered.map(|table| table.name.clone());
        let crumbs = self.reports_link().into_iter().collect();
        let title = report.title();
        let frame = Frame {
            title,
            description: report.summary().to_owned(),
            lead: report.summary().to_owned(),
            crumbs,
            ..frame
        };
        let body = ReportView {
            name: name.to_owned(),
            as_of: Moment { text: day(scope.as_of), iso: scope.as_of.to_string() },
            period: scope.period(),
            tables,
            filtered,
            facets: facets.unwrap_or_default(),
            left_out: figures.left_out.iter().map(|left_out| self.left_out(left_out)).collect(),
            notes: figures.notes,
            method: method(report),
            others: self.report_links().filter(|(other, _)| other.id != name).map(|(_, link)| link).collect(),
        };
        PageView { frame, body }
    }

    /// The reports that the site has, each with its page.
    pub(super) fn report_links(&self) -> impl Iterator<Item = (&'static Report, Link)> {
        reports::wanted(self.base).filter_map(|report| {
            let url = self.graph.routes.reports.get(report.id)?;
            Some((report, Link { title: report.title(), url: href(url) }))
        })
    }

    /// The page that lists the reports.
    fn reports_link(&self) -> Option<Link> {
        Some(Link { title: "Reports".to_owned(), url: self.site.reports.clone()? })
    }

    fn table(&self, table: &Table) -> TableView {
        TableView {
            name: table.name.clone(),
            title: table.title.clone(),
            columns: table.columns.iter().map(|column| column.label.clone()).collect(),
            rows: table.rows.iter().map(|row| self.row(row)).collect(),
            notes: table.notes.clone(),
            chart: table.chart.as_ref().and_then(|chart| self.chart(chart)),
        }
    }

    fn row(&self, row: &Row) -> RowView {
        RowView {
            cells: row.cells.iter().map(|cell| self.cell(cell)).collect(),
            facets: row.subject.map(|subject| self.report_facets(subject, row)).unwrap_or_default(),
        }
    }

    fn cell(&self, cell: &Cell) -> CellView {
        let (form, text) = match &cell.datum {
            Datum::Text(text) => ("text", text.clone()),
            Datum::Count(count) => ("number", count.to_string()),
            Datum::Share { part, of } => ("number", format!("{part} of {of}")),
            Datum::Length(length) => ("length", length_text(*length)),
            Datum::Lengths(all) => {
                ("length", all.iter().copied().map(length_text).collect::<Vec<_>>().join(", "))
            }
            Datum::Day(day) => ("day", day.to_string()),
            Datum::Documents(_) => ("documents", String::new()),
            Datum::Command(command) => ("command", command.clone()),
            Datum::Missing(why) => ("missing", why.clone()),
        };
        let links = match &cell.datum {
            Datum::Documents(documents) => self.links(documents),
            _ => Vec::new(),
        };
        let (records, more) = self.some(&cell.records);
        CellView { form, text, links, records, more }
    }

    fn left_out(&self, left_out: &LeftOut) -> LeftOutView {
        let (records, more) = self.some(&left_out.documents);
        LeftOutView { reason: left_out.reason.clone(), count: left_out.documents.len(), records, more }
    }

    fn links(&self, documents: &[DocumentId]) -> Vec<Link> {
        documents.iter().map(|&document| self.document_link(document)).collect()
    }

    /// Some of many documents, and how many there are besides.
    fn some(&self, documents: &[DocumentId]) -> (Vec<Link>, usize) {
        let shown = &documents[..documents.len().min(MOST)];
        (self.links(shown), documents.len() - shown.len())
    }

    /// What readers filter rows of reports by: whose a document is, what it is about, and how bad it was.
    fn report_facets(&self, document: DocumentId, row: &Row) -> Vec<FacetView> {
        let titles = |documents: &[DocumentId]| -> Vec<String> {
            documents.iter().map(|&document| self.graph.documents[document].title.clone()).collect()
        };
        let of = &self.graph.documents[document];
        let (owner, service) = (self.kind_behind(OwnerRole::Direct), self.kind_behind(OwnerRole::Inherited));
        let about = incident::services(self.base, document);
        let is_service = self.base.kinds.behind(OwnerRole::Inherited).contains(&of.kind.id);
        let level = of.kind.field_of(Role::Level);
        let mut facets = vec![
            (owner.0, owner.1, titles(row.owners.as_deref().unwrap_or(&self.graph.owners[document]))),
            (service.0, service.1, if is_service { vec![of.title.clone()] } else { titles(&about) }),
        ];
        if let Some(field) = level {
            let level = incident::level(self.base, document);
            facets.push((&field.name, &field.label, titles(level.as_slice())));
        }
        let view = |(name, label, values): (&str, &str, _)| FacetView {
            name: name.to_owned(),
            label: label.to_owned(),
            values,
            hide_in_lists: true,
            display: None,
        };
        facets.into_iter().filter(|(_, _, values)| !values.is_empty()).map(view).collect()
    }
}

/// How a report is counted, as HTML.
fn method(report: &Report) -> String {
    let text = report.method();
    let body = markdown::scan(text, 0);
    // The texts link to sources elsewhere alone.
    let targets = body.links.iter().map(|link| {
        let href = Some(link.target.clone());
        Target { href, external: true, ..Target::default() }
    });
    let targets: Vec<Target> = targets.collect();
    html::body(text, 0, &body, false, &targets, &|_, code| {
        let mut escaped = String::new();
        crate::text::escape::text(code, &mut escaped);
        escaped
    })
}
