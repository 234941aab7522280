//! Blocks of GitBook and Liquid: `{% hint style="info" %}`, `{% tab title="macOS" %}`, `{% comment %}` and their ends.

use super::callout::Callout;
use super::liquid::{END, comment_end, tag, value};
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
        let end = comment_end(&self.text[line.start..line.end]).map(|end| line.start + end);
        self.in_block_comment = end.is_none();
        match end.filter(|end| !self.text[*end..line.end].trim().is_empty()) {
            Some(end) => {
                let prefix = self.prefix().to_string();
                self.out.insert(&prefix);
                self.inline(end, line);
            }
            None => self.blank(),
        }
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
