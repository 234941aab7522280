//! The index of a kind.

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::{DocumentId, KindId, label};
use crate::render::card::choices;
use crate::render::context::Pages;
use crate::render::view::{FacetChoice, Frame, Group, PageView};

/// What the index of a kind adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct KindView {
    /// Its documents, by folder unless they are dated.
    pub groups: Vec<Group>,
    /// What readers can filter them by.
    pub facets: Vec<FacetChoice>,
}

impl Pages<'_> {
    /// All documents of a kind.
    pub(super) fn kind_page(
        &self,
        index: KindId,
        introduction: Option<DocumentId>,
        frame: Frame,
    ) -> PageView<KindView> {
        let kind = &self.base.kinds.all[index];
        let frame = self.introduced(frame, introduction, Some(&kind.plural));
        let documents = &self.by_kind[index];
        // Dated documents stay in the order of their dates; others are grouped by folder.
        let mut groups: IndexMap<&str, Group> = IndexMap::new();
        for &document in documents {
            let folder = if kind.date_field.is_some() {
                ""
            } else {
                self.graph.documents[document].id.rsplit_once('/').map_or("", |(folder, _)| folder)
            };
            let label = || self.group_label(folder, self.graph.documents[document].folder());
            let group = groups.entry(folder);
            let group = group.or_insert_with(|| Group { label: label(), url: None, items: Vec::new() });
            group.items.push(self.cards[document].clone());
        }
        let facets = choices(documents.iter().flat_map(|&document| &self.cards[document].facets));
        let (title, id) = (kind.plural.clone(), kind.id.clone());
        let or_kind = |text: &str| if text.is_empty() { kind.summary.clone() } else { text.to_owned() };
        let (description, lead) = (or_kind(&frame.description), or_kind(&frame.lead));
        PageView {
            frame: Frame { title, description, lead, kind: Some(id), ..frame },
            body: KindView { groups: groups.into_values().collect(), facets },
        }
    }

    /// What a group of documents is called whose ids begin with `folder`, and which are in the folder `path`.
    fn group_label(&self, folder: &str, path: &str) -> String {
        match path.strip_suffix(folder) {
            Some(outer) if !self.base.config.origins.is_empty() && !folder.is_empty() => {
                let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
                let labels = ends.map(|end| self.folder_label(&path[..outer.len() + end]));
                labels.collect::<Vec<_>>().join(" / ")
            }
            _ => label(&folder.replace('/', " / ")),
        }
    }
}
