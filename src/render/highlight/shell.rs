//! Shell commands by their roles: what is run, its options, strings, variables, and what joins commands.
//!
//! Runbooks are full of commands, and those have what no shell knows: placeholders like `<pod>`, which a shell
//! would read as redirections. The syntax definition for Bash does so too, and takes 76 microseconds for a line,
//! which was a sixth of a build.
//!
//! Here is what can be open in commands; `words` has what words are.

mod words;

use super::Output;
use crate::parse::shell::{heredoc, name_length, placeholder};

/// Reads commands line by line.
#[derive(Debug, Default)]
pub(super) struct Shell {
    /// What is open, from the outside in, each with what is expected behind it.
    open: Vec<(Open, Expected)>,
    expected: Expected,
    /// Whether the last letter belongs to a word that may go on.
    in_word: bool,
    /// Whether the next word belongs to what stands before it: the file of a redirection, the value of an option.
    is_told: bool,
    /// How many `case` are open.
    cases: usize,
    /// Whether `[[` is open: what stands in it joins no commands.
    in_test: bool,
    /// The word that ends the here-document that is open, and whether its text stays as it is.
    text: Option<(String, bool)>,
    /// The same of the one that begins on the next line, the last if there are several.
    next_text: Option<(String, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Double,
    Single,
    /// `$'...'`.
    Escaped,
    /// `$(...)`, `(...)` and `<(...)`: commands.
    Commands,
    Backticks,
    /// `NAME=(...)`: words.
    Array,
    /// `${...}`.
    Braces,
    /// `$((...))` and `((...))`, with how many parentheses are open in it.
    Arithmetic(usize),
}

/// What the next word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Expected {
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

impl Shell {
    /// Whether the next line is the text of a here-document.
    pub(super) fn is_in_text(&self) -> bool {
        self.text.is_some()
    }

    /// Reads a line, which follows those before it. `ends` says whether a here-document ends with that word.
    pub(super) fn line(&mut self, line: &str, ends: impl Fn(&str) -> bool, out: &mut Output<'_>) {
        if let Some((end, is_literal)) = &self.text {
            let is_literal = *is_literal;
            if line.trim() == end {
                self.text = None;
                return out.push("tok-k", line);
            }
            return self.text_line(line, is_literal, out);
        }
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let last = line[..line.len() - rest.len()].chars().next_back();
            let (class, length) = self.piece(first, rest, last);
            out.push(class, &rest[..length]);
            rest = &rest[length..];
        }
        self.text = self.next_text.take().filter(|(end, _)| ends(end));
    }

    /// A line of the text of a here-document.
    fn text_line(&mut self, line: &str, is_literal: bool, out: &mut Output<'_>) {
        let (outer, before, mut rest) = (self.open.len(), (self.expected, self.in_word), line);
        while let Some(first) = rest.chars().next() {
            let (class, length) = match first {
                _ if is_literal => ("tok-s", rest.len()),
                _ if self.open.len() > outer => self.piece(first, rest, None),
                '\\' | '$' | '`' => self.expansion(first, rest),
                _ => ("tok-s", rest.find(['\\', '$', '`']).unwrap_or(rest.len())),
            };
            out.push(class, &rest[..length]);
            rest = &rest[length..];
        }
        // What is open in a text ends with its line: nobody writes a longer one.
        self.open.truncate(outer);
        (self.expected, self.in_word) = before;
        self.next_text = None;
    }

