//! A text that was meant as a list: `services: checkout, basket`.

use crate::model::{Field, Node, Role, Source, SyntaxProblem};

/// The most words in a part of a text that is a list.
const MAX_WORDS: usize = 3;

/// A text that is a list with commas, in a field that takes a list.
pub(super) fn listed(source: &Source, node: &Node, field: &Field, name: &str) -> Option<SyntaxProblem> {
    let text = node.text()?;
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    // Elsewhere, what is longer than a word may be a sentence.
    let has_names = field.facet || matches!(field.role, Some(Role::Aliases | Role::Keywords));
    let most = if has_names { MAX_WORDS } else { 1 };
    let is_part = |part: &&str| {
        (1..=most).contains(&part.split_whitespace().count()) && !part.contains(['?', '!', ';'])
    };
    if parts.len() < 2 || text.contains('\n') || !parts.iter().all(is_part) {
        return None;
    }
    let raw = source.text.get(node.span.range()).unwrap_or_default();
    let is_plain = |part: &&str| {
        part.starts_with(char::is_alphanumeric) && !part.contains([':', '[', ']', '{', '}', '"', '\'', '#'])
    };
    let list = match raw.chars().next() {
        Some('"') if !text.contains(['"', '\\']) => Some(format!("[\"{}\"]", parts.join("\", \""))),
        Some('"' | '\'') => None,
        _ => parts.iter().all(is_plain).then(|| format!("[{}]", parts.join(", "))),
    };
    let help =
        format!("write a list: `{name}: {}`", list.clone().unwrap_or_else(|| format!("[{}, …]", parts[0])));
    let message = format!("`{}` is one text of `{name}`", shortened(text));
    Some(SyntaxProblem { span: node.span, message, help, fix: list.map(|list| (node.span, list)) })
}

/// The beginning of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
