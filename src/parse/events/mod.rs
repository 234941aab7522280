//! The one reading of a body's markdown, for [`super::markdown`] and [`crate::render::html`] alike.
//!
//! What is a link, and which number it has, is decided here and nowhere else. So the n-th link
//! that was found and checked is the n-th that is rendered.

mod definitions;
mod emoji;
mod html;
mod merged;

use std::ops::Range;

use definitions::Definitions;
pub(super) use merged::Merged;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::attributes;
use super::destination;
use super::dialect::Rewritten;
use crate::model::event::{EventNode, EventRole};
use crate::model::{DroppedHtml, Link, LinkForm, Span};

/// A body as a stream of events, and the links in it.
#[derive(Debug, Default)]
pub struct Events<'a> {
    /// The events, in order. Adjacent text is one event, and so is a block of raw HTML. Comments
    /// are left out.
    pub nodes: Vec<EventNode<'a>>,
    /// The links, in order; [`EventRole`] says which event belongs to which.
    pub links: Vec<Link>,
    /// Places that raw HTML names: `id`, and `name` of `a`.
    pub anchors: Vec<String>,
    /// Where these stand, in the same order.
    pub anchor_spans: Vec<Range<usize>>,
    /// `<!--` that does not end in its block of raw HTML.
    pub open_comments: Vec<Range<usize>>,
    /// Raw HTML that is not published.
    pub dropped: Vec<DroppedHtml>,
    /// Definitions of references that have one with another address already, and where that stands.
    pub second_definitions: Vec<(Range<usize>, usize)>,
    /// Raw HTML with a comment that suppresses findings.
    pub suppressions: Vec<Range<usize>>,
}

/// What of GitHub's markdown is read, and what most generators add: wiki links and definition lists.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// Reads a rewritten body that starts at byte `offset` of its file.
pub fn events<'a>(body: &'a Rewritten<'_>, offset: usize) -> Events<'a> {
    let mut parser = Parser::new_ext(&body.text, OPTIONS).into_offset_iter();
    let mut reader = Reader {
        body,
        offset,
        found: Events::default(),
        text: Merged::default(),
        html: None,
        open: Vec::new(),
        links_open: 0,
        pictures_open: 0,
        in_code: false,
        in_raw_anchor: false,
        previous_end: 0,
    };
    reader.found.nodes.reserve(body.text.len() / 16);
    let mut definitions = Definitions::new(&body.text);
    while let Some((event, range)) = parser.next() {
        definitions.event(&event, &range);
        reader.read(event, range, parser.reference_definitions());
    }
    reader.flush();
    let second = definitions.second(parser.reference_definitions()).into_iter();
    reader.found.second_definitions = second
        .map(|(place, first)| (reader.original(place), reader.original(first..first + 1).start))
        .collect();
    reader.found
}

struct Reader<'a, 'b> {
    body: &'a Rewritten<'b>,
    offset: usize,
    found: Events<'a>,
    /// Text that may go on.
    text: Merged<'a>,
    /// The block of raw HTML that is open.
    html: Option<Merged<'a>>,
    /// Links and images that are open.
    open: Vec<Open>,
    links_open: usize,
    pictures_open: usize,
    in_code: bool,
    in_raw_anchor: bool,
    /// Where the last event ended: at the end of a link, where its text ends.
    previous_end: usize,
}

