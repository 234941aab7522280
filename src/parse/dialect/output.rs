//! The rewritten text and where it came from.

use std::ops::Range;

/// A stretch of the rewritten text that was copied from the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) new: usize,
    pub(super) old: usize,
    pub(super) len: usize,
}

/// A shortcode that means nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its name.
    pub name: String,
    /// Its place in the original.
    pub range: Range<usize>,
    /// Whether it would mean something, and what closes it is missing.
    pub is_open: bool,
}

/// Collects the rewritten text. Copies must come in the order of the original.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: String,
    pub(super) map: Vec<Copied>,
    pub(super) shortcodes: Vec<Unknown>,
    pub(super) titles: Vec<usize>,
}

impl Output {
    pub(super) fn copy(&mut self, original: &str, range: Range<usize>) {
        self.stand_for(&original[range.clone()], range.start);
    }

    /// Writes text that stands for as many bytes of the original, from `old` on.
    pub(super) fn stand_for(&mut self, text: &str, old: usize) {
        if text.is_empty() {
            return;
        }
        let new = self.text.len();
        self.text.push_str(text);
        match self.map.last_mut() {
            Some(last) if last.new + last.len == new && last.old + last.len == old => last.len += text.len(),
            _ => self.map.push(Copied { new, old, len: text.len() }),
        }
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Whether a block can start here without being taken for a part of the text before it.
    pub(super) fn after_blank_line(&self) -> bool {
        let Some(rest) = self.text.strip_suffix('\n') else { return self.text.is_empty() };
        let line = rest.rsplit('\n').next().unwrap_or(rest);
        line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'>'))
    }
}
