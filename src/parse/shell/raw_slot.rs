//! A slot as the lexer meets it: a placeholder and what is around it.

use std::borrow::Cow;
use std::ops::Range;

use super::placeholder::Placeholder;

/// A slot as the lexer met it.
#[derive(Debug, Clone)]
pub(super) struct RawSlot<'a> {
    pub(super) span: Range<usize>,
    pub(super) placeholder: Placeholder<'a>,
    pub(super) quoting: Quoting,
    /// Whether it is a variable with an operation, which no text can stand for: `${NAME%.*}`.
    pub(super) is_operation: bool,
    /// Whether something is calculated with it.
    pub(super) is_number: bool,
    /// Whether it is in `[[...]]`.
    pub(super) in_test: bool,
    /// Whether it is in a here-document in which variables stay as they are.
    pub(super) is_literal: bool,
    /// Where the quotes around it begin.
    pub(super) quote: Option<usize>,
    /// Whether those quotes, or the command, are part of a longer text in double quotes.
    pub(super) in_double: bool,
    /// The command and the word of it that it is part of.
    pub(super) word: Option<(usize, usize)>,
    pub(super) statement: usize,
    /// The line that ends the here-document around it.
    pub(super) end: Option<Cow<'a, str>>,
}

/// How a value is written in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// As a word, in quotes of its own.
    Bare,
    /// As text in double quotes.
    Double,
    /// As text in single quotes.
    Single,
    /// As it is, in the text of a here-document.
    HereDocument,
    /// As it is.
    Raw,
}
