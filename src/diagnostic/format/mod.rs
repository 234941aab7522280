//! Findings as text: for people, and for what shows them on a forge. One file a format.

mod concise;
mod findings;
mod github;
mod gitlab;
pub(super) mod human;
mod json;
mod junit;
mod rdjson;
mod sarif;
mod statistics;

pub use findings::{Findings, RuleText};
pub use statistics::statistics;

use super::Colour;

/// How to write findings. The words behind each are what `--help` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// A line a finding
    Concise,
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

impl Format {
    /// Whether it is read in a terminal, and not by a program.
    pub fn is_for_people(self) -> bool {
        match self {
            Format::Human | Format::Concise => true,
            Format::Json
            | Format::Github
            | Format::Gitlab
            | Format::Sarif
            | Format::Junit
            | Format::Rdjson => false,
        }
    }

    /// The findings in this format, ending in a line break. Only what is for people has colours.
    pub fn write(self, findings: &Findings<'_>, colour: Colour) -> String {
        match self {
            Format::Human => human::all(findings.diagnostics, colour) + &findings.summary(),
            Format::Concise => concise::text(findings.diagnostics),
            Format::Json => json::text(findings),
            Format::Github => github::text(findings),
            Format::Gitlab => gitlab::text(findings),
            Format::Sarif => sarif::text(findings),
            Format::Junit => junit::text(findings),
            Format::Rdjson => rdjson::text(findings),
        }
    }
}
