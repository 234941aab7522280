//! Pieces of code to HTML.

use super::slots;
use crate::parse::shell::Slot;
use crate::text::escape;

/// HTML in the making: neighbours of one class share an element.
pub(super) struct Output<'a> {
    html: String,
    class: &'static str,
    /// How much of the code is written.
    at: usize,
    /// The places for values that are not written yet, in order.
    slots: std::iter::Peekable<std::vec::IntoIter<Slot<'a>>>,
}

impl<'a> Output<'a> {
    pub(super) fn new(code: &'a str, slots: Vec<Slot<'a>>) -> Self {
        let slots = slots.into_iter().peekable();
        Self { html: String::with_capacity(code.len() * 3), class: "", at: 0, slots }
    }

    /// Appends the next text of the code, which is of a class; the empty class is none.
    pub(super) fn push(&mut self, class: &'static str, text: &str) {
        let mut rest = text;
        while let Some(slot) = self.slots.peek().cloned() {
            let (start, end) = (slot.span.start, slot.span.end);
            if start >= self.at + rest.len() {
                break;
            }
            if start > self.at {
                rest = self.write(class, rest, start);
            }
            if self.at == start {
                self.close();
                self.html.push_str(&slots::open(&slot));
            }
            rest = self.write(class, rest, end);
            if self.at < end {
                return;
            }
            self.close();
            self.html.push_str("</span>");
            self.slots.next();
        }
        self.write(class, rest, usize::MAX);
    }

    /// Appends `text` up to a place in the code, and returns the rest.
    fn write<'t>(&mut self, class: &'static str, text: &'t str, end: usize) -> &'t str {
        let (text, rest) = text.split_at(text.len().min(end - self.at));
        self.at += text.len();
        // Blanks show no colour: they go with what is before them. But each option is an element of its own: on a
        // phone it is not to be torn at its dashes.
        if class != self.class && (self.class == "tok-p" || !text.trim().is_empty()) {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape::text(text, &mut self.html);
        rest
    }

    pub(super) fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }

    pub(super) fn finish(mut self) -> String {
        self.close();
        self.html
    }
}
