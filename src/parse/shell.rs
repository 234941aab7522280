//! Commands for a shell: what in them has to be filled in before they can be run, and what they destroy.

mod destructive;

use std::ops::Range;

use super::raw_html;

pub use destructive::destructive;

/// Languages of code blocks that hold commands.
const LANGUAGES: [&str; 9] =
    ["bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession", "sh-session", "terminal"];

/// Variables that a shell, or the account of whoever works in it, sets by itself.
const KNOWN: [&str; 44] = [
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "BASH",
    "BASH_SOURCE",
    "CI",
    "COLUMNS",
    "DISPLAY",
    "EDITOR",
    "EUID",
    "FUNCNAME",
    "HOME",
    "HOSTNAME",
    "IFS",
    "KUBECONFIG",
    "LANG",
    "LINENO",
    "LINES",
    "LOGNAME",
    "OLDPWD",
    "OPTARG",
    "OPTIND",
    "OSTYPE",
    "PATH",
    "PIPESTATUS",
    "PPID",
    "PS1",
    "PWD",
    "RANDOM",
    "REPLY",
    "SECONDS",
    "SHELL",
    "SHLVL",
    "SSH_AUTH_SOCK",
    "SUDO_USER",
    "TERM",
    "TMPDIR",
    "TZ",
    "UID",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// What programs print in angle brackets.
const PRINTED: [&str; 8] = ["none", "pending", "unknown", "nil", "null", "invalid", "unset", "no value"];

/// Something in a command that is not its text yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blank<'a> {
    /// `<pod>`.
    Placeholder(&'a str),
    /// `$POD` or `${POD}`.
    Variable(&'a str),
}

/// Whether a code block with this info string holds commands.
pub fn is_language(info: &str) -> bool {
    let language = info.trim_start().split(|end: char| end.is_whitespace() || "{,".contains(end)).next();
    language.is_some_and(|language| LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(language)))
}

/// The blanks in a fenced code block, with their places in it. What a session shows as output, comments, and
/// variables that another program reads in single quotes, are none.
pub fn blanks(block: &str) -> Vec<(Range<usize>, Blank<'_>)> {
    let is_blank = |slot: &Slot<'_>| match slot.quoting {
        Quoting::Literal => false,
        Quoting::Single(_) => matches!(slot.blank, Blank::Placeholder(_)),
        _ => !slot.has_default,
    };
    slots(block).into_iter().filter(is_blank).map(|slot| (slot.place, slot.blank)).collect()
}

/// A place in a command that a value can be put into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The bytes that the value replaces.
    pub place: Range<usize>,
    /// What stands there.
    pub blank: Blank<'a>,
    /// How the shell reads that place.
    pub quoting: Quoting,
    /// Whether the command says itself what to do without a value: `${NAME:-default}`.
    has_default: bool,
}

/// How a shell reads a place in a command. Of text in quotes, also the quotes in it, around the place: another
/// program reads those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// As words.
    Bare,
    /// As text in double quotes.
    Double(Option<char>),
    /// As text in single quotes.
    Single(Option<char>),
    /// As the text of a here-document, in which variables have their values.
    Heredoc,
    /// As the text of a here-document that stays as it is.
    Literal,
    /// In a way that only letters, digits and the like pass unchanged: `$'...'`, backticks.
    Nested,
    /// As a variable with an operation, which no text can stand for: `${NAME%.*}`.
    Operation,
}

/// The places in a fenced code block that a value can be put into, whether or not one has to be.
pub fn slots(block: &str) -> Vec<Slot<'_>> {
    let mut scanner = Scanner { block, found: Vec::new(), open: Vec::new(), heredoc: None };
    for line in commands(block) {
        scanner.line(line);
    }
    scanner.found
}

/// What stands behind the name of a variable that is set.
const SETTING: [&str; 4] = ["=", "+=", "++", "--"];

/// Words behind which the names of variables stand.
const DECLARING: [&str; 9] =
    ["for", "select", "export", "local", "declare", "readonly", "read", "mapfile", "getopts"];

/// Whether a block runs a file in its own shell, which may set any variable.
pub fn sources(block: &str) -> bool {
    let commands = commands(block);
    let mut firsts = commands.iter().map(|line| block[line.clone()].split_whitespace().next());
    firsts.any(|first| matches!(first, Some("source" | ".")))
}

