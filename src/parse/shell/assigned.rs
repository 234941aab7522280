//! The variables that a block gives a value to.

use super::lexer::Read;
use super::placeholder::name_length;
use super::token::{Role, TokenKind};

/// Programs behind which the names of variables stand.
const DECLARING: [&str; 11] = [
    "declare",
    "export",
    "getopts",
    "integer",
    "let",
    "local",
    "mapfile",
    "read",
    "readarray",
    "readonly",
    "typeset",
];

/// The names that a block gives a value to, in the order of what does so.
pub(super) fn assigned<'a>(code: &'a str, read: &Read<'a>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for command in &read.commands {
        let mut declares = false;
        for word in &command.words {
            let text = &code[word.span.clone()];
            let name = &text[..name_length(text)];
            let is_set = ["=", "+="].iter().any(|sign| text[name.len()..].starts_with(sign));
            let is_named = declares && name == text;
            if !name.is_empty() && (word.role == Role::Assignment || is_set && declares || is_named) {
                names.push(name);
            }
            declares =
                declares && word.role != Role::Redirection || DECLARING.contains(&text) || text == "-v";
        }
    }
    // In calculations, and in `${NAME:=default}`.
    for pair in read.tokens.windows(2) {
        let (name, after) = (&code[pair[0].span.clone()], &code[pair[1].span.clone()]);
        let is_changed = after.starts_with("++")
            || after.starts_with("--")
            || (after.contains('=') && !after.contains("==") && !after.starts_with(['!', '<', '>']));
        if pair[0].kind == TokenKind::Name && pair[1].kind == TokenKind::Syntax && is_changed {
            names.push(name);
        }
    }
    for token in read.tokens.iter().filter(|token| token.kind == TokenKind::Variable) {
        for (at, _) in code[token.span.clone()].match_indices("${") {
            let inner = &code[token.span.start + at + 2..];
            let name = &inner[..name_length(inner)];
            if inner[name.len()..].trim_start_matches(':').starts_with('=') {
                names.push(name);
            }
        }
    }
    names
}

/// Whether an operation on a variable, which is behind its name, says what to do without a value: `:-web}`.
pub(super) fn has_default(operation: &str) -> bool {
    !operation.starts_with(['}', '#', '%', '/', '^', ','])
}
