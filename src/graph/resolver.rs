//! Finds what a link leads to.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::links::{LinkProblem, LinkTarget, Undecided};
use super::origins::{Origins, Standing};
use super::{Ids, Routes};
use crate::model::{
    Config, Document, DocumentId, Kinds, Link, LinkForm, OtherPages, PerDocument, left_out_by, within,
};
use crate::parse::{INDEX_NAMES, OTHER_MARKUP, media};
use crate::text::address::{
    href, is_mistaken_scheme, is_safe_scheme, names_host, names_site, normalize, scheme,
};
use crate::text::name::{is_markdown, stem};
use crate::world::World;

/// The most bytes from the start of a tag of Hugo to the path in it.
const LONGEST_REFERENCE: usize = 40;

/// How the beginning of such a tag ends, before the address.
const REFERENCE_TAGS: [&str; 5] = [" ref", "<ref", "%ref", "relref", "path"];

/// Everything that a link can lead to.
pub(super) struct Resolver<'a> {
    pub(super) world: &'a dyn World,
    pub(super) config: &'a Config,
    pub(super) kinds: &'a Kinds,
    pub(super) documents: &'a PerDocument<Arc<Document>>,
    /// The anchors of each document, once a link names one.
    pub(super) anchors: PerDocument<OnceLock<Anchors>>,
    /// Documents by their paths without an ending.
    pub(super) stems: FxHashMap<&'a str, DocumentId>,
    pub(super) ids: &'a Ids,
    pub(super) routes: &'a Routes,
    pub(super) files: BTreeSet<String>,
    /// Files by their bare names.
    pub(super) names: FxHashMap<String, Vec<String>>,
    pub(super) origins: Origins<'a>,
    /// Where names lead that all documents know.
    pub(super) labels: FxHashMap<String, LinkTarget>,
    pub(super) static_files: BTreeSet<String>,
}

