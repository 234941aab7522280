//! The one reading of shell commands: what is quoted, what is nested, and which words are run.
//!
//! It follows bash and zsh, and knows what neither does: placeholders like `<pod>`, which a shell would read as
//! redirections. Each line goes on where the one before it ended, so a caller decides which lines are commands.
//!
//! Where a construct is left that both shells are known to read in the same way, the lexer goes on as well as it can,
//! for the colours, and takes down from where its reading is no proof any more ([`Read::simple_until`]).

use std::collections::{BTreeSet, VecDeque};
use std::mem;
use std::ops::Range;

use super::heredoc::HereDocument;
use super::placeholder::up_to;
use super::raw_slot::RawSlot;
use super::token::{Command, Expected, Role, Token, TokenKind, Word};

/// Levels of nesting after which the rest is text.
const MAX_DEPTH: usize = 100;

/// What a block holds, as far as it is read.
#[derive(Debug, Default, Clone)]
pub(super) struct Read<'a> {
    pub(super) tokens: Vec<Token>,
    pub(super) commands: Vec<Command>,
    pub(super) raw_slots: Vec<RawSlot<'a>>,
    /// The texts of here-documents, each with the number of the command that reads it.
    pub(super) documents: Vec<(Option<usize>, Range<usize>)>,
    /// Where the first statement begins that has more than words, plain quotes, pipes and simple substitutions.
    pub(super) simple_until: Option<usize>,
    /// Whether it changes what other commands mean: by functions, aliases, traps or code that it evaluates.
    pub(super) redefines: bool,
    /// Whether it repeats parts of earlier commands, and so values in them: `$_`, and `!$` where a history is kept.
    pub(super) recalls: bool,
}

/// Reads commands line by line.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    pub(super) code: &'a str,
    pub(super) read: Read<'a>,
    /// The next byte.
    pub(super) at: usize,
    /// What is open, from the outside in. The outermost is the block itself.
    pub(super) levels: Vec<Level>,
    /// How many `if`, `for`, `{` and the like are open.
    pub(super) compounds: usize,
    /// Whether the line ends where its command can't: behind a backslash, a pipe, `&&`.
    pub(super) goes_on: bool,
    /// The names in closing tags: what has one is markup, and no placeholder.
    pub(super) closing: BTreeSet<&'a str>,
    /// Here-documents that begin on the next line.
    pub(super) pending: Vec<HereDocument<'a>>,
    /// Those whose text is being read.
    pub(super) texts: VecDeque<HereDocument<'a>>,
    pub(super) statement: usize,
    statement_start: usize,
    pub(super) line_start: usize,
}

/// Where a command began.
#[derive(Debug, Clone)]
pub(super) struct Start {
    at: usize,
    /// Of tokens, commands, places and here-documents.
    lengths: [usize; 4],
    simple_until: Option<usize>,
}

/// Something that is open, and what it is in the middle of.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) open: Open,
    pub(super) start: usize,
    pub(super) expected: Expected,
    /// Whether the last character belongs to a word that may go on.
    pub(super) in_word: bool,
    /// Whether the next word belongs to what is before it: the file of a redirection, the value of an option.
    pub(super) is_operand: Option<Role>,
    /// The command that is being read, and whether its last word is.
    pub(super) command: Option<usize>,
    pub(super) has_word: bool,
    /// How many `case` are open, and where in them the next word is.
    pub(super) cases: usize,
    pub(super) case: Case,
    /// Whether `[[` is open: what is in it joins no commands.
    pub(super) in_test: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Commands,
    /// Between `case` and `in`.
    Subject,
    /// Before the `)`.
    Pattern,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// The block itself.
    Block,
    /// `$(...)`.
    Substitution,
    /// `(...)`.
    Subshell,
    /// `<(...)` and `>(...)`.
    Process,
    Backticks,
    Double,
    Single,
    /// `$'...'`.
    Escaped,
    /// `NAME=(...)`.
    Array,
    /// `${...}`, and whether it is a place or a length, which are calculated.
    Braces(bool),
    /// `$((...))` and `((...))`: how many parentheses are open in it, and whether it is part of a word.
    Arithmetic(usize, bool),
    /// A line of a here-document.
    HereText,
}

impl Open {
    pub(super) fn holds_commands(self) -> bool {
        matches!(self, Open::Block | Open::Substitution | Open::Subshell | Open::Process | Open::Backticks)
    }
}

impl Level {
    pub(super) fn new(open: Open, start: usize, expected: Expected) -> Self {
        Self {
            open,
            start,
            expected,
            in_word: false,
            is_operand: None,
            command: None,
            has_word: false,
            cases: 0,
            case: Case::Commands,
            in_test: false,
        }
    }

