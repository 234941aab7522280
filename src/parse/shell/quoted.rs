//! Text in quotes, in braces, in calculations and in here-documents, and what is expanded in it.

use super::lexer::{Lexer, Open};
use super::placeholder::name_length;
use super::token::{Expected, TokenKind};

impl<'a> Lexer<'a> {
    /// Text in quotes, or in a here-document: up to its end, or to the next character that may mean something.
    pub(super) fn string(&mut self, rest: &'a str, first: char, end: char, special: &[char]) {
        let open = self.level().open;
        match first {
            _ if first == end && end != '\n' => self.close(1, TokenKind::String),
            '<' => match self.angle(rest) {
                Some(length) => self.push(TokenKind::String, length),
                None => self.push(TokenKind::String, 1),
            },
            '$' if open == Open::Single => {
                self.variable_slot(rest);
                self.push(TokenKind::String, 1);
            }
            '!' if special.contains(&'!') => {
                self.exclamation(rest);
                self.push(TokenKind::String, 1);
            }
            '\\' if special.contains(&'\\') => {
                if open == Open::HereText {
                    self.doubt();
                }
                if rest[1..].starts_with('\n') && !self.code[..self.at].ends_with([' ', '\t']) {
                    self.join_lines(escape(rest));
                }
                self.push(TokenKind::Escape, escape(rest));
            }
            '$' | '`' if special.contains(&first) => self.expansion(rest, first),
            _ => self.push(TokenKind::String, rest.find(special).unwrap_or(rest.len()).max(1)),
        }
    }

    /// Where a history is kept, `!x` in double quotes stands for a command of it, or for a part of one.
    pub(super) fn exclamation(&mut self, rest: &str) {
        if recalls(rest) && !rest.starts_with("!\"") {
            self.doubt();
            self.read.recalls = true;
        }
    }

    /// What stands for something else, in quotes or out of them: variables, and the output of commands.
    pub(super) fn expansion(&mut self, rest: &'a str, first: char) {
        let after = &rest[1..];
        match first {
            '`' => self.begin(Open::Backticks, Expected::Command, 1, TokenKind::Syntax),
            _ if after.starts_with("((") => {
                self.begin(Open::Arithmetic(0, true), Expected::Argument, "$((".len(), TokenKind::Syntax);
            }
            _ if after.starts_with('(') => {
                if self.level().open == Open::HereText {
                    self.doubt();
                }
                self.begin(Open::Substitution, Expected::Command, "$(".len(), TokenKind::Syntax);
            }
            _ if after.starts_with('{') => {
                let name = name_length(&after[1..]);
                self.variable_slot(rest);
                if name > 0 && after[1 + name..].starts_with('}') {
                    return self.push(TokenKind::Variable, "${}".len() + name);
                }
                self.read.recalls |= after[1..].starts_with('_') && name == 1;
                let operation = &after[1 + name..];
                let calculates = operation.starts_with('[')
                    || operation
                        .strip_prefix(':')
                        .is_some_and(|rest| !rest.starts_with(['-', '=', '?', '+']));
                self.begin(
                    Open::Braces(calculates),
                    Expected::Argument,
                    "${".len() + name,
                    TokenKind::Variable,
                );
            }
            _ => {
                let special = after.starts_with(|letter: char| "@*#?$!-0123456789_".contains(letter));
                // The last argument of the command before, which may be a value.
                self.read.recalls |= after.starts_with('_') && name_length(after) == 1;
                if after.starts_with(['[', '"']) {
                    self.doubt();
                }
                self.variable_slot(rest);
                let length = name_length(after).max(usize::from(special));
                let kind = if length > 0 { TokenKind::Variable } else { self.text_kind() };
                self.push(kind, 1 + length);
            }
        }
    }

    /// What plain text is where the next character is.
    fn text_kind(&mut self) -> TokenKind {
        match self.level().open {
            Open::Double | Open::Single | Open::Escaped | Open::HereText => TokenKind::String,
            Open::Braces(_) => TokenKind::Variable,
            _ => TokenKind::Word,
        }
    }

    /// `${NAME` and what follows it up to `}`.
    pub(super) fn braces(&mut self, rest: &'a str, first: char) {
        let is_quoted = self.levels.iter().any(|level| level.open == Open::Double);
        match first {
            '}' => self.close(1, TokenKind::Variable),
            '\\' => self.push(TokenKind::Escape, escape(rest)),
            '$' | '`' => self.expansion(rest, first),
            '"' => self.begin(Open::Double, Expected::Argument, 1, TokenKind::String),
            // Around that, double quotes make an apostrophe one.
            '\'' if !is_quoted => self.begin(Open::Single, Expected::Argument, 1, TokenKind::String),
            '<' => {
                let length = self.angle(rest).unwrap_or(1);
                self.push(TokenKind::Variable, length);
            }
            _ => {
                let end = |letter: char| {
                    matches!(letter, '}' | '\\' | '$' | '`' | '"' | '<') || (letter == '\'' && !is_quoted)
                };
                self.push(TokenKind::Variable, rest.find(end).unwrap_or(rest.len()).max(1));
            }
        }
    }

    pub(super) fn arithmetic(&mut self, rest: &'a str, first: char, depth: usize) {
        let name = name_length(rest);
        let digits = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let depth = match first {
            '$' | '`' => return self.expansion(rest, first),
            '"' => return self.begin(Open::Double, Expected::Argument, 1, TokenKind::String),
            '\'' => return self.begin(Open::Single, Expected::Argument, 1, TokenKind::String),
            '<' if let Some(length) = self.angle(rest) => return self.push(TokenKind::Word, length),
            _ if name > 0 => return self.push(TokenKind::Name, name),
            _ if digits > 0 => return self.push(TokenKind::Number, digits),
            ')' if depth == 0 => {
                return self.close(1 + usize::from(rest.starts_with("))")), TokenKind::Syntax);
            }
            ')' => depth - 1,
            '(' => depth + 1,
            _ => depth,
        };
        if let Open::Arithmetic(open, _) = &mut self.level().open {
            *open = depth;
        }
        let kind = if first.is_whitespace() { TokenKind::Whitespace } else { TokenKind::Syntax };
        self.push(kind, first.len_utf8());
    }
}

/// Whether a `!` and what is behind it stand for a part of the history.
/// <https://www.gnu.org/software/bash/manual/html_node/Event-Designators.html>
pub(super) fn recalls(rest: &str) -> bool {
    rest[1..].starts_with(|next| !matches!(next, ' ' | '\t' | '\r' | '\n' | '=' | '('))
}

/// The length of a backslash and what it takes away the meaning of.
pub(super) fn escape(rest: &str) -> usize {
    1 + rest[1..].chars().next().map_or(0, char::len_utf8)
}
