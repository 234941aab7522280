//! The home page.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::field_type::day;
use crate::model::{DocumentId, DocumentState, HomePart, KindId};
use crate::render::context::Pages;
use crate::render::report_figures;
use crate::render::view::{CachedValue, Card, Fact, Frame, Group, KindView, Link, PageView, ValueView};
use crate::report::attention::{Day, attention};

/// What the home page adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct HomeView {
    /// A few documents of each kind.
    pub groups: Vec<Group>,
    /// The documents in which something is going on, by their own word.
    pub live: Vec<CachedValue<Card>>,
    /// Kinds that the home page shows by owner.
    pub owned: Vec<Owned>,
    /// Kinds that are scales.
    pub scales: Vec<Scale>,
    /// Kinds of which it shows what came last, without what is going on.
    pub latest: Vec<Latest>,
    /// What asks for work.
    pub attention: Attention,
}

/// The documents of a kind under their owners.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Owned {
    /// The kind.
    pub kind: KindView,
    /// The owners by name, then what has none.
    pub owners: Vec<OwnedBy>,
    /// How many documents are shown.
    pub shown: usize,
}

/// The documents of an owner.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct OwnedBy {
    /// The owner; none for documents without one.
    pub owner: Option<Link>,
    /// The documents, the most important first.
    pub items: Vec<CachedValue<Card>>,
}

/// The documents of a kind that is a scale.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Scale {
    /// The kind.
    pub kind: KindView,
    /// The levels in their order.
    pub levels: Vec<Level>,
}

/// One level.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Level {
    /// The short name, possibly empty.
    pub level: String,
    /// The long one.
    pub name: String,
    /// The address.
    pub url: String,
    /// What it sets in motion: `answer within 5m`.
    pub targets: Vec<String>,
}

/// What came last of a kind.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Latest {
    /// The kind.
    pub kind: KindView,
    /// The documents.
    pub items: Vec<CachedValue<Card>>,
}

/// What asks for work anywhere on the site.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Attention {
    /// Days that have passed or are near, the earliest first.
    pub deadlines: Vec<Deadline>,
    /// How many more there are.
    pub more: usize,
    /// How many days have passed.
    pub overdue: usize,
    /// How many are near.
    pub due: usize,
    /// How many documents lack something.
    pub missing: usize,
    /// The report that has all of it, if there is one.
    pub url: Option<String>,
    /// What documents lack, by what that means.
    pub gaps: Vec<Gap>,
}

/// A day by which something has to happen.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Deadline {
    /// The day.
    pub day: String,
    /// What: `Due`, `Expires`, `Review`.
    pub label: String,
    /// The thing; empty where it is the document as a whole.
    pub text: String,
    /// Whether the day has passed.
    pub is_overdue: bool,
    /// The document that says so.
    pub document: Link,
    /// What a document of its kind is called.
    pub kind_label: String,
}

/// Documents that lack the same.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Gap {
    /// What the absence means.
    pub because: String,
    /// What such documents are called.
    pub plural: String,
    /// Some of them.
    pub items: Vec<Link>,
    /// How many there are.
    pub count: usize,
}

pub(super) const TEMPLATE: &str = "home.html";

/// How many documents of a kind the home page shows: a few of those that keep coming, and others as long as
/// they can be taken in together.
const LATEST_ON_HOME: usize = 6;
const MOST_ON_HOME: usize = 40;

/// How many documents of a kind stand along a line.
const LATEST: usize = 5;

/// How many days and documents that ask for work the home page shows.
const MOST: usize = 6;

