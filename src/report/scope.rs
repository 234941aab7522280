//! What a report is about: whose documents, when, and as of which day.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Zone};

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The owner whose documents count; all if there is none.
    pub squad: Option<DocumentId>,
    /// The document that others have to be about.
    pub service: Option<DocumentId>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// The day of the report: what happened later is not known.
    pub as_of: Date,
    /// The zone that days and nights are told in.
    pub zone: Zone,
}

impl Scope {
    /// Everything that the settings ask for, as of the day on which the project was read.
    pub fn of(base: &KnowledgeBase) -> Self {
        Self::as_of(base, base.today)
    }

    /// Everything that the settings ask for, as of a day.
    pub fn as_of(base: &KnowledgeBase, as_of: Date) -> Self {
        let days = base.config.reports.period.map(|period| (period.seconds / 86_400).days());
        // The day of the report is the last of the period.
        let from = days.map(|days| as_of.saturating_sub(days).saturating_add(1.day()));
        let zone = base.config.zone.clone();
        Self { squad: None, service: None, from, to: None, as_of, zone }
    }

    /// The day on which a moment was.
    pub fn day(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// A moment as clocks in the zone show it.
    pub fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.rules.clone())
    }

    /// The moment at which a day begins.
    pub fn start_of(&self, day: Date) -> Timestamp {
        let start = day.to_zoned(self.zone.rules.clone());
        start.map_or(if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX }, |start| start.timestamp())
    }

    /// The moment at which the day of the report ends. What comes later is not known.
    pub fn end(&self) -> Timestamp {
        self.start_of(self.as_of.saturating_add(1.day()))
    }

    /// Whether a day is in the period.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether what belongs to these owners and is about these documents is asked for.
    pub fn wants(&self, owners: &[DocumentId], about: &[DocumentId]) -> bool {
        self.squad.is_none_or(|squad| owners.contains(&squad))
            && self.service.is_none_or(|service| about.contains(&service))
    }

    /// The period in words; none where there is no end to it.
    pub fn period(&self) -> Option<String> {
        match (self.from, self.to) {
            (None, None) => None,
            (Some(from), None) => Some(format!("since {from}")),
            (None, Some(to)) => Some(format!("until {to}")),
            (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        }
    }
}
