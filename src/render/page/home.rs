//! The home page.

use serde::Serialize;

use crate::model::field_type::day;
use crate::render::context::Pages;
use crate::render::view::{Frame, Group, Link, PageView};
use crate::report::attention::{Day, attention};

/// What the home page adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct HomeView {
    /// A few documents of each kind.
    pub groups: Vec<Group>,
    /// What asks for work.
    pub attention: Attention,
}

/// What asks for work anywhere on the site.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Attention {
    /// Days that have passed or are near, the earliest first.
    pub deadlines: Vec<Deadline>,
    /// How many more there are.
    pub more: usize,
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

/// How many days and documents that ask for work the home page shows.
const MOST: usize = 6;

impl Pages<'_> {
    pub(super) fn home_page(&self, introduction: Option<usize>, frame: Frame) -> PageView<HomeView> {
        let title = &self.base.config.title;
        let frame = self.introduced(frame, introduction, Some(title));
        PageView {
            frame: Frame { title: title.clone(), ..frame },
            body: HomeView { groups: self.latest(), attention: self.attention() },
        }
    }

    /// A few documents of each kind.
    fn latest(&self) -> Vec<Group> {
        let kinds = self.site.kinds.iter().filter_map(|view| {
            let at = self.base.kinds.all.iter().position(|kind| kind.id == view.id)?;
            let is_dated = self.base.kinds.all[at].dated.is_some();
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
        Attention { deadlines, more, gaps: gaps.collect() }
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

    fn link(&self, document: usize) -> Link {
        let card = &self.cards[document];
        Link { title: card.title.clone(), url: card.url.clone() }
    }
}