impl Pages<'_> {
    pub(super) fn home_page(&self, introduction: Option<DocumentId>, frame: Frame) -> PageView<HomeView> {
        let title = &self.base.config.title;
        let frame = self.introduced(frame, introduction, Some(title));
        PageView {
            frame: Frame { title: title.clone(), ..frame },
            body: HomeView {
                groups: self.groups(),
                live: self.live(),
                owned: self.parts(HomePart::Owners).map(|(at, kind)| self.owned(at, kind)).collect(),
                scales: self.parts(HomePart::Levels).map(|(at, kind)| self.scale(at, kind)).collect(),
                latest: self.parts(HomePart::Latest).map(|(at, kind)| self.latest(at, kind)).collect(),
                attention: self.attention(),
            },
        }
    }

    /// The kinds with documents that the home page shows in this way, each with its place among all.
    fn parts(&self, part: HomePart) -> impl Iterator<Item = (KindId, &KindView)> {
        self.site.kinds.iter().filter_map(move |view| {
            let at = self.base.kinds.position(&view.id)?;
            (self.base.kinds.all[at].home == Some(part)).then_some((at, view))
        })
    }

    fn live(&self) -> Vec<CachedValue<Card>> {
        let mut live: Vec<DocumentId> = self.cards.keys().filter(|&index| self.is_live(index)).collect();
        self.graph.sort(&mut live);
        live.into_iter().map(|index| self.cards[index].clone()).collect()
    }

    fn is_live(&self, index: DocumentId) -> bool {
        self.cards[index].state == Some(DocumentState::Live)
    }

    fn owned(&self, at: KindId, kind: &KindView) -> Owned {
        let shown: Vec<_> =
            self.by_kind[at].iter().take(MOST_ON_HOME).map(|&index| &self.cards[index]).collect();
        let mut owners: BTreeMap<(&str, &str), Vec<_>> = BTreeMap::new();
        for card in &shown {
            for owner in &card.owners {
                owners.entry((&owner.title, &owner.url)).or_default().push((*card).clone());
            }
        }
        let link = |(title, url): (&str, &str)| Link { title: title.to_owned(), url: url.to_owned() };
        let mut owners: Vec<OwnedBy> =
            owners.into_iter().map(|(owner, items)| OwnedBy { owner: Some(link(owner)), items }).collect();
        let orphans: Vec<_> =
            shown.iter().filter(|card| card.owners.is_empty()).map(|card| (*card).clone()).collect();
        if !orphans.is_empty() {
            owners.push(OwnedBy { owner: None, items: orphans });
        }
        for owner in &mut owners {
            owner.items.sort_by_key(|card| card.rank.place);
        }
        Owned { kind: kind.clone(), owners, shown: shown.len() }
    }

    fn scale(&self, at: KindId, kind: &KindView) -> Scale {
        let fields: Vec<_> = self.base.kinds.all[at].fields.iter().filter(|field| field.brief).collect();
        let levels = self.by_kind[at].iter().take(MOST_ON_HOME).map(|&index| {
            let card = &self.cards[index];
            let fact = |name: &str| card.brief.iter().find(|fact| fact.name == name).and_then(first_text);
            let mut names = fields.iter().take(2).map(|field| fact(&field.name));
            let level = names.next().flatten().unwrap_or_default();
            let name = names.next().flatten().unwrap_or_else(|| card.title.clone());
            let targets = fields.iter().filter(|field| !field.lead_in.is_empty());
            let targets =
                targets.filter_map(|field| Some(format!("{} {}", field.lead_in, fact(&field.name)?)));
            Level { level, name, url: card.url.clone(), targets: targets.collect() }
        });
        Scale { kind: kind.clone(), levels: levels.collect() }
    }

    fn latest(&self, at: KindId, kind: &KindView) -> Latest {
        let others = self.by_kind[at].iter().filter(|&&index| !self.is_live(index));
        let items = others.take(LATEST).map(|&index| self.cards[index].clone());
        Latest { kind: kind.clone(), items: items.collect() }
    }

    /// A few documents of each kind.
    fn groups(&self) -> Vec<Group> {
        let kinds = self.site.kinds.iter().filter_map(|view| {
            let at = self.base.kinds.position(&view.id)?;
            let is_dated = self.base.kinds.all[at].date_field.is_some();
            let most = if is_dated { LATEST_ON_HOME } else { MOST_ON_HOME };
            let items = self.by_kind[at].iter().take(most).map(|&document| self.cards[document].clone());
            Some(Group { label: view.plural.clone(), url: Some(view.url.clone()), items: items.collect() })
        });
        kinds.collect()
    }

    /// What asks for work.
    fn attention(&self) -> Attention {
        let found = attention(self.base);
        // What has no more room is what is due last.
        let more = found.days.len().saturating_sub(MOST);
        let deadlines = found.days.iter().take(MOST).map(|due| self.deadline(due)).collect();
        let gaps = found.gaps.iter().map(|gap| Gap {
            because: gap.because.to_owned(),
            plural: gap.plural.to_owned(),
            items: gap.documents.iter().take(MOST).map(|&document| self.link(document)).collect(),
            count: gap.documents.len(),
        });
        let overdue = found.days.iter().filter(|day| day.is_overdue).count();
        Attention {
            deadlines,
            more,
            overdue,
            due: found.days.len() - overdue,
            missing: found.gaps.iter().map(|gap| gap.documents.len()).sum(),
            url: report_figures::address(self.base, report_figures::ATTENTION),
            gaps: gaps.collect(),
        }
    }

    fn deadline(&self, due: &Day<'_>) -> Deadline {
        Deadline {
            day: day(due.day),
            label: due.label.to_owned(),
            text: due.name.to_owned(),
            is_overdue: due.is_overdue,
            document: self.link(due.document),
            kind_label: self.cards[due.document].kind_label.clone(),
        }
    }

    fn link(&self, document: DocumentId) -> Link {
        let card = &self.cards[document];
        Link { title: card.title.clone(), url: card.url.clone() }
    }
}

/// The first word of a field, or of the fields in it.
fn first_text(fact: &Fact) -> Option<String> {
    match &**fact.values.first()? {
        ValueView::Text { text }
        | ValueView::Time { text, .. }
        | ValueView::Url { text, .. }
        | ValueView::Reference { text, .. }
        | ValueView::Broken { text }
        | ValueView::Alert { text, .. }
        | ValueView::Pattern { text, .. } => Some(text.clone()),
        ValueView::Object { facts, .. } => first_text(facts.first()?),
    }
}
