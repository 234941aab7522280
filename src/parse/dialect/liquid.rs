//! Tags of Liquid that stand alone on a line, and comments: `{% hint style="info" %}`.

use std::ops::Range;

use super::shortcode::place_in;

/// What ends the name of a block's end.
pub(super) const END: &str = "end";

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

/// The place of an argument's value: `name="value"`.
pub(super) fn value(text: &str, tag: &Tag<'_>, name: &str) -> Option<Range<usize>> {
    let arguments = &text[tag.arguments.clone()];
    let start = arguments.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = arguments[start..].find('"').filter(|length| *length > 0)?;
    let start = tag.arguments.start + start;
    Some(start..start + length)
}

/// Where a tag without arguments ends that begins at the start of `text`: `{% comment %}`, `{%- endcomment -%}`.
pub(super) fn bare_tag(text: &str, name: &str) -> Option<usize> {
    let inner = text.strip_prefix("{%")?.trim_start_matches('-').trim_start().strip_prefix(name)?;
    let rest = inner.trim_start_matches([' ', '\t']).trim_start_matches('-').strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

/// Where a comment ends whose content begins at the start of `text`.
pub(super) fn comment_end(text: &str) -> Option<usize> {
    let mut tags = text.match_indices("{%").map(|(at, _)| at);
    tags.find_map(|at| Some(at + bare_tag(&text[at..], "endcomment")?))
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
