//! The one reading of commands: colours, places for values, what has to be filled in and what destroys something all
//! come from [`read`].
//!
//! A block goes to lines that are commands (`session`), those to tokens, commands and places (`lexer`
//! and, for what it meets, `bare`, `words`, `quoted`, `here_text`, `places`), and those to what a page says of them (`slot` with `surrounding`, `destructive`, `assigned`).

mod assigned;
mod bare;
mod blank;
mod destructive;
mod here_text;
mod heredoc;
mod language;
mod lexer;
mod place;
mod places;
mod programs;
mod quoted;
mod session;
mod slot;
mod surrounding;
mod takes;
mod token;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

pub use blank::{Blank, folded};
pub use destructive::destructive;
pub use language::{Dialect, LANGUAGES, dialect, language};
pub use place::Quoting;
pub use slot::Slot;
pub use takes::{Reason, Takes};
pub use token::{Token, TokenKind};

/// A block of commands that was read.
#[derive(Debug, Clone)]
pub struct Script<'a> {
    code: &'a str,
    read: lexer::Read<'a>,
}

/// Reads a block of code; nothing, if `language` is none of commands.
pub fn read<'a>(language: &str, code: &'a str) -> Option<Script<'a>> {
    let dialect = dialect(language)?;
    Some(Script { code, read: session::read(dialect, code) })
}

impl<'a> Script<'a> {
    /// Its tokens, which cover all of it.
    pub fn tokens(&self) -> &[Token] {
        &self.read.tokens
    }

    /// What has to be filled in, with its places. Variables that another program reads in single quotes, and those with
    /// an operation that may do without a value, are not.
    pub fn blanks(&self) -> Vec<(Range<usize>, Blank<'a>)> {
        let places = self.read.places.iter();
        let blanks = places.filter(|place| match place.blank {
            Blank::Placeholder(_) => !place.is_literal,
            Blank::Variable(_) => {
                !place.is_literal
                    && place.quoting != Quoting::Single
                    && !(place.is_operation && assigned::has_default(&self.code[place.span.end..]))
            }
        });
        blanks.map(|place| (place.span.clone(), place.blank)).collect()
    }

    /// The places that a value can be put into, in order, and none within another. What the block itself gives a value
    /// is none.
    pub fn slots(&self) -> Vec<Slot<'a>> {
        let set: BTreeSet<&str> = self.assigned().into_iter().collect();
        let mut slots = slot::slots(self.code, &self.read);
        slots.retain(|slot| !matches!(slot.blank, Blank::Variable(name) if set.contains(name)));
        slot::share(&mut slots);
        let mut end = 0;
        slots.retain(|slot| {
            let is_apart = slot.span.start >= end;
            end = end.max(slot.span.end);
            is_apart
        });
        slots
    }

    /// The names that the block gives a value to.
    pub fn assigned(&self) -> Vec<&'a str> {
        assigned::assigned(self.code, &self.read)
    }

    /// Whether the block runs a file in its own shell, which may set any variable.
    pub fn sources(&self) -> bool {
        let mut programs = self.read.commands.iter().filter_map(|command| programs::program(&command.words));
        programs.any(|(program, _)| matches!(program, "source" | "."))
    }
}

#[cfg(test)]
mod tests;
