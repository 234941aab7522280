//! Text of a body that is read otherwise than its author meant it, as far as the events of a body tell.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::event::EventNode;
use crate::model::{Misread, Span};

/// Endings of files that links lead to.
#[rustfmt::skip]
const ENDINGS: [&str; 22] = [
    "md", "markdown", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "txt", "csv", "yml", "yaml",
    "json", "toml", "sh", "drawio", "docx", "xlsx", "pptx",
];

/// How long the text and the address of a link are that is written with its brackets apart or the other way round.
const LONGEST_LABEL: usize = 200;
const LONGEST_ADDRESS: usize = 500;

/// Collects what is misread, event by event.
pub(super) struct Misreads<'a> {
    /// The file.
    text: &'a str,
    found: Vec<(Misread, Span)>,
    /// What looks like the definition of a reference and is text: its label, and where it stands.
    definitions: Vec<(String, Range<usize>)>,
    in_code: bool,
    has_open_code: bool,
    /// The columns of the table that is open.
    columns: usize,
    /// Whether a line of text starts here.
    starts_line: bool,
    /// Whether the line before this one has a bar, and whether this one has.
    bars: (bool, bool),
}

impl<'a> Misreads<'a> {
    /// For a body in the file `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Vec::new(),
            definitions: Vec::new(),
            in_code: false,
            has_open_code: false,
            columns: 0,
            starts_line: true,
            bars: (false, false),
        }
    }

    pub(super) fn finish(mut self) -> Vec<(Misread, Span)> {
        if self.definitions.is_empty() {
            return self.found;
        }
        let mut labels = FxHashMap::<String, usize>::default();
        for part in self.text.split('[').skip(1) {
            if let Some((label, _)) = part.split_once(']') {
                *labels.entry(label.to_lowercase()).or_default() += 1;
            }
        }
        // Its own brackets are one of the two.
        for (label, place) in std::mem::take(&mut self.definitions) {
            if labels.get(&label).is_some_and(|count| *count > 1) {
                self.add(Misread::NoDefinition, place);
            }
        }
        self.found
    }

    /// Takes an event, and the one behind it.
    pub(super) fn node(&mut self, node: &EventNode<'_>, next: Option<&EventNode<'_>>) {
        match &node.event {
            Event::Text(text) if !self.in_code => {
                // Elsewhere, what is written is not what is read.
                if self.text.get(node.span.clone()) == Some(text) {
                    self.line(text, &node.span);
                    self.links(text, &node.span, next);
                    self.parted_links(text, &node.span, next);
                    self.definition(text, &node.span, next);
                }
                self.bars.1 |= text.contains('|');
                self.starts_line = false;
                return;
            }
            Event::SoftBreak | Event::HardBreak => {
                self.bars = (self.bars.1, false);
                self.starts_line = true;
                return;
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.open_code(&node.span);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Table(alignments)) => self.columns = alignments.len(),
            Event::Start(Tag::TableRow) => self.row(&node.span),
            _ => {}
        }
        self.starts_line =
            matches!(&node.event, Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. }));
        if self.starts_line {
            self.bars = (false, false);
        }
    }

    fn add(&mut self, misread: Misread, place: Range<usize>) {
        self.found.push((misread, Span::new(place)));
    }

    /// Takes note of the first block of code that does not end.
    fn open_code(&mut self, span: &Range<usize>) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        if !self.has_open_code && !is_closed(source) {
            self.has_open_code = true;
            let first = source.lines().next().unwrap_or_default().trim_end();
            self.add(Misread::OpenCode, span.start..span.start + first.len());
        }
    }

    /// Takes note of the cells of a row that are not shown.
    fn row(&mut self, span: &Range<usize>) {
        let Some(row) = self.text.get(span.clone()) else { return };
        let cells = cells(row);
        let Some(extra) = cells.get(self.columns..) else { return };
        let mut extra = extra.iter().filter(|cell| !row[(*cell).clone()].trim().is_empty());
        if let Some(first) = extra.next() {
            let end = extra.next_back().unwrap_or(first).end;
            let start = first.end - row[first.clone()].trim_start().len();
            let end = start + row[start..end].trim_end().len();
            self.add(Misread::ExtraCells, span.start + start..span.start + end);
        }
    }

    /// Takes note of a row of dashes below a row of cells, and of signs that make neither a heading nor an item.
    fn line(&mut self, text: &str, span: &Range<usize>) {
        if let Some(end) = sign(text).filter(|_| self.starts_line) {
            self.add(Misread::NoBreakSpace, span.start..span.start + end);
        }
        let row = text.trim();
        let is_delimiters = row.contains("--")
            && row.contains('|')
            && row.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\t'));
        if self.starts_line && self.bars.0 && is_delimiters {
            self.add(Misread::NoTable, span.clone());
        }
    }

    /// Takes note of what looks like a link and is none.
    fn links(&mut self, text: &str, span: &Range<usize>, next: Option<&EventNode<'_>>) {
        let mut from = 0;
        for (at, _) in text.match_indices("](") {
            let open = text.get(from..at).and_then(|label| label.rfind('['));
            let Some(open) = open.map(|open| from + open) else {
                from = from.max(at);
                continue;
            };
            if self.text[..span.start + open].ends_with('\\') {
                continue;
            }
            let open = open - usize::from(text[..open].ends_with('!'));
            let start = at + "](".len();
            let rest = &text[start..];
            let Some(close) = rest.find(')') else {
                let is_end = next.is_none_or(|next| matches!(next.event, Event::End(_)));
                let bare = next.filter(|next| rest.trim().is_empty() && is_bare_link(next));
                if is_end && is_path(rest) && !rest.contains(' ') {
                    self.add(Misread::NoLink, span.start + open..span.start + text.trim_end().len());
                } else if let Some(bare) = bare {
                    self.add(Misread::NoLink, span.start + open..bare.span.end);
                }
                return;
            };
            let inner = &rest[..close];
            from = start + close;
            let address = inner.find([' ', '\t']).map_or(inner, |_| without_title(inner)).trim();
            let place = span.start + start + (inner.len() - inner.trim_start().len());
            let first = inner.split_whitespace().next().unwrap_or_default();
            if inner.starts_with('<') || first == inner.trim() {
                continue;
            }
            if address.contains(' ') && !address.contains(['"', '\'']) && is_path(address) {
                self.add(Misread::SpaceInAddress, place..place + address.len());
            } else if is_path(first) {
                self.add(Misread::NoLink, span.start + open..span.start + start + close + 1);
            }
        }
    }

    /// Takes note of `[text] (address)` and `(text)[address]`.
    fn parted_links(&mut self, text: &str, span: &Range<usize>, next: Option<&EventNode<'_>>) {
        for (misread, open, close, [second, end]) in
            [(Misread::SpacedLink, '[', ']', ['(', ')']), (Misread::TurnedLink, '(', ')', ['[', ']'])]
        {
            for (at, _) in text.match_indices(close) {
                let near = text.floor_char_boundary(at.saturating_sub(LONGEST_LABEL))..at;
                let behind = &text[at + 1..];
                let address = behind.trim_start_matches([' ', '\t']);
                let has_blank = address.len() < behind.len();
                let Some(address) = address.strip_prefix(second).filter(|_| has_blank == (open == '['))
                else {
                    continue;
                };
                let Some(start) = text[near.clone()].rfind(open).map(|open| near.start + open) else {
                    continue;
                };
                let is_word = text[..start]
                    .ends_with(|letter: char| letter.is_alphanumeric() || "_])".contains(letter));
                let label = &text[start + 1..at];
                if is_word || label.trim().is_empty() || label.contains(close) {
                    continue;
                }
                let address_start = span.start + text.len() - address.len();
                let address = &address[..address.floor_char_boundary(LONGEST_ADDRESS)];
                let place = match address.find(end) {
                    Some(length) => {
                        let address = &address[..length];
                        let is_address = is_path(address) && !address.contains(char::is_whitespace);
                        is_address.then_some(address_start + length + end.len_utf8())
                    }
                    None => next.filter(|next| address.is_empty() && is_bare_link(next)).and_then(|bare| {
                        self.text[bare.span.end..].starts_with(end).then_some(bare.span.end + end.len_utf8())
                    }),
                };
                if let Some(end) = place {
                    self.add(misread, span.start + start..end);
                }
            }
        }
    }

    /// Takes note of `[label]: address` where it is text.
    fn definition(&mut self, text: &str, span: &Range<usize>, next: Option<&EventNode<'_>>) {
        let Some((label, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
            return;
        };
        if !self.starts_line || label.is_empty() || label.contains(['[', ']', '^']) {
            return;
        }
        let address = rest.split_whitespace().next().unwrap_or_default();
        let bare = next.filter(|next| address.is_empty() && is_bare_link(next));
        if !is_path(address) && bare.is_none() {
            return;
        }
        let end = bare.map_or(span.start + text.trim_end().len(), |bare| bare.span.end);
        self.definitions.push((label.to_lowercase(), span.start..end));
    }
}

