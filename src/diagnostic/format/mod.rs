//! Findings as text: for people, and for what shows them on a forge. One file a format.

mod github;
mod gitlab;
pub(super) mod human;
mod json;
mod junit;
mod rdjson;
mod sarif;

use super::{Colour, Diagnostic, Identity, Severity};
use crate::model::Location;
use crate::text::control;

/// How to write findings. The words behind each are what `--help` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// sdkb's own, described in docs/check.md
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// Code quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's test results
    Junit,
    /// Reviewdog's diagnostic format
    Rdjson,
}

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

impl Format {
    /// The findings in this format, ending in a line break. Only what is for people has colours.
    pub fn write(self, findings: &Findings<'_>, colour: Colour) -> String {
        match self {
            Format::Human => human::text(findings, colour),
            Format::Json => json::text(findings),
            Format::Github => github::text(findings),
            Format::Gitlab => gitlab::text(findings),
            Format::Sarif => sarif::text(findings),
            Format::Junit => junit::text(findings),
            Format::Rdjson => rdjson::text(findings),
        }
    }
}

impl<'a> Findings<'a> {
    /// The findings, each with its identity.
    fn identified(&self) -> impl Iterator<Item = (&'a Diagnostic, Identity)> {
        self.diagnostics.iter().map(|finding| (finding, Identity::from(finding)))
    }

    /// What was found, in one line.
    fn summary(&self) -> String {
        let documents = human::count(self.documents, "document");
        let known = if self.known > 0 { format!(" beyond {} known", self.known) } else { String::new() };
        format!("checked {documents}: {}{known}\n", human::summary(self.diagnostics))
    }

    /// The path of a file from the repository.
    fn path(&self, location: &Location) -> String {
        format!("{}{}", self.prefix, location.source.path)
    }
}

/// What is wrong, and what to do about it, a line each.
fn whole_message(finding: &Diagnostic) -> String {
    let lines = std::iter::once(finding.message.clone());
    lines.chain(finding.help.iter().map(|help| format!("help: {help}"))).collect::<Vec<_>>().join("\n")
}

/// JSON as a file: indented, ending in a line break, and without characters that are not seen: it ends in logs too.
fn json_text(value: &impl serde::Serialize) -> String {
    // Neither text nor numbers can fail to be written.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    control::json(&text).into_owned() + "\n"
}
