//! Callouts and tabs of Hugo's themes, which are shortcodes at the start of a line.

use std::ops::Range;

use super::callout;
use super::shortcode::Tag;
use super::walker::{Close, Line, MAX_DEPTH, Walker};

impl Walker<'_> {
    /// Whether the tag that closes a shortcode stands behind it.
    pub(super) fn is_closed(&self, tag: &Tag<'_>) -> bool {
        self.last_closing.get(tag.name).is_some_and(|&last| last > tag.range.start)
    }

    /// Deals with a line that opens a callout or a tab.
    pub(super) fn opens_shortcode(&mut self, line: Line) -> bool {
        let Some(tag) = self.tags.tag(line.content) else { return false };
        if tag.name == "tabs"
            && self.last_closing.contains_key("tabs")
            && self.text[tag.range.end.min(line.end)..line.end].trim().is_empty()
        {
            // What is in it says it all.
            self.blank();
            return true;
        }
        if tag.closing || !self.is_closed(&tag) || tag.range.end > line.end || self.frames.len() >= MAX_DEPTH
        {
            return false;
        }
        if let Some(label) = self.tab_label(&tag) {
            self.open_tab(label, Close::Shortcode(tag.name.to_string()), line.columns, line);
            self.rest_of_line(tag.range.end, line);
            return true;
        }
        let Some(callout) = callout::shortcode(self.text, &tag) else { return false };
        self.open(&callout, Close::Shortcode(tag.name.to_string()), line);
        self.rest_of_line(tag.range.end, line);
        true
    }

    /// The label of `{{< tab "macOS" >}}`, among the `tabs` of a theme of Hugo.
    fn tab_label(&self, tag: &Tag<'_>) -> Option<Range<usize>> {
        if tag.name != "tab" || !self.last_closing.contains_key("tabs") {
            return None;
        }
        let is_label = |key: &Option<&str>| matches!(key, None | Some("name" | "title" | "header"));
        let mut arguments = tag.arguments(self.text).into_iter();
        arguments.find(|(key, place)| is_label(key) && !place.is_empty()).map(|(_, place)| place)
    }

    /// Writes what stands after a tag on its line as a line of its own.
    pub(super) fn rest_of_line(&mut self, from: usize, line: Line) {
        let rest = &self.text[from..line.end];
        let content = line.end - rest.trim_start().len();
        if content < line.end {
            let prefix = self.prefix().to_owned();
            self.out.insert(&prefix);
            self.inline(content, line);
        }
    }
}
