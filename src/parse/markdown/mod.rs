//! Reads the body of a document: its headings, links, title and text.
//!
//! 1. [`gfm`] turns what MkDocs, Hugo and Docusaurus write, and what is no HTML, into GitHub's markdown.
//! 2. [`events`] reads that and finds the links; rendering reads the same events.
//! 3. [`scan`] gathers what the rest of the program has to know without rendering anything.

mod first_command;
mod misread;
mod sections;

use std::ops::Range;

use first_command::first_command;
use misread::{Misreads, lost_notes};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use sections::Sections;

use super::dialect::Rewritten;
use super::events::events;
use super::foreign;
use super::gfm::{gfm, template};
use super::raw_html::is_anchor;
use super::shell;
use crate::model::event::{EventNode, EventRole};
use crate::model::{
    Body, CommandBlock, DroppedForm, DroppedHtml, ForeignSyntax, Heading, Misread, Shortcode, Source, Span,
};
use crate::text::slug::Slugger;

/// Characters of a summary, about.
const SUMMARY: usize = 200;

/// Reads the body of `text`, which starts at byte `body_start`.
pub fn scan(text: &str, body_start: usize) -> Body {
    scan_as(text, body_start, false)
}

/// Reads the body of a document, which is a template of ERB if the name of its file says so.
pub(super) fn scan_document(source: &Source, body_start: usize) -> Body {
    scan_as(&source.text, body_start, source.path.ends_with(".erb"))
}

/// The body of `text` as GitHub's markdown.
pub(crate) fn rewritten(text: &str, body_start: usize, is_template: bool) -> Rewritten<'_> {
    let body = text.get(body_start..).unwrap_or_default();
    if is_template { template(body) } else { gfm(body) }
}

fn scan_as(text: &str, body_start: usize, is_template: bool) -> Body {
    let rewritten = rewritten(text, body_start, is_template);
    let read = events(&rewritten, body_start);
    let (mut scan, mut sections) = (Scan::new(text), Sections::default());
    let mut misreads = Misreads::new(text);
    let lost = lost_notes(&read.nodes);
    let mut next_lost = lost.iter().peekable();
    for (at, node) in read.nodes.iter().enumerate() {
        scan.node(node);
        misreads.node(node, read.nodes.get(at + 1));
        sections.node(node, next_lost.next_if(|(lost, _)| *lost == at).is_some());
    }
    let mut body = scan.body;
    body.is_template = is_template;
    body.sections = sections.finish();
    body.misread = misreads.finish();
    let open = read.open_comments.into_iter().take(1).map(|place| (Misread::OpenComment, Span::new(place)));
    body.misread.extend(open);
    body.misread.extend(second_definitions(text, read.second_definitions));
    body.misread.extend(lost.into_iter().map(|(at, misread)| {
        let span = &read.nodes[at].span;
        // The mark, without what it says.
        let length =
            text.get(span.clone()).and_then(|note| note.find("]:")).map_or(span.len(), |end| end + 2);
        (misread, Span::new(span.start..span.start + length))
    }));
    if let Some(block) = body.commands.first() {
        body.first_command = first_command(&read.nodes, block.span);
    }
    // Badges and an introduction may stand before the title, but no other heading.
    body.title =
        body.headings.first().filter(|heading| heading.level == 1).map(|heading| heading.text.clone());
    body.links = read.links;
    body.anchors = read.anchors;
    body.labels = labels(text);
    body.anchor_spans = read.anchor_spans.into_iter().map(Span::new).collect();
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
        .map(|shortcode| Shortcode {
            name: shortcode.name,
            span: Span::new(shortcode.range.start + body_start..shortcode.range.end + body_start),
            is_open: shortcode.is_open,
        })
        .collect();
    body
}

/// Definitions that come second, with the lines of the first.
fn second_definitions(text: &str, places: Vec<(Range<usize>, usize)>) -> Vec<(Misread, Span)> {
    if places.is_empty() {
        return Vec::new();
    }
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |place: usize| ends.partition_point(|end| *end < place) + 1;
    let found = places
        .into_iter()
        .map(|(place, first)| (Misread::SecondDefinition { first_line: line(first) }, Span::new(place)));
    found.collect()
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
    /// Whether a link, a picture or code ends here.
    is_behind: bool,
    /// Where `{name}` ends the text before.
    role_name: Option<Range<usize>>,
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
        let (is_behind, role_name) = (std::mem::take(&mut self.is_behind), self.role_name.take());
        match &node.event {
            Event::Start(Tag::Paragraph) => self.starts_paragraph = true,
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(length) = foreign::directive(info)
                {
                    let start = self.text[node.span.start..].find('{').unwrap_or_default() + node.span.start;
                    self.body.foreign.push((ForeignSyntax::Directive, Span::new(start..start + length)));
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::End(TagEnd::Link | TagEnd::Image) => self.is_behind = true,
            Event::Code(_) => {
                self.is_behind = true;
                if let Some(name) = role_name.filter(|name| name.end == node.span.start) {
                    self.body.foreign.push((ForeignSyntax::Role, Span::new(name.start..node.span.end)));
                }
            }
            Event::Text(text) if !self.in_code && self.images == 0 => {
                self.role_name = foreign::role_name(text).map(|name| node.span.end - name..node.span.end);
                self.foreign(
                    text,
                    &node.span,
                    foreign::Place {
                        is_first: starts_paragraph,
                        is_behind,
                        is_heading: self.heading.is_some(),
                    },
                );
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

    /// Takes note of the syntax of another tool.
    fn foreign(&mut self, text: &str, span: &Range<usize>, place: foreign::Place) {
        let is_exact = self.text.get(span.clone()) == Some(text);
        // What goes on in the next lines is only seen in the file.
        let source = if is_exact { &self.text[span.start..] } else { text };
        if let Some((syntax, place)) = foreign::syntax(text, source, place) {
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
