//! Shell commands, and sessions of commands and their output.

use super::Output;
use super::shell::Shell;

/// What a line without a prompt is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unprompted {
    /// A command: the block is a script, in which a `$ ` may stand before commands.
    Command,
    /// What a command printed.
    Output,
}

/// How far to look for the end of a here-document.
const HERE_LINES: usize = 500;

/// Highlights a block line by line; a command can go on over several lines.
pub(super) fn highlight(code: &str, unprompted: Unprompted, out: &mut Output<'_>) {
    let mut shell = Shell::default();
    let mut continues = false;
    let mut rest = code;
    while !rest.is_empty() {
        let line = &rest[..rest.find('\n').map_or(rest.len(), |at| at + 1)];
        rest = &rest[line.len()..];
        let ends = |end: &str| rest.lines().take(HERE_LINES).any(|line| line.trim() == end);
        if shell.is_in_text() {
            shell.line(line, ends, out);
            continue;
        }
        let prompt = prompt(line, unprompted, continues);
        if prompt.is_none() && unprompted == Unprompted::Output && !continues {
            out.push("tok-out", line);
            continue;
        }
        if let Some(prompt) = prompt {
            out.push("prompt", &line[..prompt]);
            // The next text is no part of the prompt, even if it is blank.
            out.close();
            if !continues {
                // Every command starts afresh: an open quote in one says nothing about the next.
                shell = Shell::default();
            }
        }
        shell.line(&line[prompt.unwrap_or(0)..], ends, out);
        continues = line.trim_end().ends_with('\\');
    }
}

/// The length of the prompt that `line` starts with, and of the blank after it: `$ `, `# `, `> `,
/// `user@host:~$ `, `[user@host dir]# `. In scripts `# ` is a comment and `> ` a redirection.
fn prompt(line: &str, unprompted: Unprompted, continues: bool) -> Option<usize> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[indent..];
    let marks: &[char] = if unprompted == Unprompted::Command { &['$'] } else { &['$', '#', '%'] };
    let is_end = |at: usize| matches!(rest.as_bytes().get(at), None | Some(b' ' | b'\n' | b'\r'));
    let length = |at: usize| indent + at + usize::from(rest.as_bytes().get(at) == Some(&b' '));
    if rest.starts_with(marks) && is_end(1) {
        return Some(length(1));
    }
    // `>` asks for the rest of a command, and where there are only outputs, for a command.
    if rest.starts_with('>') && is_end(1) && (continues || unprompted == Unprompted::Output) {
        return Some(length(1));
    }
    let at = rest.find(marks).filter(|&at| is_end(at + 1))?;
    let place = &rest[..at];
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "._-".contains(char))
    };
    let (user, host) = place.trim_start_matches('[').split_once('@')?;
    let host_end = host.find([':', ' ', ']']).unwrap_or(host.len());
    let named = is_name(user) && is_name(&host[..host_end]) && place.len() <= 80;
    named.then(|| length(at + 1))
}