/// The names that a block gives a value to.
pub fn assigned(block: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let lines = commands(block).into_iter().filter(|line| !block[line.clone()].starts_with('#'));
    for command in lines.flat_map(|line| block[line].split([';', '&', '|', '('])) {
        let mut declares = false;
        for word in command.split_whitespace() {
            let name = &word[..name_length(word)];
            if !name.is_empty()
                && (SETTING.iter().any(|sign| word[name.len()..].starts_with(sign))
                    || (declares && name == word && word != "in"))
            {
                names.push(name);
            }
            declares = (declares && word != "in") || DECLARING.contains(&word) || word == "-v";
        }
    }
    // `${NAME:=default}`.
    for (at, _) in block.match_indices("${") {
        let name = &block[at + 2..][..name_length(&block[at + 2..])];
        if block[at + 2 + name.len()..].trim_start_matches(':').starts_with('=') {
            names.push(name);
        }
    }
    names
}

/// The lines of a fenced block that are commands, without prompts: in a session, those behind a prompt.
fn commands(block: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        // A block can stand in a list or a quotation.
        let text = line.trim_start_matches([' ', '\t', '>']);
        lines.push(at + line.len() - text.len()..at + line.trim_end().len());
        at += line.len();
    }
    let is_fence = |line: &Range<usize>| {
        block.get(line.clone()).is_some_and(|line| line.starts_with("```") || line.starts_with("~~~"))
    };
    lines.retain(|line| line.start <= line.end && !is_fence(line));
    if !lines.iter().any(|line| prompt(&block[line.clone()]) > 0) {
        return lines;
    }
    let mut goes_on = false;
    lines.retain_mut(|line| {
        let prompt = prompt(&block[line.clone()]);
        let is_command = goes_on || prompt > 0;
        goes_on = is_command && block[line.clone()].ends_with('\\');
        line.start += prompt;
        is_command
    });
    lines
}

/// The length of the prompt that a line begins with: `$ `, or `root@db-1:~# `.
fn prompt(line: &str) -> usize {
    let Some((first, _)) = line.split_once(' ') else { return 0 };
    let is_prompt = first == "$" || (first.contains('@') && first.ends_with(['$', '#']));
    if is_prompt { first.len() + 1 } else { 0 }
}

struct Scanner<'a> {
    block: &'a str,
    found: Vec<Slot<'a>>,
    /// What is open, from the outside in.
    open: Vec<Open>,
    /// The word that ends the text that is open, and whether variables in it stay as they are.
    heredoc: Option<(&'a str, bool)>,
}

/// What can be open in a command. Of quotes, also the quote that is open in them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Double(Option<char>),
    Single(Option<char>),
    /// `$'...'`.
    Escaped,
    /// `$(...)`, with how many parentheses in it.
    Substitution(usize),
    Backticks,
}

