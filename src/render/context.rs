//! What all pages of a site share.

use super::card::card;
use super::report_figures::{ReportFigures, report_figures};
use super::view::{CachedValue, Card, KindView, Link, SiteView};
use super::{Theme, highlight};
use crate::graph::Graph;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Kind, PerDocument, PerKind};
use crate::text::address::href;
use crate::world::World;

/// What many pages show.
#[derive(Debug)]
pub struct Shared {
    /// The site as templates see it.
    site: CachedValue<SiteView>,
    /// Every document as lists show it.
    cards: PerDocument<CachedValue<Card>>,
    /// For each kind, its documents in their order.
    by_kind: PerKind<Vec<DocumentId>>,
    /// For each document, its place in the list of its kind.
    places: PerDocument<usize>,
    /// What reports say of documents.
    report_figures: ReportFigures,
}

impl Shared {
    /// What the pages of a project show in a theme.
    pub fn new(base: &KnowledgeBase, theme: &Theme) -> Self {
        let graph = &base.graph;
        let today = base.today;
        let cards = graph.documents.keys().map(|index| CachedValue::new(card(graph, index, today))).collect();
        let by_kind: PerKind<Vec<DocumentId>> =
            base.kinds.all.iter().map(|kind| graph.of_kind(&kind.id)).collect();
        let mut places: PerDocument<usize> = vec![0; graph.documents.len()].into();
        for (place, &document) in by_kind.iter().flat_map(|documents| documents.iter().enumerate()) {
            places[document] = place;
        }
        let site = CachedValue::new(site(base, theme, &by_kind));
        Self { site, cards, by_kind, places, report_figures: report_figures(base) }
    }
}

/// The pages of a site.
pub struct Pages<'a> {
    pub(super) base: &'a KnowledgeBase,
    pub(super) graph: &'a Graph,
    /// Says when a file was last changed.
    pub(super) world: &'a dyn World,
    pub(super) code: &'a highlight::Cache,
    /// The site as templates see it.
    pub site: &'a CachedValue<SiteView>,
    pub(super) cards: &'a PerDocument<CachedValue<Card>>,
    pub(super) by_kind: &'a PerKind<Vec<DocumentId>>,
    pub(super) places: &'a PerDocument<usize>,
    pub(super) report_figures: &'a ReportFigures,
}

impl<'a> Pages<'a> {
    /// The pages of a project. `world` says when a file was last changed, and `code` is code that was highlighted.
    pub fn new(
        base: &'a KnowledgeBase,
        shared: &'a Shared,
        world: &'a dyn World,
        code: &'a highlight::Cache,
    ) -> Self {
        let Shared { site, cards, by_kind, places, report_figures } = shared;
        Self { base, graph: &base.graph, world, code, site, cards, by_kind, places, report_figures }
    }
}

fn site(base: &KnowledgeBase, theme: &Theme, by_kind: &PerKind<Vec<DocumentId>>) -> SiteView {
    let kinds = base.kinds.all.iter().zip(by_kind).filter(|(_, documents)| !documents.is_empty());
    let kinds = kinds.map(|(kind, documents)| KindView {
        id: kind.id.clone(),
        label: kind.label.clone(),
        plural: kind.plural.clone(),
        summary: kind.summary.clone(),
        url: href(&kind.index_url()),
        count: documents.len(),
        home: kind.home,
        feed: kind.feed.then(|| href(&kind.feed_url())),
        collected: collected(&base.graph, kind),
    });
    let config = &base.config;
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        kinds: kinds.collect(),
        alerts: base.graph.alerts.len(),
        reports: base.graph.routes.reports_index.as_ref().map(|url| href(url)),
        opensearch: config.base_url.is_some(),
        assets_version: theme.assets_version().to_owned(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The pages that collect what documents of a kind say in one field.
fn collected(graph: &Graph, kind: &Kind) -> Vec<Link> {
    let links = kind.fields.iter().filter_map(|field| {
        let url = graph.routes.collected.get(&(kind.id.clone(), field.name.clone()))?;
        Some(Link { title: field.label.clone(), url: href(url) })
    });
    links.collect()
}
