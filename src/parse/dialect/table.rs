//! Tables with tabs in the row under their head, which the parser does not take.

use super::walker::{Line, Walker};

impl Walker<'_> {
    /// Whether what begins at `from` is such a row.
    pub(super) fn is_delimiter_row(&self, from: usize, line: Line) -> bool {
        let row = &self.text[from..line.end];
        ["\t", "|", "-"].iter().all(|sign| row.contains(sign))
            && row.bytes().all(|byte| b"|:- \t>".contains(&byte))
    }

    /// Writes a row without its tabs.
    pub(super) fn without_tabs(&mut self, from: usize, line: Line) {
        let mut at = from;
        for part in self.text[from..line.next].split('\t') {
            self.out.copy(self.text, at..at + part.len());
            at += part.len() + 1;
        }
    }
}