impl Resolver<'_> {
    /// What each link of a document leads to.
    pub(super) fn links(&self, document: DocumentId) -> Arc<[LinkTarget]> {
        self.documents[document].body.links.iter().map(|link| self.link(document, link)).collect()
    }

    fn link(&self, from: DocumentId, link: &Link) -> LinkTarget {
        let target = link.target.trim();
        if target.is_empty() && self.origins.lists_drafts(from, &self.documents[from].stem) {
            return LinkTarget::Undecided(Undecided::Draft);
        }
        if target.is_empty() {
            return LinkTarget::Broken(LinkProblem::Empty);
        }
        if link.form == LinkForm::Wiki {
            return self.piped_wiki(from, target, link).unwrap_or_else(|| self.wiki(from, target));
        }
        if !names_site(target) {
            return LinkTarget::Broken(LinkProblem::Empty);
        }
        if !names_host(target) {
            return LinkTarget::Broken(LinkProblem::Empty);
        }
        if target.starts_with("//") {
            return LinkTarget::External(format!("https:{target}"));
        }
        match scheme(target) {
            Some(scheme) if is_safe_scheme(&scheme) => {
                return LinkTarget::External(target.to_owned());
            }
            Some(scheme) if self.origins.of(from).is_some_and(|origin| origin.has_labels) => {
                let rest = &target[scheme.len() + 1..];
                return match scheme.as_str() {
                    "project" | "path" | "download" => self.local(from, rest, link),
                    // Labels of other projects.
                    "inv" => LinkTarget::Undecided(Undecided::OtherPage),
                    scheme if is_mistaken_scheme(scheme, target) => LinkTarget::Broken(LinkProblem::Unsafe),
                    _ => LinkTarget::Undecided(Undecided::Program),
                };
            }
            Some(scheme) if is_mistaken_scheme(&scheme, target) => {
                return LinkTarget::Broken(LinkProblem::Unsafe);
            }
            Some(_) => return LinkTarget::Undecided(Undecided::Program),
            None => {}
        }
        self.local(from, target, link)
    }

    /// A link that has no scheme.
    fn local(&self, from: DocumentId, target: &str, link: &Link) -> LinkTarget {
        let resolved = self.origins.resolved(from, target);
        let target = resolved.as_deref().unwrap_or(target);
        let (path, anchor) = split_anchor(target);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        // The forge's view of the source, whose anchors are lines.
        let anchor = anchor.filter(|_| query != "plain=1");
        if path.is_empty() {
            return self.document(from, anchor);
        }
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.path(from, &path, anchor, link)
    }

    /// A path as it stands in a text: relative to the file as on a forge, or from the root of the site.
    /// Other generators resolve against the page's folder or the whole site; that comes after.
    fn path(&self, from: DocumentId, path: &str, anchor: Option<&str>, link: &Link) -> LinkTarget {
        let document = &self.documents[from];
        let folder = document.folder();
        let first = || match path.strip_prefix('/') {
            Some(from_root) => normalize("", from_root),
            None => normalize(folder, path),
        };
        let second = || match path.strip_prefix('/') {
            // A forge counts from the root of the repository.
            Some(from_root) => normalize("", self.config.inside(from_root)?),
            // The name of a file means the same on a forge as here.
            None if is_markdown(path) => None,
            // One `../` too many, unless the generator gives each page a folder of its own.
            None if self.config.origins.is_empty() && normalize(folder, path).is_none() => None,
            None => normalize(if document.is_index { folder } else { &document.stem }, path),
        };
        let third = || {
            let source = document.source.text.get(link.span.range()).unwrap_or_default();
            (!path.starts_with('/') && source.contains("{{")).then(|| normalize("", path)).flatten()
        };
        let readings: [&dyn Fn() -> Option<String>; 3] = [&first, &second, &third];
        let mut list = None;
        for reading in readings.iter().filter_map(|reading| reading()) {
            match self.locate(&reading) {
                // A list has no sections of its own: `./#steps` means those of the document where pages are folders.
                Some(page @ LinkTarget::Page { .. }) if anchor.is_some() => list = list.or(Some(page)),
                Some(LinkTarget::Document { document, .. }) => match self.document(document, anchor) {
                    LinkTarget::Broken(_) if list.is_some() => {}
                    target => return target,
                },
                Some(other) => return other.at(anchor),
                None => {}
            }
        }
        // The theme gives places in lists names that begin with an underscore.
        let has_place = anchor.is_none_or(|anchor| matches!(anchor, "" | "top") || anchor.starts_with('_'));
        if let Some(list) = list.as_ref().filter(|_| has_place) {
            return list.clone();
        }
        if let Some(target) = self.on_origin(from, path, anchor) {
            return target;
        }
        if let Some(document) = self.by_reference(from, path, link) {
            return self.document(document, anchor);
        }
        if list.is_some() {
            // A generator with pages of its own may make one for the folder.
            let other_pages = self.origins.of(from).map_or(OtherPages::None, |origin| origin.other_pages);
            if other_pages != OtherPages::None {
                return LinkTarget::Undecided(Undecided::OtherPage);
            }
            let anchor = anchor.unwrap_or_default().to_owned();
            return LinkTarget::Broken(LinkProblem::NoSection { anchor });
        }
        // Vaults of notes embed pictures and other notes by their bare names.
        let embedded = (link.form == LinkForm::Image).then(|| self.by_wiki_name(from, path)).flatten();
        match embedded {
            Some(LinkTarget::Document { document, .. }) => self.document(document, anchor),
            Some(other) => other,
            None => match self.unpublished(folder, path).at(anchor) {
                broken @ LinkTarget::Broken(LinkProblem::NoFile) => {
                    self.undecided(from, path).map_or(broken, LinkTarget::Undecided)
                }
                // Above the project, where nothing of it can be.
                LinkTarget::Broken(LinkProblem::NotPublished) if self.origins.leads_out(from, path) => {
                    LinkTarget::Undecided(Undecided::OtherSite)
                }
                other => other,
            },
        }
    }

    /// What a path means on the site that the document was written for.
    fn on_origin(&self, from: DocumentId, path: &str, anchor: Option<&str>) -> Option<LinkTarget> {
        let standing = self.origins.candidates(from, path).into_iter().find_map(|standing| match standing {
            Standing::Document(document) => Some(self.document(document, anchor)),
            Standing::Elsewhere(address) if scheme(&address).is_some() => Some(LinkTarget::External(address)),
            Standing::Elsewhere(_) => Some(LinkTarget::Undecided(Undecided::OtherPage)),
            Standing::Source(path) => match self.locate(self.config.inside(&path)?)? {
                LinkTarget::Document { document, .. } => Some(self.document(document, anchor)),
                _ => None,
            },
            Standing::File(path) => {
                let inside = self.config.inside(&path).filter(|path| self.files.contains(*path));
                let file = inside.map(|path| LinkTarget::File { path: path.to_owned(), anchor: None });
                let in_static = || {
                    let path = within(&self.config.static_files, &path)?;
                    let is_there = self.static_files.contains(path);
                    is_there.then(|| LinkTarget::Static { path: path.to_owned() })
                };
                Some(file.or_else(in_static)?.at(anchor))
            }
        });
        standing.or_else(|| self.labels.get(&path.to_lowercase()).cloned())
    }

    /// The document that `ref` or `relref` of Hugo names by its path from the content, or by a name that no other has:
    /// <https://gohugo.io/shortcodes/relref/>.
    fn by_reference(&self, from: DocumentId, path: &str, link: &Link) -> Option<DocumentId> {
        let origin = self.origins.of(from)?;
        let before = self.documents[from].source.text.get(..link.span.start as usize)?;
        let before = before.trim_end_matches(['"', '\'', '`', ' ', '=']);
        let tag = &before[before.rfind("{{")?..];
        if tag.len() > LONGEST_REFERENCE || !REFERENCE_TAGS.iter().any(|name| tag.ends_with(name)) {
            return None;
        }
        let wanted = stem(path.trim_matches('/'));
        let from_roots = origin.roots.iter().filter_map(|(root, _)| normalize(root, wanted));
        let mut found = from_roots.filter_map(|path| match self.locate(self.config.inside(&path)?)? {
            LinkTarget::Document { document, .. } => Some(document),
            _ => None,
        });
        found.next().or_else(|| {
            let name = |stem: &str| {
                let page =
                    stem.strip_suffix("/_index").or_else(|| stem.strip_suffix("/index")).unwrap_or(stem);
                page.rsplit('/').next() == Some(wanted)
            };
            let mut named = self.stems.iter().filter(|(stem, _)| name(stem));
            let (_, document) = named.next().filter(|_| !wanted.contains('/'))?;
            named.next().is_none().then_some(*document)
        })
    }

    /// Why it can't be decided what a path means; nothing, if it means nothing here.
    fn undecided(&self, from: DocumentId, path: &str) -> Option<Undecided> {
        let is_expression = path.starts_with('{') && path.ends_with('}');
        if is_expression || ["{{", "{%", "${", "<%", "%="].iter().any(|sign| path.contains(sign)) {
            return Some(Undecided::Variable);
        }
        if self.origins.leads_out(from, path) {
            return Some(Undecided::OtherSite);
        }
        let folder = self.documents[from].folder();
        let beside = normalize(if path.starts_with('/') { "" } else { folder }, path);
        let files = self.origins.candidates(from, path).into_iter().filter_map(|standing| match standing {
            Standing::File(path) => self.config.inside(&path).map(str::to_owned),
            Standing::Document(_) | Standing::Source(_) | Standing::Elsewhere(_) => None,
        });
        let is_unread = beside.into_iter().chain(files).any(|path| {
            let path = path.trim_end_matches('/');
            let path = path.strip_suffix(".html").unwrap_or(path);
            let names = [path.to_owned(), format!("{path}/index")];
            // Any file may be made of a template of its name.
            let is_made = |name: &String, ending: &str| self.files.contains(&format!("{name}{ending}"));
            names
                .iter()
                .any(|name| is_made(name, ".erb") || OTHER_MARKUP.iter().any(|ending| is_made(name, ending)))
        });
        if is_unread {
            return Some(Undecided::Unread);
        }
        self.origins.may_have(from, path).then_some(Undecided::OtherPage)
    }

    /// What stands at a path from the content folder, written with or without its ending.
    pub(super) fn locate(&self, path: &str) -> Option<LinkTarget> {
        let bare = path.trim_end_matches('/');
        // A slash at the end means the folder, even beside a file of that name.
        if path.ends_with('/')
            && let Some(document) = self.index_of(bare)
        {
            return Some(LinkTarget::Document { document, anchor: None });
        }
        let stem = stem(bare.strip_suffix(".html").unwrap_or(bare));
        let is_named_so =
            |document: &DocumentId| !is_markdown(bare) || self.has_ending(*document, stem, bare);
        if let Some(document) = self.by_stem(stem).filter(is_named_so) {
            return Some(LinkTarget::Document { document, anchor: None });
        }
        if self.files.contains(bare) {
            return Some(LinkTarget::File { path: bare.to_owned(), anchor: None });
        }
        if self.is_hidden_picture(bare) {
            return Some(LinkTarget::File { path: bare.to_owned(), anchor: None });
        }
        if self.static_files.contains(bare) {
            return Some(LinkTarget::Static { path: bare.to_owned() });
        }
        let in_folder = |name: &str| if bare.is_empty() { name.to_owned() } else { format!("{bare}/{name}") };
        let pages = [in_folder("index.html"), format!("{stem}.html"), bare.to_owned()];
        let is_named_otherwise = |document: DocumentId| {
            self.is_other_case(document, stem) || !self.has_ending(document, stem, bare)
        };
        let (url, page) = pages.iter().find_map(|url| self.routes.get(url))?;
        // The address is in lower case; the name of a file is what it is on a forge and on most disks.
        if is_markdown(bare) && page.document().is_some_and(is_named_otherwise) {
            return None;
        }
        Some(match page.leads_to() {
            Some(document) => LinkTarget::Document { document, anchor: None },
            None => LinkTarget::Page { url: url.to_owned() },
        })
    }

    /// Whether the file of a document ends like `path`, if it is called `stem`.
    fn has_ending(&self, document: DocumentId, name: &str, path: &str) -> bool {
        let Document { stem, source, .. } = &*self.documents[document];
        let ending = source.path.rfind(stem.as_str()).map(|at| &source.path[at + stem.len()..]);
        stem != name || ending == path.get(name.len()..)
    }

    /// Whether `stem` is that of a document but for case.
    fn is_other_case(&self, document: DocumentId, stem: &str) -> bool {
        let own = &self.documents[document].stem;
        own != stem && own.to_lowercase() == stem.to_lowercase()
    }

    /// Whether a path leads to a picture, film or sound in a hidden folder of the content, where some editors of notes
    /// and wikis keep them. Nothing else in such folders is meant.
    fn is_hidden_picture(&self, path: &str) -> bool {
        let Some((folders, name)) = path.rsplit_once('/') else { return false };
        let is_hidden = |part: &str| part.starts_with('.');
        folders.split('/').any(is_hidden)
            && !is_hidden(name)
            && media::is_visual(name)
            && left_out_by(&self.config.ignore, &[path, &self.config.in_content(path)]).is_none()
            && self.world.has_file(&self.config.in_content(path))
    }

    fn by_stem(&self, stem: &str) -> Option<DocumentId> {
        self.find_stem(stem).or_else(|| self.index_of(stem))
    }

    /// The document that stands for a folder.
    fn index_of(&self, folder: &str) -> Option<DocumentId> {
        let in_folder = |name: &&str| {
            self.find_stem(&if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") })
        };
        INDEX_NAMES.iter().find_map(in_folder)
    }

    fn find_stem(&self, stem: &str) -> Option<DocumentId> {
        self.stems.get(stem).copied()
    }

    /// A path at which the site has nothing: perhaps the project has.
    fn unpublished(&self, folder: &str, path: &str) -> LinkTarget {
        let content = &self.config.content;
        let base = [content.as_str(), folder].join("/");
        let in_project = match path.strip_prefix('/') {
            Some(from_root) => normalize("", from_root),
            None => normalize(base.trim_matches('/'), path),
        };
        // From a repository's own files, the forge's pages about it are reached by such paths.
        let Some(in_project) = in_project else {
            let is_adopted = self.config.source.is_some();
            let below = path.trim_start_matches("../").trim_end_matches('/');
            let is_slip = self.world.has_file(below) || self.locate(below).is_some();
            return LinkTarget::Broken(if is_adopted || is_slip {
                LinkProblem::NoFile
            } else {
                LinkProblem::NotPublished
            });
        };
        let inside = in_project.trim_end_matches('/');
        let of_static =
            inside.strip_prefix(&self.config.static_files).and_then(|path| path.strip_prefix('/'));
        if let Some(path) = of_static.filter(|path| self.static_files.contains(*path)) {
            return LinkTarget::Static { path: path.to_owned() };
        }
        // A folder without documents has no page, but the forge shows it.
        let exists = self.world.has_file(inside) || !self.world.list(inside).files.is_empty();
        match (&self.config.repository, exists) {
            (_, false) => LinkTarget::Broken(LinkProblem::NoFile),
            (Some(repository), true) => LinkTarget::External(format!("{repository}{}", href(inside))),
            (None, true) => LinkTarget::Broken(LinkProblem::NotPublished),
        }
    }

    /// A document, at an anchor as one of the common generators writes it.
    pub(super) fn document(&self, document: DocumentId, anchor: Option<&str>) -> LinkTarget {
        // `^` names a block in a vault of notes, which has no anchor here.
        // What follows `:~:` is for browsers.
        let anchor = anchor.map(|anchor| anchor.split(":~:").next().unwrap_or_default());
        let is_section = |anchor: &&str| !anchor.is_empty() && *anchor != "top" && !anchor.starts_with('^');
        let anchor =
            anchor.filter(is_section).map(|anchor| anchor.strip_prefix("user-content-").unwrap_or(anchor));
        let Some(anchor) = anchor else {
            return LinkTarget::Document { document, anchor: None };
        };
        let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
        let anchors = self.anchors[document]
            .get_or_init(|| Anchors::new(&self.documents[document], self.origins.of(document)));
        if let Some(found) = anchors.find(&anchor) {
            return LinkTarget::Document { document, anchor: Some(found.to_owned()) };
        }
        match self.labels.get(&anchor.to_lowercase()) {
            Some(label) => label.clone(),
            None if anchors.is_elsewhere(&anchor) => LinkTarget::Document { document, anchor: None },
            // Ruby, JSX or Liquid.
            None if anchor.contains('{') && anchor.contains('}') => {
                LinkTarget::Undecided(Undecided::Variable)
            }
            None => LinkTarget::Broken(LinkProblem::NoAnchor { document, anchor }),
        }
    }
}

pub(super) fn split_anchor(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)))
}
