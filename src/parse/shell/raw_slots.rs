//! The slots in commands, as the lexer meets them.

use super::lexer::{Level, Lexer, Open};
use super::placeholder::{Placeholder, is_own, name_length, placeholder};
use super::raw_slot::{Quoting, RawSlot};

/// The bytes before a place in which a calculation may begin that it is part of.
const NEAR: usize = 1_000;

impl<'a> Lexer<'a> {
    /// The length of the placeholder that `rest` begins with.
    pub(super) fn placeholder_length(&self, rest: &'a str) -> Option<usize> {
        let name = placeholder(rest.strip_prefix('<')?)?;
        // `a<b and c>d` compares.
        let is_apart = !self.code[..self.at].ends_with(|last: char| last.is_alphanumeric() || last == '<');
        (is_apart && !self.closing.contains(name)).then(|| name.len() + "<>".len())
    }

    /// AcceptedValues down a placeholder, and returns its length.
    pub(super) fn angle(&mut self, rest: &'a str) -> Option<usize> {
        let length = self.placeholder_length(rest)?;
        self.add_slot(Placeholder::Angle(&rest[1..length - 1]), length, false);
        Some(length)
    }

    /// AcceptedValues down the variable that `rest` begins with, if it is one that a reader can give a value to.
    pub(super) fn variable_slot(&mut self, rest: &'a str) {
        let after = &rest[1..];
        let (name, length, operation) = match after.strip_prefix('{') {
            Some(inner) => {
                let name = &inner[..name_length(inner)];
                let is_plain = inner[name.len()..].starts_with('}');
                (name, "${".len() + name.len() + usize::from(is_plain), !is_plain)
            }
            None => (&after[..name_length(after)], 1 + name_length(after), false),
        };
        if name.is_empty() || is_own(name) {
            return;
        }
        self.add_slot(Placeholder::Variable(name), length, operation);
    }

    /// Whether `$[...]` is open here, which calculates as `$((...))` does.
    fn is_in_old_arithmetic(&self) -> bool {
        let near = &self.code[..self.at];
        let near = &near[near.ceil_char_boundary(near.len().saturating_sub(NEAR))..];
        let Some(start) = near.rfind("$[") else { return false };
        let count = |bracket| near[start..].matches(bracket).count();
        count('[') > count(']')
    }

    fn add_slot(&mut self, placeholder: Placeholder<'a>, length: usize, is_operation: bool) {
        let Some((level, outer)) = self.levels.split_last() else { return };
        let is_opaque = |level: &Level| {
            !level.open.holds_commands() && !matches!(level.open, Open::Double | Open::Array)
                || level.open == Open::Backticks
        };
        let is_nested = outer.iter().any(is_opaque);
        let is_number = |level: &Level| matches!(level.open, Open::Arithmetic(..) | Open::Braces(true));
        let quoting = match level.open {
            Open::HereText => Quoting::HereDocument,
            _ if is_nested => Quoting::Raw,
            Open::Double => Quoting::Double,
            Open::Single => Quoting::Single,
            Open::Block | Open::Substitution | Open::Subshell | Open::Process | Open::Array => Quoting::Bare,
            Open::Backticks | Open::Escaped | Open::Braces(_) | Open::Arithmetic(..) => Quoting::Raw,
        };
        let is_quote = matches!(level.open, Open::Double | Open::Single);
        let owner = self.levels.iter().rfind(|level| level.open.holds_commands());
        let owner = owner.filter(|level| level.has_word).and_then(|level| level.command);
        let word = owner.map(|command| (command, self.read.commands[command].words.len() - 1));
        // Another program reads a variable in single quotes, with operations of its own.
        let is_literal = self.texts.front().is_some_and(|text| text.is_literal);
        if is_operation && (quoting == Quoting::Single || is_literal) {
            return;
        }
        self.read.raw_slots.push(RawSlot {
            span: self.at..self.at + length,
            placeholder,
            quoting,
            is_operation,
            is_number: self.levels.iter().any(is_number) || self.is_in_old_arithmetic(),
            in_test: self.levels.iter().any(|level| level.in_test),
            is_literal,
            quote: is_quote.then_some(level.start),
            in_double: outer.iter().any(|level| level.open == Open::Double),
            word,
            statement: self.statement,
            end: self.texts.front().filter(|_| quoting == Quoting::HereDocument).map(|text| text.end.clone()),
        });
    }
}
