//! What an author says about a finding that is to stay.

use jiff::civil::Date;

use super::{Location, Span};

/// A rule whose findings are not to be reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppression {
    /// The name of the rule.
    pub rule: String,
    /// Where the name stands.
    pub location: Location,
    /// Why.
    pub reason: String,
    /// The last day on which it holds; nothing if it holds for ever.
    pub until: Option<Date>,
    /// The part of the file that it is about; nothing if it is about the whole of it.
    pub part: Option<Span>,
    /// Whether it is a comment beside other text, and so about nothing but its line.
    pub is_beside: bool,
}

impl Suppression {
    /// Whether it is about a place in its file. `whole` is the place of what is said of the file as a whole.
    pub fn covers(&self, span: Span, whole: Span) -> bool {
        let is_in = self.part.is_none_or(|part| part.start <= span.start && span.start < part.end);
        is_in || (span == whole && !self.is_beside)
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}
