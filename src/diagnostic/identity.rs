//! What makes a finding the same one as in an earlier run.

use super::Diagnostic;

/// A finding, wherever in its file it stands: text above it may come and go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The path of the file.
    pub path: String,
    /// The id of the rule.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// Which one it is of those that are otherwise the same, from 0.
    pub number: usize,
}

impl From<&Diagnostic> for Identity {
    fn from(finding: &Diagnostic) -> Self {
        let Diagnostic { rule, message, location, number, .. } = finding;
        let path = location.source.path.to_string();
        Self { path, rule: (*rule).to_owned(), message: message.clone(), number: *number }
    }
}

impl Identity {
    /// A short name for it, of 16 hexadecimal digits, the same on every machine and in every version: FNV-1a.
    pub fn fingerprint(&self) -> String {
        let number = self.number.to_string();
        let parts = [&self.path, &self.rule, &self.message, &number];
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }
}
