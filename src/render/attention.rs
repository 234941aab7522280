//! What asks for work anywhere on the site: days that pass, and what is missing.

use jiff::ToSpan;
use jiff::civil::Date;

use super::pages::Pages;
use super::values::day;
use super::view::{Attention, Deadline, Gap, Link};
use crate::graph;

/// How many days and documents the home page shows.
const MOST: usize = 6;

/// How far ahead it looks, in days.
const AHEAD: i64 = 30;

impl Pages<'_> {
    /// What asks for work. Documents that nobody relies on yet, or any more, ask for none.
    pub(super) fn attention(&self) -> Attention {
        let horizon = self.base.today.saturating_add(AHEAD.days());
        let mut deadlines: Vec<(Date, usize, Deadline)> = Vec::new();
        let mut gaps: Vec<Gap> = Vec::new();
        for (index, document) in self.graph.documents.iter().enumerate() {
            if self.graph.routes.is_introduction(index) || !document.is_current() {
                continue;
            }
            let mut add = |day: Date, label: &str, text: &str| {
                if day <= horizon {
                    deadlines.push((day, index, self.deadline(index, day, label, text)));
                }
            };
            for deadline in graph::deadlines(document) {
                add(deadline.day, &deadline.field.label, deadline.name().unwrap_or_default());
            }
            if let Some(day) = graph::review_due(document) {
                add(day, "Review", "");
            }
            for expected in self.cards[index].expected.iter().filter(|expected| !expected.is_met) {
                self.add_gap(&mut gaps, index, &expected.because);
            }
        }
        // What has no more room is what is due last.
        deadlines.sort_by_key(|(day, index, _)| (*day, self.graph.rank[*index]));
        let more = deadlines.len().saturating_sub(MOST);
        let deadlines = deadlines.into_iter().take(MOST).map(|(.., deadline)| deadline).collect();
        Attention { deadlines, more, gaps }
    }

    fn deadline(&self, index: usize, date: Date, label: &str, text: &str) -> Deadline {
        let card = &self.cards[index];
        Deadline {
            day: day(date),
            label: label.to_owned(),
            text: text.to_owned(),
            is_overdue: date < self.base.today,
            document: Link { title: card.title.clone(), url: card.url.clone() },
            kind_label: card.kind_label.clone(),
        }
    }

    fn add_gap(&self, gaps: &mut Vec<Gap>, index: usize, because: &str) {
        let plural = &self.graph.documents[index].kind.plural;
        let known = gaps.iter().position(|gap| gap.because == because && gap.plural == *plural);
        let known = known.unwrap_or_else(|| {
            let (because, plural) = (because.to_owned(), plural.clone());
            gaps.push(Gap { because, plural, items: Vec::new(), count: 0 });
            gaps.len() - 1
        });
        let (gap, card) = (&mut gaps[known], &self.cards[index]);
        gap.count += 1;
        if gap.items.len() < MOST {
            gap.items.push(Link { title: card.title.clone(), url: card.url.clone() });
        }
    }
}