enum Open {
    /// The number of the link, and whether its destination stands behind its text.
    Link(usize, bool),
    /// Double brackets that are no wiki link.
    Brackets,
    /// What stands in the text for a picture is never a link.
    InPicture,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self, event: Event<'a>, range: Range<usize>, definitions: &RefDefs<'_>) {
        let end = range.end;
        let event = match event {
            Event::FootnoteReference(label) => Event::FootnoteReference(folded(&label)),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                Event::Start(Tag::FootnoteDefinition(folded(&label)))
            }
            other => other,
        };
        match event {
            Event::Text(text) => self.text.push(text, range),
            Event::InlineHtml(html) => self.inline_html(html, range),
            Event::Start(Tag::HtmlBlock) => {
                self.flush();
                self.html = Some(Merged::default());
            }
            Event::Html(html) => self.html.get_or_insert_default().push(html, range),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(html) = self.html.take() {
                    self.html(html);
                }
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                return self.start_link(tag, range, definitions);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(event, range),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) if self.is_title(&range) => {
                self.flush();
            }
            Event::Start(Tag::Paragraph) if self.is_title(&range) => {
                self.flush();
                let span = self.original(range);
                self.found.nodes.push(EventNode { event, span, role: EventRole::Title });
            }
            Event::End(TagEnd::Heading(_)) => {
                self.flush();
                self.heading_attributes();
                self.push(event, range);
            }
            Event::Code(_) if self.body.formulas.binary_search(&range.start).is_ok() => {
                self.flush();
                let span = self.original(range);
                self.found.nodes.push(EventNode { event, span, role: EventRole::Formula });
            }
            other => {
                self.flush();
                match &other {
                    Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
                    Event::End(TagEnd::CodeBlock) => self.in_code = false,
                    Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                        self.in_raw_anchor = false;
                    }
                    _ => {}
                }
                self.push(other, range);
            }
        }
        self.previous_end = end;
    }

    fn is_title(&self, range: &Range<usize>) -> bool {
        self.body.titles.binary_search(&range.start).is_ok()
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        let range = self.body.original(range);
        range.start + self.offset..range.end + self.offset
    }

    fn push(&mut self, event: Event<'a>, range: Range<usize>) {
        let span = self.original(range);
        self.found.nodes.push(EventNode { event, span, role: EventRole::Plain });
    }

    fn link(&mut self, form: LinkForm, target: String, range: Range<usize>) -> usize {
        let span = Span::new(self.original(range));
        self.found.links.push(Link { form, target, span });
        self.found.links.len() - 1
    }

    fn start_link(&mut self, tag: Tag<'a>, range: Range<usize>, definitions: &RefDefs<'_>) {
        let (Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. }) = &tag
        else {
            return;
        };
        if self.pictures_open > 0 {
            return self.open.push(Open::InPicture);
        }
        let image = matches!(tag, Tag::Image { .. });
        let opening = range.start + usize::from(image);
        self.previous_end = opening + 1;
        let mut form = if image { LinkForm::Image } else { LinkForm::Link };
        let mut target = dest_url.to_string();
        let place = match link_type {
            LinkType::WikiLink { has_pothole } => {
                if !destination::is_wiki(dest_url) {
                    return self.brackets(dest_url.clone(), *has_pothole, range);
                }
                // In a table the pipe of `[[id\|text]]` is escaped.
                let name = dest_url.strip_suffix('\\').filter(|_| *has_pothole).unwrap_or(dest_url);
                target = name.to_string();
                form = if image { LinkForm::Image } else { LinkForm::Wiki };
                opening + 2..opening + 2 + name.len()
            }
            LinkType::Autolink => opening + 1..range.end - 1,
            LinkType::Email => {
                target = format!("mailto:{dest_url}");
                opening + 1..range.end - 1
            }
            LinkType::Inline => range.clone(),
            _ => definitions
                .get(id)
                .and_then(|definition| destination::in_definition(&self.body.text, &definition.span))
                .unwrap_or(range.clone()),
        };
        self.flush();
        let number = self.link(form, target, place);
        self.links_open += 1;
        self.pictures_open += usize::from(image);
        self.open.push(Open::Link(number, *link_type == LinkType::Inline));
        let span = self.original(range);
        self.found.nodes.push(EventNode { event: Event::Start(tag), span, role: EventRole::Link(number) });
    }

    /// Writes the brackets of what is no wiki link back as text.
    fn brackets(&mut self, target: CowStr<'a>, piped: bool, range: Range<usize>) {
        let name = range.start..self.previous_end + 1 + if piped { target.len() + 1 } else { 0 };
        let text = &self.body.text[name.start..name.end.min(range.end)];
        self.text.push(CowStr::Borrowed(text), name.start..name.start + text.len());
        self.open.push(Open::Brackets);
    }

    fn end_link(&mut self, event: Event<'a>, range: Range<usize>) {
        match self.open.pop() {
            Some(Open::Brackets) => {
                self.text.push(CowStr::Borrowed("]]"), range.end.saturating_sub(2)..range.end);
            }
            Some(Open::Link(number, inline)) => {
                self.flush();
                self.links_open -= 1;
                self.pictures_open -= usize::from(matches!(event, Event::End(TagEnd::Image)));
                if inline
                    && let Some(place) = destination::inline(&self.body.text, self.previous_end..range.end)
                {
                    self.found.links[number].span = Span::new(self.original(place));
                }
                self.push(event, range);
            }
            Some(Open::InPicture) | None => {}
        }
    }

    /// Writes down the text so far, with the bare addresses in it as links.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let mut at = 0;
        if self.links_open == 0 && !self.in_code && !self.in_raw_anchor {
            for (place, target) in destination::bare(text.as_str()) {
                self.push_text(&text, at..place.start);
                at = place.end;
                self.push_bare_link(&text, place, target);
            }
        }
        if at == 0 && (self.in_code || !emoji::may_have(text.as_str())) {
            let range = text.range(0..text.as_str().len());
            self.push(Event::Text(text.into_text()), range);
        } else {
            self.push_text(&text, at..text.as_str().len());
        }
    }

    fn push_bare_link(&mut self, text: &Merged<'a>, place: Range<usize>, target: String) {
        let range = text.range(place.clone());
        let number = self.link(LinkForm::Link, target.clone(), range.clone());
        let span = self.original(range.clone());
        let event = Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: target.into(),
            title: "".into(),
            id: "".into(),
        });
        self.found.nodes.push(EventNode { event, span, role: EventRole::Link(number) });
        self.push_text(text, place);
        self.push(Event::End(TagEnd::Link), range);
    }

    /// Writes down a part of the text, with the emoji that its short codes stand for.
    fn push_text(&mut self, text: &Merged<'a>, place: Range<usize>) {
        let mut at = place.start;
        for (code, emoji) in emoji::codes(&text.as_str()[place.clone()]) {
            let code = place.start + code.start..place.start + code.end;
            self.push_plain(text, at..code.start);
            at = code.end;
            let role = EventRole::Emoji(text.as_str()[code.clone()].into());
            let span = self.original(text.range(code));
            self.found.nodes.push(EventNode { event: Event::Text(emoji.into()), span, role });
        }
        self.push_plain(text, at..place.end);
    }

    fn push_plain(&mut self, text: &Merged<'a>, place: Range<usize>) {
        if !place.is_empty() {
            let range = text.range(place.clone());
            self.push(Event::Text(text.slice(place)), range);
        }
    }

    /// Takes `{#id .class}` from the end of a heading. The parser's own option for it would also
    /// swallow the end of `## GET /users/{id}`.
    fn heading_attributes(&mut self) {
        let Some(EventNode { event: Event::Text(text), .. }) = self.found.nodes.last_mut() else { return };
        let Some((rest, id)) = heading_id(text) else { return };
        let (rest, id) = (rest.len(), id.map(|id| CowStr::from(id.to_string())));
        *text = text[..rest].to_string().into();
        let heading = self.found.nodes.iter_mut().rev().find_map(|node| match &mut node.event {
            Event::Start(Tag::Heading { id, .. }) => Some(id),
            _ => None,
        });
        if let Some(slot) = heading {
            *slot = id;
        }
    }
}

