//! Angle brackets that are text: `<script name>`, `<not set>`, `<path to file>`.
//!
//! Markdown takes them for HTML. A browser shows nothing for a tag that it does not know, and `<script` even takes all
//! that stands behind it. Here it is decided which tags are HTML that a page may have, or that is dropped on purpose.
//! All others are text, as GitHub decides for some names
//! (<https://github.github.com/gfm/#disallowed-raw-html-extension->).

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use super::dialect::{Change, DRAWINGS};
use super::events::{Merged, OPTIONS};
use super::raw_html::elements::{ALLOWED, BOOLEAN, BREAKS, CLOSE_THEMSELVES, OPAQUE, is_element};
use super::raw_html::scanner::{RawAttribute, Scanner, StartTag, Token, starts_tag};

/// How far the end of a tag is looked for, where the markdown is not read.
const NEAR: usize = 160;

/// What to change in `markdown`, in order: each `<` that is text although markdown takes it for HTML, and each tag of a
/// drawing or formula, of which the text alone is shown. After that other markdown may show, and it has to be looked at
/// again. If `is_last`, nothing of an HTML block that begins with text is looked at: all of it is text.
pub(super) fn changes(markdown: &str, is_last: bool) -> Vec<Change> {
    let mut judge = Judge::new(markdown);
    if !judge.may_find() {
        return Vec::new();
    }
    let mut block = None;
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(Merged::default()),
            Event::Html(html) => block.get_or_insert_default().push(html, range),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(html) = block.take() {
                    judge.block(&html, is_last);
                }
            }
            Event::InlineHtml(html) => judge.inline(&html, range),
            _ => {}
        }
    }
    judge.found
}

struct Judge<'a> {
    markdown: &'a str,
    /// Where the end tags of each element stand, by its name in lower case.
    end_tags: FxHashMap<String, Vec<usize>>,
    /// Where start tags with words for attributes stand that have an end tag.
    ended: FxHashSet<usize>,
    /// The end of the paragraph that was looked at last.
    paragraph_end: usize,
    /// The end of a script or a style.
    code_until: usize,
    /// The end of a drawing or formula.
    foreign_until: usize,
    found: Vec<Change>,
}

