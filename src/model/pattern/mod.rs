//! Patterns that whole values have to fit: their text, and the program that it becomes.

mod program;
mod syntax;

pub use program::{Pattern, State};
pub use syntax::{PatternProblem, pattern};
