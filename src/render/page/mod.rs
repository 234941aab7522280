//! The pages of a site: one file a type of page, with what it shows and the name of its template.
//!
//! A new type is a variant of [`Page`], whose questions the compiler then asks, a file here with its line in each list
//! below, and a template.

mod alert;
mod alerts;
mod body;
mod collected;
mod document;
mod feed;
mod folder;
mod frame;
mod graph_data;
mod home;
mod kind;
mod not_found;
mod open_search;
mod redirect;
mod report;
mod reports;
mod search;
mod sitemap;

use serde::Serialize;

use super::Theme;
use super::context::Pages;
use super::view::{Frame, PageView};
use crate::graph::Page;

/// What pages of each type have beside their frame.
#[derive(Debug, Clone, Hash, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// The home page.
    Home(home::HomeView),
    /// A document.
    Document(Box<document::DocumentPage>),
    /// The index of a kind.
    Kind(kind::KindView),
    /// A folder.
    Folder(folder::FolderView),
    /// All alerts.
    Alerts(alerts::AlertsView),
    /// One alert.
    Alert(alert::AlertView),
    /// The values of one field.
    Collected(collected::CollectedView),
    /// All reports.
    Reports(reports::ReportsView),
    /// One report.
    Report(Box<report::ReportView>),
    /// A redirect.
    Redirect(redirect::RedirectView),
    /// Results of a search.
    Search(search::SearchView),
    /// What is shown where there is nothing.
    NotFound(not_found::NotFoundView),
}

/// What a page is made of.
#[derive(Debug)]
pub enum Content {
    /// What the template of that name shows.
    Template(String, Box<PageView<Body>>),
    /// The file as it is published.
    File(Vec<u8>),
}

impl Pages<'_> {
    /// What the page at `url` is made of.
    pub fn content(&self, url: &str, page: &Page, theme: &Theme) -> Content {
        let frame = self.frame(url);
        let (config, kinds) = (&self.base.config, &self.base.kinds.all);
        match page {
            Page::Home { introduction } => {
                self.templated(theme, home::TEMPLATE, self.home_page(*introduction, frame), Body::Home)
            }
            Page::Document(document) => {
                let template = theme.document_template(&self.graph.documents[*document].kind.id);
                let is_for_one_kind = theme.is_for_one_kind(&template);
                let view = self.document_page(*document, is_for_one_kind, frame);
                self.templated(theme, &template, view, |body| Body::Document(Box::new(body)))
            }
            Page::Kind { kind, introduction } => {
                let template = theme.index_template(&kinds[*kind].id);
                self.templated(theme, &template, self.kind_page(*kind, *introduction, frame), Body::Kind)
            }
            Page::Folder { path, introduction } => {
                let view = self.folder_page(path, *introduction, frame);
                self.templated(theme, folder::TEMPLATE, view, Body::Folder)
            }
            Page::Alerts { introduction } => {
                self.templated(theme, alerts::TEMPLATE, self.alerts_page(*introduction, frame), Body::Alerts)
            }
            Page::Alert(name) => {
                self.templated(theme, alert::TEMPLATE, self.alert_page(name, url, frame), Body::Alert)
            }
            Page::Collected { kind, field } => {
                let view = self.collected_page(*kind, *field, frame);
                self.templated(theme, collected::TEMPLATE, view, Body::Collected)
            }
            Page::Reports => {
                self.templated(theme, reports::TEMPLATE, self.reports_page(frame), Body::Reports)
            }
            Page::Report(name) => {
                let view = self.report_page(name, frame);
                self.templated(theme, report::TEMPLATE, view, |body| Body::Report(Box::new(body)))
            }
            Page::Redirect(document) => {
                let view = self.redirect_page(*document, url, frame);
                self.templated(theme, redirect::TEMPLATE, view, Body::Redirect)
            }
            Page::Search => self.templated(theme, search::TEMPLATE, Self::search_page(frame), Body::Search),
            Page::NotFound => {
                self.templated(theme, not_found::TEMPLATE, self.not_found_page(frame), Body::NotFound)
            }
            Page::Feed(kind) => {
                Content::File(feed::atom(config, self.graph, &kinds[*kind], &self.by_kind[*kind]))
            }
            Page::Sitemap => Content::File(sitemap::sitemap(config, self.graph)),
            Page::OpenSearch => Content::File(open_search::open_search(config)),
            Page::GraphData => Content::File(graph_data::graph_data(self.graph)),
        }
    }

    /// A page that a template shows, with all documents of the kinds that the template names.
    fn templated<T>(
        &self,
        theme: &Theme,
        template: &str,
        view: PageView<T>,
        body: impl FnOnce(T) -> Body,
    ) -> Content {
        let wanted = theme.kinds_wanted(template).into_iter();
        let all = wanted.map(|kind| (kind.clone(), self.records(&kind))).collect();
        let frame = Frame { all, ..view.frame };
        Content::Template(template.to_owned(), Box::new(PageView { frame, body: body(view.body) }))
    }
}
