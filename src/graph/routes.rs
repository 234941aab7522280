//! The addresses of the site: which page stands where.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::Alerts;
use super::page::Page;
use crate::model::{Document, DocumentId, Kinds, Location, PerDocument, Role};
use crate::parse::INDEX_NAMES;
use crate::text::address::alias_url;

/// Two documents that would stand at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The document that stands there.
    pub first: DocumentId,
    /// The document that does not.
    pub second: DocumentId,
    /// The address.
    pub url: String,
    /// The address that the second one asked for: the same, or one that not every host tells apart from it.
    pub wanted: String,
}

/// An alias that leads nowhere, since something else stands at its address.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadAlias {
    /// Where it is written.
    pub location: Location,
    /// The alias.
    pub alias: String,
    /// Its address; nothing if it is no path in the site.
    pub url: Option<String>,
    /// The document that has the address, if it is one.
    pub taken_by: Option<DocumentId>,
}

/// The addresses of the site, from its root and without encoding.
#[derive(Debug, Default)]
pub struct Routes {
    /// The pages by address, in the order of those.
    pub pages: IndexMap<String, Page, FxBuildHasher>,
    /// The address of each document.
    pub documents: PerDocument<String>,
    /// The address of each alert's page.
    pub alerts: BTreeMap<String, String>,
    /// The address of the page that collects the values of a field, by kind and field.
    pub collected: BTreeMap<(String, String), String>,
    /// The address of each report's page, by its name.
    pub reports: BTreeMap<String, String>,
    /// The address of the list of reports, if there are any.
    pub reports_index: Option<String>,
    /// Documents that would stand at one address.
    pub clashes: Vec<Clash>,
    /// Aliases that lead nowhere.
    pub dead_aliases: Vec<DeadAlias>,
    /// The addresses that are not [`folded`], by how they would be.
    unfolded: FxHashMap<String, String>,
    /// The folders that pages are in.
    folders: FxHashSet<String>,
    introductions: FxHashSet<DocumentId>,
}

/// The bytes of a name that every file system takes, with room for an ending and a number.
const LONGEST_NAME: usize = 200;
const ROOM: usize = 40;

/// The folder of the alerts' pages.
const ALERTS: &str = "alerts";

/// The folder of the reports' pages.
const REPORTS: &str = "reports";

/// The address of the list of alerts.
pub const ALERTS_INDEX: &str = "alerts/index.html";

impl Routes {
    /// The addresses for `documents`, `alerts` and the `reports` of these names.
    pub fn new(
        documents: &PerDocument<Arc<Document>>,
        kinds: &Kinds,
        alerts: &Alerts,
        reports: &[String],
    ) -> Self {
        let mut routes = Self::default();
        routes.pages.reserve(documents.len() + alerts.len());
        routes.insert("index.html", Page::Home { introduction: None });
        if !alerts.is_empty() {
            routes.insert(ALERTS_INDEX, Page::Alerts { introduction: None });
        }
        for (index, kind) in kinds.all.iter_enumerated() {
            if documents.iter().any(|document| document.kind.id == kind.id) {
                let page = Page::Kind { kind: index, introduction: None };
                routes.insert(&kind.index_url(), page);
                if kind.feed {
                    routes.insert(&kind.feed_url(), Page::Feed(index));
                }
            }
        }
        for folder in folders(documents) {
            let url = format!("{folder}/index.html");
            if !routes.pages.contains_key(&url) {
                routes.insert(&url, Page::Folder { path: folder.to_owned(), introduction: None });
            }
        }
        routes.add_documents(documents);
        routes.add_collected(documents, kinds);
        if documents.iter().any(|document| document.kind.is_reported()) {
            routes.add_reports(reports);
        }
        for (alert, node) in alerts {
            let claims: Vec<DocumentId> = node.claims.iter().map(|(document, _)| *document).collect();
            routes.add_alert(alert, &claims);
        }
        for (url, page) in [
            ("404.html", Page::NotFound),
            ("search.html", Page::Search),
            ("opensearch.xml", Page::OpenSearch),
            ("sitemap.xml", Page::Sitemap),
            ("graph.json", Page::GraphData),
        ] {
            if !routes.pages.contains_key(url) {
                routes.insert(url, page);
            }
        }
        routes.add_aliases(documents);
        // Stable, since this is faster where long runs are in their order already.
        routes.pages.sort_keys();
        routes
    }

