//! Reads the body of a document: its headings, links, title and text.
//!
//! 1. [`gfm`] turns what MkDocs, Hugo and Docusaurus write, and what is no HTML, into GitHub's markdown.
//! 2. [`events`] reads that and finds the links; rendering reads the same events.
//! 3. [`scan`] gathers what the rest of the program has to know without rendering anything.

mod first_command;
mod sections;

use std::ops::Range;

use first_command::first_command;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use sections::Sections;

use super::events::events;
use super::foreign;
use super::gfm::gfm;
use super::raw_html::is_anchor;
use super::shell;
use crate::model::event::{EventNode, EventRole};
use crate::model::{Body, CommandBlock, DroppedForm, DroppedHtml, Heading, Shortcode, Span};
use crate::text::slug::Slugger;

/// Characters of a summary, about.
const SUMMARY: usize = 200;

/// Reads the body of `text`, which starts at byte `body_start`.
pub fn scan(text: &str, body_start: usize) -> Body {
    let rewritten = gfm(text.get(body_start..).unwrap_or_default());
    let read = events(&rewritten, body_start);
    let (mut scan, mut sections) = (Scan::new(text), Sections::default());
    for node in &read.nodes {
        scan.node(node);
        sections.node(node);
    }
    let mut body = scan.body;
    body.sections = sections.finish();
    if let Some(block) = body.commands.first() {
        body.first_command = first_command(&read.nodes, block.span);
    }
    // Badges and an introduction may stand before the title, but no other heading.
    body.title =
        body.headings.first().filter(|heading| heading.level == 1).map(|heading| heading.text.clone());
    body.links = read.links;
    body.anchors = read.anchors;
    body.labels = labels(text);
    body.dropped = read.dropped;
    body.dropped.extend(rewritten.drawings.iter().map(|(name, range)| DroppedHtml {
        form: DroppedForm::Element,
        name: (*name).into(),
        span: Span::new(range.start + body_start..range.end + body_start),
    }));
    body.suppressions = read.suppressions.into_iter().map(Span::new).collect();
    body.shortcodes = rewritten
        .shortcodes
        .into_iter()
        .map(|(name, range)| Shortcode {
            name,
            span: Span::new(range.start + body_start..range.end + body_start),
        })
        .collect();
    body
}

#[derive(Default)]
struct Scan<'a> {
    /// The file.
    text: &'a str,
    body: Body,
    slugger: Slugger,
    heading: Option<OpenHeading>,
    /// The paragraph that is open, if it may be the summary: its text so far.
    paragraph: Option<String>,
    /// The block of commands that is open.
    commands: Option<CommandBlock>,
    in_code: bool,
    /// Whether a paragraph starts here.
    starts_paragraph: bool,
    /// How many quotes, lists and the like are open.
    depth: usize,
    /// How many images are open: what they say is not text of the page.
    images: usize,
}

