//! The places in commands that values are put into, and which values each of them takes.
//!
//! The text of a command is read by a shell, and often once more by what that runs: another shell, another host, `awk`.
//! So a place takes any value, quoted, only where it is proven that nothing but one argument of a program that takes
//! data comes of it. Everywhere else it takes plain words, which mean themselves to all of those readers.

use std::borrow::Cow;
use std::ops::Range;

use super::blank::Blank;
use super::lexer::Read;
use super::place::{Place, Quoting};
use super::programs::{self, Reading};
use super::token::{Command, Role};

/// What a plain word is made of, letters and digits aside.
pub const PLAIN: &str = "._:/@%+,=-";

/// Which values a place takes. A place that takes more takes those before it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    /// Digits.
    Number,
    /// Letters, digits and [`PLAIN`].
    Word,
    /// Any text of one line.
    Any,
}

/// Why a place does not take any value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A program reads it again: as commands, or in a language of its own.
    ReadAgain(String),
    /// What a program does with it is not known.
    Unknown(String),
    /// It is the name of what is run, or may become a part of that.
    Program,
    /// Something is calculated with it.
    Calculation,
    /// It is part of a text that goes to a file or another program.
    HereDocument,
    /// A variable keeps it for other commands.
    Assignment,
    /// A file keeps it, or it is the name of one.
    File,
    /// The text around it has a syntax of its own.
    Syntax,
    /// Shells do not agree on how commands like those before it are read.
    Context,
}

impl Reason {
    /// A phrase for readers, which follows "because".
    pub fn phrase(&self) -> String {
        match self {
            Reason::ReadAgain(program) => format!("{program} reads it once more"),
            Reason::Unknown(program) => format!("{program} may read it once more"),
            Reason::Program => "it may become part of what is run".to_owned(),
            Reason::Calculation => "something is calculated with it".to_owned(),
            Reason::HereDocument => "it is part of a here-document".to_owned(),
            Reason::Assignment => "a variable keeps it for later commands".to_owned(),
            Reason::File => "it is about a file".to_owned(),
            Reason::Syntax => "the text around it has a syntax of its own".to_owned(),
            Reason::Context => "the commands around it are not simple".to_owned(),
        }
    }
}

/// A place in a command that a value can be put into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The bytes that the value replaces.
    pub span: Range<usize>,
    /// What stands there.
    pub blank: Blank<'a>,
    /// How a value is written there.
    pub quoting: Quoting,
    /// Whether it is a variable with an operation: the copied text sets the variable first.
    pub is_operation: bool,
    /// Which values it takes.
    pub takes: Takes,
    /// Why not all.
    pub reason: Option<Reason>,
    /// Whether the value is part of a text in double quotes within those of the shell, as in JSON.
    pub in_inner_quotes: bool,
    /// Whether a bare word needs quotes whatever it is, so that it means nothing to the shell.
    pub needs_quotes: bool,
    /// Characters that the value must not contain.
    pub excludes: String,
    /// Characters that it must not begin with.
    pub excludes_first: String,
    /// The line that ends the here-document around it, if the value could become that line.
    pub end: Option<Cow<'a, str>>,
}

/// The places of a block as slots.
pub(super) fn slots<'a>(code: &str, read: &Read<'a>) -> Vec<Slot<'a>> {
    let statements = statements(code, &read.commands);
    let surrounding = |(number, place)| Surrounding { code, read, statements: &statements, number, place };
    read.places.iter().enumerate().map(surrounding).map(|surrounding| slot(&surrounding)).collect()
}

/// What the commands of a statement do with text that goes from one to the other.
#[derive(Debug, Default, Clone)]
struct Statement {
    /// Why none of its places takes any value.
    reason: Option<Reason>,
    /// Whether a program in it reads a language that can't run anything.
    has_language: bool,
}

/// The statements of a block, by their numbers.
fn statements(code: &str, commands: &[Command]) -> Vec<Statement> {
    let mut statements = vec![Statement::default(); commands.last().map_or(0, |last| last.statement + 1)];
    for command in commands {
        let statement = &mut statements[command.statement];
        let reason = match programs::reading(&command.words) {
            Reading::Language => {
                statement.has_language = true;
                None
            }
            Reading::Data => None,
            Reading::Again(program) => Some(Reason::ReadAgain(program)),
            Reading::Unknown(program) => Some(Reason::Unknown(program)),
        };
        let reason = reason.or_else(|| writes_file(code, command).then_some(Reason::File));
        statement.reason = statement.reason.take().or(reason);
    }
    statements
}

