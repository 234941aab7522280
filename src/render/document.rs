//! The page of one document.

use std::collections::BTreeMap;

use super::Theme;
use super::html;
use super::pages::{Pages, title_anchor, toc};
use super::values::Values;
use super::view::{DocumentView, FieldView, Group, Link, Opening, PageView, Record, TocEntry};
use crate::model::{Document, Span};
use crate::parse::shell::{self, Blank};

/// A list longer than this goes on in the index of its kind.
const LONGEST_RELATION: usize = 200;

/// Fields that a page shows in its head, if at all.
const SHOWN_ELSEWHERE: [&str; 8] =
    ["id", "kind", "title", "summary", "aliases", "weight", "status", "keywords"];

impl Pages<'_> {
    /// The template and the view of a document's page.
    pub(super) fn document(&self, index: usize, base: PageView, theme: &Theme) -> (String, PageView) {
        let document = &self.graph.documents[index];
        let values = self.values(index);
        let template = theme.document_template(&document.kind.id);
        let mut facts = values.facts(&document.fields, &document.kind.fields);
        facts.retain(|fact| !SHOWN_ELSEWHERE.contains(&fact.name.as_str()));
        let neighbours = self.neighbours(index);
        let is_for_one_kind = theme.is_for_one_kind(&template);
        let view = DocumentView {
            id: document.id.clone(),
            kind_label: document.kind.label.clone(),
            status: document.fields.text("status").map(str::to_owned),
            date: self.cards[index].date.clone(),
            owners: self.cards[index].owners.clone(),
            alerts: document.alerts.iter().map(|(name, _)| self.alert_link(name)).collect(),
            facts,
            fields: is_for_one_kind.then(|| self.fields(index)),
            placeholders: if is_for_one_kind {
                placeholders(document, &document.body.commands)
            } else {
                Vec::new()
            },
            relations: self.relations(index),
            previous: neighbours.0,
            next: neighbours.1,
        };
        let page = PageView {
            title: document.title.clone(),
            description: document.summary.clone(),
            anchor: title_anchor(document, &document.title),
            lead: document.fields.text("summary").unwrap_or_default().to_owned(),
            crumbs: self.crumbs(document),
            kind: Some(document.kind.id.clone()),
            source: Some(self.source(document)),
            html: self.html(index, &document.title),
            toc: toc(document, &document.title),
            document: Some(view),
            ..base
        };
        (template, page)
    }

    /// All documents of a kind, in their order.
    pub(super) fn records(&self, kind: &str) -> Vec<Record> {
        let at = self.analysis.kinds.all.iter().position(|known| known.id == kind);
        let documents = at.map_or(&[][..], |at| self.by_kind[at].as_slice());
        let records = documents.iter().map(|&index| Record {
            card: self.cards[index].clone(),
            fields: self.fields(index),
            relations: self.relations(index),
        });
        records.collect()
    }

    /// The first command of a document, as it stands on the page at `url`. Nothing, if it has none.
    pub(super) fn opening(&self, index: usize, url: &str) -> Option<Opening> {
        let document = &self.graph.documents[index];
        let first = document.body.commands.first()?;
        let html = html::command(
            &document.source.text,
            document.body_start,
            &document.body,
            *first,
            &self.targets(index, url),
            &|language, code| self.highlighted(language, code),
        )?;
        let heading = document.body.headings.iter().rev().find(|heading| heading.span.end <= first.start);
        let section = heading.filter(|heading| heading.level > 1).map(|heading| TocEntry {
            level: heading.level,
            title: heading.text.clone(),
            anchor: heading.slug.clone(),
        });
        Some(Opening {
            document: self.cards[index].clone(),
            fields: self.fields(index),
            section,
            html,
            placeholders: placeholders(document, std::slice::from_ref(first)),
        })
    }

    fn fields(&self, index: usize) -> BTreeMap<String, FieldView> {
        let document = &self.graph.documents[index];
        self.values(index).fields(&document.fields, &document.kind.fields)
    }

    fn values(&self, index: usize) -> Values<'_> {
        let document = &self.graph.documents[index];
        Values { graph: self.graph, document, references: &self.graph.references[index] }
    }

    /// The pages above a document: its kind's index, and the folders between.
    fn crumbs(&self, document: &Document) -> Vec<Link> {
        let kind = self.site.kinds.iter().find(|kind| kind.id == document.kind.id && !document.kind.open);
        let kind = kind.map(|kind| Link { title: kind.plural.clone(), url: kind.url.clone() });
        kind.into_iter().chain(self.folder_crumbs(document.folder())).collect()
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
        let Some(at) = self.analysis.kinds.all.iter().position(|other| other.id == kind.id) else {
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

/// What stands in angle brackets in commands of a document, each once, and is no variable that it declares.
fn placeholders(document: &Document, commands: &[Span]) -> Vec<String> {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let mut known: Vec<String> = document.variables().map(plain).collect();
    let mut found = Vec::new();
    for (_, blank) in commands.iter().flat_map(|span| shell::blanks(&document.source.text[span.range()])) {
        if let Blank::Placeholder(name) = blank
            && !known.contains(&plain(name))
        {
            known.push(plain(name));
            found.push(name.to_owned());
        }
    }
    found
}
