//! PromQL by a few rules: no syntax definition for it is at hand.

use super::output::Output;

#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "and", "atan2", "bool", "by", "group_left", "group_right", "ignoring", "inf", "nan", "offset",
    "on", "or", "unless", "without",
];

/// Highlights comments, strings, numbers and durations, functions, labels, keywords and operators.
pub(super) fn highlight(code: &str, out: &mut Output<'_>) {
    let mut rest = code;
    // Whether a name is a label: between braces it is.
    let mut in_braces = false;
    while let Some(first) = rest.chars().next() {
        let (class, length) = match first {
            '#' => ("tok-c", rest.find('\n').unwrap_or(rest.len())),
            '"' | '\'' | '`' => ("tok-s", string(rest, first)),
            '0'..='9' => ("tok-n", run(rest, |char| char.is_ascii_alphanumeric() || char == '.')),
            '{' | '}' => {
                in_braces = first == '{';
                ("", 1)
            }
            '+' | '-' | '*' | '/' | '%' | '^' | '=' | '!' | '<' | '>' | '~' | '@' => ("tok-o", 1),
            _ if first.is_alphabetic() || matches!(first, '_' | ':' | '$') => {
                let length = run(rest, |char| char.is_alphanumeric() || matches!(char, '_' | ':' | '$'));
                let name = rest[..length].to_ascii_lowercase();
                let class = if KEYWORDS.binary_search(&name.as_str()).is_ok() {
                    "tok-k"
                } else if in_braces {
                    "tok-a"
                } else if is_function(&rest[length..]) {
                    "tok-f"
                } else {
                    ""
                };
                (class, length)
            }
            other => ("", other.len_utf8()),
        };
        out.push(class, &rest[..length]);
        rest = &rest[length..];
    }
}

/// `rate(` is a function, and so is the `sum` of `sum by (job) (…)`.
fn is_function(after: &str) -> bool {
    let after = after.trim_start();
    ["(", "by ", "by(", "without ", "without("].iter().any(|next| after.starts_with(next))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|char| !belongs(char)).unwrap_or(text.len())
}

/// The length of the string that `text` starts with; it ends with its line at the latest.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
