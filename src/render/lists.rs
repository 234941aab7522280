//! Pages that list documents.

use std::collections::BTreeMap;

use super::card::choices;
use super::context::Pages;
use super::view::{CachedValue, Card, Group, Link, PageView};
use crate::graph::Page;
use crate::text::address::href;

/// How many documents of a kind the home page shows: a few of those that keep coming, and others as long as
/// they can be taken in together.
const LATEST_ON_HOME: usize = 6;
const MOST_ON_HOME: usize = 40;

impl Pages<'_> {
    /// A few documents of each kind.
    pub(super) fn home(&self) -> Vec<Group> {
        let kinds = self.site.kinds.iter().filter_map(|view| {
            let at = self.base.kinds.all.iter().position(|kind| kind.id == view.id)?;
            let is_dated = self.base.kinds.all[at].dated.is_some();
            let most = if is_dated { LATEST_ON_HOME } else { MOST_ON_HOME };
            let items = self.by_kind[at].iter().take(most).map(|&document| self.cards[document].clone());
            Some(Group { label: view.plural.clone(), url: Some(view.url.clone()), items: items.collect() })
        });
        kinds.collect()
    }

    /// All documents of a kind.
    pub(super) fn kind(&self, index: usize, view: PageView) -> PageView {
        let kind = &self.base.kinds.all[index];
        let documents = &self.by_kind[index];
        // Dated documents stay in the order of their dates; others are grouped by folder.
        let mut groups: BTreeMap<&str, Vec<CachedValue<Card>>> = BTreeMap::new();
        for &document in documents {
            let folder = if kind.dated.is_some() {
                ""
            } else {
                self.graph.documents[document].id.rsplit_once('/').map_or("", |(folder, _)| folder)
            };
            groups.entry(folder).or_default().push(self.cards[document].clone());
        }
        let groups = groups.into_iter().map(|(folder, items)| {
            let label = crate::model::label(&folder.replace('/', " / "));
            Group { label, url: None, items }
        });
        let facets = choices(documents.iter().flat_map(|&document| &self.cards[document].facets));
        let (title, id) = (kind.plural.clone(), kind.id.clone());
        let or_kind = |text: &str| if text.is_empty() { kind.summary.clone() } else { text.to_owned() };
        let (description, lead) = (or_kind(&view.description), or_kind(&view.lead));
        PageView { title, description, lead, kind: Some(id), groups: groups.collect(), facets, ..view }
    }

    /// What is in a folder.
    pub(super) fn folder(&self, path: &str, view: PageView) -> PageView {
        let documents = self.graph.below(path).filter(|&index| {
            self.graph.documents[index].folder() == path && !self.graph.routes.is_introduction(index)
        });
        let groups = self.by_kind_groups(documents.collect());
        let mut folders = Vec::new();
        for (url, page) in self.graph.routes.below(path) {
            let rest = &url[path.len() + 1..];
            let is_child = rest.strip_suffix("/index.html").is_some_and(|name| !name.contains('/'));
            if let Page::Folder { path, .. } = page
                && is_child
            {
                folders.push(Link { title: self.folder_title(path, page), url: href(url) });
            }
        }
        let title = if view.title.is_empty() {
            crate::model::label(path.rsplit('/').next().unwrap_or(path))
        } else {
            view.title.clone()
        };
        let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        PageView { title, groups, folders, crumbs: self.folder_crumbs(outer), ..view }
    }

    /// Documents under the names of their kinds.
    pub(super) fn by_kind_groups(&self, mut documents: Vec<usize>) -> Vec<Group> {
        self.graph.sort(&mut documents);
        let mut groups: Vec<Group> = Vec::new();
        for document in documents {
            let label = &self.graph.documents[document].kind.plural;
            let card = self.cards[document].clone();
            match groups.last_mut() {
                Some(group) if group.label == *label => group.items.push(card),
                _ => groups.push(Group { label: label.clone(), url: None, items: vec![card] }),
            }
        }
        groups
    }

    /// A folder and those around it, from the top, as far as they have pages of their own.
    pub(super) fn folder_crumbs(&self, folder: &str) -> Vec<Link> {
        let outer = folder.match_indices('/').map(|(at, _)| &folder[..at]);
        let pages = outer.chain([folder]).filter_map(|folder| {
            match self.graph.routes.get(&format!("{folder}/index.html")) {
                Some((url, page @ Page::Folder { .. })) => {
                    Some(Link { title: self.folder_title(folder, page), url: href(url) })
                }
                _ => None,
            }
        });
        pages.collect()
    }

    /// What a folder is called.
    pub(super) fn folder_title(&self, folder: &str, page: &Page) -> String {
        match page {
            Page::Folder { introduction: Some(document), .. } => {
                self.graph.documents[*document].title.clone()
            }
            _ => crate::model::label(folder.rsplit('/').next().unwrap_or(folder)),
        }
    }
}
