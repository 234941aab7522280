//! A file's text and places in it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Span;

/// One text file of the project, as UTF-8 without a byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path from the project's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The whole text.
    pub text: String,
    /// What helps to find lines and columns, computed on first use.
    marks: OnceLock<Marks>,
}

/// Places in a text.
#[derive(Debug, PartialEq, Eq)]
struct Marks {
    /// Where its lines begin.
    lines: Vec<usize>,
    /// How many characters begin before each stretch of the text: many findings may stand on one long line.
    characters: Vec<usize>,
}

/// The bytes of a stretch.
const STRETCH: usize = 1024;

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), marks: OnceLock::new() })
    }

    /// A place in this file.
    pub fn at(self: &Arc<Self>, span: Span) -> Location {
        Location { source: Arc::clone(self), span }
    }

    /// The line around a byte, without what ends it.
    pub fn line_at(&self, byte: usize) -> Range<usize> {
        let start = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[byte..].find('\n').map_or(self.text.len(), |at| byte + at);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    fn line_column(&self, byte: u32) -> (usize, usize) {
        let Marks { lines, characters } = self.marks.get_or_init(|| Marks::new(&self.text));
        let before = |at: usize| {
            let stretch = at / STRETCH;
            characters[stretch] + beginning(&self.text.as_bytes()[stretch * STRETCH..at])
        };
        let at = byte as usize;
        let line = lines.partition_point(|&begin| begin <= at);
        (line, before(at) - before(lines[line - 1]) + 1)
    }
}

impl Marks {
    fn new(text: &str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut sum = 0;
        let stretches = text.as_bytes().chunks(STRETCH).map(|stretch| {
            sum += beginning(stretch);
            sum
        });
        Self { lines, characters: std::iter::once(0).chain(stretches).collect() }
    }
}

/// How many characters begin in a part of a text.
fn beginning(bytes: &[u8]) -> usize {
    // The other bytes of a character are 10xxxxxx.
    bytes.iter().filter(|&byte| byte & 0b1100_0000 != 0b1000_0000).count()
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

#[cfg(test)]
mod tests {
    use super::{STRETCH, Source};
    use crate::model::Span;

    #[test]
    fn columns_count_characters_however_long_the_line() {
        let text = format!("a\n{}\n\nb", "aé€𝄞".repeat(STRETCH));
        let source = Source::new("a.md", text.as_str());
        let (mut line, mut column) = (1, 1);
        for (at, letter) in text.char_indices() {
            assert_eq!(source.at(Span::new(at..at)).line_column(), (line, column), "{at}");
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(source.at(Span::new(0..text.len())).end_line_column(), (line, column));
    }
}
