//! Text that the parser gives in pieces, as one.

use std::ops::Range;

use pulldown_cmark::CowStr;

/// Text put together from several pieces of the source, which knows where each came from.
#[derive(Debug, Default)]
pub(in crate::parse) struct Merged<'a> {
    /// The first piece, as long as it is the only one. Most text is one piece.
    only: Option<(CowStr<'a>, Range<usize>)>,
    joined: String,
    /// Where each piece starts in `joined`, and what it was made of.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'a> Merged<'a> {
    pub(in crate::parse) fn push(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if self.is_empty() {
            self.only = Some((text, range));
            return;
        }
        if let Some((first, source)) = self.only.take() {
            self.pieces.push((0, source));
            self.joined.push_str(&first);
        }
        self.pieces.push((self.joined.len(), range));
        self.joined.push_str(&text);
    }

    pub(in crate::parse) fn is_empty(&self) -> bool {
        self.only.is_none() && self.pieces.is_empty()
    }

    pub(in crate::parse) fn as_str(&self) -> &str {
        self.only.as_ref().map_or(&self.joined, |(text, _)| text)
    }

    pub(in crate::parse) fn into_text(self) -> CowStr<'a> {
        self.only.map_or_else(|| self.joined.into(), |(text, _)| text)
    }

    pub(in crate::parse) fn slice(&self, place: Range<usize>) -> CowStr<'a> {
        match &self.only {
            Some((CowStr::Borrowed(text), _)) => CowStr::Borrowed(&text[place]),
            _ => self.as_str()[place].to_string().into(),
        }
    }

    /// Where in the source a part of the text came from: exact in pieces that are as in the source,
    /// else the whole piece (a character reference, a tag over several quoted lines).
    pub(in crate::parse) fn range(&self, place: Range<usize>) -> Range<usize> {
        let start = match self.piece(place.start) {
            (true, at, source) => source.start + (place.start - at),
            (false, _, source) => source.start,
        };
        // The end belongs to the piece of the last byte, not to the one that starts there.
        let end = match self.piece(place.end.saturating_sub(1).max(place.start)) {
            (true, at, source) => source.start + (place.end - at),
            (false, _, source) => source.end,
        };
        start..end.max(start)
    }

    /// The piece that holds byte `at`: whether it is as in the source, its start, and its source.
    fn piece(&self, at: usize) -> (bool, usize, Range<usize>) {
        if let Some((text, source)) = &self.only {
            return (text.len() == source.len(), 0, source.clone());
        }
        let index = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let end = self.pieces.get(index + 1).map_or(self.joined.len(), |(next, _)| *next);
        self.pieces
            .get(index)
            .map_or((false, 0, 0..0), |(start, source)| (end - start == source.len(), *start, source.clone()))
    }
}
