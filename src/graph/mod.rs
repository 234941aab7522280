//! Documents to one whole: ids, references, links, owners, relations and addresses.
//!
//! [`Graph::link`] makes anew what depends on a change, which takes milliseconds. Nothing here reports
//! anything: what does not resolve stays in the graph as such, and the rules word it.

mod alerts;
mod anchors;
mod attachments;
mod cache;
pub mod data;
mod fingerprints;
mod ids;
mod links;
mod lookup;
mod order;
mod origins;
mod owners;
mod page;
mod relations;
mod resolver;
mod routes;
mod rule_links;
mod wiki_links;

pub use alerts::{AlertNode, Alerts};
pub use attachments::{Attachment, Attachments, Withheld, ending};
pub use cache::Cache;
pub use ids::{Ids, Resolution};
pub use links::{LinkProblem, LinkTarget, Undecided};
pub use order::{Order, date, navigation};
pub use page::{Page, StableAddress};
pub use relations::{MENTIONED, Relation};
pub use routes::{ALERTS_INDEX, Clash, DeadAlias, Routes, alert_url};
pub use rule_links::{Named, RuleLinks, RunbookLink, RunbookTarget};

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use self::cache::{LinkInputs, PreviousGraph};
use self::fingerprints::GraphFingerprints;
use self::ids::Names;
use self::origins::Origins;
use self::rule_links::RuleLinker;
use crate::cache_slot::fingerprint;
use crate::model::{Config, Definitions, Document, DocumentId, Kinds, Link, PerDocument, Reference};
use crate::parse::Documents;
use crate::world::World;

/// The documents of a project and everything between them. Documents are named by their index.
#[derive(Debug)]
pub struct Graph {
    /// The documents, by path.
    pub documents: PerDocument<Arc<Document>>,
    /// Ids to documents.
    pub ids: Ids,
    /// For each document, what its references lead to.
    pub references: PerDocument<Arc<[Resolution]>>,
    /// For each document, what the links in its body lead to.
    pub links: PerDocument<Arc<[LinkTarget]>>,
    /// The files that links in bodies lead to.
    pub attachments: Attachments,
    /// For each document, its owners.
    pub owners: Arc<PerDocument<Vec<DocumentId>>>,
    /// For each document, what others say of it.
    pub relations: Arc<PerDocument<Vec<Relation>>>,
    /// For each alert, the documents that claim it and the rules that fire it.
    pub alerts: Arc<Alerts>,
    /// For each alert rule, what its labels and annotations lead to.
    pub rule_links: Vec<RuleLinks>,
    /// The order of lists.
    pub order: Arc<Order>,
    /// The addresses of the site.
    pub routes: Arc<Routes>,
}

impl Graph {
    /// The references in the front matter of a document, each with what it leads to.
    pub fn references_of(&self, document: DocumentId) -> impl Iterator<Item = (&Reference, &Resolution)> {
        self.documents[document].references.iter().zip(self.references[document].iter())
    }

    /// The links in the body of a document, each with where it leads.
    pub fn links_of(&self, document: DocumentId) -> impl Iterator<Item = (&Link, &LinkTarget)> {
        self.documents[document].body.links.iter().zip(self.links[document].iter())
    }