/// A heading that is open.
#[derive(Default)]
struct OpenHeading {
    /// Its text so far.
    text: String,
    /// The same with the short codes of its emoji, of which anchors are made.
    coded: String,
    /// The anchor that its author gave it.
    id: Option<String>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    fn node(&mut self, node: &EventNode<'_>) {
        let starts_paragraph = std::mem::take(&mut self.starts_paragraph);
        match &node.event {
            Event::Start(Tag::Paragraph) => self.starts_paragraph = true,
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.open_code(&node.span);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(text) if !self.in_code && self.images == 0 => {
                self.foreign(text, &node.span, starts_paragraph)
            }
            _ => {}
        }
        match &node.event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = shell::language(info);
                let span = Span::new(node.span.clone());
                self.commands = shell::dialect(language).map(|_| CommandBlock {
                    span,
                    language: language.into(),
                    code: Box::default(),
                    code_span: span,
                });
            }
            Event::End(TagEnd::CodeBlock) => self.body.commands.extend(self.commands.take()),
            Event::Text(code) if let Some(block) = &mut self.commands => {
                block.code = code.as_ref().into();
                block.code_span = Span::new(node.span.clone());
            }
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Heading(level)) => self.end_heading(*level, &node.span),
            Event::End(end) => self.end(*end),
            Event::Text(text) | Event::Code(text) => self.text(text, &node.role),
            Event::SoftBreak | Event::HardBreak => self.text(" ", &node.role),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { id, .. } => {
                let id = id.as_ref().map(ToString::to_string);
                self.heading = Some(OpenHeading { id, ..OpenHeading::default() });
            }
            Tag::Paragraph if self.depth == 0 && self.body.summary.is_none() => {
                self.paragraph = Some(String::new());
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList | Tag::FootnoteDefinition(_) => {
                self.depth += 1;
            }
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Image => self.images -= 1,
            TagEnd::Paragraph => {
                if let Some(text) = self.paragraph.take() {
                    self.body.summary = summary(&text);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::DefinitionList | TagEnd::FootnoteDefinition => {
                self.depth -= 1
            }
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel, span: &Range<usize>) {
        let Some(OpenHeading { text, coded, id }) = self.heading.take() else { return };
        let text = text.trim().to_string();
        let slug = match id.filter(|id| is_anchor(id)) {
            Some(id) => {
                self.slugger.reserve(&id);
                id
            }
            None => self.slugger.slug(&coded),
        };
        let heading = Heading { level: level as u8, text, slug, span: Span::new(span.clone()) };
        self.body.headings.push(heading);
    }

    /// Takes note of a block of code that does not end.
    fn open_code(&mut self, span: &Range<usize>) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        if self.body.open_code.is_none() && !is_closed(source) {
            let first = source.lines().next().unwrap_or_default().trim_end();
            self.body.open_code = Some(Span::new(span.start..span.start + first.len()));
        }
    }

    /// Takes note of the syntax of another tool.
    fn foreign(&mut self, text: &str, span: &Range<usize>, is_first: bool) {
        if let Some((syntax, place)) = foreign::syntax(text, is_first) {
            let is_exact = text.len() == span.len();
            let place =
                if is_exact { span.start + place.start..span.start + place.end } else { span.clone() };
            self.body.foreign.push((syntax, Span::new(place)));
        }
    }

    fn text(&mut self, text: &str, role: &EventRole) {
        if self.images > 0 {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            heading.coded.push_str(if let EventRole::Emoji(code) = role { code } else { text });
            return;
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.push_str(text);
        }
    }
}

/// The names in the options of directives of MyST.
fn labels(text: &str) -> Vec<String> {
    let starts = [":name: ", ":label: "];
    if !starts.iter().any(|start| text.contains(start)) {
        return Vec::new();
    }
    let lines = text.lines().map(str::trim);
    lines
        .filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)))
        .map(|name| name.trim().to_owned())
        .collect()
}

/// Whether a block of code ends with the fence that it begins with, if it begins with one.
fn is_closed(source: &str) -> bool {
    let source = source.trim_start();
    let Some(sign) = source.chars().next().filter(|_| source.starts_with("```") || source.starts_with("~~~"))
    else {
        return true;
    };
    let length = source.chars().take_while(|letter| *letter == sign).count();
    let mut lines = source.trim_end().lines();
    let (_, last) = (lines.next(), lines.last().unwrap_or_default());
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    last.len() >= length && last.chars().all(|letter| letter == sign)
}

/// The start of a paragraph, cut between words; none if it says nothing.
fn summary(paragraph: &str) -> Option<String> {
    if paragraph.starts_with("{{") || !paragraph.contains(char::is_alphabetic) {
        return None;
    }
    let mut out = String::new();
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        let added = word.chars().count() + 1;
        if length > 0 && length + added > SUMMARY {
            out.push('…');
            return Some(out);
        }
        if length > 0 {
            out.push(' ');
        }
        // One word can be longer than a summary.
        out.extend(word.chars().take(SUMMARY));
        length += added;
    }
    Some(out)
}

#[cfg(test)]
pub(crate) mod tests;
