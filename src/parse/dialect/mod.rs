//! Rewrites what other generators' markdown says in its own way into GitHub-flavoured markdown.
//!
//! 1. `callout`: reads the openings of MkDocs, Docusaurus, MyST and Hugo callouts.
//! 2. `shortcode`: reads Hugo's `{{< … >}}` and `{{% … %}}`.
//! 3. `tabs`: reads the tabs of MkDocs and Docusaurus.
//!    `liquid` reads tags of Liquid.
//!    `hugo` and `gitbook` deal with those of Hugo and GitBook.
//! 4. `quotation` and `table`: read callouts of Obsidian, and tables with tabs.
//! 5. `fence` and `formula`: know blocks of code, and read those between `$$`.
//! 6. `walker`: goes through the lines (`indent`, `inline`), knows what is code, and says what to
//!    write instead.
//! 7. `output`: keeps, for all that is written, where in the original it came from.
//!
//! Links in rewritten text are still reported at their exact place in the file, because text is
//! copied, inserted or left out, never changed.

mod callout;
mod fence;
mod formula;
mod gitbook;
mod hugo;
mod indent;
mod inline;
mod instruction;
mod liquid;
mod output;
mod quotation;
mod shortcode;
mod table;
mod tabs;
mod walker;

use std::borrow::Cow;
use std::ops::Range;

pub use output::Unknown;
use output::{Copied, Output};

/// Markdown in GitHub's dialect, and the way back to the original.
#[derive(Debug)]
pub struct Rewritten<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// Shortcodes that mean nothing here. Their text stays.
    pub shortcodes: Vec<Unknown>,
    /// Drawings and formulas, of which the text alone is left: their element and its start tag in the original.
    pub drawings: Vec<(&'static str, Range<usize>)>,
    /// Where in `text` a paragraph starts that is the title of its callout or tab.
    pub titles: Vec<usize>,
    /// Where in `text` code starts that is a formula.
    pub formulas: Vec<usize>,
    original: &'a str,
    map: Vec<Copied>,
}

/// Elements that have a language of their own in them.
pub(super) const DRAWINGS: [&str; 2] = ["svg", "math"];

/// A change of markdown, by places in it.
pub(super) enum Change {
    /// The `<` here is text.
    Escape(usize),
    /// What stands here is text.
    Backslash(usize),
    /// This is left out.
    Remove(Range<usize>),
    /// This is an address.
    Link(Range<usize>),
    /// This is a formula, and becomes code between so many backticks.
    Formula(Range<usize>, usize),
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

    /// Makes `changes` to the text, which are in order.
    pub(super) fn change(&mut self, changes: &[Change]) {
        let is_original = matches!(self.text, Cow::Borrowed(_));
        let whole = [Copied { new: 0, old: 0, len: self.text.len() }];
        let mut copies = if is_original { &whole[..] } else { &self.map }.iter();
        let (mut at, mut copied) = (0, copies.next());
        // To copy a part of the text is to copy the parts of the original in it, and what was inserted between them.
        let mut copy = |out: &mut Output, end: usize| {
            while at < end {
                match copied {
                    Some(piece) if piece.new + piece.len <= at => copied = copies.next(),
                    Some(piece) if piece.new <= at => {
                        let stop = end.min(piece.new + piece.len);
                        out.stand_for(&self.text[at..stop], piece.old + (at - piece.new));
                        at = stop;
                    }
                    next => {
                        let stop = next.map_or(end, |piece| end.min(piece.new));
                        out.insert(&self.text[at..stop]);
                        at = stop;
                    }
                }
            }
        };
        let (mut out, mut drawings, mut formulas) = (Output::default(), Vec::new(), Vec::new());
        let mut titles = self.titles.iter().peekable();
        for change in changes {
            let start = match change {
                Change::Escape(place) | Change::Backslash(place) => *place,
                Change::Remove(range) | Change::Link(range) | Change::Formula(range, _) => range.start,
            };
            while let Some(title) = titles.next_if(|title| **title <= start) {
                copy(&mut out, *title);
                out.titles.push(out.text.len());
            }
            copy(&mut out, start);
            match change {
                Change::Escape(place) => {
                    let escaped = out.text.len();
                    copy(&mut out, place + 1);
                    out.text.truncate(escaped);
                    out.text.push_str("&lt;");
                }
                Change::Backslash(_) => out.insert("\\"),
                Change::Remove(range) => {
                    let tag = self.text[range.clone()].to_ascii_lowercase();
                    if let Some(name) = DRAWINGS.iter().find(|name| tag[1..].starts_with(**name)) {
                        drawings.push((*name, self.original(range.clone())));
                    }
                    copy(&mut Output::default(), range.end);
                }
                Change::Link(range) => {
                    out.insert("<");
                    copy(&mut out, range.end);
                    out.insert(">");
                }
                Change::Formula(range, backticks) => {
                    formulas.push(out.text.len());
                    out.insert(&"`".repeat(*backticks));
                    copy(&mut out, range.end);
                    out.insert(&"`".repeat(*backticks));
                }
            }
        }
        for title in titles {
            copy(&mut out, *title);
            out.titles.push(out.text.len());
        }
        copy(&mut out, self.text.len());
        self.drawings.extend(drawings);
        // They are looked for last.
        self.formulas = formulas;
        (self.text, self.map, self.titles) = (Cow::Owned(out.text), out.map, out.titles);
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
            drawings: Vec::new(),
            titles: Vec::new(),
            formulas: Vec::new(),
            original: text,
            map: Vec::new(),
        };
    }
    let output = walker::Walker::new(text).walk();
    let unchanged = output.text == text;
    Rewritten {
        text: if unchanged { Cow::Borrowed(text) } else { Cow::Owned(output.text) },
        shortcodes: output.shortcodes,
        drawings: Vec::new(),
        titles: output.titles,
        formulas: Vec::new(),
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
                | [b'$', b'$', _]
                | [b'=', b'=', b'!'..=b'<' | b'>'..]
                | [b'{', b':' | b'%' | b'#', _]
                | [b'{', b' ', b'#' | b'.' | b'i']
                | [b'{', b'i', b'd']
                | [b'{', b'.', _]
                | [_, b')', b'=']
                | [b'(', b'{', b'{' | b'%']
                | [b'{', b'{', b'<' | b'%']
                | [b']', b']', b'(']
                | [b'>' | b' ', b'[', b'!']
                | [b'-', b'\t', _]
                | [b' ' | b'\t', b'=', b'0'..=b'9' | b'x']
        )
    })
}

#[cfg(test)]
mod tests;