impl<'a> Scanner<'a> {
    fn line(&mut self, line: Range<usize>) {
        let block = self.block;
        if let Some((end, _)) = self.heredoc
            && block[line.clone()].trim() == end
        {
            self.heredoc = None;
            return;
        }
        let in_text = self.heredoc.is_some();
        let mut opened = None;
        let mut at = line.start;
        while let Some(letter) = block[at..line.end].chars().next() {
            let rest = &block[at..line.end];
            let next = at + letter.len_utf8();
            let in_quotes =
                matches!(self.open.last(), Some(Open::Double(_) | Open::Single(_) | Open::Escaped));
            let is_bare = !in_text && !in_quotes;
            match letter {
                '\\' if !matches!(self.open.last(), Some(Open::Single(_))) => {
                    if rest.starts_with("\\\"") {
                        self.inner_quote('"');
                    }
                    at = next + rest[1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                '<' if rest.starts_with("<<<") => {
                    at += "<<<".len();
                    continue;
                }
                '<' if is_bare && rest.starts_with("<<") => {
                    opened = heredoc(&rest["<<".len()..]).or(opened);
                    at += "<<".len();
                    continue;
                }
                '#' if is_bare && is_start(&block[line.start..at]) => break,
                '$' => self.variable(at, rest),
                '<' => self.angle(at, rest, &block[..at]),
                _ => {}
            }
            if !in_text || letter != '\'' && letter != '"' {
                self.nest(letter, rest, block[line.start..at].ends_with('$'));
            }
            at = next;
        }
        self.heredoc = opened.or(self.heredoc);
    }

    /// Follows what opens and closes at a letter. `is_escaped` if a dollar sign is before it.
    fn nest(&mut self, letter: char, rest: &str, is_escaped: bool) {
        match (self.open.last(), letter) {
            (Some(Open::Single(_)), '\'') | (Some(Open::Double(_)), '"') | (Some(Open::Escaped), '\'') => {
                self.open.pop();
            }
            (Some(Open::Single(_)), '"') | (Some(Open::Double(_)), '\'') => self.inner_quote(letter),
            (Some(Open::Single(_) | Open::Escaped), _) => {}
            (Some(Open::Backticks), '`') => {
                self.open.pop();
            }
            (_, '`') => self.open.push(Open::Backticks),
            (_, '$') if rest.starts_with("$(") => self.open.push(Open::Substitution(0)),
            (Some(Open::Double(_)), _) => {}
            (_, '\'') => self.open.push(if is_escaped { Open::Escaped } else { Open::Single(None) }),
            (_, '"') => self.open.push(Open::Double(None)),
            (Some(Open::Substitution(depth)), '(' | ')') => {
                // The first parenthesis is its own.
                let depth = if letter == '(' { depth + 1 } else { depth.saturating_sub(1) };
                self.open.pop();
                if depth > 0 {
                    self.open.push(Open::Substitution(depth));
                }
            }
            _ => {}
        }
    }

    /// Opens or closes a quote within the quotes that are open.
    fn inner_quote(&mut self, quote: char) {
        if let Some(Open::Double(inner) | Open::Single(inner)) = self.open.last_mut() {
            *inner = match *inner {
                None => Some(quote),
                Some(open) if open == quote => None,
                other => other,
            };
        }
    }

    fn quoting(&self) -> Quoting {
        if self.open.iter().any(|open| matches!(open, Open::Backticks | Open::Escaped)) {
            return Quoting::Nested;
        }
        match (self.heredoc, self.open.last()) {
            (Some((_, true)), _) => Quoting::Literal,
            (Some(_), None) => Quoting::Heredoc,
            (Some(_), Some(_)) => Quoting::Nested,
            (None, Some(Open::Double(inner))) => Quoting::Double(*inner),
            (None, Some(Open::Single(inner))) => Quoting::Single(*inner),
            (None, _) => Quoting::Bare,
        }
    }

    fn variable(&mut self, at: usize, rest: &'a str) {
        let mut quoting = self.quoting();
        let mut has_default = false;
        let (name, length) = match rest[1..].strip_prefix('{') {
            Some(inner) => {
                let name = &inner[..name_length(inner)];
                let after = inner[name.len()..].chars().next().unwrap_or(' ');
                has_default = !"}#%/^,".contains(after);
                if after != '}' && !matches!(quoting, Quoting::Single(_) | Quoting::Literal) {
                    quoting = Quoting::Operation;
                }
                (if after.is_ascii() { name } else { "" }, name.len() + 3)
            }
            None => (&rest[1..][..name_length(&rest[1..])], name_length(&rest[1..]) + 1),
        };
        // Names that begin with a dash below belong to some program.
        let is_own = name.starts_with('_') || KNOWN.binary_search(&name).is_ok();
        if !name.is_empty() && !is_own {
            let place = at..(at + length).min(at + rest.len());
            self.found.push(Slot { place, blank: Blank::Variable(name), quoting, has_default });
        }
    }

    fn angle(&mut self, at: usize, rest: &'a str, before: &str) {
        let Some(end) = rest.find('>') else { return };
        let name = &rest[1..end];
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.ends_with(|last: char| last.is_alphanumeric())
            && name.chars().all(|letter| letter.is_alphanumeric() || " _-./|".contains(letter))
            && !PRINTED.contains(&name.to_lowercase().as_str())
            && !raw_html::is_element(name);
        // `<dump.sql 2>log` reads one file and writes another.
        let is_name = is_name && name.rsplit_once(' ').is_none_or(|(_, last)| last.parse::<u8>().is_err());
        // `a<b and c>d` compares.
        let is_apart = !before.ends_with(|last: char| last.is_alphanumeric() || last == '<');
        // Markup has a closing tag somewhere.
        let is_markup = self.block.contains(&format!("</{name}>"));
        if is_name && is_apart && !is_markup {
            let place = at..at + end + 1;
            let (blank, quoting) = (Blank::Placeholder(name), self.quoting());
            self.found.push(Slot { place, blank, quoting, has_default: false });
        }
    }
}

/// The word that ends the text which begins on the next line, and whether variables in it stay as they are.
fn heredoc(rest: &str) -> Option<(&str, bool)> {
    let word = rest.trim_start_matches(['-', ' ']);
    let quoted = word.strip_prefix(['\'', '"', '\\']);
    let word = quoted.unwrap_or(word);
    let length = name_length(word);
    (length > 0).then(|| (&word[..length], quoted.is_some()))
}

/// Whether a comment can begin behind `before`.
fn is_start(before: &str) -> bool {
    before.is_empty() || before.ends_with(char::is_whitespace)
}

/// The length of the name that `text` begins with.
fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests;