    /// The class and the length of what `rest` begins with, its first letter being `first`; `last` is the one before.
    fn piece(&mut self, first: char, rest: &str, last: Option<char>) -> (&'static str, usize) {
        match self.open.last().map(|(open, _)| *open) {
            Some(Open::Single) => ("tok-s", self.string(rest, '\'')),
            Some(Open::Escaped) if first == '\\' => ("tok-e", escape(rest)),
            Some(Open::Escaped) => ("tok-s", self.string(rest, '\'')),
            Some(Open::Double) if !matches!(first, '\\' | '$' | '`') => ("tok-s", self.string(rest, '"')),
            Some(Open::Arithmetic(depth)) if !matches!(first, '$' | '"' | '\'') => {
                self.arithmetic(first, rest, depth)
            }
            Some(Open::Braces) if !matches!(first, '\\' | '$' | '`' | '"') && !self.opens_single(first) => {
                let end =
                    |letter| matches!(letter, '}' | '\\' | '$' | '`' | '"') || self.opens_single(letter);
                let length = rest.find(end).unwrap_or(rest.len());
                let closes = rest[length..].starts_with('}');
                if closes {
                    self.close();
                }
                ("tok-l", length + usize::from(closes))
            }
            Some(Open::Double | Open::Braces | Open::Arithmetic(_)) => self.expansion(first, rest),
            _ if !self.in_word && first == '#' => ("tok-c", rest.trim_end_matches(['\r', '\n']).len()),
            _ if rest.starts_with("<<") && !rest.starts_with("<<<") => {
                if let Some((end, is_literal)) = heredoc(&rest["<<".len()..]) {
                    self.next_text = Some((end.to_owned(), is_literal));
                }
                self.is_told = true;
                ("tok-k", "<<".len() + usize::from(rest.starts_with("<<-")))
            }
            _ => self.bare(first, rest, last),
        }
    }

    /// Whether a letter in `${...}` begins a string: around that, double quotes make an apostrophe one.
    fn opens_single(&self, letter: char) -> bool {
        letter == '\'' && !self.open.iter().any(|(open, _)| *open == Open::Double)
    }

    fn begin(&mut self, open: Open, inner: Expected) {
        self.open.push((open, self.expected));
        (self.expected, self.in_word) = (inner, false);
    }

    /// Ends what is open innermost; it was part of a word.
    fn close(&mut self) {
        if let Some((_, expected)) = self.open.pop() {
            (self.expected, self.in_word) = (expected, true);
        }
    }

    /// The length of the rest of a string up to its end, or to what is no string in it.
    fn string(&mut self, rest: &str, end: char) -> usize {
        let ends: &[char] = match self.open.last() {
            Some((Open::Double, _)) => &['"', '\\', '$', '`'],
            Some((Open::Escaped, _)) => &['\'', '\\'],
            _ => &['\''],
        };
        match rest.find(ends) {
            Some(at) if rest[at..].starts_with(end) => {
                self.close();
                at + 1
            }
            at => at.unwrap_or(rest.len()),
        }
    }

    /// What stands for something else, in quotes or out of them: escapes, variables and the output of commands.
    fn expansion(&mut self, first: char, rest: &str) -> (&'static str, usize) {
        let after = &rest[first.len_utf8()..];
        match first {
            '\\' => ("tok-e", escape(rest)),
            '`' => {
                self.begin(Open::Backticks, Expected::Command);
                ("tok-k", 1)
            }
            '$' if after.starts_with("((") => {
                self.begin(Open::Arithmetic(0), Expected::Argument);
                ("tok-k", "$((".len())
            }
            '$' if after.starts_with('(') => {
                self.begin(Open::Commands, Expected::Command);
                ("tok-k", "$(".len())
            }
            '$' if after.starts_with('{') => {
                self.begin(Open::Braces, Expected::Argument);
                ("tok-l", "${".len())
            }
            '$' => {
                let special =
                    usize::from(after.starts_with(|letter: char| "@*#?$!-0123456789".contains(letter)));
                let length = name_length(after).max(special);
                (if length > 0 { "tok-l" } else { "" }, 1 + length)
            }
            '"' => {
                self.begin(Open::Double, Expected::Argument);
                ("tok-s", 1)
            }
            _ => {
                self.begin(Open::Single, Expected::Argument);
                ("tok-s", 1)
            }
        }
    }

    fn arithmetic(&mut self, first: char, rest: &str, depth: usize) -> (&'static str, usize) {
        let name = name_length(rest);
        if name > 0 {
            return ("tok-l", name);
        }
        let digits = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if digits > 0 {
            return ("tok-n", digits);
        }
        let depth = match first {
            ')' if depth == 0 => {
                self.close();
                return ("tok-k", 1 + usize::from(rest.starts_with("))")));
            }
            ')' => depth - 1,
            '(' => depth + 1,
            _ => depth,
        };
        if let Some((open, _)) = self.open.last_mut() {
            *open = Open::Arithmetic(depth);
        }
        (if first.is_whitespace() { "" } else { "tok-k" }, first.len_utf8())
    }

