//! Tags of Liquid that stand alone on a line, and comments: `{% hint style="info" %}`.

use std::ops::Range;

use super::shortcode::place_in;

/// What ends the name of a block's end.
pub(super) const END: &str = "end";

/// The most bytes of a tag within a line.
const LONGEST_TAG: usize = 200;

/// A tag: its name, and the place of its arguments in the text.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    arguments: Range<usize>,
}

/// The tag that a line is.
pub(super) fn tag(text: &str, line: Range<usize>) -> Option<Tag<'_>> {
    let inner = text[line].trim().strip_prefix("{%")?.strip_suffix("%}")?;
    let inner = inner.trim_matches('-').trim();
    let name = inner.split([' ', '\t']).next().filter(|name| !name.is_empty())?;
    let is_one = !inner.contains("%}");
    let place = place_in(text, inner);
    is_one.then_some(Tag { name, arguments: place.start + name.len()..place.end })
}

/// A tag within a line: its name, and where it ends.
pub(super) struct InlineTag<'a> {
    pub(super) name: &'a str,
    pub(super) end: usize,
}

/// The tag that begins at the start of a part of a line.
pub(super) fn tag_at(text: &str, part: Range<usize>) -> Option<InlineTag<'_>> {
    let near = &text[part.start..text.floor_char_boundary(part.end.min(part.start + LONGEST_TAG))];
    let (inner, _) = near.strip_prefix("{%")?.split_once("%}")?;
    let end = part.start + "{%".len() + inner.len() + "%}".len();
    let name = inner.trim_matches('-').split_whitespace().next()?;
    Some(InlineTag { name, end })
}

/// Where a comment ends that is open in a part of a line, if it ends there.
pub(super) fn end_of_comment(text: &str, part: Range<usize>) -> Option<usize> {
    let mut starts = text[part.clone()].match_indices("{%").map(|(at, _)| part.start + at);
    starts.find_map(|at| tag_at(text, at..part.end).filter(|tag| tag.name == "endcomment")).map(|tag| tag.end)
}

/// The place of an argument's value: `name="value"`.
pub(super) fn value(text: &str, tag: &Tag<'_>, name: &str) -> Option<Range<usize>> {
    let arguments = &text[tag.arguments.clone()];
    let start = arguments.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = arguments[start..].find('"').filter(|length| *length > 0)?;
    let start = tag.arguments.start + start;
    Some(start..start + length)
}

/// The last line that ends a block, for each sort of block.
pub(super) fn last_ends(text: &str) -> rustc_hash::FxHashMap<&str, usize> {
    let ends = text.match_indices("{%").filter_map(|(at, _)| {
        let inner = text[at + 2..].trim_start_matches('-').trim_start().strip_prefix(END)?;
        let length = inner.find([' ', '%', '-']).unwrap_or(inner.len());
        // A name may have dashes.
        let name = inner.split([' ', '%']).next().map_or(&inner[..length], |name| name.trim_end_matches('-'));
        Some((name, at))
    });
    ends.collect()
}
