//! Formulas that are blocks: between lines that begin and end with `$$`.

use super::indent::unquoted;
use super::walker::{FORMULA, Line, Walker};

/// What is around a formula.
const SIGN: &str = "$$";

impl Walker<'_> {
    /// Writes the beginning of a block of code for that of a formula, if one begins on this line. What the line says
    /// begins at `content`.
    pub(super) fn opens_formula(&mut self, line: Line, content: usize) -> bool {
        let (quotes, rest) = unquoted(&self.text[content..line.end]);
        let Some(first) = rest.strip_prefix(SIGN) else { return false };
        let is_bare = first.trim().is_empty();
        let Some(last) = self.formula_end(line) else { return false };
        let is_alone = is_bare && last.trim().is_empty();
        // In one paragraph, markdown finds its end, unless a line of it begins a list.
        if first.contains(SIGN) || (quotes > 0 && !is_alone) {
            return false;
        }
        let from = self.indent(line);
        let sign = line.end - rest.len();
        self.out.copy(self.text, from..sign);
        self.out.insert("```math");
        if is_bare {
            self.out.copy(self.text, line.end..line.next);
        } else {
            self.next_line();
            self.out.copy(self.text, sign + SIGN.len()..line.next);
        }
        self.start_fence(line, content, FORMULA, SIGN.len(), quotes);
        true
    }

    /// Writes the end of a block of code for that of a formula.
    pub(super) fn close_formula(&mut self, line: Line) {
        let from = self.indent(line);
        let sign = self.text[..line.end].trim_end().len() - SIGN.len();
        self.out.copy(self.text, from..sign);
        if !unquoted(&self.text[line.content..sign]).1.is_empty() {
            self.next_line();
        }
        self.out.insert("```");
        self.out.copy(self.text, line.end..line.next);
    }

    /// What stands before the end of the formula that begins on `line`, on the line of its end. As in
    /// TeX, it has no empty lines.
    fn formula_end(&self, line: Line) -> Option<&str> {
        let at = line.next + self.text[line.next..].find(SIGN)?;
        let start = self.text[..at].rfind('\n').map_or(0, |before| before + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let is_last = self.text[at + SIGN.len()..end].trim().is_empty();
        let between = &self.text[line.next..start];
        let is_empty = |line: &str| unquoted(line).1.trim().is_empty();
        let is_block = !between.contains("```") && !between.lines().any(is_empty);
        (is_last && is_block).then(|| unquoted(&self.text[start..at]).1)
    }

    /// Begins a line of what is open.
    fn next_line(&mut self) {
        let indent = self.base().saturating_sub(self.strip());
        let start = format!("\n{}{}", self.prefix(), " ".repeat(indent));
        self.out.insert(&start);
    }
}
