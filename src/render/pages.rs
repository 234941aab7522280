//! Each page of the site as its template sees it.

use std::collections::BTreeMap;

use super::html::{self, Target};
use super::values::{Values, facet};
use super::view::{
    AlertView, Card, DocumentView, FacetChoice, FacetView, Group, KindView, Link, PageView, SiteView,
    SourceView, TocEntry,
};
use super::{Theme, highlight};
use crate::graph::{self, Graph, LinkProblem, LinkTarget, Page, href, relative};
use crate::memo::Memo;
use crate::model::Document;
use crate::pipeline::Analysis;

/// The pages of a site. What several of them show is made once.
pub struct Pages<'a> {
    analysis: &'a Analysis,
    graph: &'a Graph,
    memo: &'a Memo,
    /// The site as templates see it.
    pub site: SiteView,
    /// Every document as lists show it.
    cards: Vec<Card>,
    /// For each kind, its documents in their order.
    by_kind: Vec<Vec<usize>>,
    /// For each document, its place in the list of its kind.
    places: Vec<usize>,
}

/// A list longer than this goes on in the index of its kind.
const LONGEST_RELATION: usize = 200;

/// How many documents of a kind the home page shows.
const ON_HOME: usize = 8;

impl<'a> Pages<'a> {
    /// The pages of an analysis.
    pub fn new(analysis: &'a Analysis, memo: &'a Memo) -> Self {
        let graph = &analysis.graph;
        let cards = (0..graph.documents.len()).map(|index| card(graph, index)).collect();
        let by_kind: Vec<Vec<usize>> = analysis.kinds.0.iter().map(|kind| graph.of_kind(&kind.id)).collect();
        let mut places = vec![0; graph.documents.len()];
        for (place, &document) in by_kind.iter().flat_map(|documents| documents.iter().enumerate()) {
            places[document] = place;
        }
        let site = site(analysis, &by_kind);
        Self { analysis, graph, memo, site, cards, by_kind, places }
    }

    /// The template and the view of the page at `url`; none for a page that needs no template.
    pub fn view(&self, url: &str, page: &Page, theme: &Theme) -> Option<(String, PageView)> {
        let base = PageView { canonical: self.absolute(url), ..PageView::default() };
        let base = PageView { root: "../".repeat(url.matches('/').count()), url: href(url), ..base };
        let config = &self.analysis.config;
        Some(match page {
            Page::Home { introduction } => {
                let view = self.introduced(base, *introduction);
                (
                    "home.html".to_owned(),
                    PageView { title: config.title.clone(), groups: self.home(), ..view },
                )
            }
            Page::Document(document) => return Some(self.document(*document, base, theme)),
            Page::Kind { kind, introduction } => {
                let view = self.introduced(base, *introduction);
                ("kind.html".to_owned(), self.kind(*kind, view))
            }
            Page::Folder { path, introduction } => {
                let view = self.introduced(base, *introduction);
                ("folder.html".to_owned(), self.folder(path, view))
            }
            Page::Alerts { introduction } => {
                let view = self.introduced(base, *introduction);
                let names = self.graph.alerts.keys();
                let alerts = names.map(|name| self.alert_view(name)).collect();
                ("alerts.html".to_owned(), PageView { title: "Alerts".to_owned(), alerts, ..view })
            }
            Page::Alert(name) => {
                let crumbs = vec![Link { title: "Alerts".to_owned(), url: "alerts/index.html".to_owned() }];
                let documents = self.graph.alerts[name].iter().map(|(document, _)| *document).collect();
                let groups = self.by_kind_groups(documents);
                ("alert.html".to_owned(), PageView { title: name.clone(), crumbs, groups, ..base })
            }
            Page::Redirect(document) => {
                let title = self.graph.documents[*document].title.clone();
                let target = Link {
                    url: relative(url, &self.graph.routes.documents[*document]),
                    title: title.clone(),
                };
                let canonical = self.absolute(&self.graph.routes.documents[*document]);
                ("redirect.html".to_owned(), PageView { title, canonical, target: Some(target), ..base })
            }
            Page::NotFound => {
                // The host shows this page at any address, so only absolute links are sure.
                let root = config.base_url.clone().unwrap_or_default();
                ("404.html".to_owned(), PageView { title: "Page not found".to_owned(), root, ..base })
            }
            Page::Feed(_) | Page::Sitemap | Page::GraphData => return None,
        })
    }

