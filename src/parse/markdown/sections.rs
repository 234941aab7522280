//! The plain text of a body, heading by heading.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::model::Section;
use crate::model::event::{EventNode, EventRole};
use crate::parse::raw_html::scanner::{Scanner, Token};
use crate::parse::{fence, raw_html};

/// Collects the sections of a body, event by event.
#[derive(Default)]
pub(super) struct Sections {
    finished: Vec<Section>,
    text: String,
    code: Vec<Range<usize>>,
    in_heading: bool,
    in_code: bool,
    /// How many definitions of footnotes are open within one that no reader sees, that one included.
    lost: usize,
}

impl Sections {
    /// Takes an event. `starts_lost` says whether a definition of a footnote starts that no reader sees.
    pub(super) fn node(&mut self, node: &EventNode<'_>, starts_lost: bool) {
        match &node.event {
            Event::Start(Tag::FootnoteDefinition(_)) if starts_lost || self.lost > 0 => self.lost += 1,
            Event::End(TagEnd::FootnoteDefinition) => self.lost = self.lost.saturating_sub(1),
            Event::Start(Tag::Heading { .. }) => {
                self.finish_section();
                self.in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => self.in_heading = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                self.separate();
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(title) = fence::title(info)
                {
                    self.text(title, false);
                    self.separate();
                }
                self.in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(text) => self.text(text, self.in_code),
            Event::Code(text) => self.text(text, true),
            Event::Html(html) if node.role != EventRole::Title => self.html(html),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::TableCell
                | Tag::FootnoteDefinition(_)
                | Tag::BlockQuote(_)
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition,
            )
            | Event::SoftBreak
            | Event::HardBreak => self.separate(),
            _ => {}
        }
    }

    pub(super) fn finish(mut self) -> Vec<Section> {
        self.finish_section();
        self.finished
    }

    fn finish_section(&mut self) {
        let text = self.text.trim_end().into();
        self.finished.push(Section { text, code: self.code.as_slice().into() });
        self.text.clear();
        self.code.clear();
    }

    fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn text(&mut self, text: &str, is_code: bool) {
        if self.in_heading || self.lost > 0 {
            return;
        }
        let start = self.text.len();
        // Most texts are a few words with single spaces between them.
        let is_plain = |pair: &[u8]| matches!(pair, [b' '..=b'~', b'!'..=b'~'] | [b'!'..=b'~', b' ']);
        if text.starts_with(|first: char| first.is_ascii_graphic())
            && text.as_bytes().windows(2).all(is_plain)
        {
            self.text.push_str(text);
        } else {
            self.words(text);
        }
        let end = self.text.trim_end().len();
        if is_code && start < end {
            self.code.push(start..end);
        }
    }

    /// Takes text word by word.
    fn words(&mut self, text: &str) {
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            if number > 0 {
                self.separate();
            }
            self.text.push_str(word);
        }
    }

    /// The text between the tags of raw HTML.
    fn html(&mut self, html: &str) {
        let mut scanner = Scanner::new(html);
        while let Some(token) = scanner.token() {
            match token {
                Token::Text(range) => self.text(&raw_html::unescape(&html[range]), self.in_code),
                _ => self.separate(),
            }
        }
    }
}
