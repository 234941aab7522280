//! Documents to one whole: ids, references, links, owners, relations and addresses.
//!
//! [`Graph::link`] makes anew what depends on a change, which takes milliseconds. Nothing here reports
//! anything: what does not resolve stays in the graph as such, and the rules word it.

mod deadlines;
mod ids;
mod known;
mod links;
mod outline;
mod owners;
mod relations;
mod routes;

pub use deadlines::{Deadline, deadlines};
pub use ids::{Ids, Resolution};
pub use known::Known;
pub use links::{LinkProblem, LinkTarget};
pub use relations::{MENTIONED, Relation};
pub use routes::{Clash, DeadAlias, Page, Routes};

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use self::ids::Names;
use self::known::{Before, Surroundings};
use self::outline::Outlines;
use crate::cache::fingerprint;
use crate::memo::Memo;
use crate::model::{Config, Document, Expectation, Kinds, Location, Value};
use crate::parse::Documents;
use crate::world::World;

/// The documents of a project and everything between them. Documents are named by their index.
#[derive(Debug)]
pub struct Graph {
    /// The documents, by path.
    pub documents: Vec<Arc<Document>>,
    /// Ids to documents.
    pub ids: Ids,
    /// For each document, what its references lead to.
    pub references: Vec<Arc<[Resolution]>>,
    /// For each document, what the links in its body lead to.
    pub links: Vec<Arc<[LinkTarget]>>,
    /// For each document, its owners.
    pub owners: Arc<Vec<Vec<usize>>>,
    /// For each document, what others say of it.
    pub relations: Arc<Vec<Vec<Relation>>>,
    /// For each alert, the documents that claim it.
    pub alerts: Arc<Alerts>,
    /// The place of each document in lists.
    pub rank: Arc<Vec<usize>>,
    /// The addresses of the site.
    pub routes: Arc<Routes>,
}

/// Alerts by name, with the documents that claim them and where they do.
pub type Alerts = BTreeMap<String, Vec<(usize, Location)>>;

impl Graph {
    /// Links `found` to one whole. What depends on nothing that changed is taken from `memo`.
    pub fn link(world: &dyn World, config: &Config, kinds: &Kinds, found: Documents, memo: &Memo) -> Self {
        let Documents { documents, files, static_files, .. } = found;
        let resolve = |ids: &Ids, before: Option<&Before>| {
            let resolved = documents.par_iter().enumerate().map(|(index, document)| {
                let known = before.and_then(|before| before.references(index, document));
                let resolve = |reference| ids.reference(reference, kinds);
                known.unwrap_or_else(|| document.references.iter().map(resolve).collect())
            });
            resolved.collect::<Vec<Arc<[Resolution]>>>()
        };
        let (known, outlines) = (&memo.graph, Outlines::new(&documents, kinds));
        let ((ids, before, references, rank), (alerts, routes)) = rayon::join(
            || {
                let names = known.names.get(outlines.names, || Names::new(&documents));
                let ids = Ids::new(names, &documents);
                let before = known.before(&ids, kinds);
                let references = resolve(&ids, before.as_deref());
                (ids, before, references, known.rank.get(outlines.places, || rank(&documents)))
            },
            || {
                let alerts = known.alerts.get(outlines.addresses, || alerts(&documents));
                let routes = known.routes.get(outlines.addresses, || Routes::new(&documents, kinds, &alerts));
                (alerts, routes)
            },
        );
        let settings = config.source.as_ref().map(|source| &source.text);
        let surroundings = Surroundings {
            files: fingerprint(&(settings, &files, &static_files)),
            titles: outlines.titles,
            routes: Arc::clone(&routes),
        };
        let resolver = links::Resolver {
            world,
            config,
            kinds,
            documents: &documents,
            stems: links::by_stem(&documents),
            ids: &ids,
            routes: &routes,
            names: links::by_name(&files),
            files,
            static_files,
        };
        let links = (0..documents.len()).into_par_iter().map(|document| {
            let known = before.as_ref().and_then(|before| before.links(document, &documents, &surroundings));
            known.unwrap_or_else(|| resolver.links(document))
        });
        let links: Vec<Arc<[LinkTarget]>> = links.collect();
        let before = before.filter(|before| before.refers_alike(&documents, &references));
        let owners = match &before {
            Some(before) => Arc::clone(&before.owners),
            None => Arc::new(owners::owners(&documents, &references)),
        };
        let relations = match before.filter(|before| before.links_alike(&links, &rank)) {
            Some(before) => Arc::clone(&before.relations),
            None => Arc::new(relations::relations(&documents, &references, &links, &owners, kinds, &rank)),
        };
        let graph = Self { documents, ids, references, links, owners, relations, alerts, rank, routes };
        known.keep(&graph, kinds, surroundings);
        graph
    }

