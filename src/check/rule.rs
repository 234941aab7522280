//! What a rule is.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::format::RuleText;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Location, Suppression};
use crate::world::World;
use crate::world::web::LinkStatus;

/// Something that content is held to. Each is a pair of files in `rules/`.
pub struct Rule {
    /// Its name, which a finding shows.
    pub id: &'static str,
    /// How much its findings matter, unless the settings say otherwise.
    pub severity: Severity,
    /// The projects that it applies to.
    pub applies_to: AppliesTo,
    /// What it finds, why, and how to fix it, as markdown. Its examples are the rule's tests.
    pub text: &'static str,
    /// Finds it.
    pub check: Check,
}

/// Which projects a rule applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppliesTo {
    /// All of them.
    AllProjects,
    /// Those that use sdkb's front matter. A repository without any has promised nothing.
    AdoptedProjects,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// The project as it is.
    Project(fn(&KnowledgeBase, &mut Report)),
    /// The project as it is, and when its files were changed.
    History(fn(&KnowledgeBase, &dyn World, &mut Report)),
    /// The project as it is. What worked before a change matters more.
    Regression {
        /// Finds it.
        project: fn(&KnowledgeBase, &mut Report),
        /// The findings that are new with a change, as that makes them. It may leave some out.
        regressed: fn(&Change<'_>, Vec<Diagnostic>) -> Vec<Diagnostic>,
    },
    /// The project as it is and as it was.
    Change(fn(&Change<'_>, &mut Report)),
    /// What other sites answered.
    LinkStatuses(fn(&KnowledgeBase, &LinkStatuses, &mut Report)),
    /// Suppressions that suppressed nothing.
    Unused(fn(&Suppression, &mut Report)),
}

/// A project as it was, and as it is.
pub struct Change<'a> {
    /// Before.
    pub before: &'a KnowledgeBase,
    /// After.
    pub after: &'a KnowledgeBase,
    /// Files that are called differently now: from old path to new.
    pub moved: &'a BTreeMap<String, String>,
}

/// What the addresses of other sites answered.
pub type LinkStatuses = BTreeMap<String, LinkStatus>;

impl Rule {
    /// What it finds, in one sentence: the first paragraph of its text.
    pub fn summary(&self) -> &'static str {
        self.text.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// What a report says of it.
    pub fn in_report(&self) -> RuleText {
        RuleText { id: self.id, severity: self.severity, summary: self.summary(), text: self.text }
    }

    /// A finding of this rule.
    pub fn at(&self, location: Location, message: impl Into<Message>) -> Diagnostic {
        Diagnostic::new(self.id, self.severity, location, message)
    }
}

/// Names beyond this number get no suggestion: each costs a look at all names, and a project with so many has
/// another problem.
const MOST_SUGGESTIONS: usize = 100;

/// Collects findings.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings so far.
    pub findings: Vec<Diagnostic>,
    suggestions: FxHashMap<String, Option<Suggestion>>,
}

/// What was probably meant.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The closest name.
    pub close: String,
    /// The name that leaves no doubt.
    pub sure: Option<String>,
}

impl Report {
    /// What was probably meant by a name, as `search` finds it. It is asked once for each `key`.
    pub fn suggest(
        &mut self,
        key: String,
        search: impl FnOnce() -> Option<Suggestion>,
    ) -> Option<Suggestion> {
        let is_enough = self.suggestions.len() >= MOST_SUGGESTIONS;
        match self.suggestions.get(&key) {
            Some(known) => known.clone(),
            None if is_enough => None,
            None => self.suggestions.entry(key).or_insert_with(search).clone(),
        }
    }

    /// Adds a finding.
    pub fn add(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}
