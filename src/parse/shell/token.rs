//! What the lexer makes of a block of commands: tokens for its colours, words for what it does.

use std::ops::Range;

/// A piece of a block. The tokens of a block follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes of the block that it covers.
    pub span: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// What a shell prints before a command: `$ `.
    Prompt,
    /// A line that a command printed.
    Output,
    /// White space, and line breaks.
    Whitespace,
    /// From a `#` to the end of its line.
    Comment,
    /// What joins, groups or redirects commands, and the words that the shell itself knows: `|`, `$(`, `>`, `if`.
    Syntax,
    /// The name of what is run.
    Program,
    /// An option of a program, without the value after its `=`.
    Option,
    /// Another word, or a part of one.
    Word,
    /// A name that is given a value, or that a calculation reads.
    Name,
    /// `$POD`, `$?`, and the pieces of `${POD:-web}`.
    Variable,
    /// A number in a calculation.
    Number,
    /// Text in quotes with its quotes, or in a here-document.
    String,
    /// A backslash and the character that it quotes.
    Escape,
}

/// A simple command: a program and its arguments.
#[derive(Debug, Default, Clone)]
pub(super) struct Command {
    /// Which statement it is part of, from 0: all that `;`, `&&`, `||`, `&` or a line break at the top ends.
    pub(super) statement: usize,
    /// Its words.
    pub(super) words: Vec<Word>,
}

/// A word of a command.
#[derive(Debug, Default, Clone)]
pub(super) struct Word {
    /// The bytes of the block that it covers, quotes included.
    pub(super) span: Range<usize>,
    /// Its text without quotes, and without what only running it would tell.
    pub(super) text: String,
    /// What it is for.
    pub(super) role: Role,
}

/// What a word of a command is for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A program, or an argument.
    #[default]
    Argument,
    /// `NAME=value` before the program, or a name that a loop sets.
    Assignment,
    /// A file that is read or written.
    Redirection,
    /// A word that the shell itself knows.
    Keyword,
}

/// What the next word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Expected {
    #[default]
    Command,
    /// A command, for one that runs others: `sudo -n systemctl`.
    Wrapped,
    Argument,
    /// That of a variable.
    Name,
    /// That of a function.
    Function,
    /// `in`, which may stand behind a name.
    In,
}
