//! The page of one document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::body::{title_anchor, toc};
use crate::model::{Document, DocumentId, Role};
use crate::render::context::Pages;
use crate::render::values::Values;
use crate::render::view::{
    CachedValue, DocumentView, Fact, FieldView, Frame, Group, Link, OwnerView, PageView, Record, ValueView,
};
use crate::render::{commands, times};

/// What the page of a document adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct DocumentPage {
    /// The document.
    pub document: DocumentView,
}

/// A list longer than this goes on in the index of its kind.
const LONGEST_RELATION: usize = 200;

/// A branch of the navigation has at most this many pages.
const LONGEST_BRANCH: usize = 12;

/// What a page shows in its head, if at all.
const SHOWN_ELSEWHERE: [Role; 8] = [
    Role::Id,
    Role::Kind,
    Role::Title,
    Role::Summary,
    Role::Aliases,
    Role::Weight,
    Role::Status,
    Role::Keywords,
];

impl Pages<'_> {
    /// The page of a document. A template for one kind alone gets all fields by name.
    pub(super) fn document_page(
        &self,
        index: DocumentId,
        is_for_one_kind: bool,
        frame: Frame,
    ) -> PageView<DocumentPage> {
        let document = &self.graph.documents[index];
        let values = self.values(index);
        let (fields, mut facts) = values.fields(&document.fields, &document.kind.fields);
        let is_elsewhere =
            |name: &str| SHOWN_ELSEWHERE.iter().any(|role| document.kind.path_of(*role) == Some(name));
        facts.retain(|fact| !is_elsewhere(&fact.name));
        self.add_what_was_found(index, &mut facts);
        let neighbours = self.neighbours(index);
        let view = DocumentView {
            id: document.id.clone(),
            kind_label: document.kind.label.clone(),
            status: document.text_of(Role::Status).map(str::to_owned),
            state: document.state(),
            date: self.cards[index].date.clone(),
            owners: self.owners(index),
            facts,
            fields: is_for_one_kind.then_some(fields),
            placeholders: if is_for_one_kind {
                commands::placeholders(document, &document.body.commands)
            } else {
                Vec::new()
            },
            relations: self.relations(index),
            review: self.cards[index].review.clone(),
            expected: self.cards[index].expected.clone(),
            moments: times::moments(document),
            durations: self.cards[index].durations.clone(),
            neighbourhood: self.neighbourhood(index),
            figures: self.report_figures.get(&index).cloned().unwrap_or_default(),
            collected: self.collected(index),
            previous: neighbours.0,
            next: neighbours.1,
        };
        let frame = Frame {
            title: document.title.clone(),
            description: document.summary.clone(),
            anchor: title_anchor(document, &document.title),
            lead: document.text_of(Role::Summary).unwrap_or_default().to_owned(),
            crumbs: self.crumbs(document),
            kind: Some(document.kind.id.clone()),
            source: Some(self.source(index)),
            branch: self.branch(index),
            html: self.html(index, &document.title),
            toc: toc(document, &document.title),
            ..frame
        };
        PageView { frame, body: DocumentPage { document: view } }
    }

    /// Puts the owners and the alerts in the place of what the document itself says of them: it may have its owner by
    /// way of a service, and its alerts from its own name.
    fn add_what_was_found(&self, index: DocumentId, facts: &mut Vec<Fact>) {
        let document = &self.graph.documents[index];
        let owners = self.graph.owners[index].iter().map(|&owner| {
            let card = &self.cards[owner];
            let (text, url, kind) = (card.title.clone(), card.url.clone(), card.kind.clone());
            ValueView::Reference { text, url, kind }
        });
        // Alerts that another field names are shown with it.
        let mut others = BTreeSet::new();
        let (alerts_field, owner_field) = (document.kind.field_of(Role::Alerts), document.kind.owner());
        let is_other = |name: &str| alerts_field.is_none_or(|field| field.name != name);
        for (_, entry) in document.fields.0.iter().filter(|(name, _)| is_other(name)) {
            entry.visit(&mut |entry| {
                others.extend(entry.value.alert());
            });
        }
        let alerts =
            document.alerts.iter().filter(|(name, _)| !others.contains(name.as_str())).map(|(name, _)| {
                let Link { title: text, url } = self.alert_link(name);
                ValueView::Alert { text, url }
            });
        let found: [(_, _, Vec<_>); 2] = [
            (alerts_field, "Alert", alerts.map(CachedValue::new).collect()),
            (owner_field, "Owner", owners.map(CachedValue::new).collect()),
        ];
        for (field, label, values) in found.into_iter().filter(|(_, _, values)| !values.is_empty()) {
            let name = field.map_or_else(|| label.to_lowercase(), |field| field.name.clone());
            let label = if values.len() > 1 { format!("{label}s") } else { label.to_owned() };
            facts.retain(|fact| fact.name != name);
            facts.insert(0, Fact { name, label, display: None, values });
        }
    }

    /// All documents of a kind, in their order.
    pub(super) fn records(&self, kind: &str) -> Vec<Record> {
        let at = self.base.kinds.position(kind);
        let documents = at.map_or(&[][..], |at| self.by_kind[at].as_slice());
        let records = documents.iter().map(|&index| Record {
            card: self.cards[index].clone(),
            fields: self.fields(index),
            relations: self.relations(index),
        });
        records.collect()
    }

    fn fields(&self, index: DocumentId) -> BTreeMap<String, FieldView> {
        let document = &self.graph.documents[index];
        self.values(index).fields(&document.fields, &document.kind.fields).0
    }

    pub(in crate::render) fn values(&self, index: DocumentId) -> Values<'_> {
        let document = &self.graph.documents[index];
        Values { graph: self.graph, document, references: &self.graph.references[index] }
    }

    /// The owners of a document, with what their kind says is a way to reach them.
    fn owners(&self, index: DocumentId) -> Vec<OwnerView> {
        let owners = self.graph.owners[index].iter().map(|&owner| {
            let document = &self.graph.documents[owner];
            let schema = document.kind.fields.iter().filter(|field| field.contact);
            let schema: Vec<_> = schema.cloned().collect();
            let (title, url) = (self.cards[owner].title.clone(), self.cards[owner].url.clone());
            OwnerView { title, url, contacts: self.values(owner).facts(&document.fields, &schema) }
        });
        owners.collect()
    }

    /// The documents around one in the list of its kind, as far as they share its folder, itself among them.
    fn branch(&self, index: DocumentId) -> Vec<Link> {
        let kind = &self.graph.documents[index].kind;
        let Some(at) = self.base.kinds.position(&kind.id) else {
            return Vec::new();
        };
        let (list, place) = (&self.by_kind[at], self.places[index]);
        let is_near = |place: usize| {
            let other = list.get(place).copied();
            other.is_some_and(|other| {
                folder(&self.graph.documents[other].id) == folder(&self.graph.documents[index].id)
            })
        };
        if list.get(place) != Some(&index) {
            return Vec::new();
        }
        let (mut first, mut last) = (place, place);
        while last - first + 1 < LONGEST_BRANCH {
            let (before, after) = (first.checked_sub(1).filter(|&at| is_near(at)), is_near(last + 1));
            match (before, after) {
                (None, false) => break,
                // As many before it as after it, as far as there are any.
                (Some(before), after) if !after || place - first <= last - place => first = before,
                _ => last += 1,
            }
        }
        let links = list[first..=last].iter().map(|&other| {
            let card = &self.cards[other];
            Link { title: card.title.clone(), url: card.url.clone() }
        });
        links.collect()
    }

    /// The pages above a document: its kind's index, and the folders between.
    fn crumbs(&self, document: &Document) -> Vec<Link> {
        let kind =
            self.site.kinds.iter().find(|kind| kind.id == document.kind.id && !document.kind.extra_fields);
        let kind = kind.map(|kind| Link { title: kind.plural.clone(), url: kind.url.clone() });
        kind.into_iter().chain(self.folder_crumbs(document.folder())).collect()
    }

    fn relations(&self, index: DocumentId) -> Vec<Group> {
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
    fn neighbours(&self, index: DocumentId) -> (Option<Link>, Option<Link>) {
        let kind = &self.graph.documents[index].kind;
        let Some(at) = self.base.kinds.position(&kind.id) else {
            return (None, None);
        };
        let place = self.places[index];
        let link = |place: Option<usize>| {
            let card = &self.cards[*self.by_kind[at].get(place?)?];
            Some(Link { title: card.title.clone(), url: card.url.clone() })
        };
        (link(place.checked_sub(1)), link(place.checked_add(1)))
    }
}

/// The folder in an id.
fn folder(id: &str) -> &str {
    id.rsplit_once('/').map_or("", |(folder, _)| folder)
}
