//! What a rule is.

use super::Subject;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Location;

/// Something that content is held to. Each is one file in `rules/`.
pub struct Rule {
    /// Its name, which a finding shows.
    pub id: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it finds, in one phrase.
    pub summary: &'static str,
    /// Finds it.
    pub check: fn(&Subject<'_>, &mut Report),
}

impl Rule {
    /// A finding of this rule.
    pub fn at(&self, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.id, self.severity, location, message)
    }
}

/// Findings of one rule beyond this number get no suggestion: each costs a look at all names, and whoever
/// has so many has another problem.
const MOST_SUGGESTIONS: usize = 100;

/// Collects findings.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings so far.
    pub findings: Vec<Diagnostic>,
}

impl Report {
    /// Whether another finding of `rule` is worth a suggestion.
    pub fn may_suggest(&self, rule: &Rule) -> bool {
        self.findings.iter().rev().take_while(|finding| finding.rule == rule.id).count() < MOST_SUGGESTIONS
    }

    /// Adds a finding.
    pub fn add(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}
