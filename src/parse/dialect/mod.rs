//! Rewrites what other generators' markdown says in its own way into GitHub-flavoured markdown.
//!
//! 1. `callout`: reads the openings of MkDocs, Docusaurus, MyST and Hugo callouts.
//! 2. `shortcode`: reads Hugo's `{{< … >}}` and `{{% … %}}`.
//! 3. `tabs`: reads the tabs of MkDocs and Docusaurus.
//! 4. `walker`: goes through the lines (`indent`, `inline`), knows what is code, and says what to
//!    write instead.
//! 5. `output`: keeps, for all that is written, where in the original it came from.
//!
//! Links in rewritten text are still reported at their exact place in the file, because text is
//! copied, inserted or left out, never changed.

mod callout;
mod indent;
mod inline;
mod output;
mod shortcode;
mod tabs;
mod walker;

use std::borrow::Cow;
use std::ops::Range;

use output::Copied;

/// Markdown in GitHub's dialect, and the way back to the original.
#[derive(Debug)]
pub struct Rewritten<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// Shortcodes that mean nothing here: name and place in the original. Their text stays.
    pub shortcodes: Vec<(String, Range<usize>)>,
    /// Where in `text` a paragraph starts that is the title of its callout or tab.
    pub titles: Vec<usize>,
    original: &'a str,
    map: Vec<Copied>,
}

impl Rewritten<'_> {
    /// The place in the original of a range of `text`: exact for what was copied, and the nearest
    /// copied text for what was inserted. Always on character boundaries and inside the original;
    /// never goes back when the range goes forward.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if matches!(self.text, Cow::Borrowed(_)) {
            return self.clamp(range.start, range.end);
        }
        let before = self.map.partition_point(|copied| copied.new <= range.start);
        let start = match before.checked_sub(1).map(|at| &self.map[at]) {
            Some(copied) if range.start < copied.new + copied.len => copied.old + (range.start - copied.new),
            _ => self.map.get(before).map_or(self.original.len(), |copied| copied.old),
        };
        let before = self.map.partition_point(|copied| copied.new < range.end);
        let end = before
            .checked_sub(1)
            .map(|at| &self.map[at])
            .map_or(0, |copied| copied.old + (range.end - copied.new).min(copied.len));
        self.clamp(start, end)
    }

    fn clamp(&self, start: usize, end: usize) -> Range<usize> {
        let boundary = |at: &usize| self.original.is_char_boundary(*at);
        let length = self.original.len();
        let start = (0..=start.min(length)).rev().find(boundary).unwrap_or(0);
        let end = (end.min(length)..=length).find(boundary).unwrap_or(length);
        start..end.max(start)
    }
}

/// Rewrites `text`, or borrows it as it is when it speaks GitHub's dialect already.
pub fn rewrite(text: &str) -> Rewritten<'_> {
    if !may_differ(text) {
        return Rewritten {
            text: Cow::Borrowed(text),
            shortcodes: Vec::new(),
            titles: Vec::new(),
            original: text,
            map: Vec::new(),
        };
    }
    let output = walker::Walker::new(text).walk();
    let unchanged = output.text == text;
    Rewritten {
        text: if unchanged { Cow::Borrowed(text) } else { Cow::Owned(output.text) },
        shortcodes: output.shortcodes,
        titles: output.titles,
        original: text,
        map: output.map,
    }
}

/// Whether any mark of another dialect occurs: one pass, because nearly no document has one.
fn may_differ(text: &str) -> bool {
    text.as_bytes().windows(3).any(|at| {
        matches!(
            at,
            b"!!!"
                | b"???"
                | b"==="
                | b":::"
                | b"<Ta"
                | b"[TO"
                | b"[to"
                | b"[[_"
                | b"${t"
                | [b'{', b':', _]
                | [b'{', b'{', b'<' | b'%']
                | [b']', b']', b'(']
        )
    })
}

#[cfg(test)]
mod tests;
