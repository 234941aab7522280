//! Text that can be read, and that its author meant otherwise.

mod body;
mod front_matter;
mod merge;

use std::cell::RefCell;
use std::ops::Range;

pub(super) use front_matter::{quoted, value_of};
pub(super) use merge::merge_conflicts;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use rustc_hash::FxHashMap;

use crate::model::{Body, Span, SyntaxProblem};

/// How a reference is read where it matters whether it is defined: as a forge does.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_GFM);

/// What is probably meant otherwise in the text of a document whose body begins at byte `body_start`.
pub(super) fn mistakes(text: &str, body_start: usize, body: &Body) -> Vec<SyntaxProblem> {
    let mut found = Vec::new();
    match body_start {
        0 => found.extend(late_front_matter(text)),
        _ => front_matter::values(text, body_start, &mut found),
    }
    undefined_references(text, body_start, &mut found);
    found.extend(body.misread.iter().map(|(misread, span)| body::problem(text, *misread, *span)));
    ids(text, body, &mut found);
    // In UTF-8, those beyond ASCII begin with these bytes.
    let may_have = text
        .bytes()
        .any(|byte| matches!(byte, 0xc2 | 0xe2) || is_control(char::from(byte)) && byte.is_ascii());
    let control = may_have.then(|| text.char_indices().find(|(_, letter)| is_control(*letter))).flatten();
    if let Some((at, letter)) = control {
        let (what, help) = match letter.is_control() {
            true => ("control character", "remove it: readers and programs see it differently"),
            false => {
                ("direction mark", "remove it: with it, readers see letters in another order than they have")
            }
        };
        let message = format!("{what} U+{:04X}", u32::from(letter));
        found.push(SyntaxProblem::at(text, at, message, help).fix(""));
    }
    found
}

/// Front matter that is read as text.
pub(super) fn late_front_matter(text: &str) -> Option<SyntaxProblem> {
    front_matter::late(text).or_else(|| front_matter::json(text)).or_else(|| front_matter::unspaced(text))
}

/// Whether a character does something instead of being seen. Those that turn the order of letters around are among
/// them (<https://trojansource.codes>).
fn is_control(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control() && !matches!(letter, '\0' | '\n' | '\r' | '\t' | '\u{85}')
}

/// References and footnotes that are not defined. Few documents have any, so few are read a second time, without what
/// stands for other markdown: a definition may be anywhere in the text.
fn undefined_references(text: &str, body_start: usize, found: &mut Vec<SyntaxProblem>) {
    let body = &text[body_start..];
    if !["][", "[^"].iter().any(|sign| body.contains(sign)) {
        return;
    }
    let undefined: RefCell<Vec<(Range<usize>, String)>> = RefCell::default();
    let note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        let is_reference = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if is_reference || link.reference.starts_with('^') {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None
    };
    let mut footnotes = Vec::new();
    let mut code = 0;
    for (event, range) in Parser::new_with_broken_link_callback(body, OPTIONS, Some(note)).into_offset_iter()
    {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = range.end,
            Event::Text(_) if range.start < code => {}
            Event::Text(_) => footnotes.extend(footnotes_in(body, range)),
            _ => {}
        }
    }
    let mut undefined = undefined.into_inner();
    undefined.extend(footnotes);
    undefined.sort_by_key(|(range, _)| range.start);
    undefined.dedup_by_key(|(range, _)| range.start);
    for (range, label) in undefined {
        // An element of an array is no reference.
        let is_array = body[..range.start]
            .ends_with(|letter: char| letter.is_alphanumeric() || ")]_\\".contains(letter));
        let is_text = is_array && !label.starts_with('^');
        if is_text || label.trim().is_empty() {
            continue;
        }
        let message = match label.strip_prefix('^') {
            Some(_) => format!("no footnote `[{label}]`"),
            None => format!("no address for `[{label}]`"),
        };
        found.push(SyntaxProblem {
            span: Span::new(body_start + range.start..body_start + range.end),
            message,
            help: format!("add a line `[{label}]: …`, or put a backslash before the bracket if it is text"),
            fix: None,
        });
    }
}

/// Footnotes in a text, which may begin behind a bracket. Those that are defined are no text.
fn footnotes_in(body: &str, text: Range<usize>) -> Vec<(Range<usize>, String)> {
    let start = if body[..text.start].ends_with('[') { text.start - 1 } else { text.start };
    let found = body[start..text.end].match_indices("[^").filter_map(|(at, sign)| {
        let at = start + at;
        let label = body[at + sign.len()..].split(']').next()?;
        let is_label =
            !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let end = at + sign.len() + label.len() + 1;
        let is_escaped = body[..at].ends_with('\\');
        let goes_on = body.get(end..)?.starts_with([':', '(', '[', '+', '*', '?', '{']);
        (is_label && !is_escaped && !goes_on).then(|| (at..end, format!("^{label}")))
    });
    found.collect()
}

/// Ids that are given twice, by headings and raw HTML. Those that are made from the texts of headings differ.
fn ids(text: &str, body: &Body, found: &mut Vec<SyntaxProblem>) {
    let headings = body.headings.iter().map(|heading| (heading.span, &heading.slug, true));
    let anchors = body.anchor_spans.iter().zip(&body.anchors).map(|(span, anchor)| (*span, anchor, false));
    let mut places: Vec<(Span, &String, bool)> = headings.chain(anchors).collect();
    places.sort_by_key(|(span, ..)| span.start);
    let mut seen: FxHashMap<&str, (Span, bool)> = FxHashMap::default();
    for (span, id, is_heading) in places {
        let Some((first, first_is_heading)) = seen.insert(id, (span, is_heading)) else { continue };
        // An anchor right before its heading leads to the same place.
        let between = text.get(first.end as usize..span.start as usize).unwrap_or_default();
        let is_same_place = is_heading != first_is_heading && !between.trim().contains('\n');
        if is_same_place {
            continue;
        }
        let help = match is_heading {
            true => "links lead to the first one: give this heading another id",
            false => "links lead to the first one: give this one another id",
        };
        let message = format!("the id `{id}` is given twice");
        found.push(SyntaxProblem { span, message, help: help.to_owned(), fix: None });
    }
}
