//! Definitions of references that come second: markdown takes the first one, and shows nothing of the others.

use std::ops::Range;

use pulldown_cmark::{Event, RefDefs, Tag};

use crate::parse::destination;

/// What looks like a definition in a text, until it is known to be shown.
pub(super) struct Definitions<'a> {
    text: &'a str,
    /// Where `[label]:` stands at the beginning of a line, and whether it is part of what readers see.
    places: Vec<(Range<usize>, bool)>,
    /// The end of what events have covered.
    covered: usize,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut places = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            places.extend(mark(line).map(|mark| (start + mark.start..start + mark.end, false)));
            start += line.len();
        }
        Self { text, places, covered: 0 }
    }

    /// Takes an event, and what it covers.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let is_around = matches!(
            event,
            Event::End(_)
                | Event::Start(
                    Tag::BlockQuote(_)
                        | Tag::List(_)
                        | Tag::Item
                        | Tag::FootnoteDefinition(_)
                        | Tag::DefinitionList
                        | Tag::DefinitionListDefinition
                )
        );
        if is_around || range.end <= self.covered || self.places.is_empty() {
            return;
        }
        let start = range.start.max(self.covered);
        self.covered = range.end;
        let first = self.places.partition_point(|(place, _)| place.start < start);
        for (place, is_shown) in &mut self.places[first..] {
            if place.start >= range.end {
                break;
            }
            *is_shown = true;
        }
    }

    /// Those that `known` has another address for, and where the first one stands.
    pub(super) fn second(self, known: &RefDefs<'_>) -> Vec<(Range<usize>, usize)> {
        let text = self.text;
        let address = |range: Range<usize>| Some(&text[destination::in_definition(text, &range)?]);
        let places = self.places.into_iter().filter(|(_, is_shown)| !is_shown);
        let second = places.filter_map(|(place, _)| {
            let label = text[place.start + 1..place.end - "]:".len()].split_whitespace();
            let first = known.get(&label.collect::<Vec<_>>().join(" "))?.span.clone();
            // The address may stand on the next line.
            let end =
                text[place.end..].match_indices('\n').nth(1).map_or(text.len(), |(at, _)| place.end + at);
            let is_other = place.start != first.start && address(place.start..end) != address(first.clone());
            is_other.then_some((place, first.start))
        });
        second.collect()
    }
}

/// `[label]:` at the beginning of a line, behind the marks of quotes and items.
fn mark(line: &str) -> Option<Range<usize>> {
    let start = line.find('[')?;
    let is_first = line[..start].bytes().all(|byte| b" \t>-*+.)".contains(&byte) || byte.is_ascii_digit());
    let label = &line[start + 1..];
    if !is_first || label.starts_with('^') {
        return None;
    }
    let mut is_escaped = false;
    for (at, byte) in label.bytes().enumerate() {
        match byte {
            b'[' if !is_escaped => return None,
            b']' if !is_escaped => {
                return label[at..].starts_with("]:").then_some(start..start + 1 + at + "]:".len());
            }
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    None
}
