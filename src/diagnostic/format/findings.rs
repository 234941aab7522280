//! What every format writes, and what several of them share.

use super::human;
use crate::diagnostic::{Diagnostic, Identity, Severity};
use crate::model::Location;
use crate::text::control;

/// What is written.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The findings, in their order.
    pub diagnostics: &'a [Diagnostic],
    /// The number of findings that a baseline knows, and that are not among them.
    pub known: usize,
    /// The number of documents that were looked at.
    pub documents: usize,
    /// The way from the repository to the project, empty or ending in `/`: a forge wants paths from there.
    pub prefix: &'a str,
    /// The rules.
    pub rules: &'a [RuleText],
}

/// What a report says of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleText {
    /// Its name.
    pub id: &'static str,
    /// How much it matters unless the settings say otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// All that there is to say, as markdown.
    pub text: &'static str,
}

impl<'a> Findings<'a> {
    /// The findings, each with its identity.
    pub(super) fn identified(&self) -> impl Iterator<Item = (&'a Diagnostic, Identity)> {
        self.diagnostics.iter().map(|finding| (finding, Identity::from(finding)))
    }

    /// What was found, in one line.
    pub fn summary(&self) -> String {
        let documents = human::count(self.documents, "document");
        let known = if self.known > 0 { format!(" beyond {} known", self.known) } else { String::new() };
        format!("checked {documents}: {}{known}\n", human::summary(self.diagnostics))
    }

    /// The path of a file from the repository.
    pub(super) fn path(&self, location: &Location) -> String {
        format!("{}{}", self.prefix, location.source.path)
    }
}

/// What is wrong, and what to do about it, a line each.
pub(super) fn whole_message(finding: &Diagnostic) -> String {
    let lines = std::iter::once(finding.message.clone());
    lines.chain(finding.help.iter().map(|help| format!("help: {help}"))).collect::<Vec<_>>().join("\n")
}

/// JSON as a file: indented, ending in a line break, and without characters that are not seen: it ends in logs too.
pub(super) fn json_text(value: &impl serde::Serialize) -> String {
    // Neither text nor numbers can fail to be written.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    control::json(&text).into_owned() + "\n"
}
