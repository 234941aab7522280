//! What makes a finding the same one as in an earlier run: for `--since`, baselines and the formats.

use super::Diagnostic;
use crate::text::control::escaped;
use crate::text::digest::digest;

/// A finding, wherever in its file it stands: text above it may come and go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The path of the file.
    pub path: String,
    /// The id of the rule.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// Which one it is of those that are otherwise the same, from 0.
    pub number: usize,
}

impl From<&Diagnostic> for Identity {
    fn from(finding: &Diagnostic) -> Self {
        Self { number: finding.number, ..Self::without_number(finding) }
    }
}

impl Identity {
    /// What a finding has in common with those that say the same of its file.
    pub fn without_number(finding: &Diagnostic) -> Self {
        let Diagnostic { rule, message, location, .. } = finding;
        Self { path: location.source.path.to_string(), rule, message: message.clone(), number: 0 }
    }

    /// A short name for it, of 16 hexadecimal digits, the same on every machine and in every version.
    pub fn fingerprint(&self) -> String {
        let number = self.number.to_string();
        let parts = [&self.path, self.rule, &self.message, &number];
        format!("{:016x}", digest(parts.iter().flat_map(|part| part.as_bytes().iter().chain(&[0]))))
    }

    /// It without its number, as a line that people can read: `PATH: RULE: MESSAGE`.
    pub fn line(&self) -> String {
        format!("{}: {}: {}", escaped(&self.path), self.rule, self.message)
    }

    /// The path and the rule of such a line.
    pub fn parts_of_line(line: &str) -> Option<(&str, &str)> {
        let mut parts = line.splitn(3, ": ");
        Some((parts.next()?, parts.next()?))
    }
}
