//! Formulas in a text: `$x_1$`, `$$x_1$$`, and `` $`x_1`$ `` of GitHub
//! (<https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions>).
//!
//! Their signs mean something else in markdown: underscores would become emphasis, and backslashes vanish. Amounts
//! (`$5 and $10`) and variables (`$HOME/$USER`) are no formulas.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::dialect::Change;
use super::events::OPTIONS;

/// Where a text has more backticks in a row than this, its formulas are not looked for: each would get as many.
const MOST_BACKTICKS: usize = 32;

/// The formulas in `markdown`, in order.
pub(super) fn changes(markdown: &str) -> Vec<Change> {
    if !may_have(markdown) {
        return Vec::new();
    }
    let longest = markdown.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    if longest > MOST_BACKTICKS {
        return Vec::new();
    }
    let mut finder = Finder::new(markdown);
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        finder.event(&event, range);
    }
    finder.end_block();
    finder.found.into_iter().map(|range| Change::Formula(range, longest + 1)).collect()
}

/// Whether a sign that may begin a formula is followed by one that may end it. This spares most documents a reading.
fn may_have(markdown: &str) -> bool {
    let begins = markdown.match_indices('$').find(|(at, _)| may_begin(markdown, &(*at..at + 1)));
    begins.is_some_and(|(at, _)| markdown[at + 1..].contains('$'))
}

/// Collects the signs of a block, and pairs them where it ends.
struct Finder<'a> {
    markdown: &'a str,
    /// Where dollar signs stand in the text of the block: one, or two that touch.
    signs: Vec<Range<usize>>,
    /// Where something stands in the block that a formula can't hold.
    barriers: Vec<usize>,
    /// Code that has a dollar sign on both sides.
    code: Vec<Range<usize>>,
    in_code: bool,
    /// The end of a link whose text is its address.
    address_until: usize,
    found: Vec<Range<usize>>,
}

impl<'a> Finder<'a> {
    fn new(markdown: &'a str) -> Self {
        Self {
            markdown,
            signs: Vec::new(),
            barriers: Vec::new(),
            code: Vec::new(),
            in_code: false,
            address_until: 0,
            found: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(_) if !self.in_code && range.start >= self.address_until => self.text(range),
            Event::Code(_) if self.is_between_signs(&range) => self.code.push(range.start - 1..range.end + 1),
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                self.barriers.push(range.start);
            }
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                self.barriers.push(range.start);
                let is_address = matches!(
                    link_type,
                    LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false }
                );
                self.address_until = if is_address { range.end } else { self.address_until };
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.barriers.push(range.end),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(tag) => {
                self.end_block();
                self.in_code = matches!(tag, Tag::CodeBlock(_));
            }
            Event::End(_) => {
                self.end_block();
                self.in_code = false;
            }
            _ => {}
        }
    }

    /// Takes the signs of a text. What stands behind a backslash is none.
    fn text(&mut self, range: Range<usize>) {
        let text = &self.markdown[range.clone()];
        let is_escaped = self.markdown[..range.start].ends_with('\\') && text.starts_with('$');
        for (at, _) in text.match_indices('$').skip(usize::from(is_escaped)) {
            let at = range.start + at;
            match self.signs.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => self.signs.push(at..at + 1),
            }
        }
    }

    fn is_between_signs(&self, code: &Range<usize>) -> bool {
        let begins = self.signs.last().is_some_and(|sign| sign.end == code.start && sign.len() == 1);
        begins && self.markdown[code.end..].starts_with('$')
    }

    fn end_block(&mut self) {
        let signs = std::mem::take(&mut self.signs);
        let barriers = std::mem::take(&mut self.barriers);
        let mut code = std::mem::take(&mut self.code).into_iter().peekable();
        let mut signs = signs.into_iter().peekable();
        while let Some(open) = signs.next() {
            if let Some(formula) = code.next_if(|formula| formula.start == open.start) {
                signs.next_if(|sign| sign.start + 1 == formula.end);
                self.found.push(formula);
                continue;
            }
            let Some(close) = signs.peek().filter(|close| is_formula(self.markdown, &open, close)) else {
                continue;
            };
            let next = barriers.partition_point(|barrier| *barrier <= open.start);
            if barriers.get(next).is_none_or(|barrier| *barrier > close.start) {
                self.found.push(open.start..close.end);
                signs.next();
            }
        }
    }
}

/// Whether the text between two signs is a formula. A digit or a letter behind it says that it is an amount or a
/// variable.
fn is_formula(markdown: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let is_display = open.len() == 2;
    let inner = &markdown[open.end..close.start];
    let after = markdown[close.end..].chars().next();
    let goes_on = after.is_some_and(|after| after.is_alphanumeric() || "_{(`".contains(after));
    open.len() == close.len()
        && may_begin(markdown, open)
        && !goes_on
        && (is_display || !inner.ends_with(char::is_whitespace))
        && !inner.trim().is_empty()
}

/// Whether `sign`, one or two dollar signs, may begin a formula.
fn may_begin(markdown: &str, sign: &Range<usize>) -> bool {
    let before = markdown[..sign.start].chars().next_back();
    let follows_word = before.is_some_and(|before| before.is_alphanumeric() || "_`".contains(before));
    let is_apart = markdown[sign.end..].starts_with(char::is_whitespace);
    !follows_word && sign.len() <= 2 && (sign.len() == 2 || !is_apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(text: &str) -> Vec<&str> {
        let ranges = changes(text).into_iter().map(|change| match change {
            Change::Formula(range, _) => range,
            _ => unreachable!("there are formulas alone"),
        });
        ranges.map(|range| &text[range]).collect()
    }

    #[test]
    fn formulas_are_those_that_stand_between_signs() {
        for (text, expected) in [
            ("Let $x_1$ and $y_{2}$, so ($a*b*c$).", &["$x_1$", "$y_{2}$", "$a*b*c$"][..]),
            ("$$\\sum_{i=1}^n$$ and $$ a_b $$", &["$$\\sum_{i=1}^n$$", "$$ a_b $$"]),
            ("See $`a_b`$ and $x$.", &["$`a_b`$", "$x$"]),
            (
                "# The $O(n)$ of it\n\n| $a$ | b |\n|---|---|\n| c | $d \\| e$ |",
                &["$O(n)$", "$a$", "$d \\| e$"],
            ),
            ("> - $a_b\n>   + c_d$", &[]),
            ("$a_b\n= c_d$", &["$a_b\n= c_d$"]),
            ("[the $x_1$](y.md) *of $z$*", &["$x_1$", "$z$"]),
            ("Costs $5 for $x$", &["$x$"]),
            ("$a \\$ b$", &["$a \\$ b$"]),
            ("costs $5 and $10, or $5-$10, US$5 or CA$6", &[]),
            ("$HOME/$USER, $HOME or $USER, $PATH:$HOME, ${A}/${B}, $(a) and $(b)", &[]),
            ("\\$a_b\\$ and \\$c_d$, a$b$ c$ $d $e", &[]),
            ("`$a` and $b`c$`", &[]),
            ("    $a$\n\n```\n$b$\n```\n\n<p>$c$</p>", &[]),
            ("$a\n\nb$\n\n- $c\n- d$", &[]),
            ("$5 (see [b](c.md)) or 6$, $a <b>c</b>$, $x[^1]$\n\n[^1]: d", &[]),
            ("<https://a.example/$b/$> [[$c$]] $$ $$$a$$$", &[]),
        ] {
            assert_eq!(formulas(text), expected, "{text}");
        }
    }
}
