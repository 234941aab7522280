//! Commands for a shell: what in them has to be filled in before they can be run, and what they destroy.

mod destructive;
mod scanner;

use std::collections::BTreeSet;
use std::ops::Range;

use scanner::Scanner;

use super::raw_html;

pub use destructive::{TAKING, WRAPPERS, destructive};

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
    let mut scanner = Scanner::new(block);
    for line in commands(block) {
        scanner.line(line);
    }
    scanner.found
}

/// Those of them that are asked for: none that the block itself gives a value to, and none within another.
pub fn asked(block: &str) -> Vec<Slot<'_>> {
    let set: BTreeSet<&str> = assigned(block).into_iter().collect();
    let mut slots = slots(block);
    slots.retain(|slot| !matches!(slot.blank, Blank::Variable(name) if set.contains(name)));
    let mut end = 0;
    slots.retain(|slot| {
        let is_apart = slot.place.start >= end;
        end = end.max(slot.place.end);
        is_apart
    });
    slots
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

/// The word that ends the here-document which begins on the next line, if `rest` is what stands behind its `<<`, and
/// whether variables in it stay as they are.
pub fn heredoc(rest: &str) -> Option<(&str, bool)> {
    let word = rest.trim_start_matches(['-', ' ']);
    let quoted = word.strip_prefix(['\'', '"', '\\']);
    let word = quoted.unwrap_or(word);
    let length = name_length(word);
    (length > 0).then(|| (&word[..length], quoted.is_some()))
}

/// What has to be filled in, if `rest` is what stands behind its `<`: `pod` of `pod> -n x`.
pub fn placeholder(rest: &str) -> Option<&str> {
    let name = up_to(rest, '>')?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.ends_with(|last: char| last.is_alphanumeric())
        && name.chars().all(|letter| letter.is_alphanumeric() || " _-./|".contains(letter))
        && !PRINTED.contains(&name.to_lowercase().as_str())
        && !raw_html::is_element(name);
    // `<dump.sql 2>log` reads one file and writes another.
    let is_name = is_name && name.rsplit_once(' ').is_none_or(|(_, last)| last.parse::<u8>().is_err());
    is_name.then_some(name)
}

/// Longer than anybody names what has to be filled in.
const LONGEST_NAME: usize = 200;

/// What is before the first `end` in `text`, if that is near: all places together are looked at in the time that
/// the text takes.
fn up_to(text: &str, end: char) -> Option<&str> {
    let near = &text[..text.floor_char_boundary(LONGEST_NAME)];
    near.find(end).map(|at| &near[..at])
}

/// The length of the name that `text` begins with.
pub fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests;
