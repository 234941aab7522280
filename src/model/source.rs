//! A file's text and places in it.

use std::sync::{Arc, OnceLock};

use super::Span;

/// One text file of the project, as UTF-8 without a byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path from the project's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The whole text.
    pub text: String,
    /// Where its lines begin, once somebody has asked for a line.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// A place in this file.
    pub fn at(self: &Arc<Self>, span: Span) -> Location {
        Location { source: Arc::clone(self), span }
    }

    fn line_column(&self, byte: u32) -> (usize, usize) {
        let (text, at) = (&self.text, byte as usize);
        let lines = self.lines.get_or_init(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        let line = lines.partition_point(|&begin| begin <= at);
        (line, text[lines[line - 1]..at].chars().count() + 1)
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The place in its text.
    pub span: Span,
}

impl Location {
    /// Line and column of the first character, both from 1. Columns count characters.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }

    /// Line and column behind the last character, as in [`Location::line_column`].
    pub fn end_line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.end)
    }
}
