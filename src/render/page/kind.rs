//! The index of a kind.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{DocumentId, KindId, label};
use crate::render::card::choices;
use crate::render::context::Pages;
use crate::render::view::{CachedValue, Card, FacetChoice, Frame, Group, PageView};

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
        let mut groups: BTreeMap<&str, Vec<CachedValue<Card>>> = BTreeMap::new();
        for &document in documents {
            let folder = if kind.date_field.is_some() {
                ""
            } else {
                self.graph.documents[document].id.rsplit_once('/').map_or("", |(folder, _)| folder)
            };
            groups.entry(folder).or_default().push(self.cards[document].clone());
        }
        let groups = groups.into_iter().map(|(folder, items)| {
            let label = label(&folder.replace('/', " / "));
            Group { label, url: None, items }
        });
        let facets = choices(documents.iter().flat_map(|&document| &self.cards[document].facets));
        let (title, id) = (kind.plural.clone(), kind.id.clone());
        let or_kind = |text: &str| if text.is_empty() { kind.summary.clone() } else { text.to_owned() };
        let (description, lead) = (or_kind(&frame.description), or_kind(&frame.lead));
        PageView {
            frame: Frame { title, description, lead, kind: Some(id), ..frame },
            body: KindView { groups: groups.collect(), facets },
        }
    }
}