    /// The pages below a folder, with their addresses.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Page)> {
        let folder = format!("{folder}/");
        let start = self.pages.partition_point(|url, _| *url < folder);
        let pages = self.pages.as_slice()[start..].iter();
        pages.map(|(url, page)| (url.as_str(), page)).take_while(move |(url, _)| url.starts_with(&folder))
    }

    /// Whether a document is only the text at the head of a page that is listed under another name.
    pub fn is_introduction(&self, document: DocumentId) -> bool {
        self.introductions.contains(&document)
    }

    /// The address that `url` means to a reader: itself, or one that looks the same but for case.
    pub fn get(&self, url: &str) -> Option<(&str, &Page)> {
        let found = self.pages.get_key_value(url).or_else(|| {
            let folded = folded(url);
            self.pages.get_key_value(self.unfolded.get(&*folded).map_or(&*folded, String::as_str))
        });
        found.map(|(url, page)| (url.as_str(), page))
    }

    fn insert(&mut self, url: &str, page: Page) {
        if let Cow::Owned(folded) = folded(url) {
            self.unfolded.entry(folded).or_insert_with(|| url.to_owned());
        }
        let mut folder = url;
        while let Some((outer, _)) = folder.rsplit_once('/')
            && !self.folders.contains(outer)
        {
            self.folders.insert(outer.to_owned());
            folder = outer;
        }
        self.pages.insert(url.to_owned(), page);
    }

    fn add_documents(&mut self, documents: &PerDocument<Arc<Document>>) {
        self.documents = vec![String::new(); documents.len()].into();
        // Of several index documents in a folder, the first in the order of their names stands for it.
        let mut order: Vec<DocumentId> = documents.keys().collect();
        order.sort_by_cached_key(|&index| {
            let name = documents[index].stem.rsplit('/').next().unwrap_or_default();
            INDEX_NAMES.iter().position(|known| *known == name)
        });
        for index in order {
            let document = &documents[index];
            let mut url = match (document.is_index, document.folder()) {
                (true, "") => "index.html".to_owned(),
                (true, folder) => format!("{folder}/index.html"),
                (false, _) => page_url(&document.stem),
            };
            if document.is_index
                && let Some((_, Page::Document(first))) = self.get(&url)
                && documents[*first].is_index
            {
                url = format!("{}.html", document.stem);
            }
            if self.folders.contains(&url) {
                let inside = format!("{url}/");
                let free = self.free(&url);
                let wanted = std::mem::replace(&mut url, free);
                if let Some(first) = documents.position(|other| other.stem.starts_with(&inside)) {
                    self.clashes.push(Clash { first, second: index, url: wanted.clone(), wanted });
                }
            }
            if self.get(&url).is_none() {
                self.insert(&url, Page::Document(index));
                self.documents[index] = url;
                continue;
            }
            let mut introduces = false;
            if let Some(introduction) = self.pages.get_mut(&url).and_then(Page::introduction_mut) {
                if introduction.is_some() {
                    url = format!("{}.html", document.stem);
                } else if document.kind.extra_fields {
                    *introduction = Some(index);
                    introduces = true;
                }
            }
            if introduces {
                self.introductions.insert(index);
            } else if let Some((taken, &Page::Document(first))) = self.get(&url) {
                let taken = taken.to_owned();
                // A build with `--allow-errors` still has every document.
                let free = self.free(&url);
                let wanted = std::mem::replace(&mut url, free);
                self.clashes.push(Clash { first, second: index, url: taken, wanted });
                self.insert(&url, Page::Document(index));
            } else {
                self.insert(&url, Page::Document(index));
            }
            self.documents[index] = url;
        }
        self.clashes.sort_by_key(|clash| (clash.second, clash.first));
    }

    /// Pages for what is worth reading together, where some document has it.
    fn add_collected(&mut self, documents: &PerDocument<Arc<Document>>, kinds: &Kinds) {
        for (kind, schema) in kinds.all.iter_enumerated() {
            for (field, name) in schema.fields.iter().enumerate() {
                let is_filled = |document: &Arc<Document>| {
                    document.kind.id == schema.id && document.fields.has(&name.name)
                };
                if !name.collect.is_empty() && documents.iter().any(is_filled) {
                    let name = name.name.clone();
                    let url = self.free(&format!("{}/{}.html", schema.folder, name.replace('_', "-")));
                    self.insert(&url, Page::Collected { kind, field });
                    self.collected.insert((schema.id.clone(), name), url);
                }
            }
        }
    }

    fn add_reports(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let index = self.free(&format!("{REPORTS}/index.html"));
        self.insert(&index, Page::Reports);
        self.reports_index = Some(index);
        for name in names {
            let url = self.free(&format!("{REPORTS}/{name}.html"));
            self.insert(&url, Page::Report(name.clone()));
            self.reports.insert(name.clone(), url);
        }
    }

    fn add_alert(&mut self, alert: &str, claims: &[DocumentId]) {
        let safe =
            |letter: char| if letter.is_alphanumeric() || "_-.".contains(letter) { letter } else { '-' };
        let name: String = alert.chars().map(safe).collect();
        let name = name.trim_start_matches('.');
        let name = &name[..name.floor_char_boundary(LONGEST_NAME)];
        let url = alert_url(name);
        // Where the one document about an alert stands at this very address, it is the alert's page.
        if let (Some((_, Page::Document(document))), [claim]) = (self.get(&url), claims)
            && document == claim
        {
            self.alerts.insert(alert.to_owned(), url);
            return;
        }
        let url = self.free(&url);
        self.insert(&url, Page::Alert(alert.to_owned()));
        self.alerts.insert(alert.to_owned(), url);
    }

    /// Whether a file system that holds the other pages can hold one at `url` too: none is a folder of another.
    fn is_possible(&self, url: &str) -> bool {
        let is_folder = self.folders.contains(url);
        let mut outer = url.match_indices('/').map(|(at, _)| &url[..at]);
        let is_short = url.split('/').all(|part| part.len() <= LONGEST_NAME + ROOM);
        is_short && !is_folder && outer.all(|folder| !self.pages.contains_key(folder))
    }

    /// `url`, with a number if something stands there.
    fn free(&self, url: &str) -> String {
        let stem = url.strip_suffix(".html").unwrap_or(url);
        let numbered = (2..).map(|number| format!("{stem}-{number}.html"));
        let mut candidates = std::iter::once(url.to_owned()).chain(numbered);
        let is_free = |url: &String| self.get(url).is_none() && !self.folders.contains(url);
        candidates.find(is_free).unwrap_or_default()
    }

    fn add_aliases(&mut self, documents: &PerDocument<Arc<Document>>) {
        for (index, document) in documents.iter_enumerated() {
            for (alias, location) in document.texts_of(Role::Aliases) {
                let Some(url) = alias_url(document.folder(), alias) else {
                    let (location, alias) = (location.clone(), alias.to_owned());
                    self.dead_aliases.push(DeadAlias { location, alias, url: None, taken_by: None });
                    continue;
                };
                if self.documents[index] == url {
                    continue;
                }
                let standing = self.get(&url).map(|(_, page)| page);
                let taken_by = standing.and_then(Page::leads_to);
                if taken_by == Some(index) {
                    continue;
                }
                if standing.map_or_else(|| self.is_possible(&url), Page::gives_way_to_aliases) {
                    self.insert(&url, Page::Redirect(index));
                    continue;
                }
                let (location, alias) = (location.clone(), alias.to_owned());
                self.dead_aliases.push(DeadAlias { location, alias, url: Some(url), taken_by });
            }
        }
    }
}

