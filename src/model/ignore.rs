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

    /// Whether it brings back what another one leaves out.
    pub fn brings_back(&self) -> bool {
        self.matcher.num_whitelists() > 0
    }

    /// Whether it says something of the file at these paths, or of a folder around it. Each path is the end of the
    /// longest.
    pub fn matches(&self, paths: &[&str]) -> bool {
        levels(paths).any(|(here, is_folder)| self.verdict(here, is_folder).is_some())
    }

    /// What it says of a file or folder at any of these paths: that it is left out, that it is not, or nothing.
    fn verdict<'a>(&self, mut paths: impl Iterator<Item = &'a str>, is_folder: bool) -> Option<bool> {
        paths.find_map(|path| match self.matcher.matched(path, is_folder) {
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
            Match::None => None,
        })
    }
}

/// The pattern that leaves out the file at these paths, or a folder around it. Each path is the end of the longest.
/// As with git, the last pattern that speaks of a folder or file counts, and nothing brings back a file of a folder that
/// is left out (<https://git-scm.com/docs/gitignore#_pattern_format>).
pub fn left_out_by<'a>(patterns: &'a [IgnorePattern], paths: &[&str]) -> Option<&'a IgnorePattern> {
    if patterns.is_empty() {
        return None;
    }
    levels(paths).find_map(|(here, is_folder)| {
        let speaks = |pattern: &'a IgnorePattern| Some((pattern, pattern.verdict(here.clone(), is_folder)?));
        let (pattern, leaves_out) = patterns.iter().rev().find_map(speaks)?;
        leaves_out.then_some(pattern)
    })
}

/// The folders around a file from the outermost, and then itself, by each of its paths; and whether it is a folder.
fn levels<'a>(paths: &'a [&'a str]) -> impl Iterator<Item = (impl Iterator<Item = &'a str> + Clone, bool)> {
    let longest = paths.iter().copied().max_by_key(|path| path.len()).unwrap_or_default();
    let ends = longest.match_indices('/').map(|(at, _)| at).chain([longest.len()]);
    ends.map(move |end| {
        let here = paths.iter().filter_map(move |path| {
            let start = longest.len() - path.len();
            longest.get(start..end).filter(|path| !path.is_empty())
        });
        (here, end < longest.len())
    })
}