impl<'a> Judge<'a> {
    fn new(markdown: &'a str) -> Self {
        let mut end_tags = FxHashMap::<String, Vec<usize>>::default();
        // The start tags that have no end so far: how many, and where those with words stand.
        let mut open = FxHashMap::<String, (usize, Vec<usize>)>::default();
        let mut ended = FxHashSet::default();
        for (at, _) in markdown.match_indices('<') {
            let rest = &markdown[at + 1..];
            if let Some(rest) = rest.strip_prefix('/') {
                let name = name_at(rest).to_ascii_lowercase();
                match open.get_mut(&name) {
                    Some((plain, _)) if *plain > 0 => *plain -= 1,
                    Some((_, with_words)) => ended.extend(with_words.pop()),
                    None => {}
                }
                end_tags.entry(name).or_default().push(at);
            } else if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                let name = name_at(rest);
                let has_more = rest[name.len()..].starts_with(|next: char| next.is_ascii_whitespace());
                let (plain, with_words) = open.entry(name.to_ascii_lowercase()).or_default();
                if has_more && begins_with_words(&markdown[at..]) {
                    with_words.push(at);
                } else {
                    *plain += 1;
                }
            }
        }
        Self {
            markdown,
            end_tags,
            ended,
            paragraph_end: 0,
            code_until: 0,
            foreign_until: 0,
            found: Vec::new(),
        }
    }

    /// Whether anything looks like a tag that is text, in code or outside of it. This spares most documents a reading.
    fn may_find(&self) -> bool {
        self.markdown.match_indices('<').any(|(at, _)| {
            let rest = &self.markdown[at..];
            let is_tag = starts_tag(rest) || rest[1..].starts_with(['/', '!', '?']);
            if !is_tag || rest.starts_with("<!--") {
                return false;
            }
            let near = &rest[..rest.floor_char_boundary(NEAR)];
            let mut scanner = Scanner::new(near);
            let token = scanner.token();
            token
                .is_some_and(|token| self.is_text(near, &token, &scanner.attributes, at..self.markdown.len()))
        })
    }

    fn inline(&mut self, html: &str, range: Range<usize>) {
        if range.start < self.code_until {
            return;
        }
        let mut scanner = Scanner::new(html);
        let Some(token) = scanner.token() else { return };
        if self.is_foreign(html, &token, range.start) {
            let is_text = is_strange(html, &token, &scanner.attributes);
            return self.found.push(if is_text {
                Change::Escape(range.start)
            } else {
                Change::Remove(range)
            });
        }
        // What is in a paragraph ends in it.
        if range.start >= self.paragraph_end {
            let end = self.markdown[range.start..].find("\n\n");
            self.paragraph_end = end.map_or(self.markdown.len(), |at| range.start + at);
        }
        if self.is_text(html, &token, &scanner.attributes, range.start..self.paragraph_end) {
            self.found.push(Change::Escape(range.start));
        } else if let Token::Start(tag) = token {
            self.skip_code(html, &tag, range.start);
        }
    }

    fn block(&mut self, html: &Merged<'_>, is_last: bool) {
        let text = html.as_str();
        let end = html.range(0..text.len()).end;
        let mut scanner = Scanner::new(text);
        loop {
            let at = scanner.position();
            let Some(token) = scanner.token() else { return };
            let start = html.range(at..at + 1).start;
            if start < self.code_until {
                continue;
            }
            if self.is_foreign(text, &token, start) {
                if is_strange(text, &token, &scanner.attributes) {
                    self.found.push(Change::Escape(start));
                    // What is in it shows when it is read again.
                    return;
                }
                if !matches!(token, Token::Text(_)) {
                    self.found.push(Change::Remove(html.range(at..scanner.position())));
                }
                continue;
            }
            if self.is_text(text, &token, &scanner.attributes, start..end) {
                self.found.push(Change::Escape(start));
                if at == 0 && is_last {
                    let rest = text.match_indices('<').skip(1).map(|(at, _)| html.range(at..at + 1).start);
                    return self.found.extend(rest.map(Change::Escape));
                }
                // A block that begins with text is no block of HTML. What is in it shows when it is read again.
                if text[..at].trim().is_empty() {
                    return;
                }
            } else if let Token::Start(tag) = token {
                self.skip_code(text, &tag, start);
            }
        }
    }

    /// Whether a piece of HTML at `start` belongs to a drawing or formula, which have elements of their own.
    fn is_foreign(&mut self, html: &str, token: &Token, start: usize) -> bool {
        if let Token::Start(tag) = token
            && start >= self.foreign_until
            && let name = html[tag.name.clone()].to_ascii_lowercase()
            && DRAWINGS.contains(&name.as_str())
            && let Some(end) = self.end_tag(&name, start..self.markdown.len())
        {
            self.foreign_until = end + "</".len() + name.len();
        }
        start < self.foreign_until
    }

    /// What is in a script or a style is neither text nor a tag.
    fn skip_code(&mut self, html: &str, tag: &StartTag, start: usize) {
        let name = html[tag.name.clone()].to_ascii_lowercase();
        if (is_code(&name) || name == "iframe")
            && let Some(end) = self.end_tag(&name, start..self.markdown.len())
        {
            self.code_until = end + "</".len() + name.len();
        }
    }

    /// Whether a piece of HTML is text. Its element, if it has an end, ends in `range`.
    fn is_text(&self, html: &str, token: &Token, attributes: &[RawAttribute], range: Range<usize>) -> bool {
        match token {
            Token::Text(_) | Token::Comment => false,
            Token::Other => true,
            Token::End(name) => {
                let name = html[name.clone()].to_ascii_lowercase();
                !is_element(&name) || is_opaque(&name) || is_code(&name)
            }
            Token::Start(tag) => {
                let name = html[tag.name.clone()].to_ascii_lowercase();
                let has_value = attributes.iter().any(|attribute| attribute.value.is_some());
                !tag.is_closed
                    || !is_element(&name)
                    // The address of what another page shows is a link.
                    || (is_opaque(&name) && !(name == "iframe" && has_value))
                    || (has_words(html, attributes) && !self.ended.contains(&range.start))
                    || (attributes.is_empty() && !self.means_something(&name, &range))
                    || (is_code(&name) && self.end_tag(&name, range).is_none())
            }
        }
    }

    /// Whether the element `name` means something without attributes.
    fn means_something(&self, name: &str, range: &Range<usize>) -> bool {
        if BREAKS.contains(&name) || self.end_tag(name, range.start..self.markdown.len()).is_some() {
            return true;
        }
        let has_optional_end = CLOSE_THEMSELVES.binary_search(&name).is_ok() && ALLOWED.contains(&name);
        has_optional_end && !matches!(name, "col" | "img" | "input" | "source")
    }

    /// Where the element `name` that starts in `range` ends, if it ends there.
    fn end_tag(&self, name: &str, range: Range<usize>) -> Option<usize> {
        let places = self.end_tags.get(name)?;
        let next = places.partition_point(|place| *place < range.start);
        places.get(next).copied().filter(|place| *place < range.end)
    }
}

/// Whether a tag is text even in a drawing or formula.
fn is_strange(html: &str, token: &Token, attributes: &[RawAttribute]) -> bool {
    let name = match token {
        Token::Start(tag) => tag.name.clone(),
        Token::End(name) => name.clone(),
        Token::Text(_) | Token::Comment | Token::Other => return false,
    };
    let name = html[name].to_ascii_lowercase();
    let is_start = matches!(token, Token::Start(_));
    is_opaque(&name) || is_code(&name) || (is_start && has_words(html, attributes))
}

/// Whether the attributes of a tag are words of a text: none has a value, and not all are known to need none.
fn has_words(html: &str, attributes: &[RawAttribute]) -> bool {
    let is_boolean = |name: &str| BOOLEAN.iter().any(|known| known.eq_ignore_ascii_case(name));
    attributes.iter().all(|attribute| attribute.value.is_none())
        && attributes.iter().any(|attribute| !is_boolean(&html[attribute.name.clone()]))
}

/// Whether `html` begins with a start tag whose attributes are words of a text.
fn begins_with_words(html: &str) -> bool {
    let near = &html[..html.floor_char_boundary(NEAR)];
    let mut scanner = Scanner::new(near);
    let is_whole = matches!(scanner.token(), Some(Token::Start(tag)) if tag.is_closed);
    is_whole && has_words(near, &scanner.attributes)
}

fn is_opaque(name: &str) -> bool {
    OPAQUE.contains(&name)
}

/// Whether what is in an element is no text, and is dropped with it.
fn is_code(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// The name that a tag has if `rest` is behind its opening.
fn name_at(rest: &str) -> &str {
    let end = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '/' || letter == '>');
    &rest[..end.unwrap_or(rest.len())]
}
