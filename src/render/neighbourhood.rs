//! What a document needs and what needs it, as boxes and lines.

use super::pages::Pages;
use super::view::{Drawing, Link, Neighbourhood, Node};
use crate::model::{Field, FieldType};

/// More neighbours than this on one side are counted instead of drawn.
const MOST: usize = 8;

/// The height of a box, and from one to the next.
const HEIGHT: usize = 40;
const STEP: usize = 50;

/// Side by side: the width of a box, and from one column to the next.
const COLUMN: usize = 184;
const ACROSS: usize = 228;

/// One below the other: the width of the drawing, how far the neighbours stand in, and where the line runs.
const PHONE: usize = 320;
const INDENT: usize = 26;
const SPINE: usize = 10;

/// What a letter takes at most, on average, in the typeface of the drawing.
const LETTER: usize = 8;

impl Pages<'_> {
    /// The documents of the same kind that a document needs, or that need it. The field that says so is one that
    /// must not lead back.
    pub(super) fn neighbourhood(&self, index: usize) -> Option<Neighbourhood> {
        let document = &self.graph.documents[index];
        let kind = &document.kind;
        let is_own = |field: &Field| {
            field.acyclic && field.field_type == FieldType::Reference && field.to.contains(&kind.id)
        };
        let field = kind.fields.iter().find(|field| is_own(field))?;
        let before = field.inverse.as_deref().unwrap_or_default();
        let needing = self.graph.related(index, before).iter().copied();
        let needing: Vec<usize> =
            needing.filter(|&other| self.graph.documents[other].kind.id == kind.id).collect();
        let mut needed = Vec::new();
        for (reference, resolution) in document.references.iter().zip(&self.graph.references[index]) {
            let found = resolution.found().filter(|&other| reference.path == field.name && other != index);
            needed.extend(found.filter(|other| !needed.contains(other)));
        }
        if needing.is_empty() && needed.is_empty() {
            return None;
        }
        let links = |documents: &[usize]| -> Vec<Link> {
            let links = documents.iter().map(|&other| {
                let card = &self.cards[other];
                Link { title: card.title.clone(), url: card.url.clone() }
            });
            links.collect()
        };
        let (needing, needed) = (links(&needing), links(&needed));
        Some(Neighbourhood {
            before: before.to_owned(),
            after: field.label.clone(),
            wide: wide(&needing, &document.title, &needed),
            narrow: narrow(&needing, &document.title, &needed),
        })
    }
}

/// From left to right.
fn wide(before: &[Link], this: &str, after: &[Link]) -> Drawing {
    let (left, right) = (column(before, "before"), column(after, "after"));
    let rows = left.len().max(right.len()).max(1);
    let height = rows * STEP - (STEP - HEIGHT);
    let middle = if left.is_empty() { 0 } else { ACROSS };
    let place = |x: usize, count: usize, boxes: Vec<Node>| -> Vec<Node> {
        let top = (height - (count * STEP - (STEP - HEIGHT))) / 2;
        let placed = boxes.into_iter().enumerate();
        placed.map(|(row, node)| sized(node, x, top + row * STEP, COLUMN)).collect()
    };
    let this = place(middle, 1, vec![node(this, "", "this")]);
    let left = if left.is_empty() { left } else { place(0, left.len(), left) };
    let right = if right.is_empty() { right } else { place(middle + ACROSS, right.len(), right) };
    let centre = |node: &Node| node.y + HEIGHT / 2;
    let edge = |from: &Node, to: &Node| {
        let (x, y, end, down) = (from.x + COLUMN, centre(from), to.x, centre(to));
        let half = (x + end) / 2;
        format!("M{x} {y}C{half} {y} {half} {down} {} {down}{}", end - 2, head(end - 2, down))
    };
    let inwards = left.iter().map(|node| edge(node, &this[0]));
    let edges = inwards.chain(right.iter().map(|node| edge(&this[0], node))).collect();
    let width = middle + COLUMN + if right.is_empty() { 0 } else { ACROSS };
    Drawing { width, height, nodes: left.into_iter().chain(this).chain(right).collect(), edges }
}

