//! A place for a value, and what is around it: what decides which values the place takes.

use std::ops::Range;

use super::accepted_values::{PLAIN, Reason, Statement};
use super::lexer::Read;
use super::programs;
use super::raw_slot::{Quoting, RawSlot};
use super::token::{Command, Role, TokenKind, Word};
use super::variable_names::{FLAGS, JOINT, ends_with_variable, is_name};

/// What the text in quotes around a place says to another reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inner {
    /// Nothing: it is prose.
    Prose,
    /// The place is in double quotes of another language.
    Quoted,
    /// It has a syntax in which the place is not quoted.
    Syntax,
}

/// Who reads the name of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameReader {
    /// The shell, which quotes before the value keep from reading on.
    Shell,
    /// Another program, if any.
    Another,
}

/// A place, and what is around it.
pub(super) struct Surrounding<'p, 'a> {
    pub(super) code: &'p str,
    pub(super) read: &'p Read<'a>,
    pub(super) statements: &'p [Statement],
    pub(super) place: &'p RawSlot<'a>,
    /// Whether the block declares variables as numbers, so that what is assigned is calculated.
    pub(super) has_numbers: bool,
}

/// The longest text around a place that is looked at. All places together take the time that their block takes.
const NEAR: usize = 1_000;

impl<'a> Surrounding<'_, 'a> {
    /// Why the place does not take any value; nothing, if it is proven that it can.
    pub(super) fn reason(&self) -> Option<Reason> {
        let place = self.place;
        // `{1..9}` counts.
        let is_range = || {
            let run = self.run();
            run.contains('{') && run.contains("..")
        };
        let is_assigned = || self.role() == Some(Role::Assignment) || self.is_setting();
        if place.is_number
            || is_range()
            || self.program().is_some_and(|program| program == "let")
            || self.has_numbers && is_assigned()
        {
            return Some(Reason::Calculation);
        }
        if place.end.is_some() || place.is_literal {
            return Some(Reason::HereDocument);
        }
        let role = self.role();
        if role.is_some_and(|role| role == Role::Assignment) {
            return Some(Reason::Assignment);
        }
        if self.is_program() {
            return Some(Reason::Program);
        }
        let statement = self.statements.get(place.statement);
        if let Some(reason) = statement.and_then(|statement| statement.reason.clone()) {
            return Some(reason);
        }
        let is_context = self.read.redefines
            || self.read.recalls
            || self.read.simple_until.is_some_and(|end| place.span.start >= end)
            || place.is_operation
            || place.quoting == Quoting::Raw
            || role.is_none();
        if is_context {
            return Some(Reason::Context);
        }
        let is_here_string = || {
            let word = self.command().zip(self.place.word).map(|(command, (_, word))| &command.words[word]);
            let before = word.map_or("", |word| &self.code[..word.span.start]);
            before.trim_end_matches([' ', '\t']).ends_with("<<<")
        };
        if role == Some(Role::Redirection) && !is_here_string() {
            return Some(Reason::File);
        }
        match self.inner() {
            Inner::Syntax => Some(Reason::Syntax),
            Inner::Prose if statement.is_none_or(|statement| statement.has_language) => Some(Reason::Syntax),
            Inner::Quoted | Inner::Prose => None,
        }
    }

    fn command(&self) -> Option<&Command> {
        self.read.commands.get(self.place.word?.0)
    }

    fn role(&self) -> Option<Role> {
        let (_, word) = self.place.word?;
        self.command()?.words.get(word).map(|word| word.role)
    }

    pub(super) fn program(&self) -> Option<String> {
        programs::program(&self.command()?.words).map(|(program, _)| program.to_owned())
    }

    /// Whether the place is in the word that is run.
    fn is_program(&self) -> bool {
        let word = self.command().zip(self.place.word);
        word.is_some_and(|(command, (_, word))| word <= programs::first(&command.words))
    }

    /// Whether a text that is read again may take the place for a command, or for an assignment before one.
    pub(super) fn begins_command(&self) -> bool {
        let before = match self.place.quote {
            Some(quote) => &self.code[quote + 1..self.place.span.start],
            None => &self.code[..self.place.span.start],
        };
        let before = before.trim_end_matches([' ', '\t', '\n']);
        before.is_empty()
            || before.ends_with([';', '&', '|', '(', '`', '\'', '"'])
            // The first word behind a host or an option: `ssh db-1 $COMMAND`.
            || (self.place.quote.is_none() && self.code[self.place.span.end..].starts_with(' '))
    }

    /// Whether a test of the shell calculates with its words.
    pub(super) fn is_tested(&self) -> bool {
        if self.place.in_test {
            return true;
        }
        let calculates =
            ["[", "[[", "declare", "export", "integer", "local", "printf", "readonly", "test", "typeset"];
        self.program().is_none_or(|program| calculates.contains(&program.as_str()))
    }

    /// Whether a program evaluates the value: it stands in no string of the program's own language.
    pub(super) fn is_evaluated(&self) -> bool {
        let (place, at) = (self.place, self.place.span.start);
        if place.end.is_some() || place.is_literal {
            // The text of a here-document comes behind its statement.
            let mut before = self.statements.iter().take(place.statement + 1);
            let line = &self.code[self.code[..at].rfind('\n').map_or(0, |end| end + 1)..at];
            return before.any(|statement| statement.evaluates)
                && line.matches('\'').count().is_multiple_of(2);
        }
        let words = self.command().map_or(&[][..], |command| &command.words);
        let is = |names: &[&str], word: &Word| names.contains(&programs::base(&word.text));
        let is_program = words.iter().any(|word| is(&programs::EVALUATORS, word));
        let statement = self.statements.get(place.statement);
        let is_printed = statement.is_some_and(|statement| statement.evaluates)
            && words.iter().any(|word| is(&programs::PRINTERS, word));
        if !is_program && !is_printed {
            return false;
        }
        let Some(quote) = place.quote else { return is_printed || self.is_expression() };
        let text = &self.code[quote + 1..at];
        let is_open = |sign: &str| text.matches(sign).count() % 2 == 1;
        let is_string =
            if self.code[quote..].starts_with('"') { is_open("'") || is_open("\\\"") } else { is_open("\"") };
        !is_string
    }

    /// Whether the word of the place is what a program evaluates.
    fn is_expression(&self) -> bool {
        let Some((command, (_, word))) = self.command().zip(self.place.word) else { return true };
        let before = &command.words[..word];
        let is_flag = |word: &Word| programs::EXPRESSION_OPTIONS.contains(&word.text.as_str());
        let first = programs::first(&command.words);
        let mut arguments = before.iter().skip(first + 1);
        let is_first = arguments.all(|word| word.text.starts_with('-'));
        let takes_first = || {
            let name = command.words.get(first).map(|word| programs::base(&word.text));
            name.is_none_or(|name| programs::EXPRESSION_FIRST.contains(&name))
        };
        before.last().is_some_and(is_flag) || is_first && takes_first()
    }

    /// The characters around the place up to the next space or quote on both sides, without other places.
    pub(super) fn run(&self) -> String {
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"');
        let (start, end) = (self.place.span.start, self.place.span.end);
        let first = self.code.ceil_char_boundary(start.saturating_sub(NEAR));
        let last = self.code.floor_char_boundary((end + NEAR).min(self.code.len()));
        let first = self.code[first..start].rfind(is_end).map_or(first, |at| first + at + 1);
        let last = self.code[end..last].find(is_end).map_or(last, |at| end + at);
        self.literal(first..last)
    }

    /// Whether the value is the beginning of a word, for any of its readers.
    pub(super) fn is_first(&self, is_proven: bool) -> bool {
        // `X=$A` and `export X=$A`: what a variable keeps may become a word of its own.
        let is_assignment = self.role() == Some(Role::Assignment) || self.is_setting();
        let goes_on = |last: char| match last {
            _ if is_proven => true,
            '=' => !is_assignment,
            '-' => false,
            _ => last.is_ascii_alphanumeric() || PLAIN.contains(last),
        };
        !self.character_before().is_some_and(goes_on)
    }

    /// Who would read the value as a part of the name of a variable before it: `$HOME$A`.
    pub(super) fn extended_name(&self) -> Option<NameReader> {
        let before = self.before();
        let named = before.trim_end_matches(is_name);
        let flagged = named.trim_end_matches(FLAGS);
        let variable = flagged.strip_suffix('$')?;
        if before.ends_with('$') {
            return None;
        }
        let is_quoted =
            variable.ends_with('\\') || !matches!(self.place.quoting, Quoting::Bare | Quoting::Double);
        // Only one of the shells knows flags.
        let is_certain = flagged.len() == named.len();
        Some(if is_quoted || !is_certain { NameReader::Another } else { NameReader::Shell })
    }

    /// Whether the value would be the name of a variable or a part of it, perhaps to another reader: `$$A`, `${$A}`, and
    /// `$=$A` of zsh.
    pub(super) fn names_variable(&self) -> bool {
        let before = self.before();
        let is_of_name =
            |letter: char| is_name(letter) || FLAGS.contains(&letter) || "!$()@".contains(letter);
        self.character_before() == Some('$')
            || before.trim_end_matches(FLAGS).ends_with('$')
            || before.trim_end_matches(is_of_name).ends_with("${")
    }

    /// The block up to the place, without backslashes that join the line of the place to the one before it.
    fn before(&self) -> &str {
        self.code[..self.place.span.start].trim_end_matches(JOINT)
    }

    /// Whether the value would name a command of the history, where one is kept: `!$A`.
    pub(super) fn names_history(&self) -> bool {
        self.before().trim_end_matches(['\'', '"']).ends_with('!')
    }

    /// Whether a name with a `=` is what stands before the value, up to a space or quote.
    fn is_setting(&self) -> bool {
        let before = self.before().trim_end_matches(['\'', '"']);
        let name =
            before.strip_suffix('=').map(|name| name.strip_suffix('+').unwrap_or(name)).unwrap_or_default();
        let start = name.trim_end_matches(is_name).len();
        let (before, name) = name.split_at(start);
        !name.is_empty() && (before.is_empty() || before.ends_with([' ', '\t', '\n', '\'', '"', ';', '(']))
    }

    /// The character of the same word or quoted text that stands before the value, whatever is put in or expands to
    /// nothing in between; nothing, if that is not certain.
    pub(super) fn character_before(&self) -> Option<char> {
        let mut end = self.place.span.start;
        let least = self.code.ceil_char_boundary(end.saturating_sub(NEAR));
        let count = self.read.tokens.partition_point(|token| token.span.start < end);
        for token in self.read.tokens[..count].iter().rev() {
            let start = token.span.start.max(least);
            match token.kind {
                TokenKind::Whitespace | TokenKind::Syntax | TokenKind::Prompt => return None,
                TokenKind::Variable => {}
                _ => {
                    let literal = self.literal(start..end);
                    let literal = literal.trim_end_matches(JOINT).trim_end_matches(['\'', '"']);
                    if let Some(last) = literal.chars().next_back() {
                        let is_certain = !ends_with_variable(&self.literal(least..end));
                        return is_certain.then_some(last);
                    }
                }
            }
            if start == least {
                return None;
            }
            end = start;
        }
        None
    }

    /// Whether the quotes around the place begin on an earlier line.
    pub(super) fn is_multiline(&self) -> bool {
        self.place.quote.is_some_and(|quote| {
            let inside = &self.code[quote..self.place.span.start];
            inside.len() > NEAR || inside.contains('\n')
        })
    }

    /// What separates the parts of a command of `sed` that the place is in.
    pub(super) fn delimiter(&self) -> String {
        let Some(program) =
            self.program().filter(|program| ["sed", "gsed", "perl"].contains(&program.as_str()))
        else {
            return String::new();
        };
        let line = self.place.quote.map_or("", |quote| &self.code[quote + 1..self.place.span.start]);
        let line = if line.len() > NEAR { "" } else { line };
        let mut letters = line.trim_start().chars();
        let is_substitution = letters.next() == Some('s') && program != "perl";
        let delimiter = letters.next().filter(|letter| letter.is_ascii_punctuation());
        match delimiter {
            Some(delimiter) if is_substitution && !line[2..].is_empty() => {
                let open = line.matches(delimiter).count();
                // Behind the last one are flags, of which some run or write.
                if open > 2 { "ewEW".to_owned() } else { delimiter.to_string() }
            }
            _ => "ewrRW".to_owned(),
        }
    }

    /// How another reader sees the word around the place.
    pub(super) fn inner(&self) -> Inner {
        let place = self.place;
        let (start, end) = match (place.quote, place.word) {
            (Some(quote), _) => (quote + 1, self.end_of_quote(quote)),
            (None, Some((command, word))) => {
                let span = &self.read.commands[command].words[word].span;
                (span.start, span.end)
            }
            (None, None) => return Inner::Syntax,
        };
        if end.saturating_sub(start) > NEAR || end < place.span.end {
            return Inner::Syntax;
        }
        let literal = self.literal(start..end);
        let before = self.literal(start..place.span.start).len();
        let quote = match place.quoting {
            Quoting::Double => "\\\"",
            Quoting::Single => "\"",
            _ => return if is_prose(&literal, place.quote.is_none()) { Inner::Prose } else { Inner::Syntax },
        };
        if is_prose(&literal, false) {
            return Inner::Prose;
        }
        let rest = literal.replace(quote, "");
        let is_plain = !rest.contains(['\\', '\'', '"', '`', '$', '\n']);
        let is_inside = literal[..before].matches(quote).count() % 2 == 1;
        if is_plain && is_inside { Inner::Quoted } else { Inner::Syntax }
    }

    fn end_of_quote(&self, quote: usize) -> usize {
        let mark = if self.place.quoting == Quoting::Single { '\'' } else { '"' };
        let mut escaped = false;
        // The end of a longer one does not matter.
        for (at, letter) in self.code[quote + 1..].char_indices().take(NEAR + 1) {
            match letter {
                _ if escaped => escaped = false,
                '\\' if mark == '"' => escaped = true,
                _ if letter == mark => return quote + 1 + at,
                _ => {}
            }
        }
        self.code.len()
    }

    /// A part of the block without the places in it.
    fn literal(&self, part: Range<usize>) -> String {
        let mut literal = String::new();
        let mut at = part.start;
        for place in self.slots_in(part.clone()) {
            literal.push_str(&self.code[at..place.span.start.max(at)]);
            at = at.max(place.span.end);
        }
        literal.push_str(self.code.get(at..part.end).unwrap_or_default());
        literal
    }

    /// The places that begin in a part of the block.
    fn slots_in(&self, part: Range<usize>) -> &[RawSlot<'a>] {
        let places = &self.read.raw_slots;
        let start = places.partition_point(|place| place.span.start < part.start);
        let end = places.partition_point(|place| place.span.start < part.end);
        &places[start..end]
    }

    /// Whether the line of the place can become the line that ends the here-document.
    pub(super) fn may_become(&self, end: &str) -> bool {
        let (before, after) = (&self.code[..self.place.span.start], &self.code[self.place.span.end..]);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let stop = self.place.span.end + after.find('\n').unwrap_or(after.len());
        if stop - start > NEAR {
            return true;
        }
        let line = self.literal(start..stop);
        line.chars().all(|letter| letter == '\t' || end.contains(letter))
    }
}

/// Whether a text is words and nothing that any language would read otherwise.
fn is_prose(text: &str, is_bare: bool) -> bool {
    let is_plain =
        |letter: char| letter.is_alphanumeric() || PLAIN.contains(letter) || (!is_bare && letter == ' ');
    // The first part of an address is no prose: what follows is a path or a query.
    text.chars().all(|letter| is_plain(letter) || (is_bare && matches!(letter, '\'' | '"')))
        && !text.contains("://")
}