/// The definitions of footnotes that are not shown, by the positions of their events.
pub(super) fn lost_notes(nodes: &[EventNode<'_>]) -> Vec<(usize, Misread)> {
    let name = |node: &EventNode<'_>| match &node.event {
        Event::Start(Tag::FootnoteDefinition(name)) => Some(name.to_string()),
        _ => None,
    };
    let notes: Vec<(usize, String)> =
        nodes.iter().enumerate().filter_map(|(at, node)| Some((at, name(node)?))).collect();
    if notes.is_empty() {
        return Vec::new();
    }
    let used: FxHashSet<&str> = nodes
        .iter()
        .filter_map(|node| match &node.event {
            Event::FootnoteReference(name) => Some(name.as_ref()),
            _ => None,
        })
        .collect();
    let mut defined = FxHashSet::default();
    let lost = notes.iter().filter_map(|(at, name)| {
        let is_first = defined.insert(name.as_str());
        let misread = match (is_first, used.contains(name.as_str())) {
            (false, _) => Misread::SecondFootnote,
            (true, false) => Misread::UnusedFootnote,
            (true, true) => return None,
        };
        Some((*at, misread))
    });
    lost.collect()
}

/// The length of the sign of a heading or an item at the start of a line that has no plain blank behind it, with that.
fn sign(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    let length = match text.as_bytes().get(digits)? {
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        b'#' if digits == 0 && hashes <= 6 => hashes,
        b'-' | b'*' | b'+' if digits == 0 => 1,
        _ => return None,
    };
    let blank = text[length..].chars().next()?;
    let is_meant = matches!(blank, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}');
    is_meant.then(|| length + blank.len_utf8())
}