/// The address of an alert's page, unless something else stands there. `name` is that of the alert, as a file can have it.
pub fn alert_url(name: &str) -> String {
    format!("{ALERTS}/{name}.html")
}

/// The address of the page at a path without its ending. A name that leaves no room for the new ending is cut.
fn page_url(stem: &str) -> String {
    let name = stem.rfind('/').map_or(0, |at| at + 1);
    let is_long = stem.len() - name > LONGEST_NAME + ROOM;
    let end = if is_long { stem.floor_char_boundary(name + LONGEST_NAME) } else { stem.len() };
    format!("{}.html", &stem[..end])
}

/// What is the same in all addresses that some host takes for one: not each tells upper case from lower, or `é`
/// as one sign from `e` with an accent.
fn folded(url: &str) -> Cow<'_, str> {
    let folded = match url.is_ascii() {
        true if !url.bytes().any(|byte| byte.is_ascii_uppercase()) => return Cow::Borrowed(url),
        true => url.to_ascii_lowercase(),
        false => url.to_lowercase().nfc().collect(),
    };
    if folded == url { Cow::Borrowed(url) } else { Cow::Owned(folded) }
}

/// Every folder that holds a document, and the folders around it.
fn folders(documents: &PerDocument<Arc<Document>>) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for document in documents {
        let mut folder = document.folder();
        while !folder.is_empty() && folders.insert(folder) {
            folder = folder.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
    }
    folders
}
