//! The types of pages, and what the rest of sdkb asks of them.

use crate::model::{DocumentId, KindId};

/// What stands at an address. An introduction is the text of an index document that the page begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Home {
        /// Its text.
        introduction: Option<DocumentId>,
    },
    /// A document.
    Document(DocumentId),
    /// All documents of a kind.
    Kind {
        /// The place of the kind among all.
        kind: KindId,
        /// Its text.
        introduction: Option<DocumentId>,
    },
    /// The documents of a folder.
    Folder {
        /// The folder, from the content folder.
        path: String,
        /// Its text.
        introduction: Option<DocumentId>,
    },
    /// All alerts.
    Alerts {
        /// Its text.
        introduction: Option<DocumentId>,
    },
    /// The values of one field in all documents of a kind.
    Collected {
        /// The place of the kind among all.
        kind: KindId,
        /// The place of the field in its schema.
        field: usize,
    },
    /// All reports.
    Reports,
    /// The report of this name.
    Report(String),
    /// One alert.
    Alert(String),
    /// A redirect to the address of a document.
    Redirect(DocumentId),
    /// Results of a search.
    Search,
    /// What is shown where there is nothing.
    NotFound,
    /// The newest documents of a kind, as Atom.
    Feed(KindId),
    /// All addresses, for search engines.
    Sitemap,
    /// How to search the site, for browsers.
    OpenSearch,
    /// The documents and their relations, as JSON.
    GraphData,
}

/// What a page whose address others may have kept is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StableAddress<'a> {
    /// A document, or the text of one at the head of a list.
    Document(DocumentId),
    /// An alias of a document.
    Alias(DocumentId),
    /// An alert.
    Alert(&'a str),
}

// Every answer names each type of page, so that the compiler asks the questions of a new one.
impl Page {
    /// The document whose text the page begins with, where it is a list.
    pub fn introduction(&self) -> Option<DocumentId> {
        match self {
            Self::Home { introduction }
            | Self::Kind { introduction, .. }
            | Self::Folder { introduction, .. }
            | Self::Alerts { introduction } => *introduction,
            Self::Document(_)
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// The place for [`Page::introduction`]; none for a page that takes no such text.
    pub fn introduction_mut(&mut self) -> Option<&mut Option<DocumentId>> {
        match self {
            Self::Home { introduction }
            | Self::Kind { introduction, .. }
            | Self::Folder { introduction, .. }
            | Self::Alerts { introduction } => Some(introduction),
            Self::Document(_)
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// The document that the page is.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Document(document) => Some(*document),
            Self::Home { .. }
            | Self::Kind { .. }
            | Self::Folder { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// The document that a reader of the page gets to see: the page itself, or where it redirects to.
    pub fn leads_to(&self) -> Option<DocumentId> {
        match self {
            Self::Document(document) | Self::Redirect(document) => Some(*document),
            Self::Home { .. }
            | Self::Kind { .. }
            | Self::Folder { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// The document whose text is on the page.
    pub fn text(&self) -> Option<DocumentId> {
        self.document().or(self.introduction())
    }

    /// The folder that the page lists.
    pub fn folder(&self) -> Option<&str> {
        match self {
            Self::Folder { path, .. } => Some(path),
            Self::Home { .. }
            | Self::Document(_)
            | Self::Kind { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// Whether search engines should know of the page.
    pub fn is_indexed(&self) -> bool {
        match self {
            Self::Home { .. }
            | Self::Document(_)
            | Self::Kind { .. }
            | Self::Folder { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_) => true,
            Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => false,
        }
    }

    /// What readers, notifications and other sites link to the address for; none where the page comes and goes with
    /// what it lists.
    pub fn stable_address(&self) -> Option<StableAddress<'_>> {
        match self {
            Self::Document(document)
            | Self::Kind { introduction: Some(document), .. }
            | Self::Folder { introduction: Some(document), .. } => Some(StableAddress::Document(*document)),
            Self::Redirect(document) => Some(StableAddress::Alias(*document)),
            Self::Alert(name) => Some(StableAddress::Alert(name)),
            Self::Kind { introduction: None, .. }
            | Self::Folder { introduction: None, .. }
            | Self::Home { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => None,
        }
    }

    /// Whether a document can ask for the address with an alias: a folder that has no text of its own is only listed.
    pub fn gives_way_to_aliases(&self) -> bool {
        self.folder().is_some() && self.introduction().is_none()
    }

    /// Whether every site has the page, whatever documents it holds.
    pub fn is_on_every_site(&self) -> bool {
        match self {
            Self::Home { .. }
            | Self::Search
            | Self::NotFound
            | Self::Sitemap
            | Self::OpenSearch
            | Self::GraphData => true,
            Self::Document(_)
            | Self::Kind { .. }
            | Self::Folder { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Feed(_) => false,
        }
    }

    /// Whether the page is of use only where the site has a public address: browsers have to know where the site
    /// is that they are to search.
    pub fn needs_base_url(&self) -> bool {
        match self {
            Self::OpenSearch => true,
            Self::Home { .. }
            | Self::Document(_)
            | Self::Kind { .. }
            | Self::Folder { .. }
            | Self::Alerts { .. }
            | Self::Collected { .. }
            | Self::Reports
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Redirect(_)
            | Self::Search
            | Self::NotFound
            | Self::Feed(_)
            | Self::Sitemap
            | Self::GraphData => false,
        }
    }
}
