//! What stands inside a line: shortcodes, marked text, and brackets that the parser would misread.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::callout;
use super::liquid;
use super::output::Unknown;
use super::shortcode::{Tag, place_in};
use super::walker::{Close, Frame, Line, Walker};
use crate::parse::attributes;

/// The most bytes of an address with a tag of Liquid, or of a list of attributes.
const LONGEST_ADDRESS: usize = 500;

/// The most bytes of the size of a picture.
const LONGEST_SIZE: usize = 20;

impl Walker<'_> {
    /// Writes the text of a line from `from`, with its shortcodes dealt with.
    pub(super) fn inline(&mut self, from: usize, line: Line) {
        let code = self.inert(from, line.end);
        let mut inert = code.iter().peekable();
        let (mut copied, mut at) = (from, from);
        let (mut mark_end, mut may_end) = (None, true);
        while let Some(found) = self.text[at..line.end].find(['{', '[', '=']) {
            at += found;
            while inert.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = inert.peek().filter(|range| range.start <= at) {
                at = range.end;
                continue;
            }
            if let Some((id, end)) = self.attributes_with_id(at, line) {
                self.out.copy(self.text, copied..at);
                self.out.insert("<a id=\"");
                self.out.copy(self.text, id);
                self.out.insert("\"></a>");
                (copied, at) = (end, end);
                continue;
            }
            if let Some(close) = self.bracketed_link(at, line.end) {
                for bracket in [at + 1, close] {
                    self.out.copy(self.text, copied..bracket);
                    self.out.insert("\\");
                    copied = bracket;
                }
                at = close;
                continue;
            }
            if let Some(end) = self.liquid_comment(at, line.end) {
                self.out.copy(self.text, copied..at);
                (copied, at) = (end, end);
                continue;
            }
            if let Some(end) = self.size_of_picture(from, at, line.end) {
                self.out.copy(self.text, copied..copied + self.text[copied..at].trim_end().len());
                (copied, at) = (end, end);
                continue;
            }
            let starts = mark_end.is_none() && may_end && self.starts_mark(at, line);
            let end = if starts { self.end_of_mark(at, line, &code) } else { None };
            // Without an end for one there is none for those behind it.
            may_end &= !starts || end.is_some();
            if end.is_some() || mark_end == Some(at) {
                self.out.copy(self.text, copied..at);
                self.out.insert(if end.is_some() { "<mark>" } else { "</mark>" });
                mark_end = end;
                at += 2;
                copied = at;
                continue;
            }
            if let Some(end) = self.liquid_address(from, at, line.end) {
                self.out.copy(self.text, copied..at);
                self.out.insert("<");
                self.out.copy(self.text, at..end);
                self.out.insert(">");
                (copied, at) = (end, end);
                continue;
            }
            let Some(tag) = self.tags.tag(at) else {
                at += 1;
                continue;
            };
            let closes = |frame: &Frame| matches!(&frame.close, Close::Shortcode(name) if name == tag.name);
            if let Some(depth) = self.frames.iter().rposition(closes).filter(|_| tag.closing) {
                self.out.copy(self.text, copied..at);
                self.out.insert("\n");
                self.leave(depth);
                return self.rest_of_line(tag.range.end.min(line.end), line);
            }
            self.out.copy(self.text, copied..at);
            at = tag.range.end.min(line.end);
            copied = at;
            self.tag(&tag, at);
        }
        self.out.copy(self.text, copied..line.next);
    }

    /// Writes a tag that is not a callout, up to `end`.
    fn tag(&mut self, tag: &Tag<'_>, end: usize) {
        if let Some(path) = tag.reference(self.text) {
            let spaced = self.text[path.clone()].contains([' ', '(', ')']);
            self.out.insert(if spaced { "<" } else { "" });
            self.out.copy(self.text, path);
            self.out.insert(if spaced { ">" } else { "" });
            return;
        }
        if self.figure(tag) {
            return;
        }
        if !tag.closing {
            let is_open = !self.is_closed(tag) && callout::shortcode(self.text, tag).is_some();
            let unknown = Unknown { name: tag.name.to_string(), range: tag.range.clone(), is_open };
            self.out.shortcodes.push(unknown);
        }
        // It is to be seen as it was written, so nothing in it may be taken for markdown or HTML.
        // References mean the same in both, and in link destinations and attributes too.
        let mut copied = tag.range.start;
        for (at, special) in self.text[copied..end].match_indices(['<', '*', '_', '[', '`', '~', '\\']) {
            let at = tag.range.start + at;
            self.out.copy(self.text, copied..at);
            self.out.insert(&format!("&#{};", special.as_bytes()[0]));
            copied = at + 1;
        }
        self.out.copy(self.text, copied..end);
    }

    /// Writes Hugo's `figure` as a picture with its caption. Returns whether the tag is one.
    fn figure(&mut self, tag: &Tag<'_>) -> bool {
        if tag.name != "figure" || tag.closing {
            return false;
        }
        let arguments = tag.arguments(self.text);
        let value = |names: &[&str]| {
            let is_meant = |key: &Option<&str>| key.is_some_and(|key| names.contains(&key));
            let found = arguments.iter().find(|(key, place)| is_meant(key) && !place.is_empty());
            found.map(|(_, place)| place.clone())
        };
        let Some(address) = value(&["src"]) else { return false };
        let is_plain = |place: &Range<usize>| !self.text[place.clone()].contains(['[', ']', '<', '>', '\n']);
        let captions: Vec<_> =
            ["title", "caption", "attr"].iter().filter_map(|name| value(&[name])).collect();
        let alt = value(&["alt"]);
        if !is_plain(&address) || !alt.iter().chain(&captions).all(is_plain) {
            return false;
        }
        // What is said of a picture may stand before or behind its address, so only that is copied.
        let alt = alt.map_or("", |alt| &self.text[alt]);
        self.out.insert(&format!("![{alt}](<"));
        self.out.copy(self.text, address);
        let captions = captions.into_iter().map(|caption| format!("<br>{}", &self.text[caption]));
        let captions: String = captions.collect();
        self.out.insert(&format!(">){captions}"));
        true
    }

    /// The id that a list of attributes gives what it stands behind, or what it ends, and where the list ends that begins
    /// at `at`. An empty link may stand before it that is there for the id alone. Those of headings are read later.
    fn attributes_with_id(&self, at: usize, line: Line) -> Option<(Range<usize>, usize)> {
        let empty_link = "[]()";
        let text = &self.text[at..line.end];
        let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
        let skipped = if text.starts_with(empty_link) { empty_link.len() } else { 0 };
        let (inner, _) = text[skipped..].strip_prefix('{')?.split_once('}')?;
        let id = attributes::id(inner)?;
        let before = &self.text[line.start..at];
        let is_heading = before.trim_start_matches(['>', ' ']).starts_with('#');
        let is_behind = skipped > 0 || before.ends_with([')', ']', '`', '*', '_', '>']);
        let is_at_end = before.is_empty() || before.ends_with([' ', '\t']);
        let end = at + skipped + inner.len() + "{}".len();
        let after = self.text[end..line.end].trim_start();
        let is_at_end = is_at_end && (after.is_empty() || after.starts_with('|'));
        (!is_heading && (is_behind || is_at_end)).then(|| (place_in(self.text, id), end))
    }

    /// Where the address of a link ends that begins at `at` and has a tag of Liquid with blanks in it:
    /// `[x]({{ '/x' | relative_url }})`, `[x]({% link x.md %})`.
    fn liquid_address(&self, from: usize, at: usize, end: usize) -> Option<usize> {
        if !self.text[from..at].ends_with("](") {
            return None;
        }
        let text = &self.text[at..end];
        let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
        let closing = match text.get(..3)? {
            "{{ " => "}}",
            "{% " => "%}",
            _ => return None,
        };
        let length = text.find(closing)? + closing.len();
        let rest = text[length..].find([')', ' ']).map(|rest| length + rest)?;
        let is_plain = !text[..rest].contains(['<', '>']) && text[rest..].starts_with(')');
        is_plain.then_some(at + rest)
    }

    /// Where a comment of Liquid ends that begins at `at`: `{% comment %} … {% endcomment %}`, `{% # … %}`. It may go on
    /// behind the line.
    fn liquid_comment(&mut self, at: usize, end: usize) -> Option<usize> {
        let tag = liquid::tag_at(self.text, at..end)?;
        if tag.name.starts_with('#') {
            return Some(tag.end);
        }
        if tag.name != "comment" {
            return None;
        }
        // Without an end it is text, and is looked for once.
        let last = *self.last_block_end.get("comment").filter(|last| **last >= tag.end)?;
        if let Some(close) = liquid::end_of_comment(self.text, tag.end..end) {
            return Some(close);
        }
        self.in_block_comment = last >= end;
        self.in_block_comment.then_some(end)
    }

    /// Where the size of a picture ends that begins at `at`, as Azure DevOps writes it: `![x](x.png =500x)`.
    /// <https://learn.microsoft.com/azure/devops/project/wiki/markdown-guidance#images>
    fn size_of_picture(&self, from: usize, at: usize, end: usize) -> Option<usize> {
        let before =
            &self.text[self.text.floor_char_boundary(from.max(at.saturating_sub(LONGEST_ADDRESS)))..at];
        if !before.ends_with([' ', '\t']) {
            return None;
        }
        let near = &self.text[at..self.text.floor_char_boundary(end.min(at + LONGEST_SIZE))];
        let (size, _) = near.strip_prefix('=')?.split_once(')')?;
        let (width, height) = size.trim_end().split_once('x')?;
        let is_number = |part: &str| part.trim_end_matches('%').bytes().all(|byte| byte.is_ascii_digit());
        let address = &before[before.rfind("](")? + "](".len()..];
        let is_open = address.matches('(').count() == address.matches(')').count();
        let is_size = is_number(width) && is_number(height) && !(width.is_empty() && height.is_empty());
        (is_size && is_open).then_some(at + "=".len() + size.len())
    }

    /// The place of the inner closing bracket if a link like `[[1]](url)` starts at `at`. Its text
    /// is `[1]`; the parser would see a wiki link.
    fn bracketed_link(&self, at: usize, end: usize) -> Option<usize> {
        let inner = self.text[at..end].strip_prefix("[[")?;
        let close = inner.find(['[', ']'])?;
        (close > 0 && inner[close..].starts_with("]](")).then_some(at + 2 + close)
    }

    /// Whether marked text starts at `at`: `==so==`, as Obsidian has it. A comparison has blanks inside.
    fn starts_mark(&self, at: usize, line: Line) -> bool {
        let before = self.text[line.start..at].chars().next_back();
        let is_free = before.is_none_or(|before| before.is_whitespace() || "(*_~[|>".contains(before));
        let after = self.text[at..line.end].strip_prefix("==").and_then(|rest| rest.chars().next());
        is_free && after.is_some_and(is_inside_mark)
    }

    /// Where the text ends that is marked from `at`.
    fn end_of_mark(&self, at: usize, line: Line, code: &[Range<usize>]) -> Option<usize> {
        let text = &self.text[at..line.end];
        let ends = |found: &usize| {
            let after = text[found + 2..].chars().next();
            let is_free = after.is_none_or(|after| after.is_whitespace() || ".,;:!?)*_~]|<".contains(after));
            is_free && text[..*found].ends_with(is_inside_mark)
        };
        let is_code = |place: &usize| {
            let range = code.get(code.partition_point(|range| range.end <= *place));
            range.is_some_and(|range| range.start <= *place)
        };
        let ends = text.match_indices("==").map(|(found, _)| found).skip(1).filter(ends);
        ends.map(|found| at + found).find(|place| !is_code(place))
    }

    /// The parts of a line that are code or comment.
    fn inert(&mut self, from: usize, end: usize) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut at = from;
        if self.in_comment {
            let close = self.text[at..end].find("-->").map(|close| at + close + 3);
            self.in_comment = close.is_none();
            at = close.unwrap_or(end);
            ranges.push(from..at);
        }
        let runs = closing_runs(self.text, at, end);
        while let Some(found) = self.text[at..end].find(['`', '<']) {
            let start = at + found;
            if self.text[start..end].starts_with("<!--") && start < self.last_comment_end {
                let close = self.text[start..end].find("-->").map(|close| start + close + 3);
                self.in_comment = close.is_none();
                at = close.unwrap_or(end);
                ranges.push(start..at);
            } else if let Some(&(length, close)) = runs.get(&start) {
                at = close.unwrap_or(start + length);
                ranges.push(start..at);
            } else {
                at = start + 1;
            }
        }
        ranges
    }
}

fn is_inside_mark(letter: char) -> bool {
    !letter.is_whitespace() && letter != '='
}

/// The runs of backticks in `text[from..end]` by their start: length, and the end of the run that
/// closes them, if any.
fn closing_runs(text: &str, from: usize, end: usize) -> FxHashMap<usize, (usize, Option<usize>)> {
    let mut runs = Vec::new();
    let mut at = from;
    while let Some(found) = text[at..end].find('`') {
        let start = at + found;
        let length = text[start..end].bytes().take_while(|&byte| byte == b'`').count();
        runs.push((start, length));
        at = start + length;
    }
    let mut next: FxHashMap<usize, usize> = FxHashMap::default();
    let close = |(start, length)| (start, (length, next.insert(length, start + length)));
    runs.into_iter().rev().map(close).collect()
}