/// Whether the output of a command goes to a file.
fn writes_file(code: &str, command: &Command) -> bool {
    command.words.iter().any(|word| {
        let signs = code[..word.span.start].trim_end_matches([' ', '\t']);
        let is_output = signs.ends_with('>') || signs.ends_with(">|");
        word.role == Role::Redirection && is_output && word.text != "/dev/null"
    })
}

fn slot<'a>(surrounding: &Surrounding<'_, 'a>) -> Slot<'a> {
    let Surrounding { code, place, .. } = *surrounding;
    let (takes, reason) = match surrounding.reason() {
        None => (Takes::Any, None),
        Some(Reason::Calculation) => (Takes::Number, Some(Reason::Calculation)),
        Some(reason) => (Takes::Word, Some(reason)),
    };
    let (before, after) = (&code[..place.span.start], &code[place.span.end..]);
    let is_program = reason == Some(Reason::Program);
    let run = surrounding.run();
    let mut excludes = String::new();
    if is_program || place.is_number || surrounding.is_tested() {
        excludes.push('=');
    }
    if run.contains(['{', '}']) {
        excludes.push_str(",.");
    }
    if place.in_double || surrounding.is_multiline() {
        // Where a history is kept, no quotes protect this here.
        excludes.push_str("!^");
    }
    excludes.push_str(&surrounding.delimiter());
    let mut excludes_first = String::new();
    if surrounding.is_first(takes) {
        excludes_first.push('-');
        if surrounding.program().is_some_and(|program| programs::READ_FILES.contains(&program.as_str())) {
            excludes_first.push('@');
        }
        if run.contains('%') || takes != Takes::Any {
            excludes_first.push_str("%+@=,");
        }
    }
    let is_tight = before.ends_with(['<', '>', '{', '}', '[', '=', '~'])
        || after.starts_with(['<', '>', '{', '}', '[', '('])
        || run.contains(['{', '}']);
    Slot {
        span: place.span.clone(),
        blank: place.blank,
        quoting: place.quoting,
        is_operation: place.is_operation,
        takes,
        reason,
        in_inner_quotes: takes == Takes::Any && surrounding.inner() == Inner::Quoted,
        needs_quotes: place.quoting == Quoting::Bare && (is_program || is_tight),
        excludes,
        excludes_first,
        end: place.end.clone().filter(|end| surrounding.may_become(end)),
    }
}

/// What the text in quotes around a place says to another reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inner {
    /// Nothing: it is prose.
    Prose,
    /// The place is in double quotes of another language.
    Quoted,
    /// It has a syntax in which the place is not quoted.
    Syntax,
}

/// A place, and what is around it.
struct Surrounding<'p, 'a> {
    code: &'p str,
    read: &'p Read<'a>,
    statements: &'p [Statement],
    /// The number of the place.
    number: usize,
    place: &'p Place<'a>,
}

/// The longest text around a place that is looked at. All places together take the time that their block takes.
const NEAR: usize = 1_000;

