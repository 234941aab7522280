//! Patterns of files that are no part of the knowledge base, as in `.gitignore`.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Location;

/// One line of patterns.
#[derive(Debug)]
pub struct IgnorePattern {
    /// As it is written.
    pub text: String,
    /// Where it is written.
    pub location: Location,
    matcher: Gitignore,
}

impl IgnorePattern {
    /// Reads a pattern. A comment or an empty line is one that matches nothing.
    ///
    /// # Errors
    ///
    /// If it is none, with the reason.
    pub fn new(text: &str, location: &Location) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        let pattern = text.strip_prefix("./").unwrap_or(text);
        let built = builder.add_line(None, pattern).and_then(|builder| builder.build());
        let matcher = built.map_err(|error| match error {
            ignore::Error::Glob { err, .. } => err,
            other => other.to_string(),
        })?;
        Ok(Self { text: text.to_owned(), location: location.clone(), matcher })
    }

    /// What it says of a file at any of these paths: that it is left out, that it is not, or nothing.
    pub fn verdict(&self, paths: &[&str]) -> Option<bool> {
        paths.iter().find_map(|path| match self.matcher.matched_path_or_any_parents(path, false) {
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
            Match::None => None,
        })
    }
}

/// Whether the last pattern that speaks of a file leaves it out.
pub fn is_ignored(patterns: &[IgnorePattern], paths: &[&str]) -> bool {
    patterns.iter().rev().find_map(|pattern| pattern.verdict(paths)).unwrap_or_default()
}
