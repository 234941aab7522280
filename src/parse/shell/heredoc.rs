//! Here-documents: the word behind `<<`, and the line that ends the text.

use std::borrow::Cow;
use std::mem;

use super::lexer::{Level, Lexer, Open};
use super::token::TokenKind;
use super::words::Expected;

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

impl<'a> Lexer<'a> {
    pub(super) fn here_document(&mut self, rest: &'a str) {
        let Some((document, length)) = HereDocument::parse(rest) else {
            self.doubt();
            return self.redirection(rest);
        };
        if !document.is_simple || self.levels.len() > 1 {
            self.doubt();
        }
        self.pending.push(document);
        let reader = self.level().command;
        self.read.documents.push((reader, 0..0));
        let signs = "<<".len() + usize::from(rest.starts_with("<<-"));
        let level = self.level();
        (level.in_word, level.has_word) = (false, false);
        self.push(TokenKind::Syntax, signs);
        let word = &rest[signs..length];
        let blank = word.len() - word.trim_start_matches([' ', '\t']).len();
        if blank > 0 {
            self.push(TokenKind::Blank, blank);
        }
        let kind = if word[blank..].starts_with(['\'', '"']) { TokenKind::String } else { TokenKind::Word };
        self.push(kind, length - signs - blank);
        self.level().in_word = true;
    }

    /// A line of the text of a here-document, or the one that ends it.
    pub(super) fn text_line(&mut self, text: HereDocument<'a>, end: usize) {
        let line = &self.code[self.at..end];
        if text.ends_with(line) {
            self.push(TokenKind::Syntax, end - self.at);
            if self.texts.is_empty() && self.levels.len() == 1 {
                self.begin_statement();
            }
            return;
        }
        let (_, span) = &mut self.read.documents[text.number];
        *span = if span.end == 0 { self.at..end } else { span.start..end };
        let outer = self.levels.len();
        self.levels.push(Level::new(Open::HereText, self.at, Expected::Argument));
        self.texts.push_front(text);
        while self.at < end {
            let is_text = self.level().open == Open::HereText;
            if is_text && self.texts.front().is_some_and(|text| text.is_literal) {
                self.literal_text(end);
            } else {
                self.piece(end);
            }
        }
        // What a substitution in a text leaves open ends with its line here. It is no proof any more anyway.
        self.levels.truncate(outer);
        let documents = self.read.documents.len() - mem::take(&mut self.pending).len();
        self.read.documents.truncate(documents);
    }

    fn literal_text(&mut self, end: usize) {
        let rest = &self.code[self.at..end];
        match rest.chars().next() {
            Some('<') => {
                let length = self.angle(rest).unwrap_or(1);
                self.push(TokenKind::String, length);
            }
            // Its variables are those of another program.
            Some('$') => {
                self.variable_place(rest);
                self.push(TokenKind::String, 1);
            }
            _ => self.push(TokenKind::String, rest.find(['<', '$']).unwrap_or(rest.len())),
        }
    }
}
