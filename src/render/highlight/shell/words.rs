//! The words of commands: what is run, its options, and the words that the shell itself knows.

use super::{Expected, Shell};
use crate::parse::shell::{TAKING, WRAPPERS, name_length};

/// Words that are read as commands and say what is done with the commands behind them, which follow at once.
const KEYWORDS: [&str; 9] = ["!", "do", "elif", "else", "if", "then", "until", "while", "{"];

/// Words that end what others began.
const ENDS: [&str; 4] = ["done", "esac", "fi", "}"];

/// Words behind which a name stands.
const NAMING: [&str; 3] = ["case", "for", "select"];

/// What ends a word, if it is not quoted.
const SPECIAL: &[char] =
    &[' ', '\t', '\r', '\n', '\'', '"', '`', '$', '\\', ';', '&', '|', '(', ')', '<', '>'];

impl Shell {
    /// Takes note that a word begins, unless one goes on, with something that is no name.
    pub(super) fn word_begins(&mut self) {
        if !self.in_word && !std::mem::take(&mut self.is_told) {
            self.expected = match self.expected {
                Expected::Name => Expected::In,
                _ => Expected::Argument,
            };
        }
        self.in_word = true;
    }

    /// A word, or the part of it up to what is special.
    pub(super) fn word(&mut self, rest: &str) -> (&'static str, usize) {
        let length = rest.find(SPECIAL).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        if self.in_word {
            return ("", length);
        }
        // `2>` names what is redirected.
        if word.parse::<u8>().is_ok() && after.starts_with(['<', '>']) {
            return ("tok-k", length);
        }
        self.in_word = true;
        if std::mem::take(&mut self.is_told) {
            return ("", length);
        }
        match self.expected {
            Expected::Command | Expected::Wrapped => self.command(word, after),
            Expected::Name => {
                self.expected = Expected::In;
                ("tok-l", length)
            }
            Expected::Function => {
                self.expected = Expected::Command;
                ("tok-f", length)
            }
            Expected::In if word == "in" => {
                self.expected = Expected::Argument;
                ("tok-k", length)
            }
            Expected::In | Expected::Argument => {
                self.in_test &= word != "]]";
                (argument(word), option_length(word))
            }
        }
    }

    /// A word where a command is expected.
    fn command(&mut self, word: &str, after: &str) -> (&'static str, usize) {
        let name = name_length(word);
        if name > 0
            && ["=", "+=", "["].iter().any(|sign| word[name..].starts_with(sign))
            && word.contains('=')
        {
            return ("tok-l", name);
        }
        let is_wrapped = self.expected == Expected::Wrapped;
        if is_wrapped && (word.starts_with('-') || word.starts_with(|first: char| first.is_ascii_digit())) {
            self.is_told = TAKING.contains(&word);
            return (argument(word), option_length(word));
        }
        self.in_test = word == "[[";
        match word {
            "case" => self.cases += 1,
            "esac" => self.cases = self.cases.saturating_sub(1),
            _ => {}
        }
        let (class, expected) = match word {
            _ if KEYWORDS.contains(&word) => ("tok-k", Expected::Command),
            _ if NAMING.contains(&word) => ("tok-k", Expected::Name),
            "function" => ("tok-k", Expected::Function),
            _ if ENDS.contains(&word) || word == "[" || word == "[[" => ("tok-k", Expected::Argument),
            _ if self.cases > 0 && is_pattern(after) => ("", Expected::Argument),
            _ if WRAPPERS.contains(&word) => ("tok-f", Expected::Wrapped),
            _ => ("tok-f", Expected::Argument),
        };
        self.expected = expected;
        (class, word.len())
    }
}

/// Whether what stands before `after` is a pattern of `case`, the first of several perhaps: `start|stop)`.
fn is_pattern(after: &str) -> bool {
    after.starts_with([')', '|'])
        && after
            .trim_start_matches(|letter: char| letter == '|' || !SPECIAL.contains(&letter))
            .starts_with(')')
}

/// The class of an argument that begins with `word`.
fn argument(word: &str) -> &'static str {
    match word {
        "]" | "]]" => "tok-k",
        _ if word.len() > 1 && word.starts_with('-') => "tok-p",
        _ => "",
    }
}

/// The length of an option without the value that it is given: `--since` of `--since=1h`.
fn option_length(word: &str) -> usize {
    let end = if word.starts_with('-') { word.find('=') } else { None };
    end.unwrap_or(word.len())
}
