//! The page with what all documents of a kind say in one field.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::KindId;
use crate::render::card;
use crate::render::collected::{Placed, ordered};
use crate::render::context::Pages;
use crate::render::view::{Collected, FacetChoice, Frame, Link, PageView};

/// What such a page adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct CollectedView {
    /// The values, in groups of what they have in common.
    pub collected: Vec<Collected>,
    /// What readers can filter them by.
    pub facets: Vec<FacetChoice>,
}

pub(super) const TEMPLATE: &str = "collected.html";

impl Pages<'_> {
    /// The page with the values of one field in all documents of a kind.
    pub(super) fn collected_page(&self, kind: KindId, field: usize, frame: Frame) -> PageView<CollectedView> {
        let (kind, documents) = (&self.base.kinds.all[kind], &self.by_kind[kind]);
        let field = &kind.fields[field];
        let mut groups: BTreeMap<(bool, String), (Option<String>, Vec<Placed>)> = BTreeMap::new();
        for &document in documents {
            for entry in self.values_of(document, field) {
                let (place, item) = self.item(document, field, entry);
                let by = field.collect.first().map_or("", String::as_str);
                let labels = item.facets.iter().find(|facet| facet.name == by);
                let labels = labels.map_or_else(|| vec![String::new()], |facet| facet.values.clone());
                for label in labels {
                    let url = self.page_called(document, entry, by, &label);
                    let group = groups.entry((label.is_empty(), label)).or_insert((url, Vec::new()));
                    group.1.push((place, item.clone()));
                }
            }
        }
        let groups: Vec<Collected> = groups
            .into_iter()
            .map(|((_, label), (url, items))| ordered(&field.name, &label, url, items))
            .collect();
        let facets =
            card::choices(groups.iter().flat_map(|group| &group.items).flat_map(|item| &item.facets));
        let crumbs = self.site.kinds.iter().filter(|view| view.id == kind.id);
        let crumbs = crumbs.map(|view| Link { title: view.plural.clone(), url: view.url.clone() });
        let frame = Frame {
            title: field.label.clone(),
            description: field.help.clone(),
            lead: field.help.clone(),
            kind: Some(kind.id.clone()),
            crumbs: crumbs.collect(),
            ..frame
        };
        PageView { frame, body: CollectedView { collected: groups, facets } }
    }
}