    /// The documents of a kind, in their order.
    pub fn of_kind(&self, kind: &str) -> Vec<usize> {
        let mut found: Vec<usize> =
            (0..self.documents.len()).filter(|&index| self.documents[index].kind.id == kind).collect();
        // The text of a folder's page is worth listing, that of a list is not.
        let has_page = |index: usize| {
            let page = self.routes.get(&self.routes.documents[index]);
            matches!(page, Some((_, Page::Folder { .. }))) && self.documents[index].body.summary.is_some()
        };
        found.retain(|&index| !self.routes.is_introduction(index) || has_page(index));
        self.sort(&mut found);
        found
    }

    /// The documents in a folder, at any depth.
    pub fn below(&self, folder: &str) -> Range<usize> {
        if folder.is_empty() {
            return 0..self.documents.len();
        }
        let folder = format!("{folder}/");
        let start = self.documents.partition_point(|document| document.stem < folder);
        let rest = &self.documents[start..];
        start..start + rest.partition_point(|document| document.stem.starts_with(&folder))
    }

    /// The documents that stand in the relation `label` to a document.
    pub fn related(&self, document: usize, label: &str) -> &[usize] {
        let relation = self.relations[document].iter().find(|relation| relation.label == label);
        relation.map_or(&[], |relation| &relation.documents)
    }

    /// Whether a document has what its kind expects of it.
    pub fn meets(&self, document: usize, expectation: &Expectation) -> bool {
        let fields = &self.documents[document].fields;
        let has_field = expectation.field.as_deref().is_none_or(|field| fields.says(field));
        let relation = expectation.relation.as_deref();
        has_field && relation.is_none_or(|label| !self.related(document, label).is_empty())
    }

    /// Puts documents in the order of lists: by kind, newest first where they are dated, by weight, by title.
    pub fn sort(&self, documents: &mut [usize]) {
        documents.sort_unstable_by_key(|&document| self.rank[document]);
    }
}

fn alerts(documents: &[Arc<Document>]) -> Alerts {
    let mut claims: Vec<(&str, usize, &Location)> = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        claims.extend(document.alerts.iter().map(|(name, location)| (name.as_str(), index, location)));
    }
    // Stable: of several places in a document, the first counts.
    claims.sort_by_key(|(name, index, _)| (*name, *index));
    claims.dedup_by_key(|(name, index, _)| (*name, *index));
    let groups = claims.chunk_by(|a, b| a.0 == b.0).map(|group| {
        let claims = group.iter().map(|(_, index, location)| (*index, (*location).clone()));
        (group[0].0.to_owned(), claims.collect())
    });
    groups.collect()
}

fn rank(documents: &[Arc<Document>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_cached_key(|&index| {
        let document = &documents[index];
        let weight = document.fields.text("weight").and_then(|weight| weight.parse::<f64>().ok());
        // Lists are grouped by folder, except those of dated documents.
        let folder =
            document.kind.dated.is_none().then(|| document.id.rsplit_once('/').map(|(folder, _)| folder));
        // Heavier than any weight that somebody writes, so that weighted documents come first.
        let weight = (weight.unwrap_or(1e9) * 1000.0) as i64;
        (
            (document.kind.weight, document.kind.id.as_str()),
            Reverse(date(document)),
            folder,
            weight,
            document.sorted_as.as_str(),
            index,
        )
    });
    let mut rank = vec![0; documents.len()];
    for (place, index) in order.into_iter().enumerate() {
        rank[index] = place;
    }
    rank
}

/// The moment that dates a document, where its kind says which field does.
pub fn date(document: &Document) -> Option<jiff::Timestamp> {
    match &document.fields.at(document.kind.dated.as_deref()?)?.value {
        Value::DateTime(moment, _) => Some(*moment),
        Value::Date(day) => Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp()),
        _ => None,
    }
}

/// The day until which the last review of a document is good, where it says how long that is.
pub fn review_due(document: &Document) -> Option<Date> {
    let (Value::Date(day), Value::Duration(interval)) =
        (&document.fields.at("review.last_reviewed")?.value, &document.fields.at("review.interval")?.value)
    else {
        return None;
    };
    let days = interval.seconds / 86_400;
    day.checked_add(days.days()).ok()
}
