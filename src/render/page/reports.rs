//! The page that lists the reports.

use serde::Serialize;

use crate::render::context::Pages;
use crate::render::view::{Frame, Link, PageView};

/// What the list of reports adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ReportsView {
    /// The reports.
    pub reports: Vec<ReportLink>,
}

/// A report in the list.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct ReportLink {
    /// Its name, as the command line has it.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// Its page.
    pub page: Link,
}

pub(super) const TEMPLATE: &str = "reports.html";

impl Pages<'_> {
    pub(super) fn reports_page(&self, frame: Frame) -> PageView<ReportsView> {
        let reports = self.report_links().map(|(report, page)| ReportLink {
            name: report.id.to_owned(),
            question: report.summary().to_owned(),
            page,
        });
        let description = "What the documents tell, counted. Each number leads to the documents behind it.";
        let (title, description) = ("Reports".to_owned(), description.to_owned());
        let frame = Frame { title, lead: description.clone(), description, ..frame };
        PageView { frame, body: ReportsView { reports: reports.collect() } }
    }
}