    /// The documents of the kind at `kind`, in their order.
    pub fn of_kind(&self, kind: usize) -> &[usize] {
        &self.by_kind[kind]
    }

    fn absolute(&self, url: &str) -> Option<String> {
        let url = url.strip_suffix("index.html").unwrap_or(url);
        self.analysis.config.base_url.as_ref().map(|base| format!("{base}{}", href(url)))
    }

    /// `view` with the text of the index document that introduces the page.
    fn introduced(&self, view: PageView, introduction: Option<usize>) -> PageView {
        let Some(index) = introduction else { return view };
        let document = &self.graph.documents[index];
        let (html, toc) = (self.html(index, &self.graph.routes.documents[index]), toc(document));
        let source = Some(self.source(document));
        PageView {
            title: document.title.clone(),
            description: document.summary.clone(),
            html,
            toc,
            source,
            ..view
        }
    }

    /// A few documents of each kind.
    fn home(&self) -> Vec<Group> {
        let kinds = self.site.kinds.iter().filter_map(|view| {
            let at = self.analysis.kinds.0.iter().position(|kind| kind.id == view.id)?;
            let items = self.by_kind[at].iter().take(ON_HOME).map(|&document| self.cards[document].clone());
            Some(Group { label: view.plural.clone(), url: Some(view.url.clone()), items: items.collect() })
        });
        kinds.collect()
    }

    fn document(&self, index: usize, base: PageView, theme: &Theme) -> (String, PageView) {
        let document = &self.graph.documents[index];
        let values = self.values(index);
        let template = theme.document_template(&document.kind.id);
        let shown_elsewhere = |name: &str| {
            matches!(name, "id" | "kind" | "title" | "summary" | "aliases" | "weight" | "status" | "keywords")
        };
        let mut facts = values.facts(&document.fields, &document.kind.fields);
        facts.retain(|fact| !shown_elsewhere(&fact.name));
        let title_anchor = document.body.headings.first().filter(|_| drops_title(document));
        let url = &self.graph.routes.documents[index];
        let neighbours = self.neighbours(index);
        let view = DocumentView {
            id: document.id.clone(),
            anchor: title_anchor.map(|heading| heading.slug.clone()).unwrap_or_default(),
            kind_label: document.kind.label.clone(),
            status: document.fields.text("status").map(str::to_owned),
            date: self.cards[index].date.clone(),
            owners: self.cards[index].owners.clone(),
            alerts: document.alerts.iter().map(|(name, _)| self.alert_link(name)).collect(),
            facts,
            fields: theme
                .is_for_one_kind(&template)
                .then(|| values.fields(&document.fields, &document.kind.fields)),
            relations: self.relations(index),
            previous: neighbours.0,
            next: neighbours.1,
        };
        let page = PageView {
            title: document.title.clone(),
            description: document.summary.clone(),
            crumbs: self.crumbs(document),
            kind: Some(document.kind.id.clone()),
            source: Some(self.source(document)),
            html: self.html(index, url),
            toc: toc(document),
            document: Some(view),
            ..base
        };
        (template, page)
    }

