//! Blocks of code between fences, and of formulas, in which nothing is read.

use super::indent::unquoted;
use super::walker::{FORMULA, Fence, Line, Walker};
use crate::parse::attributes;

impl Walker<'_> {
    /// Whether the line belongs to a code block; forgets the block where it ends.
    pub(super) fn in_fence(&mut self, line: Line) -> bool {
        let Some(fence) = &self.fence else { return false };
        let (quotes, rest) = unquoted(&self.text[line.content..line.end]);
        if quotes < fence.quotes || line.columns < fence.base || self.frames.len() < fence.frames {
            self.fence = None;
            return false;
        }
        let length = rest.bytes().take_while(|&byte| byte == fence.mark).count();
        let is_closed = match fence.mark {
            FORMULA => rest.trim_end().ends_with("$$"),
            _ => length >= fence.length && rest[length..].trim().is_empty(),
        };
        if is_closed {
            self.fence = None;
        }
        true
    }

    pub(super) fn opens_fence(&mut self, line: Line, content: usize) -> bool {
        let (quotes, rest) = unquoted(&self.text[content..line.end]);
        let Some(mark) = rest.bytes().next().filter(|byte| matches!(byte, b'`' | b'~')) else {
            return false;
        };
        let length = rest.bytes().take_while(|&byte| byte == mark).count();
        let opens = length >= 3 && !(mark == b'`' && rest[length..].contains('`'));
        if opens {
            self.start_fence(line, content, mark, length, quotes);
        }
        opens
    }

    /// Writes the anchor of a block of code before it that a list of attributes gives it: `{ .sh #id }`.
    pub(super) fn anchor_of_fence(&mut self, line: Line) {
        let info = self.text[line.content..line.end].trim_start_matches(['`', '~']).trim();
        let inner = info.strip_suffix('}').and_then(|info| Some(info.split_once('{')?.1));
        let is_open = self.fence.is_some() && info.len() < line.end - line.content;
        if let Some(id) = inner.and_then(attributes::id).filter(|_| is_open) {
            let indent = " ".repeat(line.columns.saturating_sub(self.strip()));
            let written = format!("{}{indent}<a id=\"{id}\"></a>\n", self.prefix());
            self.out.insert(&written);
        }
    }

    /// Begins a block of code, or of a formula, whose first line says `content`.
    pub(super) fn start_fence(&mut self, line: Line, content: usize, mark: u8, length: usize, quotes: usize) {
        if content == line.content {
            self.leave_lists(line.columns);
        }
        let base = self.base();
        self.fence = Some(Fence { mark, length, quotes, base, frames: self.frames.len() });
    }
}
