//! The site: addresses to bytes, each to be had alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cache::fingerprint;
use crate::diagnostic::Diagnostic;
use crate::graph::{LinkTarget, Page};
use crate::memo::Memo;
use crate::pipeline::Analysis;
use crate::render::{Pages, feeds};
use crate::search;
use crate::world::World;

/// What a build writes, and a server shows. It costs nothing until somebody asks it for something.
pub struct Site<'a> {
    analysis: &'a Analysis,
    world: &'a dyn World,
    memo: &'a Memo,
}

/// Files of the project that are published as they are: their addresses, and their paths in the project.
pub type Files = BTreeMap<String, String>;

/// The bytes at an address, or where they are.
pub enum Artifact {
    /// The bytes.
    Bytes(Arc<[u8]>),
    /// A file of the project that is published as it is.
    Copy(String),
}

/// The folder of the theme's files in a site.
const ASSETS: &str = "assets/";

impl<'a> Site<'a> {
    /// The site of an analysis. Nothing is rendered yet.
    pub fn new(analysis: &'a Analysis, world: &'a dyn World, memo: &'a Memo) -> Self {
        Self { analysis, world, memo }
    }

    /// All addresses: pages, the theme's files, the project's files, the search index.
    pub fn urls(&self) -> Vec<String> {
        let mut urls = self.urls_without_search();
        urls.extend(self.search_urls(|| self.gather()));
        urls.sort_unstable();
        urls
    }

    /// What the search index has to know of all documents.
    pub fn gather(&self) -> search::Terms {
        search::gather(self.analysis, &self.memo.terms)
    }

    /// The addresses of the search index, which is made of `terms` if it is not there yet.
    pub fn search_urls(&self, terms: impl FnOnce() -> search::Terms) -> Vec<String> {
        let is_other = |url: &&String| {
            self.analysis.graph.routes.pages.contains_key(*url) || self.files().contains_key(*url)
        };
        self.search(terms).keys().filter(|url| !is_other(url)).cloned().collect()
    }

    /// All other addresses.
    pub fn urls_without_search(&self) -> Vec<String> {
        let pages = self.analysis.graph.routes.pages.iter();
        let pages = pages.filter(|(_, page)| self.is_published(page)).map(|(url, _)| url.clone());
        let assets = self.analysis.theme.assets().keys().map(|name| format!("{ASSETS}{name}"));
        let files = self.files().keys().cloned();
        let mut urls: Vec<String> = pages.chain(assets).chain(files).collect();
        urls.sort_unstable();
        urls.dedup();
        urls
    }

    /// How many pages people can read.
    pub fn page_count(&self) -> usize {
        let pages = self.analysis.graph.routes.pages.keys();
        let files = self.files().keys().filter(|url| !self.analysis.graph.routes.pages.contains_key(*url));
        pages.chain(files).filter(|url| url.ends_with(".html")).count()
    }

    /// What stands at `url`; nothing if the site does not have it. Where a file would stand at the address of a
    /// page, the page does.
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub fn get(&self, url: &str) -> Result<Option<Artifact>, Box<Diagnostic>> {
        if let Some(page) = self.analysis.graph.routes.pages.get(url)
            && self.is_published(page)
        {
            return Ok(Some(Artifact::Bytes(self.page(url, page)?)));
        }
        let asset = url.strip_prefix(ASSETS).and_then(|name| self.analysis.theme.assets().get(name));
        if let Some(asset) = asset {
            return Ok(Some(Artifact::Bytes(Arc::from(asset.as_ref()))));
        }
        if let Some(path) = self.files().get(url) {
            return Ok(Some(Artifact::Copy(path.clone())));
        }
        let is_search = url.strip_prefix(search::FOLDER).is_some_and(|rest| rest.starts_with('/'));
        let file = is_search.then(|| self.search(|| self.gather()).get(url)).flatten();
        Ok(file.map(|bytes| Artifact::Bytes(Arc::clone(bytes))))
    }

    /// Browsers want to know where the site is that they are to search.
    fn is_published(&self, page: &Page) -> bool {
        *page != Page::OpenSearch || self.analysis.config.base_url.is_some()
    }

    fn files(&self) -> &Files {
        self.analysis.made.files.get_or_init(|| files(self.analysis))
    }

    fn search(&self, terms: impl FnOnce() -> search::Terms) -> &search::Files {
        self.analysis.made.search.get_or_init(|| search::index(self.analysis, &terms()))
    }

    fn page(&self, url: &str, page: &Page) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        let Analysis { config, kinds, graph, theme, made, .. } = self.analysis;
        let pages = Pages::new(self.analysis, self.world, &self.memo.code);
        match (pages.view(url, page, theme), page) {
            (Some((template, view)), _) => {
                let site = pages.site;
                let fingerprint = || fingerprint(&(theme.fingerprint(), &template, site, &view));
                self.memo
                    .pages
                    .page(url, fingerprint, || theme.render(&template, site, &view, &made.runaways))
            }
            (None, Page::Feed(kind)) => {
                Ok(feeds::atom(config, graph, &kinds.all[*kind], pages.of_kind(*kind)).into())
            }
            (None, Page::OpenSearch) => Ok(feeds::open_search(config).into()),
            (None, Page::Sitemap) => Ok(feeds::sitemap(config, graph).into()),
            (None, _) => Ok(feeds::graph_data(graph).into()),
        }
    }
}

/// The static files, and those beside documents that a document links to.
fn files(analysis: &Analysis) -> Files {
    let config = &analysis.config;
    let path = |folder: &str, path: &str| {
        if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
    };
    let fixed = analysis.static_files.iter().map(|file| (file.clone(), path(&config.static_files, file)));
    let mut files: Files = fixed.collect();
    for target in analysis.graph.links.iter().flat_map(|links| links.iter()) {
        if let LinkTarget::File { path: file, .. } = target {
            files.insert(file.clone(), path(&config.content, file));
        }
    }
    files
}
