//! Where exactly the destination of a link stands.
//!
//! The markdown parser says where a whole link is. A finding has to point at the destination, so
//! this reads the end of the link once more, by the rules the parser read it with.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

/// The destination of an inline link, from the range between the end of its text and its own end:
/// `](destination "title")`.
pub(super) fn inline(text: &str, tail: Range<usize>) -> Option<Range<usize>> {
    let close = tail.start + text.get(tail.clone())?.find(']')?;
    text[close + 1..tail.end].starts_with('(').then(|| take(text, close + 2..tail.end))
}

/// The destination in a link definition: `[label]: destination "title"`.
pub(super) fn in_definition(text: &str, definition: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.get(definition.clone())?.as_bytes();
    let mut at = 1;
    while *bytes.get(at)? != b']' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (bytes.get(at + 1) == Some(&b':')).then(|| take(text, definition.start + at + 2..definition.end))
}

/// The first destination in `range`: in angle brackets, or up to a blank or the parenthesis that
/// closes the link.
fn take(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = &text.as_bytes()[..range.end];
    let mut start = range.start;
    let mut new_line = false;
    // On a new line the marks of the quotes around it come first.
    while bytes.get(start).is_some_and(|&byte| byte <= b' ' || (new_line && byte == b'>')) {
        new_line |= matches!(bytes[start], b'\n' | b'\r');
        start += 1;
    }
    let pointed = bytes.get(start) == Some(&b'<');
    start += usize::from(pointed);
    let mut end = start;
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 1,
            b'>' if pointed => break,
            _ if pointed => {}
            0..=b' ' => break,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            _ => {}
        }
        end += 1;
    }
    start..end.min(range.end)
}

/// Whether double brackets around `target` make a wiki link. `[[ -f "$file" ]]`, `[[:alpha:]]` and
/// `[[1, 2], [3, 4]]` are shell and code.
pub(super) fn is_wiki(target: &str) -> bool {
    let blank = |char: char| char.is_whitespace();
    !(target.is_empty()
        || target.starts_with(blank)
        || target.ends_with(blank)
        || target.starts_with(':')
        || target.contains(['"', '\'', '`', '$', '[', ']', '\n', '\r']))
}

/// The web addresses that stand bare in `text`, with the URL each one means.
pub(super) fn bare(text: &str) -> Vec<(Range<usize>, String)> {
    // Nearly no text has any: one pass, before the finder is set up.
    if !text.as_bytes().windows(3).any(|at| matches!(at, b"://" | b"www")) {
        return Vec::new();
    }
    let www = text.contains("www.");
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(!www);
    let url = |url: &str| {
        let has_scheme =
            |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        if has_scheme("http://") || has_scheme("https://") {
            Some(url.to_string())
        } else {
            // As on GitHub.
            has_scheme("www.").then(|| format!("http://{url}"))
        }
    };
    finder.links(text).filter_map(|link| Some((link.start()..link.end(), url(link.as_str())?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_ends_where_the_parser_ends_it() {
        for (link, expected) in [
            ("](x.md)", "x.md"),
            ("](  x.md  \"a (b)\")", "x.md"),
            ("](<a b.md> 'c')", "a b.md"),
            ("](a(b)c.md)", "a(b)c.md"),
            ("](a\\)b.md)", "a\\)b.md"),
            ("](\n> > é.md)", "é.md"),
            ("]()", ""),
            ("  ](x)", "x"),
        ] {
            assert_eq!(inline(link, 0..link.len()).map(|it| &link[it]), Some(expected), "{link}");
        }
        for (definition, expected) in
            [("[a]: x.md", "x.md"), ("[a\\]b]: <x y> \"t\"", "x y"), ("[é]:\n  x.md", "x.md")]
        {
            let found = in_definition(definition, &(0..definition.len()));
            assert_eq!(found.map(|it| &definition[it]), Some(expected), "{definition}");
        }
        assert_eq!(inline("][a]", 0..4), None);
        assert_eq!(in_definition("[a", &(0..2)), None);
    }

    #[test]
    fn double_brackets_of_shell_are_no_wiki_link() {
        for target in ["a", "runbook/a b", "a#b", "é", "Foo.Bar"] {
            assert!(is_wiki(target), "{target}");
        }
        for target in ["", " -f x ", "a ", "\"$x\" == y", "$x", ":alpha:", "1], [2", "a\nb"] {
            assert!(!is_wiki(target), "{target}");
        }
    }

    #[test]
    fn bare_addresses_are_links() {
        for (text, expected) in [
            ("see https://a.org/c.", "https://a.org/c"),
            ("(http://grafana:3000/c_(d))", "http://grafana:3000/c_(d)"),
            ("HTTPS://a.org, é", "HTTPS://a.org"),
            ("www.a.org/x and b.org", "http://www.a.org/x"),
            ("main.rs www.", ""),
            ("ftp://a.org x://y.org a@b.org", ""),
            ("https://<host>/x", ""),
        ] {
            let urls: Vec<_> = bare(text).into_iter().map(|(_, url)| url).collect();
            assert_eq!(urls.join(" "), expected, "{text}");
        }
    }
}