/// Whether a link is an address in the text.
fn is_bare_link(node: &EventNode<'_>) -> bool {
    matches!(node.event, Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }))
}

/// What stands before the title in the brackets of a link.
fn without_title(inner: &str) -> &str {
    let trimmed = inner.trim_end();
    let title = [" \"", " '"].iter().filter_map(|sign| trimmed.find(sign)).min();
    match title {
        Some(at) if at > 0 && trimmed.len() > at + 2 && trimmed.ends_with(['"', '\'']) => &trimmed[..at],
        _ => inner,
    }
}

/// Whether `address` is one for certain: of another site, from this folder or the one around it, or of a file with a
/// usual ending.
fn is_path(address: &str) -> bool {
    if address.starts_with("https://") || address.starts_with("http://") {
        return true;
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let is_plain = !path.contains(['`', '<', '>', '(', ')', '{', '}', ',', ';', '=', '|', '\n']);
    if is_plain && ["./", "../"].iter().any(|start| path.starts_with(start)) {
        return true;
    }
    path.rsplit_once('.').is_some_and(|(name, ending)| {
        is_plain && !name.is_empty() && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    })
}

/// The cells of a row, without the bars around them.
fn cells(row: &str) -> Vec<Range<usize>> {
    let end = row.trim_end().len();
    let mut start = end - row[..end].trim_start().len();
    start += usize::from(row[start..end].starts_with('|'));
    let mut cells = Vec::new();
    let mut is_escaped = false;
    let first = start;
    for (at, letter) in row[first..end].char_indices() {
        let at = first + at;
        if letter == '|' && !is_escaped {
            cells.push(start..at);
            start = at + 1;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    if start < end {
        cells.push(start..end);
    }
    cells
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
