//! Patterns of `fnmatch` as regular expressions: a star goes beyond a slash.
//! Ruby: <https://docs.ruby-lang.org/en/3.4/File.html#method-c-fnmatch>. Python: <https://docs.python.org/3/library/fnmatch.html>.

use std::fmt::Write;

/// What the paths of files in `folder` begin with, for an expression that sees them with a `/` before them.
pub(super) fn start(folder: &str) -> String {
    if folder.is_empty() { "^/".to_owned() } else { format!("^/{}/", regex::escape(folder)) }
}

/// The regular expression for a pattern, without marks of its start and end.
pub(super) fn regex(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            '[' => match set(rest) {
                Some((set, after)) => {
                    out.push_str(&set);
                    rest = after;
                }
                None => out.push_str("\\["),
            },
            _ => {
                let _ = write!(out, "{}", regex::escape(letter.encode_utf8(&mut [0; 4])));
            }
        }
    }
    out
}

/// A set of letters whose bracket is open, and what follows it.
fn set(rest: &str) -> Option<(String, &str)> {
    let (sign, inner) = match rest.strip_prefix(['!', '^']) {
        Some(inner) => ("^", inner),
        None => ("", rest),
    };
    // A bracket that comes first is one of the letters.
    let first = inner.chars().next()?.len_utf8();
    let end = first + inner[first..].find(']')?;
    let letters: String = inner[..end]
        .chars()
        .map(|letter| if letter == '-' { letter.to_string() } else { regex::escape(&letter.to_string()) })
        .collect();
    Some((format!("[{sign}{letters}]"), &inner[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{regex, start};

    #[test]
    fn patterns_are_read_as_fnmatch_reads_them() {
        for (pattern, path, expected) in [
            ("*.draft.md", "a/b.draft.md", true),
            ("secret/*", "secret/a/b.md", true),
            ("secret/*", "other/secret/a.md", false),
            ("?.md", "a.md", true),
            ("[a-c].md", "b.md", true),
            ("[!a].md", "a.md", false),
            ("[a.md", "[a.md", true),
            ("a+b(c).md", "a+b(c).md", true),
            ("é*", "é/x.md", true),
        ] {
            let expression =
                regex::Regex::new(&format!("{}{}$", start("docs"), regex(pattern))).expect(pattern);
            assert_eq!(expression.is_match(&format!("/docs/{path}")), expected, "{pattern} {path}");
        }
    }
}
