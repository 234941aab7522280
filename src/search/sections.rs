//! A document heading by heading, as plain text: what a result shows and links to.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::Document;
use crate::parse::events::{Role, events};
use crate::parse::raw_html::scanner::{Scanner, Token};
use crate::parse::{gfm, raw_html};

/// What stands before the first heading, or under one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The anchor of the heading; nothing before the first one.
    pub anchor: String,
    /// The heading.
    pub heading: String,
    /// What stands there, code included.
    pub text: String,
    /// The parts of the text that are code, in bytes.
    pub code: Vec<std::ops::Range<usize>>,
}

/// The sections of a document. Its own title is no heading.
pub fn sections(document: &Document) -> Vec<Section> {
    let rewritten = gfm(document.source.text.get(document.body_start..).unwrap_or_default());
    let read = events(&rewritten, document.body_start);
    let mut headings = document.body.headings.iter().enumerate();
    let mut reader = Reader { sections: vec![Section::default()], in_heading: false, in_code: false };
    for node in &read.nodes {
        match &node.event {
            Event::Start(Tag::Heading { .. }) => {
                reader.in_heading = true;
                let Some((number, heading)) = headings.next() else { continue };
                if number > 0 || heading.level > 1 {
                    let (anchor, heading) = (heading.slug.clone(), heading.text.clone());
                    reader.sections.push(Section { anchor, heading, ..Section::default() });
                }
            }
            Event::End(TagEnd::Heading(_)) => reader.in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => {
                reader.section().blank();
                reader.in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => reader.in_code = false,
            Event::Text(text) => reader.text(text),
            Event::Code(text) => {
                let was = std::mem::replace(&mut reader.in_code, true);
                reader.text(text);
                reader.in_code = was;
            }
            Event::Html(html) if node.role != Role::Title => reader.html(html),
            Event::Start(
                Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::FootnoteDefinition(_) | Tag::BlockQuote(_),
            )
            | Event::SoftBreak
            | Event::HardBreak => reader.section().blank(),
            _ => {}
        }
    }
    // All documents have theirs at once.
    for section in &mut reader.sections {
        section.text.shrink_to_fit();
        section.code.shrink_to_fit();
    }
    reader.sections
}

impl Section {
    /// Parts what was said from what comes.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

struct Reader {
    sections: Vec<Section>,
    in_heading: bool,
    in_code: bool,
}

impl Reader {
    fn section(&mut self) -> &mut Section {
        // There is always the one before the first heading.
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    fn text(&mut self, text: &str) {
        if self.in_heading {
            return;
        }
        let in_code = self.in_code;
        let section = self.section();
        let start = section.text.len();
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            if number > 0 {
                section.blank();
            }
            section.text.push_str(word);
        }
        if in_code {
            section.code.push(start..section.text.len());
        }
    }

    /// The text between the tags of raw HTML.
    fn html(&mut self, html: &str) {
        let mut scanner = Scanner::new(html);
        while let Some(token) = scanner.token() {
            match token {
                Token::Text(range) => self.text(&raw_html::unescape(&html[range])),
                _ => self.section().blank(),
            }
        }
    }
}
