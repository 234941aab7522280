//! The site and its pages.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::HomePart;

use super::{Fact, Link, Moment, Record, TocEntry};

/// The site, the same for every page.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// One sentence about it, possibly empty.
    pub description: String,
    /// The language of the content.
    pub language: String,
    /// The kinds that have documents.
    pub kinds: Vec<KindView>,
    /// How many alerts have a page.
    pub alerts: usize,
    /// The address of the list of reports, if there are any.
    pub reports: Option<String>,
    /// Whether browsers can learn how to search it.
    pub opensearch: bool,
    /// Changes when a stylesheet or script does.
    pub assets_version: String,
    /// The version of sdkb.
    pub version: &'static str,
}

/// A kind of document.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct KindView {
    /// Its name.
    pub id: String,
    /// What one document is called.
    pub label: String,
    /// What several are called.
    pub plural: String,
    /// What it is for.
    pub summary: String,
    /// The address of its index.
    pub url: String,
    /// How many documents it has.
    pub count: usize,
    /// How the home page shows them beside the list of all kinds: `owners`, `levels`, `latest`.
    pub home: Option<HomePart>,
    /// The address of its feed.
    pub feed: Option<String>,
    /// The pages that collect what its documents say in one field.
    pub collected: Vec<Link>,
}

/// A page: what every page has, and what its type adds. Templates see both as `page`.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct PageView<Body> {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// What pages of its type have.
    #[serde(flatten)]
    pub body: Body,
}

/// What every page has. What a page does not use is empty.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub struct Frame {
    /// What leads from the page to the site's root: empty, `../`, `../../`.
    pub root: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// One or two sentences, possibly empty.
    pub description: String,
    /// The anchor of the title, as the forge would have it.
    pub anchor: String,
    /// The summary that an author wrote, to be shown beneath the title. One that was taken from the text
    /// would stand there twice.
    pub lead: String,
    /// The absolute address, if the site has one.
    pub canonical: Option<String>,
    /// The pages above it, from the top.
    pub crumbs: Vec<Link>,
    /// The name of the kind that it belongs to.
    pub kind: Option<String>,
    /// The file that it was made from.
    pub source: Option<SourceView>,
    /// The text that it begins with, as HTML.
    pub html: String,
    /// The headings of that text.
    pub toc: Vec<TocEntry>,
    /// The fields of the index document that holds that text, where it is not the page's own document.
    pub facts: Vec<Fact>,
    /// The pages around it in its part of the site, itself among them.
    pub branch: Vec<Link>,
    /// All documents of the kinds that the template names: `page.all.priority`.
    pub all: BTreeMap<String, Vec<Record>>,
}

/// The file that a page was made from.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct SourceView {
    /// Its path in the project.
    pub path: String,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// Where it can be edited.
    pub edit: Option<String>,
    /// Where a problem with it can be reported.
    pub report: Option<String>,
    /// The day of its last change, where its history is known.
    pub changed: Option<Moment>,
}
