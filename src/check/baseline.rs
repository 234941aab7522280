//! Findings that a project lives with for now: a file with a line each, to be kept beside the content.
//!
//! A line says `PATH: RULE: MESSAGE`, so that a review shows what is known, and what is gone.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Identity};

/// How the file of a baseline begins.
const MARK: &str = "# What `sdkb check --baseline` passes over.";

/// What follows that.
const ADVICE: &str = " `--prune-baseline` takes out the lines of what was
# fixed, `--write-baseline` writes all anew.
";

/// Known findings: each line, and how often it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    lines: BTreeMap<String, usize>,
}

impl Baseline {
    /// The baseline that a file holds; none if the file is something else.
    pub fn read(text: &str) -> Option<Self> {
        if !text.trim_start_matches('\u{feff}').starts_with(MARK) {
            return None;
        }
        let mut lines = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            *lines.entry(line.trim_end().to_owned()).or_default() += 1;
        }
        Some(Self { lines })
    }

    /// The baseline of a project with these findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut lines = BTreeMap::new();
        for finding in findings {
            *lines.entry(Identity::from(finding).line()).or_default() += 1;
        }
        Self { lines }
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().flat_map(|(line, &count)| std::iter::repeat_n(line, count));
        lines.fold(MARK.to_owned() + ADVICE, |text, line| text + line + "\n")
    }

    /// How many findings it knows.
    pub fn count(&self) -> usize {
        self.lines.values().sum()
    }

    /// Removes the findings that it knows.
    pub fn remove_known(&self, findings: &mut Vec<Diagnostic>) {
        let is_known = |finding: &Diagnostic| {
            self.lines.get(&Identity::from(finding).line()).is_some_and(|&count| finding.number < count)
        };
        findings.retain(|finding| !is_known(finding));
    }

    /// The baseline without what was fixed: what is not among the `findings` of a project, and could be. A line that
    /// says `PATH: RULE: …` stays where `is_open` says that nothing is known of the rule in the file at that path.
    #[must_use]
    pub fn pruned(&self, findings: &[Diagnostic], is_open: impl Fn(&str, &str) -> bool) -> Self {
        let current = Self::of(findings).lines;
        let lines = self.lines.iter().filter_map(|(line, &count)| {
            let kept = count.min(current.get(line).copied().unwrap_or_default());
            let kept = if Identity::parts_of_line(line).is_some_and(|(path, rule)| is_open(path, rule)) {
                count
            } else {
                kept
            };
            (kept > 0).then(|| (line.clone(), kept))
        });
        Self { lines: lines.collect() }
    }

    /// The files that it names.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.lines.keys().filter_map(|line| Some(Identity::parts_of_line(line)?.0))
    }
}
