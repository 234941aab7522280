//! What is remembered from the last time that a project was linked.

use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::attachments;
use super::ids::Names;
use super::{Alerts, Ids, LinkTarget, Order, Relation, Resolution, Routes};
use crate::cache_slot::{CacheSlot, lock};
use crate::model::{Document, DocumentId, Kinds, Link, LinkForm, PerDocument, Reference};
use crate::text::address::scheme;

/// The parts of the last graph, each by the fingerprint of what it was made of, and the whole of it.
#[derive(Debug, Default)]
pub struct Cache {
    pub(super) names: CacheSlot<Names>,
    pub(super) alerts: CacheSlot<Alerts>,
    pub(super) order: CacheSlot<Order>,
    pub(super) routes: CacheSlot<Routes>,
    pub(super) attachments: attachments::Cache,
    previous: Mutex<Option<Arc<PreviousGraph>>>,
}

/// The last graph, as far as the next one may be like it.
#[derive(Debug)]
pub(super) struct PreviousGraph {
    /// The fingerprint of the kinds.
    pub(super) kinds: u64,
    pub(super) ids: Arc<Names>,
    pub(super) documents: PerDocument<Arc<Document>>,
    pub(super) references: PerDocument<Arc<[Resolution]>>,
    pub(super) links: PerDocument<Arc<[LinkTarget]>>,
    pub(super) inputs: LinkInputs,
    pub(super) order: Arc<Order>,
    /// The owners of each document.
    pub(super) owners: Arc<PerDocument<Vec<DocumentId>>>,
    /// The relations of each document.
    pub(super) relations: Arc<PerDocument<Vec<Relation>>>,
}

/// What links depend on beside documents.
#[derive(Debug, Clone)]
pub(super) struct LinkInputs {
    /// The fingerprint of the settings, and of the files beside documents.
    pub(super) files: u64,
    /// The fingerprint of titles and aliases.
    pub(super) titles: u64,
    /// The addresses.
    pub(super) routes: Arc<Routes>,
}

impl Cache {
    /// The last graph, if its documents had the same ids in the same order.
    pub(super) fn previous(&self, ids: &Ids, kinds: &Kinds) -> Option<Arc<PreviousGraph>> {
        let before = lock(&self.previous).clone();
        before.filter(|before| before.kinds == kinds.fingerprint && Arc::ptr_eq(&before.ids, &ids.table))
    }

    /// Keeps a graph for the next time.
    pub(super) fn keep(&self, graph: PreviousGraph) {
        *lock(&self.previous) = Some(Arc::new(graph));
    }
}

impl PreviousGraph {
    /// What the references of a document led to, if it is still the same.
    pub(super) fn references(
        &self,
        index: DocumentId,
        document: &Arc<Document>,
    ) -> Option<Arc<[Resolution]>> {
        Arc::ptr_eq(&self.documents[index], document).then(|| Arc::clone(&self.references[index]))
    }

    /// What the links of a document led to, if it is still the same. Those that led nowhere are looked up again.
    pub(super) fn links(
        &self,
        index: DocumentId,
        documents: &PerDocument<Arc<Document>>,
        now: &LinkInputs,
    ) -> Option<Arc<[LinkTarget]>> {
        let LinkInputs { files, titles, routes } = &self.inputs;
        let is_same = |document: DocumentId| Arc::ptr_eq(&self.documents[document], &documents[document]);
        if *files != now.files || !Arc::ptr_eq(routes, &now.routes) || !is_same(index) {
            return None;
        }
        let stays = |(link, target): (&Link, &LinkTarget)| {
            // Only these may name a document by its title, if not by its id, which comes first.
            let needs_titles = match (link.form, target) {
                (LinkForm::Wiki, LinkTarget::Document { document, .. }) => {
                    !is_named(&documents[*document].id, &link.target)
                }
                (form, _) => matches!(form, LinkForm::Wiki | LinkForm::Image),
            };
            let leads_there = match target {
                LinkTarget::Document { document, anchor } => anchor.is_none() || is_same(*document),
                LinkTarget::Page { .. } | LinkTarget::Static { .. } => true,
                // Files in hidden folders are in no listing.
                LinkTarget::File { path, .. } => !path.split('/').any(|part| part.starts_with('.')),
                // Others are files of the project that only the forge shows.
                LinkTarget::External(_) => scheme(&link.target).is_some(),
                LinkTarget::Broken(_) | LinkTarget::Undecided(_) => false,
            };
            leads_there && (*titles == now.titles || !needs_titles)
        };
        let stay = documents[index].body.links.iter().zip(self.links[index].iter()).all(stays);
        stay.then(|| Arc::clone(&self.links[index]))
    }

    /// Whether everything refers to the same by the same fields, which is all that owners depend on.
    pub(super) fn refers_alike(
        &self,
        documents: &PerDocument<Arc<Document>>,
        references: &PerDocument<Arc<[Resolution]>>,
    ) -> bool {
        let is_alike = |(index, document): (usize, &Arc<Document>)| {
            let index = DocumentId::from(index);
            let before = &self.documents[index];
            let same_field = |(a, b): (&Reference, &Reference)| a.path == b.path;
            Arc::ptr_eq(before, document)
                || self.references[index] == references[index]
                    && before.references.iter().zip(&document.references).all(same_field)
        };
        documents.raw.par_iter().enumerate().all(is_alike)
    }

    /// Whether all links lead to the same and lists are in the same order, which is what relations depend on, beside
    /// what owners do.
    pub(super) fn links_alike(&self, links: &PerDocument<Arc<[LinkTarget]>>, order: &Arc<Order>) -> bool {
        Arc::ptr_eq(&self.order, order)
            && self.links.raw.par_iter().zip(&links.raw).all(|(before, now)| before == now)
    }
}

/// Whether `text`, without its anchor, is an id or the end of one.
fn is_named(id: &str, text: &str) -> bool {
    let text = text.split_once('#').map_or(text, |(text, _)| text).trim_matches('/');
    id.strip_suffix(text).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}
