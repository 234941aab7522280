//! The one reading of commands: colours, places for values, what has to be filled in and what destroys something all
//! come from [`read`].
//!
//! A block goes to lines that are commands (`session`), those to tokens, commands and places (`lexer`
//! and, for what it meets, `bare`, `words`, `quoted`, `here_text`, `raw_slots`), and those to what a page says of them (`slot` with `surrounding`, `destructive`, `assigned`).

mod accepted_values;
mod assigned;
mod bare;
mod destructive;
mod here_text;
mod heredoc;
mod language;
mod lexer;
mod placeholder;
mod programs;
mod quoted;
mod raw_slot;
mod raw_slots;
mod session;
mod slot;
mod surrounding;
mod token;
mod variable_names;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

pub use accepted_values::{AcceptedValues, Reason};
pub use destructive::destructive;
pub use language::{Dialect, LANGUAGES, dialect, language};
pub use placeholder::{Placeholder, folded};
pub use raw_slot::Quoting;
pub use slot::Slot;
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
    pub fn unfilled(&self) -> Vec<(Range<usize>, Placeholder<'a>)> {
        let slots = self.read.raw_slots.iter();
        let unfilled = slots.filter(|slot| match slot.placeholder {
            Placeholder::Angle(_) => !slot.is_literal,
            Placeholder::Variable(_) => {
                !slot.is_literal
                    && slot.quoting != Quoting::Single
                    && !(slot.is_operation && assigned::has_default(&self.code[slot.span.end..]))
            }
        });
        unfilled.map(|slot| (slot.span.clone(), slot.placeholder)).collect()
    }

    /// The places that a value can be put into, in order, and none within another. What the block itself gives a value
    /// is none.
    pub fn slots(&self) -> Vec<Slot<'a>> {
        let set: BTreeSet<&str> = self.assigned().into_iter().collect();
        let mut slots = slot::slots(self.code, &self.read);
        slots.retain(|slot| !matches!(slot.placeholder, Placeholder::Variable(name) if set.contains(name)));
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
