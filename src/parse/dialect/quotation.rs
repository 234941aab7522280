//! Quotations that are callouts of Obsidian.

use super::callout::{self, Title};
use super::indent::unquoted;
use super::walker::{Line, Walker};

impl Walker<'_> {
    /// Deals with the first line of a quotation that is a callout of Obsidian.
    pub(super) fn opens_quoted(&mut self, line: Line, content: usize) -> bool {
        let (quotes, rest) = unquoted(&self.text[content..line.end]);
        let Some(callout) = callout::quoted(rest).filter(|_| quotes > 0) else { return false };
        let start = line.end - rest.len();
        let from = self.indent(line);
        self.out.copy(self.text, from..start);
        self.out.insert(&format!("[!{}]\n", callout.alert));
        if callout.title != Title::Alert {
            // Each line of a list item is indented as far as its first.
            let marks = self.text[from..start].chars();
            let marks: String =
                marks.map(|mark| if matches!(mark, '>' | '\t') { mark } else { ' ' }).collect();
            let prefix = format!("{}{marks}", self.prefix());
            self.out.insert(&prefix);
            self.title(&prefix, |out, text| match &callout.title {
                Title::Written(title) => out.copy(text, title.start + start..title.end + start),
                Title::Type(title) => out.insert(title),
                Title::Alert => {}
            });
        }
        true
    }
}