/// The label of a footnote without its case, which does not matter. Some letters have more than one small one.
fn folded(label: &str) -> CowStr<'static> {
    label.to_uppercase().to_lowercase().into()
}

/// Takes `{#id .class key=value}` from the end of a heading: the text before it, and the id.
fn heading_id(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim_end();
    // A setting of VitePress puts signs around the braces: `%{#id}%`.
    let (rest, attributes) = match text.strip_suffix("}%") {
        Some(inner) => inner.rsplit_once("%{")?,
        None => text.strip_suffix('}')?.rsplit_once('{')?,
    };
    // `{: #id }` is how kramdown and MkDocs write it.
    let attributes = attributes.strip_prefix(':').unwrap_or(attributes);
    let words = attributes::words(attributes);
    let is_attribute = |word: &&str| {
        (word.len() > 1 && word.starts_with(['#', '.']))
            || word.split_once('=').is_some_and(|(key, _)| !key.is_empty())
    };
    let named = words.iter().any(|word| word.starts_with(['#', '.']) || word.starts_with("id="));
    if !named || !words.iter().all(is_attribute) {
        return None;
    }
    let written = words.iter().rev().find_map(|word| word.strip_prefix('#'));
    let id = written.or_else(|| attributes::id(attributes));
    Some((rest.trim_end(), id))
}
