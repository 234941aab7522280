//! The site: addresses to bytes, each to be had alone.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::cache_slot::fingerprint;
use crate::caches::Caches;
use crate::check::rules::template_error;
use crate::diagnostic::{self, Diagnostic};
use crate::graph::{Attachment, Page};
use crate::knowledge_base::KnowledgeBase;
use crate::parse::svg;
use crate::render::{Content, OversizedTemplates, Pages, Shared, Theme};
use crate::search;
use crate::text::address::href;
use crate::world::World;

/// What a build writes, and a server shows. Everything is made when it is first asked for; what concerns the site as
/// a whole is made once.
#[derive(Debug)]
pub struct Site {
    base: Arc<KnowledgeBase>,
    theme: Arc<Theme>,
    /// What many pages show.
    shared: OnceLock<Shared>,
    files: OnceLock<Files>,
    /// The search index.
    search: OnceLock<search::Files>,
    oversized: OversizedTemplates,
}

/// What is published of the project's files, by address.
pub type Files = BTreeMap<String, Artifact>;

/// The bytes at an address, or where they are.
#[derive(Debug, Clone)]
pub enum Artifact {
    /// The bytes.
    Bytes(Arc<[u8]>),
    /// A file of the project that is published as it is.
    Copy(String),
    /// A drawing in a file of the project, of which is published what neither runs nor loads anything.
    Drawing(String),
    /// A file of the project that is published as it is, to be downloaded and not opened.
    Download(String),
}

impl Artifact {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// Why a file of the project can't be had, with its path.
    pub fn bytes(self, world: &dyn World) -> Result<Arc<[u8]>, String> {
        let read = |path: &str| world.read(path).map_err(|reason| format!("`{path}` {reason}"));
        match self {
            Artifact::Bytes(bytes) => Ok(bytes),
            Artifact::Copy(path) | Artifact::Download(path) => read(&path).map(Arc::from),
            Artifact::Drawing(path) => {
                let drawing = svg::sanitize(&read(&path)?);
                let drawing =
                    drawing.map_err(|problem| format!("`{path}` can't be read as a drawing: {problem}"))?;
                Ok(Arc::from(drawing.svg.into_bytes()))
            }
        }
    }
}

/// The file that says to some hosts how to serve the site.
const HEADERS: &str = "_headers";

/// The folder of the theme's files in a site.
const ASSETS: &str = "assets/";

impl Site {
    /// The site of a project in a theme. Nothing is rendered yet.
    pub fn new(base: Arc<KnowledgeBase>, theme: Arc<Theme>) -> Self {
        let (shared, files, search) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { base, theme, shared, files, search, oversized: OversizedTemplates::default() }
    }

    /// All addresses: pages, the theme's files, the project's files, the search index.
    pub fn urls(&self, caches: &Caches) -> Vec<String> {
        let mut urls = self.urls_without_search();
        urls.extend(self.search_urls(|| self.gather(caches)));
        urls.sort_unstable();
        urls
    }

    /// What the search index has to know of all documents.
    pub fn gather(&self, caches: &Caches) -> search::Terms {
        search::gather(&self.base, &caches.terms)
    }

    /// The addresses of the search index, which is made of `terms` if it is not there yet.
    pub fn search_urls(&self, terms: impl FnOnce() -> search::Terms) -> Vec<String> {
        let is_other = |url: &&String| {
            self.base.graph.routes.pages.contains_key(*url) || self.files().contains_key(*url)
        };
        self.search(terms).keys().filter(|url| !is_other(url)).cloned().collect()
    }

    /// All other addresses.
    pub fn urls_without_search(&self) -> Vec<String> {
        let pages = self.base.graph.routes.pages.iter();
        let pages = pages.filter(|(_, page)| self.is_published(page)).map(|(url, _)| url.clone());
        let assets = self.theme.assets().keys().map(|name| format!("{ASSETS}{name}"));
        let files = self.files().keys().cloned();
        let mut urls: Vec<String> = pages.chain(assets).chain(files).collect();
        urls.sort_unstable();
        urls.dedup();
        urls
    }

    /// How many pages people can read.
    pub fn page_count(&self) -> usize {
        let pages = self.base.graph.routes.pages.keys();
        let files = self.files().keys().filter(|url| !self.base.graph.routes.pages.contains_key(*url));
        pages.chain(files).filter(|url| url.ends_with(".html")).count()
    }

