//! Bare addresses in text, as GitHub's markdown links them:
//! <https://github.github.com/gfm/#autolinks-extension->.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect::Change;
use super::events::OPTIONS;

/// Letters in an address that markdown takes for something else, or that end addresses elsewhere.
const MISREAD: [char; 6] = ['_', '*', '~', '|', '[', ']'];

/// What is longer is data.
const LONGEST: usize = 4_000;

/// Angle brackets around the addresses in `markdown` that would otherwise be taken apart.
pub(super) fn changes(markdown: &str) -> Vec<Change> {
    let misread =
        |start: usize, text: &str| end(text, start).filter(|end| is_misread(&markdown[start..*end]));
    if !starts(markdown).any(|start| misread(start, markdown).is_some()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut links, mut in_code, mut limit, mut after) = (0_usize, false, markdown.len(), 0);
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links -= 1,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            // A cell ends at its bar, and a block at its end.
            Event::Start(Tag::TableCell | Tag::Paragraph | Tag::Heading { .. } | Tag::Item) => {
                limit = range.end
            }
            Event::Text(_) if links == 0 && !in_code => {
                for start in starts(&markdown[range.clone()]).map(|at| range.start + at) {
                    let end = misread(start, &markdown[..limit.max(range.end)]);
                    if let Some(end) = end.filter(|_| start >= after) {
                        found.push(Change::Link(start..end));
                        after = end;
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Where addresses start in `text`: not in the middle of a word.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("://").filter_map(|(at, _)| {
        let before = &text[..at];
        let start = ["https", "http", "ftp"].iter().find_map(|scheme| {
            let start = at.checked_sub(scheme.len())?;
            before.get(start..)?.eq_ignore_ascii_case(scheme).then_some(start)
        })?;
        let last = text[..start].chars().next_back();
        last.is_none_or(|last| last.is_whitespace() || "*_~(|>".contains(last)).then_some(start)
    })
}

/// Where the address ends that starts at `start`, if it has a host.
fn end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let stop = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '`'));
    let mut address = &rest[..stop.unwrap_or(rest.len())];
    let count = |mark| address.matches(mark).count();
    let mut closing = count(')').saturating_sub(count('('));
    loop {
        if address.ends_with(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', '|', '[', ']']) {
            address = &address[..address.len() - 1];
        } else if closing > 0 && address.ends_with(')') {
            closing -= 1;
            address = &address[..address.len() - 1];
        } else if let Some(shorter) = without_reference(address) {
            address = shorter;
        } else {
            break;
        }
    }
    let (_, host) = address.split_once("://")?;
    host.starts_with(|first: char| first.is_alphanumeric()).then_some(start + address.len())
}

/// The address without the character reference that ends it.
fn without_reference(address: &str) -> Option<&str> {
    let (before, name) = address.strip_suffix(';')?.rsplit_once('&')?;
    name.chars().all(|letter| letter.is_ascii_alphanumeric()).then_some(before)
}

/// Whether an address has to be marked as one.
fn is_misread(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let has_path = host.find(['/', '?', '#']).is_none_or(|at| host[at..].starts_with('/'));
    address.contains(MISREAD) || !has_path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_github_ends_them() {
        for (text, expected) in [
            ("https://a.example/__init__.py.", vec!["https://a.example/__init__.py"]),
            ("(see https://a.example/x_(y)_z) and", vec!["https://a.example/x_(y)_z"]),
            (
                "https://a.example/d?env=prod|stage&from=1h x",
                vec!["https://a.example/d?env=prod|stage&from=1h"],
            ),
            ("https://a.example#incidents", vec!["https://a.example#incidents"]),
            ("**https://a.example/b_c**", vec!["https://a.example/b_c"]),
            (
                "| https://a.example/b_c | d_e |\n|---|---|\n| x | https://a.example/f_g |",
                vec!["https://a.example/b_c", "https://a.example/f_g"],
            ),
            ("https://a.example/b_c&amp; x", vec!["https://a.example/b_c"]),
            ("`https://a.example/b_c` <https://a.example/b_c> [x](https://a.example/b_c)", vec![]),
            ("https://a.example/plain xhttps://a.example/b_c https://_", vec![]),
            ("    https://a.example/b_c\n", vec![]),
        ] {
            let places = changes(text).into_iter().map(|change| match change {
                Change::Link(range) => text[range].to_owned(),
                Change::Escape(_) | Change::Backslash(_) | Change::Remove(_) | Change::Formula(..) => {
                    unreachable!("no such change")
                }
            });
            assert_eq!(places.collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
