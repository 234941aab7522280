//! The page of a folder that is not the folder of a kind.

use serde::Serialize;

use crate::graph::{Page, navigation};
use crate::model::{DocumentId, label};
use crate::parse::generator;
use crate::render::context::Pages;
use crate::render::view::{Frame, Group, Link, PageView};
use crate::text::address::href;

/// What the page of a folder adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct FolderView {
    /// The folders in it.
    pub folders: Vec<Link>,
    /// The documents in it, by kind.
    pub groups: Vec<Group>,
}

pub(super) const TEMPLATE: &str = "folder.html";

impl Pages<'_> {
    /// What is in a folder.
    pub(super) fn folder_page(
        &self,
        path: &str,
        introduction: Option<DocumentId>,
        frame: Frame,
    ) -> PageView<FolderView> {
        let frame = self.introduced(frame, introduction, None);
        let documents = self.graph.below(path).filter(|&index| {
            self.graph.documents[index].folder() == path && !self.graph.routes.is_introduction(index)
        });
        let groups = self.by_kind_groups(documents.collect());
        let mut folders = Vec::new();
        for (url, page) in self.graph.routes.below(path) {
            let rest = &url[path.len() + 1..];
            let is_child = rest.strip_suffix("/index.html").is_some_and(|name| !name.contains('/'));
            if let Some(path) = page.folder()
                && is_child
            {
                let link = Link { title: self.folder_title(path, page), url: href(url) };
                folders.push((self.graph.order.folder(path), link));
            }
        }
        folders.sort_by_key(|(place, _)| *place);
        let folders = folders.into_iter().map(|(_, link)| link).collect();
        let title = if frame.title.is_empty() { self.folder_label(path) } else { frame.title.clone() };
        let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        PageView {
            frame: Frame { title, crumbs: self.folder_crumbs(outer), ..frame },
            body: FolderView { folders, groups },
        }
    }

    /// A folder and those around it, from the top, as far as they have pages of their own.
    pub(super) fn folder_crumbs(&self, folder: &str) -> Vec<Link> {
        let outer = folder.match_indices('/').map(|(at, _)| &folder[..at]);
        let pages = outer.chain([folder]).filter_map(|folder| {
            let (url, page) = self.graph.routes.get(&format!("{folder}/index.html"))?;
            page.folder()?;
            Some(Link { title: self.folder_title(folder, page), url: href(url) })
        });
        pages.collect()
    }

    /// What a folder is called.
    fn folder_title(&self, folder: &str, page: &Page) -> String {
        match page.introduction() {
            Some(document) => self.graph.documents[document].list_title().to_owned(),
            None => self.folder_label(folder),
        }
    }

    /// What a folder is called without a document that stands for it.
    pub(super) fn folder_label(&self, folder: &str) -> String {
        let config = &self.base.config;
        let stated = navigation(config, folder).and_then(|entry| entry.title.clone());
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let path = format!("{}/", config.in_content(folder));
        let origin = config.origins.iter().find(|origin| origin.root_of(&path).is_some());
        stated.or_else(|| generator::label(origin?, name)).unwrap_or_else(|| label(name))
    }
}
