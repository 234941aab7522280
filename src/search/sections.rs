//! A document heading by heading: what a result shows and links to.

use crate::model::{Document, Heading, Section as Text};

/// What stands before the first heading, or under one.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// The heading; nothing before the first one.
    pub heading: Option<&'a Heading>,
    /// What stands there.
    pub texts: &'a [Text],
}

impl Section<'_> {
    /// All its text.
    pub fn text(&self) -> String {
        let texts = self.texts.iter().map(|text| &*text.text).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// The sections of a document. A heading that repeats its title begins none.
pub fn sections(document: &Document) -> impl Iterator<Item = Section<'_>> {
    let body = &document.body;
    let skipped = usize::from(body.title_heading(&document.title).is_some());
    let (first, rest) = body.sections.split_at((1 + skipped).min(body.sections.len()));
    let under = body.headings.iter().skip(skipped).zip(rest.chunks(1));
    let under = under.map(|(heading, texts)| Section { heading: Some(heading), texts });
    std::iter::once(Section { heading: None, texts: first }).chain(under)
}