    /// What follows is a command of its own.
    pub(super) fn end_command(&mut self) {
        (self.expected, self.in_word, self.is_operand) = (Expected::Command, false, None);
        (self.command, self.has_word, self.in_test) = (None, false, false);
    }
}

/// Where the first line begins that has a control character: those end or hide what they stand in. Behind a word, a shell
/// that is typed into takes a tab for the question how the word goes on.
fn first_control(code: &str) -> Option<usize> {
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let mut text = line.trim_end_matches('\n').trim_start_matches([' ', '\t']).chars();
        if text.any(char::is_control) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

impl<'a> Lexer<'a> {
    pub(super) fn new(code: &'a str) -> Self {
        let closing = code.match_indices("</").filter_map(|(at, _)| up_to(&code[at + 2..], '>')).collect();
        let mut lexer = Self {
            code,
            read: Read::default(),
            at: 0,
            levels: vec![Level::new(Open::Block, 0, Expected::Command)],
            compounds: 0,
            goes_on: false,
            closing,
            pending: Vec::new(),
            texts: VecDeque::new(),
            statement: 0,
            statement_start: 0,
            line_start: 0,
        };
        lexer.read.simple_until = first_control(code);
        lexer
    }

    /// Reads the commands up to `end`, which is the end of a line.
    pub(super) fn line(&mut self, end: usize) {
        (self.goes_on, self.line_start) = (false, self.at);
        if let Some(text) = self.texts.pop_front() {
            return self.text_line(text, end);
        }
        while self.at < end {
            self.piece(end);
        }
        self.begin_texts();
    }

    /// The next line is the first of the here-documents that this one announced.
    fn begin_texts(&mut self) {
        let first = self.read.documents.len() - self.pending.len();
        for (number, mut document) in (first..).zip(mem::take(&mut self.pending)) {
            document.number = number;
            self.texts.push_back(document);
        }
    }

    /// Whether the commands so far need another line.
    pub(super) fn is_open(&self) -> bool {
        self.goes_on || self.levels.len() > 1 || self.compounds > 0 || self.is_in_text()
    }

    /// Whether the next line is the text of a here-document.
    pub(super) fn is_in_text(&self) -> bool {
        !self.texts.is_empty()
    }

    /// AcceptedValues the next line, up to `end`, for something that is no command.
    pub(super) fn skip(&mut self, kind: TokenKind, end: usize) {
        self.push(kind, end - self.at);
        self.begin_statement();
    }

    /// AcceptedValues a prompt that asks for the rest of a command.
    pub(super) fn skip_continuation(&mut self, length: usize) {
        self.push(TokenKind::Prompt, length);
    }

    /// All that a line changes, to come back to.
    pub(super) fn start(&self) -> Start {
        Start {
            at: self.at,
            lengths: [
                self.read.tokens.len(),
                self.read.commands.len(),
                self.read.raw_slots.len(),
                self.read.documents.len(),
            ],
            simple_until: self.read.simple_until,
        }
    }

    /// Goes back to the start of a command.
    pub(super) fn restore(&mut self, start: Start) {
        let [tokens, commands, raw_slots, documents] = start.lengths;
        self.read.tokens.truncate(tokens);
        self.read.commands.truncate(commands);
        self.read.raw_slots.truncate(raw_slots);
        self.read.documents.truncate(documents);
        self.read.simple_until = start.simple_until;
        self.at = start.at;
        self.start_afresh();
    }

    /// Begins a command that has nothing to do with what is before it.
    pub(super) fn start_afresh(&mut self) {
        self.levels = vec![Level::new(Open::Block, self.at, Expected::Command)];
        (self.compounds, self.goes_on) = (0, false);
        self.pending.clear();
        self.texts.clear();
        self.begin_statement();
    }

    /// What was read, when there is nothing more to read.
    pub(super) fn finish(mut self) -> Read<'a> {
        // What never ends may have begun elsewhere than it seems.
        if self.levels.len() > 1 || self.compounds > 0 || self.is_in_text() {
            let first = self.levels.get(1).map_or(0, |level| level.start);
            self.read.simple_until = Some(self.read.simple_until.map_or(first, |known| known.min(first)));
            self.doubt();
        }
        self.read
    }

    /// From the statement that is being read on, the reading is no proof, nor in the rest of its line: at a prompt, a
    /// line with an error does not run at all.
    pub(super) fn doubt(&mut self) {
        let start = self.statement_start.min(self.line_start);
        self.read.simple_until = Some(self.read.simple_until.map_or(start, |known| known.min(start)));
    }

    pub(super) fn begin_statement(&mut self) {
        self.statement += 1;
        self.statement_start = self.at;
    }

    pub(super) fn level(&mut self) -> &mut Level {
        // The block itself is never closed.
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    /// AcceptedValues the next bytes for a token.
    pub(super) fn push(&mut self, kind: TokenKind, length: usize) {
        let text = &self.code[self.at..self.at + length];
        let text = match kind {
            TokenKind::Prompt | TokenKind::Output | TokenKind::Whitespace | TokenKind::Comment => None,
            // What a backslash quotes stays, but for the end of a line, which goes.
            TokenKind::Escape => Some(text[1..].trim_start_matches(['\r', '\n'])),
            _ => Some(text),
        };
        self.push_as(kind, length, text);
    }

    /// AcceptedValues the next bytes for a token that stands for `text` in its word.
    fn push_as(&mut self, kind: TokenKind, length: usize, text: Option<&str>) {
        let span = self.at..self.at + length;
        if let Some(text) = text
            && let Some(word) = self.word_of_level()
        {
            word.span.end = span.end;
            word.text.push_str(text);
        }
        self.at = span.end;
        match self.read.tokens.last_mut() {
            Some(last) if last.kind == kind && !matches!(kind, TokenKind::Prompt | TokenKind::Option) => {
                last.span.end = span.end;
            }
            _ => self.read.tokens.push(Token { span, kind }),
        }
    }

    /// The word that the next characters belong to, in quotes or out of them.
    fn word_of_level(&mut self) -> Option<&mut Word> {
        let level = self.levels.iter().rfind(|level| level.open.holds_commands())?;
        if !level.has_word {
            return None;
        }
        self.read.commands.get_mut(level.command?)?.words.last_mut()
    }

    /// Begins a word of the command that is being read, or of a new one.
    pub(super) fn begin_word(&mut self, role: Role) {
        let (at, statement) = (self.at, self.statement);
        self.goes_on = false;
        let number = self.read.commands.len();
        let level = self.level();
        level.in_word = true;
        if !level.open.holds_commands() || level.case == Case::Pattern || role == Role::Keyword {
            level.has_word &= !level.open.holds_commands();
            return;
        }
        level.has_word = true;
        let command = *level.command.get_or_insert(number);
        if command == number {
            self.read.commands.push(Command { statement, words: Vec::new() });
        }
        self.read.commands[command].words.push(Word { span: at..at, text: String::new(), role });
    }

    pub(super) fn begin(&mut self, open: Open, expected: Expected, length: usize, kind: TokenKind) {
        let is_plain = matches!(open, Open::Double | Open::Single | Open::Substitution | Open::HereText);
        if !is_plain {
            self.doubt();
        }
        let start = self.at;
        // A quote is no part of what its word says.
        let text = if kind == TokenKind::String { "" } else { &self.code[start..start + length] };
        self.push_as(kind, length, Some(text));
        if self.levels.len() < MAX_DEPTH {
            self.levels.push(Level::new(open, start, expected));
        } else {
            self.doubt();
        }
    }

    /// Ends what is open innermost with a token.
    pub(super) fn close(&mut self, length: usize, kind: TokenKind) {
        let mut is_part_of_word = true;
        if self.levels.len() > 1 {
            let closed = self.levels.pop();
            is_part_of_word = !closed
                .is_some_and(|level| matches!(level.open, Open::Subshell | Open::Arithmetic(_, false)));
        }
        let text = if kind == TokenKind::String { "" } else { &self.code[self.at..self.at + length] };
        self.push_as(kind, length, Some(text));
        let level = self.level();
        level.in_word = is_part_of_word;
        level.has_word &= is_part_of_word;
    }

    pub(super) fn piece(&mut self, end: usize) {
        let code = self.code;
        let rest = &code[self.at..end];
        let Some(first) = rest.chars().next() else { return };
        match self.level().open {
            Open::Single => self.string(rest, first, '\'', &['\'', '$', '<']),
            Open::Double => self.string(rest, first, '"', &['"', '\\', '$', '`', '<', '!']),
            Open::Escaped => self.string(rest, first, '\'', &['\'', '\\', '<']),
            Open::HereText => self.string(rest, first, '\n', &['\\', '$', '`', '<']),
            Open::Braces(_) => self.braces(rest, first),
            Open::Arithmetic(depth, _) => self.arithmetic(rest, first, depth),
            _ => self.bare(rest, first),
        }
    }
}