    /// What stands at `url`; nothing if the site does not have it. Where a file would stand at the address of a
    /// page, the page does. `world` says when files were changed; what `caches` holds is not rendered again.
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub fn get(
        &self,
        url: &str,
        world: &dyn World,
        caches: &Caches,
    ) -> Result<Option<Artifact>, Box<Diagnostic>> {
        if let Some(page) = self.base.graph.routes.pages.get(url)
            && self.is_published(page)
        {
            return Ok(Some(Artifact::Bytes(self.page(url, page, world, caches)?)));
        }
        let asset = url.strip_prefix(ASSETS).and_then(|name| self.theme.assets().get(name));
        if let Some(asset) = asset {
            return Ok(Some(Artifact::Bytes(Arc::from(asset.as_ref()))));
        }
        if let Some(file) = self.files().get(url) {
            return Ok(Some(file.clone()));
        }
        let is_search = url.strip_prefix(search::FOLDER).is_some_and(|rest| rest.starts_with('/'));
        let file = is_search.then(|| self.search(|| self.gather(caches)).get(url)).flatten();
        Ok(file.map(|bytes| Artifact::Bytes(Arc::clone(bytes))))
    }

    /// What the project's own templates do wrong, each mistake once. Only the pages that they make are rendered.
    pub fn template_errors(&self, world: &dyn World, caches: &Caches) -> Vec<Diagnostic> {
        let KnowledgeBase { graph, .. } = &*self.base;
        let is_own = |page: &Page| match page.document() {
            Some(index) => self.theme.is_own(&self.theme.document_template(&graph.documents[index].kind.id)),
            // The others are few.
            None => self.theme.has_own_templates(),
        };
        let pages: Vec<(&String, &Page)> =
            graph.routes.pages.iter().filter(|(_, page)| is_own(page)).collect();
        let errors = pages.par_iter().filter_map(|(url, page)| self.page(url, page, world, caches).err());
        let mut errors: Vec<Diagnostic> = errors.map(|error| *error).collect();
        diagnostic::sort(&mut errors);
        errors.dedup_by(|a, b| a.location == b.location && a.message == b.message);
        errors
    }

    fn is_published(&self, page: &Page) -> bool {
        !page.needs_base_url() || self.base.config.base_url.is_some()
    }

    fn files(&self) -> &Files {
        self.files.get_or_init(|| files(&self.base))
    }

    fn search(&self, terms: impl FnOnce() -> search::Terms) -> &search::Files {
        self.search.get_or_init(|| search::index(&self.base, &terms()))
    }

    fn page(
        &self,
        url: &str,
        page: &Page,
        world: &dyn World,
        caches: &Caches,
    ) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        let (base, theme) = (&*self.base, &*self.theme);
        let shared = self.shared.get_or_init(|| Shared::new(base, theme));
        let pages = Pages::new(base, shared, world, &caches.code);
        match pages.content(url, page, theme) {
            Content::Template(template, view) => {
                let site = pages.site;
                let fingerprint = || fingerprint(&(theme.fingerprint(), &template, site, &view));
                let render = || theme.render(&template, site, &view, &self.oversized);
                let page = caches.pages.page(url, fingerprint, render);
                page.map_err(|problem| Box::new(template_error(&problem)))
            }
            Content::File(bytes) => Ok(bytes.into()),
        }
    }
}

/// The static files, and those beside documents that a document links to.
fn files(base: &KnowledgeBase) -> Files {
    let config = &base.config;
    let mut files = Files::new();
    for file in &base.static_files {
        files.insert(file.clone(), Artifact::Copy(format!("{}/{file}", config.static_files)));
    }
    let mut headers = String::new();
    for (file, attachment) in &base.graph.attachments {
        let path = config.in_content(file);
        let artifact = match attachment {
            Attachment::AsItIs => Artifact::Copy(path),
            Attachment::Drawing(_) => Artifact::Drawing(path),
            Attachment::Download => {
                headers.push_str(&header(file));
                Artifact::Download(path)
            }
            Attachment::Withheld(_) => continue,
        };
        files.insert(file.clone(), artifact);
    }
    // A file of the project's own says more.
    if !headers.is_empty() && !files.contains_key(HEADERS) {
        files.insert(HEADERS.to_owned(), Artifact::Bytes(headers.into_bytes().into()));
    }
    files
}

/// What a host sends along with a download, so that no browser opens it as a page of the site
/// (<https://docs.netlify.com/manage/routing/headers/>, and Cloudflare Pages reads the same).
fn header(file: &str) -> String {
    let mut text = format!("/{}\n", href(file));
    for (name, value) in DOWNLOAD_HEADERS {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text
}

/// The headers of a download.
pub const DOWNLOAD_HEADERS: [(&str, &str); 3] = [
    ("content-disposition", "attachment"),
    ("content-security-policy", "sandbox"),
    ("x-content-type-options", "nosniff"),
];
