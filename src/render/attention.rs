//! What asks for work, as the home page shows it.

use super::context::Pages;
use super::view::{Attention, Deadline, Gap, Link};
use crate::model::field_type::day;
use crate::report::attention::{Day, attention};

/// How many days and documents the home page shows.
const MOST: usize = 6;

impl Pages<'_> {
    /// What asks for work.
    pub(super) fn attention(&self) -> Attention {
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