    /// What is not quoted; `last` is the letter before it.
    fn bare(&mut self, first: char, rest: &str, last: Option<char>) -> (&'static str, usize) {
        match first {
            '\n' => {
                if self.open.last().is_none_or(|(open, _)| *open != Open::Array) {
                    self.expected = Expected::Command;
                }
                (self.in_word, self.is_told, self.in_test) = (false, false, false);
                ("", 1)
            }
            '&' | '|' | '(' | ')' | '<' | '>' if self.in_test => (if self.in_word { "" } else { "tok-k" }, 1),
            ' ' | '\t' | '\r' => {
                self.in_word = false;
                ("", rest.find(|letter| !matches!(letter, ' ' | '\t' | '\r')).unwrap_or(rest.len()))
            }
            // The command goes on in the next line.
            '\\' if rest[1..].trim_start_matches('\r').starts_with('\n') => {
                self.in_word = false;
                ("tok-e", rest.len())
            }
            '`' if self.open.last().is_some_and(|(open, _)| *open == Open::Backticks) => {
                self.close();
                ("tok-k", 1)
            }
            '\\' | '`' | '"' | '\'' | '$' => {
                self.word_begins();
                if rest.starts_with("$'") {
                    self.begin(Open::Escaped, Expected::Argument);
                    return ("tok-s", "$'".len());
                }
                let (class, length) = self.expansion(first, rest);
                self.in_word |= !matches!(first, '`' | '$') || class != "tok-k";
                (class, length)
            }
            // `a<b and c>d` compares.
            '<' if !last.is_some_and(char::is_alphanumeric)
                && let Some(name) = placeholder(&rest[1..]) =>
            {
                self.word_begins();
                ("", name.len() + "<>".len())
            }
            '<' | '>' => self.redirection(rest),
            '&' if rest.starts_with("&>") => self.redirection(rest),
            ';' | '&' | '|' => {
                (self.expected, self.in_word, self.is_told) = (Expected::Command, false, false);
                ("tok-k", rest.find(|letter| !matches!(letter, ';' | '&' | '|')).unwrap_or(rest.len()).min(2))
            }
            '(' if !self.in_word && rest.starts_with("((") => {
                self.expected = Expected::Argument;
                self.begin(Open::Arithmetic(0), Expected::Argument);
                ("tok-k", "((".len())
            }
            // What is defined follows.
            '(' if rest.starts_with("()") => {
                (self.expected, self.in_word) = (Expected::Command, false);
                ("tok-k", "()".len())
            }
            // `NAME=(`, and all that stands behind it, is one assignment.
            '(' if last == Some('=') => {
                self.begin(Open::Array, Expected::Argument);
                ("tok-k", 1)
            }
            '(' => {
                self.expected = Expected::Argument;
                self.begin(Open::Commands, Expected::Command);
                ("tok-k", 1)
            }
            ')' => {
                if matches!(self.open.last(), Some((Open::Commands | Open::Array, _))) {
                    self.close();
                } else {
                    // The end of a pattern of `case`.
                    (self.expected, self.in_word) = (Expected::Command, false);
                }
                ("tok-k", 1)
            }
            _ => self.word(rest),
        }
    }

    fn redirection(&mut self, rest: &str) -> (&'static str, usize) {
        let process = rest.starts_with("<(") || rest.starts_with(">(");
        let signs = rest.find(|letter| !matches!(letter, '<' | '>' | '&')).unwrap_or(rest.len());
        let signs = signs + usize::from(rest[..signs].ends_with('>') && rest[signs..].starts_with('|'));
        (self.is_told, self.in_word) = (!process, false);
        ("tok-k", if process { 1 } else { signs })
    }
}

/// The length of a backslash and what it takes away the meaning of.
fn escape(rest: &str) -> usize {
    1 + rest[1..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests;
