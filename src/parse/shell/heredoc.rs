//! Here-documents: the word behind `<<`, and the line that ends the text.

use std::borrow::Cow;

/// A here-document whose text begins on the next line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HereDocument<'a> {
    /// The line that ends it.
    pub(super) end: Cow<'a, str>,
    /// Whether its text stays as it is, because a part of the word is quoted.
    pub(super) is_literal: bool,
    /// Whether tabs at the beginning of its lines go.
    strips_tabs: bool,
    /// Whether the word is a plain name, in plain quotes at most, which no two shells read differently.
    pub(super) is_simple: bool,
    /// Which one of the block it is.
    pub(super) number: usize,
}

impl<'a> HereDocument<'a> {
    /// Reads `<<`, an optional `-` and the word, which `text` begins with. Returns the length of all that too.
    pub(super) fn parse(text: &'a str) -> Option<(Self, usize)> {
        let rest = text.strip_prefix("<<")?;
        let strips_tabs = rest.starts_with('-');
        let rest = &rest[usize::from(strips_tabs)..];
        let word = rest.trim_start_matches([' ', '\t']);
        let mut end = String::new();
        let (mut is_literal, mut at) = (false, 0);
        while let Some(letter) = word[at..].chars().next() {
            let after = &word[at + letter.len_utf8()..];
            match letter {
                '\'' | '"' => {
                    let length = after.find(letter)?;
                    end.push_str(&after[..length]);
                    is_literal = true;
                    at += length + 2;
                }
                '\\' => {
                    let quoted = after.chars().next()?;
                    end.push(quoted);
                    is_literal = true;
                    at += 1 + quoted.len_utf8();
                }
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '(' | ')' | '<' | '>' => break,
                _ => {
                    end.push(letter);
                    at += letter.len_utf8();
                }
            }
        }
        if at == 0 {
            return None;
        }
        let is_name = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_alphabetic())
                && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        let written = &word[..at];
        let in_quotes = |quote| written.strip_prefix(quote)?.strip_suffix(quote);
        let plain = in_quotes('\'').or_else(|| in_quotes('"')).unwrap_or(written);
        let is_simple = is_name(plain);
        let end = if end == plain { Cow::Borrowed(plain) } else { Cow::Owned(end) };
        let length = text.len() - word.len() + at;
        Some((Self { end, is_literal, strips_tabs, is_simple, number: 0 }, length))
    }

    /// Whether `line` ends the text.
    pub(super) fn ends_with(&self, line: &str) -> bool {
        let line = line.trim_end_matches(['\r', '\n']);
        let line = if self.strips_tabs { line.trim_start_matches('\t') } else { line };
        line == self.end
    }
}