    fn values(&self, index: usize) -> Values<'_> {
        let document = &self.graph.documents[index];
        Values { graph: self.graph, document, references: &self.graph.references[index] }
    }

    fn source(&self, document: &Document) -> SourceView {
        let path = document.source.path.to_string();
        let url = self.analysis.config.repository.as_ref().map(|base| format!("{base}{}", href(&path)));
        SourceView { path, url }
    }

    fn alert_link(&self, name: &str) -> Link {
        let url = self.graph.routes.alerts.get(name).map(|url| href(url)).unwrap_or_default();
        Link { title: name.to_owned(), url }
    }

    fn alert_view(&self, name: &str) -> AlertView {
        let Link { title: name, url } = self.alert_link(name);
        let documents = self.graph.alerts[&name].iter().map(|(document, _)| self.cards[*document].clone());
        AlertView { url, documents: documents.collect(), name }
    }

    /// The pages above a document: its kind's index, and the folders between.
    fn crumbs(&self, document: &Document) -> Vec<Link> {
        let mut crumbs = Vec::new();
        let kind = self.site.kinds.iter().find(|kind| kind.id == document.kind.id && !document.kind.open);
        crumbs.extend(kind.map(|kind| Link { title: kind.plural.clone(), url: kind.url.clone() }));
        let folders = document.folder().match_indices('/').map(|(at, _)| &document.folder()[..at]);
        for folder in folders.chain([document.folder()]).filter(|folder| !folder.is_empty()) {
            let url = format!("{folder}/index.html");
            if let Some((_, page @ Page::Folder { .. })) = self.graph.routes.get(&url) {
                crumbs.push(Link { title: self.folder_title(folder, page), url: href(&url) });
            }
        }
        crumbs
    }

    fn folder_title(&self, folder: &str, page: &Page) -> String {
        match page {
            Page::Folder { introduction: Some(document), .. } => {
                self.graph.documents[*document].title.clone()
            }
            _ => crate::model::label(folder.rsplit('/').next().unwrap_or(folder)),
        }
    }

    fn relations(&self, index: usize) -> Vec<Group> {
        let relations = self.graph.relations[index].iter().map(|relation| {
            let shown = relation.documents.iter().take(LONGEST_RELATION);
            let items = shown.map(|&document| self.cards[document].clone()).collect();
            let rest = relation.documents.len().saturating_sub(LONGEST_RELATION);
            let label = if rest > 0 {
                format!("{} (and {rest} more)", relation.label)
            } else {
                relation.label.clone()
            };
            Group { label, url: None, items }
        });
        relations.collect()
    }

    /// The documents before and after one in the list of its kind.
    fn neighbours(&self, index: usize) -> (Option<Link>, Option<Link>) {
        let kind = &self.graph.documents[index].kind;
        let Some(at) = self.analysis.kinds.0.iter().position(|other| other.id == kind.id) else {
            return (None, None);
        };
        let place = self.places[index];
        let link = |place: Option<usize>| {
            let card = &self.cards[*self.by_kind[at].get(place?)?];
            Some(Link { title: card.title.clone(), url: card.url.clone() })
        };
        (link(place.checked_sub(1)), link(place.checked_add(1)))
    }

    fn kind(&self, index: usize, view: PageView) -> PageView {
        let kind = &self.analysis.kinds.0[index];
        let documents = &self.by_kind[index];
        // Dated documents stay in the order of their dates; others are grouped by folder.
        let mut groups: BTreeMap<&str, Vec<Card>> = BTreeMap::new();
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
        let facets = self.facets(documents);
        let (title, id) = (kind.plural.clone(), kind.id.clone());
        let description =
            if view.description.is_empty() { kind.summary.clone() } else { view.description.clone() };
        PageView { title, description, kind: Some(id), groups: groups.collect(), facets, ..view }
    }

    /// The values of the filters over `documents`, the frequent ones first.
    fn facets(&self, documents: &[usize]) -> Vec<FacetChoice> {
        let mut found: Vec<FacetChoice> = Vec::new();
        for facet in documents.iter().flat_map(|&document| &self.cards[document].facets) {
            let at = found.iter().position(|choice| choice.name == facet.name).unwrap_or_else(|| {
                let (name, label) = (facet.name.clone(), facet.label.clone());
                found.push(FacetChoice { name, label, values: Vec::new() });
                found.len() - 1
            });
            for value in &facet.values {
                match found[at].values.iter_mut().find(|(known, _)| known == value) {
                    Some((_, count)) => *count += 1,
                    None => found[at].values.push((value.clone(), 1)),
                }
            }
        }
        for choice in &mut found {
            choice.values.sort();
        }
        found.retain(|choice| choice.values.len() > 1);
        found
    }

    fn folder(&self, path: &str, view: PageView) -> PageView {
        let inside =
            |other: &str| other.strip_prefix(path).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
        let documents = (0..self.graph.documents.len()).filter(|&index| {
            self.graph.documents[index].folder() == path && !self.graph.routes.is_introduction(index)
        });
        let groups = self.by_kind_groups(documents.collect());
        let mut folders = Vec::new();
        for (url, page) in self.graph.routes.pages.range(format!("{path}/")..) {
            let Some(rest) = inside(url) else { break };
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
        PageView { title, groups, folders, ..view }
    }

    fn by_kind_groups(&self, mut documents: Vec<usize>) -> Vec<Group> {
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

    /// The body of a document as it stands on the page at `url`.
    fn html(&self, index: usize, url: &str) -> String {
        let document = &self.graph.documents[index];
        let targets: Vec<Target> =
            self.graph.links[index].iter().map(|target| self.target(url, target)).collect();
        let code = |language: &str, code: &str| {
            self.memo.code(language, code, || highlight::highlight(language, code)).to_string()
        };
        html::body(
            &document.source.text,
            document.body_start,
            &document.body,
            drops_title(document),
            &targets,
            &code,
        )
    }

    fn target(&self, url: &str, target: &LinkTarget) -> Target {
        let to = |path: &str| Target { href: Some(relative(url, path)), ..Target::default() };
        match target {
            LinkTarget::Document { document, anchor } => {
                let mut link = relative(url, &self.graph.routes.documents[*document]);
                if let Some(anchor) = anchor {
                    let own = self.graph.routes.documents[*document] == url;
                    link = format!("{}#{}", if own { "" } else { &link }, href(anchor));
                }
                let text = Some(self.graph.documents[*document].title.clone());
                Target { href: Some(link), text, ..Target::default() }
            }
            LinkTarget::Page { url: page } => to(page),
            LinkTarget::File { path } | LinkTarget::Static { path } => to(path),
            LinkTarget::External(address) => {
                Target { href: Some(address.clone()), external: true, ..Target::default() }
            }
            LinkTarget::Broken(problem) => {
                let note = match problem {
                    LinkProblem::NotPublished => "This file is no part of the site",
                    LinkProblem::NoAnchor { .. } => "This section does not exist",
                    LinkProblem::Unsafe => "This address is not safe",
                    LinkProblem::Ambiguous(_) => "Several documents have this name",
                    LinkProblem::NoFile | LinkProblem::NoDocument | LinkProblem::Empty => {
                        "This page does not exist"
                    }
                };
                Target { note: Some(note.to_owned()), ..Target::default() }
            }
        }
    }
}

fn site(analysis: &Analysis, by_kind: &[Vec<usize>]) -> SiteView {
    let kinds = analysis.kinds.0.iter().zip(by_kind).filter(|(kind, documents)| {
        // Loose pages are reached through their folders.
        !documents.is_empty() && !(kind.open && analysis.kinds.fallback().id == kind.id && by_kind.len() == 1)
    });
    let kinds = kinds.map(|(kind, documents)| KindView {
        id: kind.id.clone(),
        label: kind.label.clone(),
        plural: kind.plural.clone(),
        summary: kind.summary.clone(),
        url: href(&format!("{}/index.html", kind.folder)),
        count: documents.len(),
        feed: kind.feed.then(|| href(&format!("{}/feed.xml", kind.folder))),
    });
    let config = &analysis.config;
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        kinds: kinds.collect(),
        alerts: analysis.graph.alerts.len(),
        assets_version: analysis.theme.assets_version().to_owned(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn card(graph: &Graph, index: usize) -> Card {
    let document = &graph.documents[index];
    let values = Values { graph, document, references: &graph.references[index] };
    let owners = graph.owners[index].iter().map(|&owner| Link {
        title: graph.documents[owner].title.clone(),
        url: href(&graph.routes.documents[owner]),
    });
    let owners: Vec<Link> = owners.collect();
    let facets = document.kind.fields.iter().filter(|field| field.facet).filter_map(|field| {
        // The owner counts however it was found.
        let texts = if field.owner == Some(crate::model::OwnerRole::Direct) {
            owners.iter().map(|owner| owner.title.clone()).collect()
        } else {
            facet(document.fields.get(&field.name)?, &values)
        };
        let (name, label) = (field.name.clone(), field.label.clone());
        (!texts.is_empty()).then_some(FacetView { name, label, values: texts })
    });
    Card {
        title: document.title.clone(),
        url: href(&graph.routes.documents[index]),
        summary: document.summary.clone(),
        kind: document.kind.id.clone(),
        kind_label: document.kind.label.clone(),
        status: document.fields.text("status").map(str::to_owned),
        facets: facets.collect(),
        owners,
        date: graph::date(document).map(|moment| moment.strftime("%Y-%m-%d").to_string()),
        alerts: document.alerts.iter().map(|(name, _)| name.clone()).collect(),
    }
}

/// Whether the first heading only repeats the title of the page.
fn drops_title(document: &Document) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    document.body.title.as_ref().is_some_and(|heading| plain(heading) == plain(&document.title))
}

fn toc(document: &Document) -> Vec<TocEntry> {
    let headings = document.body.headings.iter().skip(usize::from(drops_title(document)));
    let entries = headings.filter(|heading| heading.level <= 3).map(|heading| TocEntry {
        level: heading.level.max(2),
        title: heading.text.clone(),
        anchor: heading.slug.clone(),
    });
    entries.collect()
}
