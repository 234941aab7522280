//! A file's text and places in it.

use std::sync::Arc;

use super::Span;

/// One text file of the project, as UTF-8 without a byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path from the project's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// A place in this file.
    pub fn at(self: &Arc<Self>, span: Span) -> Location {
        Location { source: Arc::clone(self), span }
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
        let before = &self.source.text[..self.span.start as usize];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// The text at this place.
    pub fn text(&self) -> &str {
        &self.source.text[self.span.range()]
    }
}
