//! Goes through a text line by line and writes it down in GitHub's dialect.
//!
//! A callout becomes a block quote: every line of it gets `> ` before it and loses the indentation
//! that made it part of the callout. To know where code is, and which indentation belongs to a
//! list, the walker follows fences and list items roughly; the parser proper comes after it.

use rustc_hash::FxHashMap;

use super::callout::{self, Callout, Colons, Title};
use super::indent::{columns, marker};
use super::instruction::{anchor, is_instruction};
use super::liquid;
use super::output::Output;
use super::shortcode::Reader;

/// Deeper callouts stay as they are: every level repeats its prefix on every line.
pub(super) const MAX_DEPTH: usize = 16;

/// The same for callouts that are indented further, which is never meant.
const MAX_INDENT: usize = 64;

/// A callout or tab that is open.
pub(super) struct Frame {
    pub(super) close: Close,
    /// Columns of indentation that its lines lose.
    strip: usize,
    /// What its lines get instead.
    prefix: String,
    /// How many list items were open around it.
    lists: usize,
}

pub(super) enum Close {
    /// A line that is indented less.
    Dedent,
    /// As many colons, alone on a line.
    Colons(usize),
    /// The closing tag of this shortcode.
    Shortcode(String),
    /// The closing tag of the element.
    Element,
    /// The closing tag of this block.
    Block(&'static str),
}

/// What a formula begins with.
pub(super) const FORMULA: u8 = b'$';

/// A block that is open.
pub(super) struct Fence {
    pub(super) mark: u8,
    pub(super) length: usize,
    /// Depth of block quotes, columns of the list item, and number of callouts it stands in.
    pub(super) quotes: usize,
    pub(super) base: usize,
    pub(super) frames: usize,
}

/// One line: byte offsets of its start, its first non-blank, its end and the next line.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) content: usize,
    pub(super) end: usize,
    pub(super) next: usize,
    /// Columns of indentation.
    pub(super) columns: usize,
}

