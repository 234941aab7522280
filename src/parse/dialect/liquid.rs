//! Blocks of GitBook and Liquid: `{% hint style="info" %}`, `{% tab title="macOS" %}`, `{% comment %}` and their ends. A tag
//! of a block stands alone on its line.

use std::ops::Range;

use super::callout::Callout;
use super::shortcode::place_in;
use super::walker::{Close, Frame, Line, MAX_DEPTH, Walker};

/// Blocks around others, of which readers see only what is in them.
const WRAPPERS: [&str; 11] = [
    "code",
    "column",
    "columns",
    "content-ref",
    "embed",
    "file",
    "raw",
    "step",
    "stepper",
    "tabs",
    "updates",
];

/// What ends the name of a block's end.
const END: &str = "end";

/// A tag: its name, and the place of its arguments in the text.
struct Tag<'a> {
    name: &'a str,
    arguments: Range<usize>,
}

/// The tag that a line is.
fn tag(text: &str, line: Range<usize>) -> Option<Tag<'_>> {
    let inner = text[line].trim().strip_prefix("{%")?.strip_suffix("%}")?;
    let inner = inner.trim_matches('-').trim();
    let name = inner.split([' ', '\t']).next().filter(|name| !name.is_empty())?;
    let is_one = !inner.contains("%}");
    let place = place_in(text, inner);
    is_one.then_some(Tag { name, arguments: place.start + name.len()..place.end })
}

/// The place of an argument's value: `name="value"`.
fn value(text: &str, tag: &Tag<'_>, name: &str) -> Option<Range<usize>> {
    let arguments = &text[tag.arguments.clone()];
    let start = arguments.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = arguments[start..].find('"').filter(|length| *length > 0)?;
    let start = tag.arguments.start + start;
    Some(start..start + length)
}

/// The last line that ends a block, for each sort of block.
pub(super) fn last_ends(text: &str) -> rustc_hash::FxHashMap<&str, usize> {
    let ends = text.match_indices("{%").filter_map(|(at, _)| {
        let inner = text[at + 2..].trim_start_matches('-').trim_start().strip_prefix(END)?;
        let length = inner.find([' ', '%', '-']).unwrap_or(inner.len());
        // A name may have dashes.
        let name = inner.split([' ', '%']).next().map_or(&inner[..length], |name| name.trim_end_matches('-'));
        Some((name, at))
    });
    ends.collect()
}

impl Walker<'_> {
    /// Deals with a line that is a tag of a block.
    pub(super) fn opens_or_closes_block(&mut self, line: Line) -> bool {
        let text = self.text;
        let Some(tag) = tag(text, line.content..line.end) else { return false };
        if let Some(name) = tag.name.strip_prefix(END) {
            return self.closes_block(name);
        }
        let is_closed = self.last_block_end.get(tag.name).is_some_and(|end| *end >= line.end);
        if !is_closed && !matches!(tag.name, "embed" | "file") || self.frames.len() >= MAX_DEPTH {
            return false;
        }
        match tag.name {
            "comment" => self.in_block_comment = true,
            "hint" => {
                let style = value(text, &tag, "style").map_or("info", |style| &text[style]);
                self.open(&Callout::plain(style), Close::Block("hint"), line);
            }
            "tab" => {
                let Some(title) = value(text, &tag, "title") else { return false };
                self.open_tab(title, Close::Block("tab"), line.columns, line);
            }
            "embed" | "file" => {
                let field = if tag.name == "embed" { "url" } else { "src" };
                let Some(address) = value(text, &tag, field) else { return false };
                let written = &text[address.clone()];
                let name =
                    if field == "src" { written.rsplit('/').next().unwrap_or(written) } else { written };
                if written.contains(['<', '>', '[', ']']) || name.is_empty() {
                    return false;
                }
                // Angle brackets of its own keep an address from being one.
                let name = name.replace("://", ":&#47;&#47;").replace('_', "&#95;");
                self.paragraph(line, |walker| {
                    walker.out.insert(&format!("[{name}](<"));
                    walker.out.copy(text, address);
                    walker.out.insert(">)");
                });
            }
            name if WRAPPERS.contains(&name) => match value(text, &tag, "title") {
                Some(title) => self.paragraph(line, |walker| {
                    walker.out.insert("**");
                    walker.out.copy(text, title);
                    walker.out.insert("**");
                }),
                None => self.blank(),
            },
            _ => return false,
        }
        true
    }

    fn closes_block(&mut self, name: &str) -> bool {
        let opened = |frame: &Frame| matches!(frame.close, Close::Block(open) if open == name);
        match self.frames.iter().rposition(opened) {
            Some(depth) => self.leave(depth),
            None if WRAPPERS.contains(&name) => self.blank(),
            None => return false,
        }
        true
    }

    /// Leaves a line out that is in a comment, which may end in it.
    pub(super) fn in_block_comment(&mut self, line: Line) {
        let ends = tag(self.text, line.content..line.end).is_some_and(|tag| tag.name == "endcomment");
        self.in_block_comment = !ends;
        self.blank();
    }

    /// Writes an empty line in the place of a tag.
    pub(super) fn blank(&mut self) {
        let blank = format!("{}\n", self.prefix().trim_end());
        self.out.insert(&blank);
        self.after_blank = true;
    }

    /// Writes a paragraph in the place of a tag.
    fn paragraph(&mut self, line: Line, write: impl FnOnce(&mut Self)) {
        self.separate();
        let indent = " ".repeat(line.columns.saturating_sub(self.strip()));
        let start = format!("{}{indent}", self.prefix());
        self.out.insert(&start);
        write(self);
        self.out.insert("\n");
        self.blank();
    }
}