impl<'a> Surrounding<'_, 'a> {
    /// Why the place does not take any value; nothing, if it is proven that it can.
    fn reason(&self) -> Option<Reason> {
        let place = self.place;
        if place.is_number || self.program().is_some_and(|program| program == "let") {
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
            || self.read.simple_until.is_some_and(|end| place.span.start >= end)
            || place.is_operation
            || place.quoting == Quoting::Raw
            || role.is_none();
        if is_context {
            return Some(Reason::Context);
        }
        if role == Some(Role::Redirection) {
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

    fn program(&self) -> Option<String> {
        programs::program(&self.command()?.words).map(|(program, _)| program.to_owned())
    }

    /// Whether the place is in the word that is run, or may become an assignment before it.
    fn is_program(&self) -> bool {
        let (Some(command), Some((_, word))) = (self.command(), self.place.word) else { return false };
        let first = programs::first(&command.words);
        let begins_text = |text: &str| {
            let text = text.trim_end_matches([' ', '\t', '\n']);
            text.is_empty() || text.ends_with([';', '&', '|', '(', '`', '\'', '"'])
        };
        // In a text that another shell reads, its first word is run there.
        let is_inner = self.place.quote.is_some_and(|quote| {
            let before = &self.code[quote + 1..self.place.span.start];
            begins_text(before)
                && !matches!(programs::reading(&command.words), Reading::Data | Reading::Language)
        });
        let is_operand = matches!(programs::reading(&command.words), Reading::Again(_))
            && self.place.quote.is_none()
            && self.code[self.place.span.end..].starts_with(' ');
        word <= first || is_inner || is_operand
    }

    /// Whether a test of the shell calculates with its words.
    fn is_tested(&self) -> bool {
        if self.place.in_test {
            return true;
        }
        let calculates =
            ["[", "[[", "declare", "export", "integer", "local", "printf", "readonly", "test", "typeset"];
        self.program().is_none_or(|program| calculates.contains(&program.as_str()))
    }

    /// The characters around the place up to the next blank or quote on both sides.
    fn run(&self) -> &str {
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"');
        let (start, end) = (self.place.span.start, self.place.span.end);
        let first = self.code.ceil_char_boundary(start.saturating_sub(NEAR));
        let last = self.code.floor_char_boundary((end + NEAR).min(self.code.len()));
        let first = self.code[first..start].rfind(is_end).map_or(first, |at| first + at + 1);
        let last = self.code[end..last].find(is_end).map_or(last, |at| end + at);
        &self.code[first..last]
    }

    /// Whether the value is the beginning of a word, for any of its readers.
    fn is_first(&self, takes: Takes) -> bool {
        let before = &self.code[..self.place.span.start];
        let previous = self.number.checked_sub(1).map(|previous| &self.read.places[previous]);
        let is_behind_place =
            previous.is_some_and(|other| other.span.end == self.place.span.start && !other.is_operation);
        if takes == Takes::Any
            && let (Some(command), Some((_, word))) = (self.command(), self.place.word)
        {
            let before = &self.code[command.words[word].span.start..self.place.span.start];
            return before.chars().all(|letter| matches!(letter, '\'' | '"'));
        }
        let goes_on = |last: char| last.is_ascii_alphanumeric() || (PLAIN.contains(last) && last != '-');
        !is_behind_place && !before.ends_with(goes_on)
    }

    /// Whether the quotes around the place begin on an earlier line.
    fn is_multiline(&self) -> bool {
        self.place.quote.is_some_and(|quote| {
            let inside = &self.code[quote..self.place.span.start];
            inside.len() > NEAR || inside.contains('\n')
        })
    }

    /// What separates the parts of a command of `sed` that the place is in.
    fn delimiter(&self) -> String {
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
    fn inner(&self) -> Inner {
        let place = self.place;
        let (start, end) = match (place.quote, place.word) {
            (Some(quote), _) => (quote + 1, self.end_of_quote(quote)),
            (None, Some((command, word))) => {
                let span = &self.read.commands[command].words[word].span;
                (span.start, span.end)
            }
            (None, None) => return Inner::Syntax,
        };
        if end - start > NEAR {
            return Inner::Syntax;
        }
        let mut literal = String::new();
        let mut before = 0;
        let mut at = start;
        for other in self.places(start..end) {
            if other.span.start < at {
                return Inner::Syntax;
            }
            literal.push_str(&self.code[at..other.span.start]);
            if other.span == place.span {
                before = literal.len();
            }
            at = other.span.end;
        }
        literal.push_str(&self.code[at..end]);
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

    /// The places within a part of the block.
    fn places(&self, part: Range<usize>) -> &[Place<'a>] {
        let places = &self.read.places;
        let start = places.partition_point(|place| place.span.start < part.start);
        let end = places.partition_point(|place| place.span.start < part.end);
        &places[start..end]
    }

    /// Whether the line of the place can become the line that ends the here-document.
    fn may_become(&self, end: &str) -> bool {
        let (before, after) = (&self.code[..self.place.span.start], &self.code[self.place.span.end..]);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let stop = self.place.span.end + after.find('\n').unwrap_or(after.len());
        if stop - start > NEAR {
            return true;
        }
        let mut line = String::new();
        let mut at = start;
        for other in self.places(start..stop) {
            line.push_str(&self.code[at..other.span.start.max(at)]);
            at = other.span.end;
        }
        line.push_str(&self.code[at..stop.max(at)]);
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
