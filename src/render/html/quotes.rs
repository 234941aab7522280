//! Quotations, and what the dialects make of them: callouts and tabs.

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::state::Quote;
use super::writer::Writer;
use crate::model::event::EventRole;

impl Writer<'_> {
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let quote = match kind {
            Some(kind) => {
                self.start_callout(kind);
                Quote::Callout
            }
            None if self.has_title(self.at) => {
                if !std::mem::take(&mut self.tabs_go_on) {
                    self.block("<div class=\"tabs\">\n");
                }
                self.block("<section class=\"tab\">\n");
                Quote::Tab
            }
            None => {
                self.block("<blockquote>\n");
                Quote::Quotation
            }
        };
        self.quotes.push(quote);
    }

    pub(super) fn end_quote(&mut self) {
        let close = match self.quotes.pop() {
            Some(Quote::Callout) => "</aside>\n",
            Some(Quote::Tab) => {
                let next = self.nodes.get(self.at).map(|node| &node.event);
                self.tabs_go_on =
                    matches!(next, Some(Event::Start(Tag::BlockQuote(None)))) && self.has_title(self.at + 1);
                if self.tabs_go_on { "</section>\n" } else { "</section>\n</div>\n" }
            }
            Some(Quote::Quotation) | None => "</blockquote>\n",
        };
        self.out.push_str(close);
    }

    /// Starts the title of a callout or a tab. A tab is a section of the one that it stands in, so its title is a
    /// heading of the next level; it has no anchor, because the label may come again in the next group.
    pub(super) fn start_title(&mut self) {
        if self.quotes.last() != Some(&Quote::Tab) {
            self.block("<p class=\"callout-title\">");
            return;
        }
        let around = self.heading.checked_sub(1).and_then(|last| self.body.headings.get(last));
        let depth = self.quotes.iter().filter(|quote| **quote == Quote::Tab).count();
        let level = (around.map_or(2, |heading| usize::from(heading.level.max(2))) + depth).min(6);
        self.block(&format!("<h{level} class=\"tab-title\">"));
        self.title_end = Some(format!("</h{level}>\n"));
    }

    fn has_title(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|next| next.role == EventRole::Title)
    }

    fn start_callout(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        self.block(&format!("<aside class=\"callout callout-{class}\" role=\"note\">\n"));
        let has_title = self.has_title(self.at);
        if !has_title {
            self.own(&format!("<p class=\"callout-title\">{word}</p>\n"));
        }
    }
}
