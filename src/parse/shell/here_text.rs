//! Here-documents, as the lexer meets them: what announces one, and the lines of its text.

use std::mem;

use super::heredoc::HereDocument;
use super::lexer::{Level, Lexer, Open};
use super::token::{Expected, TokenKind};

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
        let space = word.len() - word.trim_start_matches([' ', '\t']).len();
        if space > 0 {
            self.push(TokenKind::Whitespace, space);
        }
        let kind = if word[space..].starts_with(['\'', '"']) { TokenKind::String } else { TokenKind::Word };
        self.push(kind, length - signs - space);
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
                self.variable_slot(rest);
                self.push(TokenKind::String, 1);
            }
            _ => self.push(TokenKind::String, rest.find(['<', '$']).unwrap_or(rest.len())),
        }
    }
}
