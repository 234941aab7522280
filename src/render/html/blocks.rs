//! Where blocks begin and end among the events of a body.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::events::Node;

/// The index of the event that ends what starts at `start`.
pub(super) fn end_of(nodes: &[Node<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate().skip(start) {
        match node.event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth <= 1 => return index,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    nodes.len()
}

/// Where what is said right before a block begins: in an item of a list, at its beginning; else, with the
/// paragraph before the block. `before` are the events up to the block.
pub(super) fn introduction(before: &[Node<'_>]) -> usize {
    let paragraph = || {
        let is_paragraph = matches!(before.last()?.event, Event::End(TagEnd::Paragraph));
        is_paragraph
            .then(|| before.iter().rposition(|node| matches!(node.event, Event::Start(Tag::Paragraph))))?
    };
    let start = item(before).or_else(paragraph).unwrap_or(before.len());
    // These mean something only where they stand.
    let is_bound = |node: &Node<'_>| {
        matches!(
            node.event,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Start(Tag::Heading { .. })
        )
    };
    if before[start..].iter().any(is_bound) { before.len() } else { start }
}

/// The first event in the item or quotation that is open behind `before`.
fn item(before: &[Node<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, node) in before.iter().enumerate().rev() {
        match &node.event {
            Event::End(_) => depth += 1,
            Event::Start(Tag::Item | Tag::BlockQuote(_)) if depth == 0 => return Some(index + 1),
            Event::Start(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
