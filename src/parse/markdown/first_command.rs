//! The first block of commands, with what is said right before it.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::Span;
use crate::model::event::{EventNode, end_of};

/// The events of a `block` of commands and of what introduces it.
pub(super) fn first_command(nodes: &[EventNode<'_>], block: Span) -> Box<[EventNode<'static>]> {
    let is_block = |node: &EventNode<'_>| {
        matches!(node.event, Event::Start(Tag::CodeBlock(_))) && Span::new(node.span.clone()) == block
    };
    let Some(block) = nodes.iter().position(is_block) else { return Box::default() };
    let end = (end_of(nodes, block) + 1).min(nodes.len());
    nodes[introduction(&nodes[..block])..end].iter().cloned().map(EventNode::into_static).collect()
}

/// Where what is said right before a block begins: in an item of a list, at its beginning; else, with the
/// paragraph before the block. `before` are the events up to the block.
fn introduction(before: &[EventNode<'_>]) -> usize {
    let paragraph = || {
        let is_paragraph = matches!(before.last()?.event, Event::End(TagEnd::Paragraph));
        is_paragraph
            .then(|| before.iter().rposition(|node| matches!(node.event, Event::Start(Tag::Paragraph))))?
    };
    let start = item(before).or_else(paragraph).unwrap_or(before.len());
    // These mean something only where they stand.
    let is_bound = |node: &EventNode<'_>| {
        matches!(
            node.event,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Start(Tag::Heading { .. })
        )
    };
    if before[start..].iter().any(is_bound) { before.len() } else { start }
}

/// The first event in the item or quotation that is open behind `before`.
fn item(before: &[EventNode<'_>]) -> Option<usize> {
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
