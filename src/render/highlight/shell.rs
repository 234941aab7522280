//! Shell commands by their roles: what is run, its options, strings, variables, and what joins commands.
//!
//! Runbooks are full of commands, and those have what no shell knows: placeholders like `<pod>`, which a shell
//! would read as redirections. The syntax definition for Bash does so too, and takes 76 microseconds for a line,
//! which was a sixth of a build.

use super::Output;
use crate::parse::shell::{WRAPPERS, heredoc, name_length, placeholder};

/// Words that are read as commands and say what is done with the commands behind them, which follow at once.
const KEYWORDS: [&str; 9] = ["!", "do", "elif", "else", "if", "then", "until", "while", "{"];

/// Words that end what others began.
const ENDS: [&str; 4] = ["done", "esac", "fi", "}"];

/// Words behind which a name stands.
const NAMING: [&str; 3] = ["case", "for", "select"];

/// Options behind which a word stands, of commands that run others: `sudo -u postgres psql`.
const TAKING: [&str; 5] = ["-I", "-g", "-k", "-s", "-u"];

/// What ends a word, if it is not quoted.
const SPECIAL: &[char] =
    &[' ', '\t', '\r', '\n', '\'', '"', '`', '$', '\\', ';', '&', '|', '(', ')', '<', '>'];

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

    /// Takes note that a word begins, unless one goes on, with something that is no name.
    fn word_begins(&mut self) {
        if !self.in_word && !std::mem::take(&mut self.is_told) {
            self.expected = match self.expected {
                Expected::Name => Expected::In,
                _ => Expected::Argument,
            };
        }
        self.in_word = true;
    }

    /// A word, or the part of it up to what is special.
    fn word(&mut self, rest: &str) -> (&'static str, usize) {
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

/// The length of a backslash and what it takes away the meaning of.
fn escape(rest: &str) -> usize {
    1 + rest[1..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests;
