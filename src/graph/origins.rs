//! Addresses of documents on the site of the generator that they were written for, as links in them may have them.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{Config, Document, DocumentId, Origin, OtherPages, PerDocument, within};
use crate::parse::generator::{self, Page};
use crate::parse::media;
use crate::text::address::normalize;
use crate::text::name::{is_markdown, stem};

/// The addresses of documents on the sites of other generators.
#[derive(Debug, Default)]
pub(super) struct Origins<'a> {
    origins: &'a [Origin],
    /// For each document, its site and the address that its links count from.
    own: PerDocument<Option<(usize, String)>>,
    documents: FxHashMap<(usize, String), DocumentId>,
    /// The first parts of these addresses: what the site has documents below.
    parts: BTreeSet<(usize, String)>,
    redirects: FxHashMap<(usize, String), &'a str>,
}

/// What stands at an address.
pub(super) enum Standing {
    Document(DocumentId),
    /// A file that may be at this path, from the project's folder.
    File(String),
    /// A document whose file may be at this path, from the project's folder.
    Source(String),
    /// An address on another site.
    Elsewhere(String),
}

impl<'a> Origins<'a> {
    pub(super) fn new(config: &'a Config, documents: &PerDocument<Arc<Document>>) -> Self {
        let mut found = Self { origins: &config.origins, ..Self::default() };
        if found.origins.is_empty() {
            return found;
        }
        found.own.resize(documents.len(), None);
        let mut later = Vec::new();
        for (index, document) in documents.iter_enumerated() {
            for (site, origin) in found.origins.iter().enumerate() {
                let path = stem(&document.source.path);
                let Some((root, path)) = origin.root_of(path) else { continue };
                let page = Page { path, keys: &document.addresses };
                let bases = origin.roots.iter().filter(|(folder, _)| *folder == root.0).map(|(_, base)| base);
                let mut addresses =
                    bases.flat_map(|base| generator::addresses(origin, base, &page)).collect::<Vec<_>>();
                let others = addresses.split_off(addresses.len().min(1));
                let Some(first) = addresses.pop() else { continue };
                found.own[index].get_or_insert_with(|| (site, first.clone()));
                found.documents.entry((site, first.clone())).or_insert(index);
                for address in std::iter::once(first).chain(others) {
                    let part = address.split('/').next().unwrap_or_default().to_owned();
                    found.parts.insert((site, part));
                    later.push(((site, address), index));
                }
            }
        }
        // What is one document's own address is no other name of another.
        for (address, index) in later {
            found.documents.entry(address).or_insert(index);
        }
        for (site, origin) in found.origins.iter().enumerate() {
            let redirects = origin.redirects.iter();
            found.redirects.extend(redirects.map(|(from, to)| ((site, from.clone()), to.as_str())));
        }
        found
    }

    /// The site that a document was written for.
    pub(super) fn of(&self, document: DocumentId) -> Option<&'a Origin> {
        let (site, _) = self.own.get(document)?.as_ref()?;
        self.origins.get(*site)
    }

    /// Where a link of a document leads that has a variable in it, if its generator tells.
    pub(super) fn resolved(&self, document: DocumentId, target: &str) -> Option<String> {
        let is_template = target.contains("{{") || target.contains("{%");
        generator::resolved(self.of(document).filter(|_| is_template)?, target)
    }

    /// What may stand at a path that a document's link has, in the order in which it is to be looked for.
    pub(super) fn candidates(&self, document: DocumentId, path: &str) -> Vec<Standing> {
        let Some((site, own)) = self.own.get(document).and_then(Option::as_ref) else { return Vec::new() };
        let origin = &self.origins[*site];
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let readings = match path.strip_prefix('/') {
            Some(from_root) => {
                let below_base = within(&origin.base, from_root)
                    .or_else(|| (from_root == origin.base).then_some(""))
                    .filter(|_| !origin.base.is_empty() && !is_markdown(path));
                [normalize("", from_root), below_base.and_then(|path| normalize("", path))]
            }
            // A page may be a file, or the index of a folder of its own.
            None => [normalize(folder, path), normalize(own, path)],
        };
        let mut found = Vec::new();
        if is_markdown(path) && !path.starts_with('.') {
            let inner = path.trim_start_matches('/');
            let searched = origin.searched.iter().filter_map(|folder| normalize(folder, inner));
            found.extend(searched.map(Standing::Source));
        }
        for reading in readings.into_iter().flatten() {
            let written = reading.trim_matches('/');
            let address = generator::normal(stem(written));
            let translated = generator::untranslated(origin, &address);
            for address in std::iter::once(&address).chain(&translated) {
                found.extend(self.documents.get(&(*site, address.clone())).copied().map(Standing::Document));
            }
            if let Some(to) = self.redirects.get(&(*site, address)) {
                let to_document = self.documents.get(&(*site, generator::normal(stem(to)))).copied();
                found.push(
                    to_document.map_or_else(|| Standing::Elsewhere((*to).to_owned()), Standing::Document),
                );
            }
            // What is beside a page, or at the root whatever the page.
            let names = [written, path.trim_start_matches('/')];
            let statics =
                origin.statics.iter().flat_map(|folder| names.map(|name| normalize(folder, name))).flatten();
            // A link of Liquid names the file itself.
            let roots = origin.roots.iter().filter_map(|(folder, _)| normalize(folder, written));
            found.extend(statics.chain(roots).map(Standing::File));
        }
        found
    }

    fn has_static_folder(&self, site: usize) -> bool {
        let Origin { statics, roots, .. } = &self.origins[site];
        statics.iter().any(|folder| roots.iter().all(|(root, _)| root != folder))
    }

    /// Whether a link without an address is a chapter that is still to be written in the document at `stem`.
    pub(super) fn lists_drafts(&self, document: DocumentId, stem: &str) -> bool {
        let name = stem.rsplit('/').next().unwrap_or(stem);
        self.of(document).is_some_and(|origin| generator::lists_drafts(origin, name))
    }

    /// Whether a link of a document climbs above the root of its site, which may be one of several on its host.
    pub(super) fn leads_out(&self, document: DocumentId, path: &str) -> bool {
        let Some((site, own)) = self.own.get(document).and_then(Option::as_ref) else { return false };
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.origins[*site].is_below_host && !is_markdown(path) && normalize(folder, path).is_none()
    }

    /// Whether the site of a document may have a page at a path that no document tells of.
    pub(super) fn may_have(&self, document: DocumentId, path: &str) -> bool {
        let Some((site, _)) = self.own.get(document).and_then(Option::as_ref) else { return false };
        if generator::is_broken(&self.origins[*site], path) {
            return false;
        }
        let Some(from_root) = path.strip_prefix('/') else {
            // Extensions bring labels too.
            return self.origins[*site].has_labels && !path.contains('/') && !is_markdown(path);
        };
        match self.origins[*site].other_pages {
            OtherPages::None => false,
            // The name of a file is that of a document.
            _ if is_markdown(path) => false,
            OtherPages::Anywhere => true,
            // Its static files are here.
            OtherPages::Apart if media::is_visual(path) && self.has_static_folder(*site) => false,
            OtherPages::Apart => {
                let part = from_root.split('/').next().unwrap_or_default().to_owned();
                !self.parts.contains(&(*site, part))
            }
        }
    }
}
