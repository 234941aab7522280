//! Which lines of a block are commands: those behind a prompt, where there are prompts.

use std::ops::Range;

use super::language::Dialect;
use super::lexer::{Lexer, Read};
use super::token::TokenKind;

/// Programs behind which another shell may ask for commands, with another prompt.
const OTHER_SHELLS: [&str; 14] = [
    "bash",
    "chroot",
    "docker",
    "kubectl",
    "machinectl",
    "nsenter",
    "oc",
    "podman",
    "sh",
    "ssh",
    "su",
    "sudo",
    "vagrant",
    "zsh",
];

/// Reads a block of commands.
pub(super) fn read(dialect: Dialect, code: &str) -> Read<'_> {
    let mut session = Session { lexer: Lexer::new(code), code, mark: None };
    if dialect == Dialect::Session || session.begins_with_prompt() {
        session.commands_and_output(dialect);
    } else {
        session.script();
    }
    session.lexer.finish()
}

struct Session<'a> {
    lexer: Lexer<'a>,
    code: &'a str,
    /// What the first prompt ended with: a `#` at the start of a line is a prompt only where that is a `#`.
    mark: Option<char>,
}

impl Session<'_> {
    /// The end of the next line.
    fn end_of_line(&self) -> usize {
        let rest = &self.code[self.lexer.at..];
        self.lexer.at + rest.find('\n').map_or(rest.len(), |at| at + 1)
    }

    /// Whether the first command of a script shows a prompt: then the script is a session.
    fn begins_with_prompt(&self) -> bool {
        let mut lines = self.code.lines().filter(|line| !line.trim().is_empty());
        let first = lines.find(|line| !line.trim_start().starts_with('#'));
        first.is_some_and(|line| prompt(line, &['$']).is_some())
    }

    /// Every line is a command. A `$ ` may stand before some.
    fn script(&mut self) {
        while self.lexer.at < self.code.len() {
            let end = self.end_of_line();
            if !self.lexer.is_open()
                && let Some((prompt, _)) = prompt(&self.code[self.lexer.at..end], &['$'])
            {
                self.lexer.skip(TokenKind::Prompt, self.lexer.at + prompt.end);
                self.lexer.doubt();
            }
            self.lexer.line(end);
        }
    }

    /// Lines with a prompt are commands, with those that they go on in. All others are output.
    fn commands_and_output(&mut self, dialect: Dialect) {
        while self.lexer.at < self.code.len() {
            let end = self.end_of_line();
            let line = &self.code[self.lexer.at..end];
            let marks: &[char] = match (dialect, self.mark) {
                (Dialect::Script, _) | (_, Some('$')) => &['$'],
                (_, Some('%')) => &['%'],
                (_, Some('#')) => &['#', '$'],
                _ => &['$', '#', '%', '>'],
            };
            match prompt(line, marks) {
                Some((span, mark)) => {
                    self.mark = self.mark.or(Some(mark));
                    self.lexer.start_afresh();
                    self.lexer.skip(TokenKind::Prompt, self.lexer.at + span.end);
                    self.command(end);
                }
                None if dialect == Dialect::Script && line.trim_start().starts_with('#') => {
                    self.lexer.start_afresh();
                    self.lexer.line(end);
                }
                None => self.lexer.skip(TokenKind::Output, end),
            }
        }
    }

    /// Reads the command whose first line ends at `end`, with the lines that it goes on in. Where it is not complete
    /// before the next prompt, they are its output.
    fn command(&mut self, end: usize) {
        let first = self.lexer.start();
        self.lexer.line(end);
        let commands = self.lexer.read.commands.len();
        let is_complete = self.rest_of_command();
        if !is_complete {
            self.lexer.restore(first);
            self.lexer.line(end);
            self.lexer.doubt();
        }
        let new = self.lexer.read.commands.get(commands.saturating_sub(1)..).unwrap_or_default();
        if new
            .iter()
            .flat_map(|command| &command.words)
            .any(|word| OTHER_SHELLS.contains(&word.text.as_str()))
        {
            self.mark = None;
        }
        self.lexer.start_afresh();
    }

    /// Reads lines until the command is complete. Says whether it is.
    fn rest_of_command(&mut self) -> bool {
        let mut asks = None;
        while self.lexer.is_open() {
            if self.lexer.at == self.code.len() {
                return false;
            }
            let end = self.end_of_line();
            let line = &self.code[self.lexer.at..end];
            // What asks for the rest of a command does so on each line or on none.
            let continuation = prompt(line, &['>']).filter(|(span, mark)| *mark == '>' && span.end <= 2);
            let asked = *asks.get_or_insert(continuation.is_some());
            if !self.lexer.is_in_text() && !asked && prompt(line, &['$']).is_some() {
                return false;
            }
            if let Some((span, _)) = continuation.filter(|_| asked) {
                self.lexer.skip_continuation(span.end);
            }
            self.lexer.line(end);
        }
        true
    }
}

/// The prompt that `line` starts with, and the space after it, and the character that it ends with: `$ `, `# `,
/// `user@host:~$ `, `[user@host dir]# `, `bash-5.2$ `, `/ # `, `(venv) $ `. Only `marks` make a prompt of their own.
fn prompt(line: &str, marks: &[char]) -> Option<(Range<usize>, char)> {
    let rest = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - rest.len();
    let is_end = |at: usize| matches!(rest.as_bytes().get(at), None | Some(b' ' | b'\n' | b'\r'));
    let end = |at: usize| indent + at + usize::from(rest.as_bytes().get(at) == Some(&b' '));
    let first = rest.chars().next()?;
    if marks.contains(&first) && is_end(1) {
        return Some((0..end(1), first));
    }
    let named = |letter: char| matches!(letter, '$' | '#' | '%');
    let near = &rest[..rest.floor_char_boundary(MAX_PROMPT)];
    let (at, mark) = near.char_indices().find(|&(at, letter)| named(letter) && is_end(at + 1))?;
    is_place(rest[..at].trim_end_matches(' ')).then(|| (0..end(at + 1), mark))
}

/// A longer text before a `$` is no prompt.
const MAX_PROMPT: usize = 80;

/// Whether a prompt says this before its mark: who works where.
fn is_place(place: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter))
    };
    let place = place.strip_prefix('(').and_then(|rest| Some(rest.split_once(") ")?.1)).unwrap_or(place);
    let is_environment =
        place.starts_with('(') && place.ends_with(')') && is_name(&place[1..place.len() - 1]);
    let is_path = place.starts_with(['/', '~']) && !place.contains(|letter: char| letter.is_whitespace());
    let shell = place.split_once('-').map_or(place, |(shell, _)| shell);
    let is_shell = ["bash", "sh", "zsh", "ksh", "ash", "dash"].contains(&shell) && is_name(place);
    let is_account = place.trim_start_matches('[').split_once('@').is_some_and(|(user, host)| {
        let end = host.find([':', ' ', ']']).unwrap_or(host.len());
        is_name(user) && is_name(&host[..end])
    });
    is_environment || is_path || is_shell || is_account
}
