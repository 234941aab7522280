//! Tabs of other dialects. Each becomes a block quote whose first paragraph is its label.

use std::ops::Range;

use super::callout;
use super::walker::{Close, Frame, Line, MAX_DEPTH, Walker};

/// Tags on one line, of which each is read within the one before it. What is behind them is text.
const MOST_TAGS: usize = 50;

impl Walker<'_> {
    /// Deals with a line of MkDocs or Docusaurus that opens or closes a tab, or stands around tabs.
    pub(super) fn opens_or_closes_tab(&mut self, line: Line) -> bool {
        let text = &self.text[line.content..line.end];
        let at = |range: Range<usize>| line.content + range.start..line.content + range.end;
        let opens = self.frames.len() < MAX_DEPTH;
        if let Some(label) = callout::tab(text).filter(|_| opens) {
            self.open_tab(at(label), Close::Dedent, line.columns + 4, line);
            return true;
        }
        let Some((name, closing, attributes)) = element(text) else { return false };
        let after = line.content + attributes.end + 1;
        match (name, closing) {
            // Where the element names its tabs itself, what it says has to be seen.
            ("Tabs", false) if text[attributes.clone()].contains("items=") => false,
            ("Tabs", _) => {
                self.after_tag(after, line);
                true
            }
            ("TabItem", true) => {
                let is_tab = |frame: &Frame| matches!(frame.close, Close::Element);
                let Some(depth) = self.frames.iter().rposition(is_tab) else { return false };
                self.leave(depth);
                if !self.text[after..line.end].trim().is_empty() {
                    self.after_tag(after, line);
                }
                true
            }
            _ => {
                let end = after;
                let is_closed = end <= self.last_tab_end;
                let label = value(text, &attributes, "label").or_else(|| value(text, &attributes, "value"));
                let Some(label) = label.filter(|_| is_closed && opens) else { return false };
                let depth = self.frames.len();
                self.open_tab(at(label), Close::Element, line.columns, line);
                match self.text[end..line.end].find(callout::TAB_END) {
                    Some(length) => {
                        let stop = end + length;
                        self.rest_of_line(end, Line { end: stop, next: stop, ..line });
                        self.out.insert("\n");
                        self.leave(depth);
                        let after = stop + callout::TAB_END.len();
                        if !self.text[after..line.end].trim().is_empty() {
                            self.after_tag(after, line);
                        }
                    }
                    None => self.rest_of_line(end, line),
                }
                true
            }
        }
    }

    /// Writes what stands behind a tag on its line, which may be another one.
    fn after_tag(&mut self, from: usize, line: Line) {
        let rest = &self.text[from..line.end];
        let start = from + rest.len() - rest.trim_start().len();
        if start == line.end {
            return self.out.insert("\n");
        }
        self.tags_before += 1;
        if self.tags_before > MOST_TAGS || !self.opens_or_closes_tab(Line { content: start, ..line }) {
            self.rest_of_line(start, line);
        }
        self.tags_before -= 1;
    }

    pub(super) fn open_tab(&mut self, label: Range<usize>, close: Close, strip: usize, line: Line) {
        self.separate();
        let outside = line.columns.saturating_sub(self.strip());
        let prefix = format!("{}{}> ", self.prefix(), " ".repeat(outside));
        self.out.insert(&prefix);
        self.title(&prefix, |out, text| out.copy(text, label));
        self.enter(close, strip, prefix);
    }
}

/// The name of the element that `text` begins with, if it is one of those around tabs; whether this ends it; and the
/// place of its attributes.
fn element(text: &str) -> Option<(&str, bool, Range<usize>)> {
    let tag = text.strip_prefix('<')?;
    let closing = tag.starts_with('/');
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let name = ["TabItem", "Tabs"].into_iter().find(|name| tag.starts_with(name))?;
    let from = text.len() - tag.len() + name.len();
    let is_name = !text[from..].starts_with(|next: char| next.is_alphanumeric() || next == '-');
    let end = from + text[from..].find('>')?;
    is_name.then_some((name, closing, from..end))
}

/// The place of the value of `name="…"` in a tag.
fn value(text: &str, attributes: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let tag = &text[attributes.clone()];
    ['"', '\''].into_iter().find_map(|quote| {
        let start = tag.find(&format!(" {name}={quote}"))? + name.len() + 3;
        let length = tag[start..].find(quote)?;
        let start = attributes.start + start;
        (!text[start..start + length].trim().is_empty()).then_some(start..start + length)
    })
}
