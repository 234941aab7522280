//! Findings that a project lives with for now: a file with a line each, to be kept beside the content.
//!
//! A line says `PATH: RULE: MESSAGE`, so that a review shows what is known, and what is gone.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::text::control::escaped;

const HEAD: &str = "\
# What `sdkb check --baseline` passes over. Lines of what was mended go away by themselves; `--write-baseline`
# writes all anew.
";

/// Known findings: each line, and how often it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    lines: BTreeMap<String, usize>,
}

impl Baseline {
    /// The baseline that a file holds.
    pub fn read(text: &str) -> Self {
        let mut lines = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            *lines.entry(line.trim_end().to_owned()).or_default() += 1;
        }
        Self { lines }
    }

    /// The baseline of a project with these findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut lines = BTreeMap::new();
        for finding in findings {
            *lines.entry(line(finding)).or_default() += 1;
        }
        Self { lines }
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().flat_map(|(line, &count)| std::iter::repeat_n(line, count));
        lines.fold(HEAD.to_owned(), |text, line| text + line + "\n")
    }

    /// How many findings it knows.
    pub fn count(&self) -> usize {
        self.lines.values().sum()
    }

    /// Takes out the findings that it knows.
    pub fn pass_over(&self, findings: &mut Vec<Diagnostic>) {
        let is_known = |finding: &Diagnostic| {
            self.lines.get(&line(finding)).is_some_and(|&count| finding.number < count)
        };
        findings.retain(|finding| !is_known(finding));
    }

    /// Forgets what is not among `findings`.
    pub fn keep_only(&mut self, findings: &[Diagnostic]) {
        let current = Self::of(findings).lines;
        self.lines.retain(|line, count| {
            *count = (*count).min(current.get(line).copied().unwrap_or_default());
            *count > 0
        });
    }
}

fn line(finding: &Diagnostic) -> String {
    format!("{}: {}: {}", escaped(&finding.location.source.path), finding.rule, finding.message)
}
