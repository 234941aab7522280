//! The site: addresses to bytes, each to be had alone.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::graph::{LinkTarget, Page};
use crate::memo::{Memo, fingerprint};
use crate::pipeline::Analysis;
use crate::render::{Pages, feeds};
use crate::search;
use crate::world::World;

/// What a build writes, and a server shows.
pub struct Site<'a> {
    analysis: &'a Analysis,
    memo: &'a Memo,
    pages: Pages<'a>,
    items: BTreeMap<String, Item<'a>>,
    /// The search index, once somebody has asked for it.
    search: OnceLock<search::Files>,
}

/// What stands at an address.
enum Item<'a> {
    Page(&'a Page),
    Asset(&'a [u8]),
    /// A file of the project, by its path there.
    Copy(String),
}

/// The bytes at an address, or where they are.
pub enum Artifact {
    /// The bytes.
    Bytes(Arc<[u8]>),
    /// A file of the project that is published as it is.
    Copy(String),
}

impl<'a> Site<'a> {
    /// The site of an analysis. Nothing is rendered yet.
    pub fn new(analysis: &'a Analysis, world: &dyn World, memo: &'a Memo) -> Self {
        let graph = &analysis.graph;
        let mut items = BTreeMap::new();
        let config = &analysis.config;
        let path = |folder: &str, path: &str| {
            if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
        };
        for file in &analysis.static_files {
            items.insert(file.clone(), Item::Copy(path(&config.static_files, file)));
        }
        for target in graph.links.iter().flatten() {
            if let LinkTarget::File { path: file, .. } = target {
                items.insert(file.clone(), Item::Copy(path(&config.content, file)));
            }
        }
        for (name, bytes) in analysis.theme.assets() {
            items.insert(format!("assets/{name}"), Item::Asset(bytes));
        }
        for (url, page) in &graph.routes.pages {
            // Browsers want to know where.
            if *page == Page::OpenSearch && config.base_url.is_none() {
                continue;
            }
            items.insert(url.clone(), Item::Page(page));
        }
        Self { analysis, memo, pages: Pages::new(analysis, world, memo), items, search: OnceLock::new() }
    }

    /// All addresses: those of the search index last, the others in order.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        self.items.keys().chain(self.search().keys()).map(String::as_str)
    }

    fn search(&self) -> &search::Files {
        self.search.get_or_init(|| search::index(self.analysis, self.memo))
    }

    /// How many pages people can read.
    pub fn page_count(&self) -> usize {
        self.items.keys().filter(|url| url.ends_with(".html")).count()
    }

    /// What stands at `url`; nothing if the site does not have it.
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub fn get(&self, url: &str) -> Result<Option<Artifact>, Box<Diagnostic>> {
        let Some(item) = self.items.get(url) else {
            let is_search = url.strip_prefix(search::FOLDER).is_some_and(|rest| rest.starts_with('/'));
            let file = is_search.then(|| self.search().get(url)).flatten();
            return Ok(file.map(|bytes| Artifact::Bytes(Arc::clone(bytes))));
        };
        let artifact = match item {
            Item::Copy(path) => Artifact::Copy(path.clone()),
            Item::Asset(bytes) => Artifact::Bytes(Arc::from(*bytes)),
            Item::Page(page) => Artifact::Bytes(self.page(url, page)?),
        };
        Ok(Some(artifact))
    }

    fn page(&self, url: &str, page: &Page) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        let Analysis { config, kinds, graph, theme, .. } = self.analysis;
        match (self.pages.view(url, page, theme), page) {
            (Some((template, view)), _) => {
                let site = &self.pages.site;
                let fingerprint = || fingerprint(&(theme.fingerprint(), &template, Whole((site, &view))));
                self.memo.page(url, fingerprint, || theme.render(&template, site, &view))
            }
            (None, Page::Feed(kind)) => {
                Ok(feeds::atom(config, graph, &kinds.all[*kind], self.pages.of_kind(*kind)).into())
            }
            (None, Page::OpenSearch) => Ok(feeds::open_search(config).into()),
            (None, Page::Sitemap) => Ok(feeds::sitemap(config, graph).into()),
            (None, _) => Ok(feeds::graph_data(graph).into()),
        }
    }
}

/// Hashes all that a template sees, so that no page can be stale.
struct Whole<T>(T);

impl<T: Serialize> std::hash::Hash for Whole<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        struct Sink<'h, H>(&'h mut H);
        impl<H: std::hash::Hasher> std::io::Write for Sink<'_, H> {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.write(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        // Neither the sink nor a view can fail.
        let _ = serde_json::to_writer(Sink(state), &self.0);
    }
}
