//! Colons at the beginning of a line that define nothing: `:warning: Stop.`, `:8080 web`. The colon of a definition has a
//! blank behind it (<https://michelf.ca/projects/php-markdown/extra/#def-list>), which the parser does not ask for.

use pulldown_cmark::{Event, Parser, Tag};

use super::dialect::Change;
use super::events::OPTIONS;

/// The colons in `markdown` that are text although the parser takes them for definitions, in order.
pub(super) fn changes(markdown: &str) -> Vec<Change> {
    if !markdown.lines().any(may_be_text) {
        return Vec::new();
    }
    let colon = |(event, range): (Event<'_>, std::ops::Range<usize>)| {
        let Event::Start(Tag::DefinitionListDefinition) = event else { return None };
        let at = range.start + markdown.get(range)?.find(':')?;
        (!is_blank(&markdown[at + 1..])).then_some(Change::Backslash(at))
    };
    Parser::new_ext(markdown, OPTIONS).into_offset_iter().filter_map(colon).collect()
}

/// Whether a line begins with a colon and no blank behind it, in whatever it stands.
fn may_be_text(line: &str) -> bool {
    let line = line
        .trim_start_matches([' ', '\t', '>', '-', '*', '+', '.', ')'])
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || " .)".contains(letter));
    line.strip_prefix(':').is_some_and(|rest| !is_blank(rest))
}

fn is_blank(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])
}
