//! Which values a slot accepts, and why not others.

/// What a plain word is made of, letters and digits aside.
pub(super) const PLAIN: &str = "._:/@%+,=-";

/// Which values a slot accepts. One that accepts more accepts those before it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AcceptedValues {
    /// Digits.
    Number,
    /// Letters, digits and `._:/@%+,=-`.
    Word,
    /// Any text of one line.
    Any,
}

/// Why a slot does not accept any value.
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

/// What the commands of a statement do with text that goes from one to the other.
#[derive(Debug, Default, Clone)]
pub(super) struct Statement {
    /// Why none of its slots accepts any value.
    pub(super) reason: Option<Reason>,
    /// Whether a program in it reads a language that can't run anything.
    pub(super) has_language: bool,
    /// Whether a program in it evaluates a text: SQL, or a program of its own language.
    pub(super) evaluates: bool,
    /// Whether one of its programs gets its arguments from the output of another.
    pub(super) passes_arguments: bool,
}