/// From top to bottom, along a line on the left.
fn narrow(before: &[Link], this: &str, after: &[Link]) -> Drawing {
    let (top, bottom) = (column(before, "before"), column(after, "after"));
    let here = top.len();
    let nodes: Vec<Node> = top.into_iter().chain([node(this, "", "this")]).chain(bottom).collect();
    let placed = nodes.into_iter().enumerate().map(|(row, node)| {
        let x = if row == here { 0 } else { INDENT };
        sized(node, x, row * STEP, PHONE - x)
    });
    let nodes: Vec<Node> = placed.collect();
    let centre = |row: usize| row * STEP + HEIGHT / 2;
    let mut edges = Vec::new();
    if here > 0 {
        let end = here * STEP - 2;
        edges.push(format!("M{SPINE} {}V{end}m-4 -6l4 6l4 -6", centre(0)));
        edges.extend((0..here).map(|row| format!("M{INDENT} {}H{SPINE}", centre(row))));
    }
    if here + 1 < nodes.len() {
        edges.push(format!("M{SPINE} {}V{}", here * STEP + HEIGHT, centre(nodes.len() - 1)));
        let end = INDENT - 2;
        let into = |row: usize| format!("M{SPINE} {}H{end}{}", centre(row), head(end, centre(row)));
        edges.extend((here + 1..nodes.len()).map(into));
    }
    Drawing { width: PHONE, height: nodes.len() * STEP - (STEP - HEIGHT), nodes, edges }
}

/// The point of an arrow to the right.
fn head(x: usize, y: usize) -> String {
    format!("M{} {}L{x} {y}L{} {}", x - 6, y - 4, x - 6, y + 4)
}

/// The boxes of one side. Those that have no room are one that counts them.
fn column(links: &[Link], role: &'static str) -> Vec<Node> {
    let shown = if links.len() > MOST { MOST - 1 } else { links.len() };
    let mut nodes: Vec<Node> = links[..shown].iter().map(|link| node(&link.title, &link.url, role)).collect();
    if shown < links.len() {
        nodes.push(node(&format!("and {} more", links.len() - shown), "", "more"));
    }
    nodes
}

fn node(title: &str, url: &str, role: &'static str) -> Node {
    let (title, url) = (title.to_owned(), url.to_owned());
    Node { x: 0, y: 0, width: 0, height: HEIGHT, short: String::new(), title, url, role }
}

/// A box at its place, with as much of the title as fits.
fn sized(node: Node, x: usize, y: usize, width: usize) -> Node {
    let room = (width - 24) / LETTER;
    let count = |letter: char| if u32::from(letter) < 0x2e80 { 1 } else { 2 };
    let mut used = 0;
    let fits = node.title.chars().take_while(|&letter| {
        used += count(letter);
        used <= room
    });
    let short: String = fits.collect();
    let short = if short.len() == node.title.len() {
        short
    } else {
        let end = short.char_indices().next_back().map_or(0, |(at, _)| at);
        format!("{}…", short[..end].trim_end())
    };
    Node { x, y, width, short, ..node }
}

#[cfg(test)]
mod tests {
    use super::{Link, narrow, wide};

    fn links(count: usize) -> Vec<Link> {
        (0..count).map(|at| Link { title: format!("Service {at}"), url: format!("{at}.html") }).collect()
    }

    #[test]
    fn boxes_stay_inside_and_apart() {
        for (before, after) in [(0, 1), (1, 0), (1, 4), (8, 2), (30, 30)] {
            for drawing in
                [wide(&links(before), "This", &links(after)), narrow(&links(before), "This", &links(after))]
            {
                for (index, node) in drawing.nodes.iter().enumerate() {
                    assert!(node.x + node.width <= drawing.width && node.y + node.height <= drawing.height);
                    let is_apart = |other: &super::Node| {
                        other.x + other.width <= node.x
                            || node.x + node.width <= other.x
                            || other.y + other.height <= node.y
                            || node.y + node.height <= other.y
                    };
                    assert!(drawing.nodes[..index].iter().all(is_apart), "{before} and {after}");
                }
                assert!(drawing.nodes.len() <= 17);
            }
        }
    }

    #[test]
    fn a_long_title_is_cut_where_it_fits() {
        let title = "The service with the longest name of all";
        let drawing = wide(&[], title, &links(1));
        assert_eq!(drawing.nodes[0].short, "The service with th…");
        assert_eq!(drawing.nodes[0].title, title);
    }
}