pub(super) struct Walker<'a> {
    pub(super) text: &'a str,
    pub(super) out: Output,
    pub(super) tags: Reader<'a>,
    /// Where each closing tag occurs last, by name: an opening without one is no callout.
    pub(super) last_closing: FxHashMap<&'a str, usize>,
    /// The same for blocks of GitBook and Liquid.
    pub(super) last_block_end: FxHashMap<&'a str, usize>,
    pub(super) last_comment_end: usize,
    last_colons: usize,
    pub(super) last_tab_end: usize,
    pub(super) frames: Vec<Frame>,
    /// How many tags around tabs stand before the one that is read, on its line.
    pub(super) tags_before: usize,
    /// Columns where the content of each open list item starts.
    lists: Vec<usize>,
    pub(super) fence: Option<Fence>,
    pub(super) in_comment: bool,
    pub(super) in_block_comment: bool,
    in_indented_code: bool,
    pub(super) after_blank: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut tags = Reader::new(text);
        let last_closing = text
            .match_indices("{{")
            .filter_map(|(at, _)| tags.tag(at).filter(|tag| tag.closing))
            .map(|tag| (tag.name, tag.range.start))
            .collect();
        Self {
            text,
            out: Output::default(),
            tags: Reader::new(text),
            last_closing,
            last_block_end: liquid::last_ends(text),
            last_colons: text.rfind(":::").unwrap_or(0),
            last_comment_end: text.rfind("-->").unwrap_or(0),
            last_tab_end: text.rfind(callout::TAB_END).unwrap_or(0),
            frames: Vec::new(),
            tags_before: 0,
            lists: Vec::new(),
            fence: None,
            in_comment: false,
            in_block_comment: false,
            in_indented_code: false,
            after_blank: true,
        }
    }

    pub(super) fn walk(mut self) -> Output {
        let mut start = 0;
        while start < self.text.len() {
            let rest = &self.text[start..];
            let next = rest.find('\n').map_or(self.text.len(), |at| start + at + 1);
            let end = start + self.text[start..next].trim_end_matches(['\n', '\r']).len();
            let indent =
                self.text[start..end].len() - self.text[start..end].trim_start_matches([' ', '\t']).len();
            let columns = columns(&self.text[start..start + indent]);
            self.line(Line { start, content: start + indent, end, next, columns });
            start = next;
        }
        self.out
    }

    fn line(&mut self, line: Line) {
        if self.in_block_comment {
            return self.in_block_comment(line);
        }
        if line.content == line.end {
            self.after_blank = true;
            return self.copy(line);
        }
        let dedented = |frame: &Frame| matches!(frame.close, Close::Dedent) && line.columns < frame.strip;
        if let Some(depth) = self.frames.iter().position(dedented) {
            self.leave(depth);
        }
        let opened_by = self.fence.as_ref().map(|fence| fence.mark);
        if self.in_fence(line) {
            return match opened_by.filter(|_| self.fence.is_none()) {
                Some(FORMULA) => self.close_formula(line),
                Some(b':') => self.diagram_fence(line, "```\n"),
                _ => self.copy(line),
            };
        }
        if !self.in_comment {
            let content = self.enter_lists(line);
            let is_item = content > line.content;
            let indented = !is_item && line.columns >= self.base() + 4;
            self.in_indented_code = indented && (self.after_blank || self.in_indented_code);
            self.after_blank = false;
            if self.in_indented_code || self.opens_fence(line, content) {
                self.anchor_of_fence(line);
                return self.copy(line);
            }
            if (is_item || !indented) && self.opens_formula(line, content) {
                return;
            }
            let outside = line.columns.saturating_sub(self.strip());
            if !is_item && !indented && outside <= MAX_INDENT && self.opens_or_closes(line) {
                return;
            }
            if let Some(anchor) = anchor(&self.text[content..line.end]) {
                self.out.insert(&format!("<a id=\"{anchor}\"></a>\n"));
                return;
            }
            if is_instruction(&self.text[content..line.end]) {
                self.out.insert("\n");
                return;
            }
            if self.opens_quoted(line, content) {
                return;
            }
        }
        let from = self.indent(line);
        if self.is_delimiter_row(from, line) {
            return self.without_tabs(from, line);
        }
        self.inline(from, line);
    }

    /// Leaves the list items that the line is not part of, enters those that it starts. Returns
    /// where the content after their markers starts.
    fn enter_lists(&mut self, line: Line) -> usize {
        let (mut content, mut column) = (line.content, line.columns);
        if self.after_blank || marker(&self.text[content..line.end]).is_some() {
            self.leave_lists(column);
        }
        if column >= self.base() + 4 {
            return content;
        }
        while let Some(width) = marker(&self.text[content..line.end]) {
            content += width;
            column += width;
            self.lists.push(column);
        }
        content
    }

    pub(super) fn leave_lists(&mut self, columns: usize) {
        let around = self.frames.last().map_or(0, |frame| frame.lists);
        while self.lists.len() > around && self.lists.last().is_some_and(|&item| columns < item) {
            self.lists.pop();
        }
    }

    /// The column where the content of the innermost list item, callout or tab starts.
    pub(super) fn base(&self) -> usize {
        let around = self.frames.last().map_or(0, |frame| frame.lists);
        self.lists.get(around..).and_then(<[_]>::last).copied().unwrap_or_else(|| self.strip())
    }

    /// Deals with a line that opens or closes a callout or tab.
    fn opens_or_closes(&mut self, line: Line) -> bool {
        let text = &self.text[line.content..line.end];
        let shifted = |mut callout: Callout| {
            if let Title::Written(title) = &mut callout.title {
                *title = title.start + line.content..title.end + line.content;
            }
            callout
        };
        match text.as_bytes() {
            [b'!', b'!', b'!', ..] | [b'?', b'?', b'?', ..] if self.frames.len() < MAX_DEPTH => {
                let Some(callout) = callout::admonition(text) else { return false };
                self.open(&shifted(callout), Close::Dedent, line);
            }
            [b'=', b'=', b'=', ..] | [b'<', b'T' | b'/', ..] => {
                return self.opens_or_closes_tab(line);
            }
            [b':', b':', b':', ..] => match callout::colons(text) {
                Some((count, Colons::Callout(callout))) if self.frames.len() < MAX_DEPTH => {
                    self.open(&shifted(callout), Close::Colons(count), line);
                }
                Some((count, Colons::Diagram)) if self.last_colons > line.end => {
                    self.separate();
                    self.diagram_fence(line, "```mermaid\n");
                    let (base, frames) = (self.base(), self.frames.len());
                    self.fence = Some(Fence { mark: b':', length: count, quotes: 0, base, frames });
                }
                Some((count, Colons::Other)) if self.frames.len() < MAX_DEPTH => {
                    self.copy(line);
                    self.enter(Close::Colons(count), self.strip(), self.prefix().to_string());
                }
                Some((count, Colons::Close)) => return self.close_colons(count, line),
                _ => return false,
            },
            [b'{', b'{', ..] => return self.opens_shortcode(line),
            [b'{', b'%', ..] => return self.opens_or_closes_block(line),
            _ => return false,
        }
        true
    }

    /// Writes the fence of a diagram in the place of its colons.
    fn diagram_fence(&mut self, line: Line, fence: &str) {
        let indent = " ".repeat(line.columns.saturating_sub(self.strip()));
        let written = format!("{}{indent}{fence}", self.prefix());
        self.out.insert(&written);
    }

    fn close_colons(&mut self, count: usize, line: Line) -> bool {
        let with = |frame: &Frame, count| matches!(frame.close, Close::Colons(open) if open == count);
        let any = |frame: &Frame| matches!(frame.close, Close::Colons(_));
        let depth = self.frames.iter().rposition(|frame| with(frame, count));
        let Some(depth) = depth.or_else(|| self.frames.iter().rposition(any)) else { return false };
        let around = depth.checked_sub(1).map_or("", |outer| &self.frames[outer].prefix);
        if self.frames[depth].prefix == around {
            // What was opened is shown as it stands, and so is its end.
            self.copy(line);
        }
        self.leave(depth);
        true
    }

    pub(super) fn open(&mut self, callout: &Callout, close: Close, line: Line) {
        self.separate();
        let strip = line.columns + if matches!(close, Close::Dedent) { 4 } else { 0 };
        let outside = line.columns.saturating_sub(self.strip());
        let prefix = format!("{}{}> ", self.prefix(), " ".repeat(outside));
        self.out.insert(&format!("{prefix}[!{}]\n", callout.alert));
        if callout.title != Title::Alert {
            self.out.insert(&prefix);
            self.title(&prefix, |out, text| match &callout.title {
                Title::Written(title) => out.copy(text, title.clone()),
                Title::Type(title) => out.insert(title),
                Title::Alert => {}
            });
        }
        self.enter(close, strip, prefix);
    }

    /// Writes the title of what has just been opened, with the prefix of its lines.
    pub(super) fn title(&mut self, prefix: &str, write: impl FnOnce(&mut Output, &str)) {
        self.out.titles.push(self.out.text.len());
        self.out.insert("**");
        write(&mut self.out, self.text);
        self.out.insert(&format!("**\n{}\n", prefix.trim_end()));
    }

    pub(super) fn enter(&mut self, close: Close, strip: usize, prefix: String) {
        self.frames.push(Frame { close, strip, prefix, lists: self.lists.len() });
        self.after_blank = true;
        self.in_indented_code = false;
    }

    /// Leaves all callouts and tabs from `depth` inwards.
    pub(super) fn leave(&mut self, depth: usize) {
        if let Some(frame) = self.frames.get(depth) {
            self.lists.truncate(frame.lists);
        }
        self.frames.truncate(depth);
        // Without a blank line the quote would go on: markdown continues paragraphs lazily, and
        // two quotes that touch are one.
        let blank = format!("{}\n", self.prefix().trim_end());
        self.out.insert(&blank);
        self.after_blank = true;
        self.in_indented_code = false;
        self.fence = None;
    }

    pub(super) fn separate(&mut self) {
        if !self.out.after_blank_line() {
            let blank = format!("{}\n", self.prefix().trim_end());
            self.out.insert(&blank);
        }
    }

    pub(super) fn prefix(&self) -> &str {
        self.frames.last().map_or("", |frame| &frame.prefix)
    }

    pub(super) fn strip(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.strip)
    }

    /// Writes the line as it is, but for the indentation of what it stands in.
    fn copy(&mut self, line: Line) {
        if line.content < line.end {
            let from = self.indent(line);
            self.out.copy(self.text, from..line.next);
        } else if self.prefix().is_empty() {
            self.out.copy(self.text, line.start..line.next);
        } else {
            let prefix = self.prefix().trim_end().to_string();
            self.out.insert(&prefix);
            self.out.copy(self.text, line.end..line.next);
        }
    }

    /// Writes the prefix of a line. Returns where what has to be copied starts.
    pub(super) fn indent(&mut self, line: Line) -> usize {
        let Some(frame) = self.frames.last() else { return line.start };
        self.out.insert(&frame.prefix);
        let (mut at, mut column) = (line.start, 0);
        while at < line.content && column < frame.strip {
            column += if self.text.as_bytes()[at] == b'\t' { 4 - column % 4 } else { 1 };
            at += 1;
        }
        // A tab may reach further than the indentation that goes.
        self.out.insert(&" ".repeat(column.saturating_sub(frame.strip)));
        at
    }
}