    /// Links `found` to one whole. What depends on nothing that changed is taken from `cache`.
    pub fn link(
        world: &dyn World,
        config: &Config,
        kinds: &Kinds,
        found: Documents,
        definitions: &Definitions,
        cache: &Cache,
    ) -> Self {
        let Documents { documents, files, static_files, .. } = found;
        let documents = PerDocument::from(documents);
        let resolve = |ids: &Ids, before: Option<&PreviousGraph>| {
            let resolved = documents.raw.par_iter().enumerate().map(|(index, document)| {
                let known = before.and_then(|before| before.references(index.into(), document));
                let resolve = |reference| ids.reference(reference, kinds);
                known.unwrap_or_else(|| document.references.iter().map(resolve).collect())
            });
            PerDocument::from(resolved.collect::<Vec<Arc<[Resolution]>>>())
        };
        let prints = GraphFingerprints::new(&documents, kinds);
        // What the settings say of order counts too.
        let places = fingerprint(&(prints.places, &config.content, &config.origins));
        let ((ids, before, references, order), (alerts, routes)) = rayon::join(
            || {
                let names = cache.names.get(prints.names, || Names::new(&documents));
                let ids = Ids::new(names, &documents);
                let before = cache.previous(&ids, kinds);
                let references = resolve(&ids, before.as_deref());
                let order = cache.order.get(places, || Order::new(config, &documents));
                (ids, before, references, order)
            },
            || {
                let settings = (&config.reports.names, &config.alerts.addresses);
                let addresses = fingerprint(&(prints.addresses, alerts::names(definitions), settings));
                let alerts = cache.alerts.get(addresses, || alerts::alerts(&documents, definitions));
                let routes = cache
                    .routes
                    .get(addresses, || Routes::new(config, kinds, &documents, definitions, &alerts));
                (alerts, routes)
            },
        );
        let settings = (config.source.as_ref().map(|source| &source.text), &config.origins);
        let inputs = LinkInputs {
            files: fingerprint(&(settings, &files, &static_files)),
            titles: prints.titles,
            routes: Arc::clone(&routes),
        };
        let resolver = resolver::Resolver {
            world,
            config,
            kinds,
            documents: &documents,
            anchors: documents.iter().map(|_| OnceLock::new()).collect(),
            stems: lookup::by_stem(&documents),
            ids: &ids,
            routes: &routes,
            origins: Origins::new(config, &documents),
            labels: lookup::labels(config, &documents),
            names: lookup::by_name(&files),
            files,
            static_files,
        };
        let links = (0..documents.len()).into_par_iter().map(DocumentId::from).map(|document| {
            let known = before.as_ref().and_then(|before| before.links(document, &documents, &inputs));
            known.unwrap_or_else(|| resolver.links(document))
        });
        let links = PerDocument::from(links.collect::<Vec<Arc<[LinkTarget]>>>());
        let attachments = attachments::attachments(world, config, &links, &cache.attachments);
        let before = before.filter(|before| before.refers_alike(&documents, &references));
        let owners = match &before {
            Some(before) => Arc::clone(&before.owners),
            None => Arc::new(owners::owners(&documents, &references)),
        };
        let relations = match before.filter(|before| before.links_alike(&links, &order)) {
            Some(before) => Arc::clone(&before.relations),
            None => Arc::new(relations::relations(
                &documents,
                &references,
                &links,
                &owners,
                kinds,
                &order.documents,
            )),
        };
        cache.keep(PreviousGraph {
            kinds: kinds.fingerprint,
            ids: Arc::clone(&ids.table),
            documents: documents.clone(),
            references: references.clone(),
            links: links.clone(),
            inputs,
            order: Arc::clone(&order),
            owners: Arc::clone(&owners),
            relations: Arc::clone(&relations),
        });
        let linker =
            RuleLinker { config, kinds, documents: &documents, ids: &ids, routes: &routes, alerts: &alerts };
        let rule_links = linker.links(definitions);
        Self {
            documents,
            ids,
            references,
            links,
            attachments,
            owners,
            relations,
            alerts,
            rule_links,
            order,
            routes,
        }
    }

    /// The documents of a kind, in their order.
    pub fn of_kind(&self, kind: &str) -> Vec<DocumentId> {
        let is_of_kind = |&document: &DocumentId| self.documents[document].kind.id == kind;
        let mut found: Vec<DocumentId> = self.documents.keys().filter(is_of_kind).collect();
        // The text of a folder's page is worth listing, that of a list is not.
        let has_page = |index: DocumentId| {
            let page = self.routes.get(&self.routes.documents[index]);
            page.is_some_and(|(_, page)| page.folder().is_some())
                && self.documents[index].body.summary.is_some()
        };
        found.retain(|&index| !self.routes.is_introduction(index) || has_page(index));
        self.sort(&mut found);
        found
    }

    /// The documents in a folder, at any depth.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = DocumentId> {
        let all = &self.documents.raw;
        let range = if folder.is_empty() {
            0..all.len()
        } else {
            let folder = format!("{folder}/");
            let start = all.partition_point(|document| document.stem < folder);
            start..start + all[start..].partition_point(|document| document.stem.starts_with(&folder))
        };
        range.map(DocumentId::from)
    }

    /// The documents that stand in the relation `label` to a document.
    pub fn related(&self, document: DocumentId, label: &str) -> &[DocumentId] {
        let relation = self.relations[document].iter().find(|relation| relation.label == label);
        relation.map_or(&[], |relation| &relation.documents)
    }

    /// Puts documents in the order of lists: by kind, newest first where they are dated, by weight, by title.
    pub fn sort(&self, documents: &mut [DocumentId]) {
        documents.sort_unstable_by_key(|&document| self.order.documents[document]);
    }
}
