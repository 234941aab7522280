//! What a document needs and what needs it, as boxes and lines.

use super::context::Pages;
use super::view::{Caption, Drawing, Link, Neighbourhood, Node};
use crate::model::{DocumentId, Field};

/// More neighbours than this on one side are counted instead of drawn.
const MOST: usize = 8;

/// The height of a box, and from one to the next.
const HEIGHT: usize = 40;
const STEP: usize = 50;

/// The room for words above boxes, and how far above the first box they stand.
const CAPTION: usize = 24;
const BELOW: usize = 9;

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
    pub(super) fn neighbourhood(&self, index: DocumentId) -> Option<Neighbourhood> {
        let document = &self.graph.documents[index];
        let kind = &document.kind;
        let is_own = |field: &Field| field.acyclic && field.is_reference() && field.to.contains(&kind.id);
        let field = kind.fields.iter().find(|field| is_own(field))?;
        let before = field.inverse.as_deref().unwrap_or_default();
        let needing = self.graph.related(index, before).iter().copied();
        let needing: Vec<DocumentId> =
            needing.filter(|&other| self.graph.documents[other].kind.id == kind.id).collect();
        let mut needed = Vec::new();
        for (reference, resolution) in self.graph.references_of(index) {
            let found = resolution.found().filter(|&other| reference.path == field.name && other != index);
            needed.extend(found.filter(|other| !needed.contains(other)));
        }
        if needing.is_empty() && needed.is_empty() {
            return None;
        }
        let links = |documents: &[DocumentId]| -> Vec<Link> {
            let links = documents.iter().map(|&other| {
                let card = &self.cards[other];
                Link { title: card.title.clone(), url: card.url.clone() }
            });
            links.collect()
        };
        let (needing, needed) = (links(&needing), links(&needed));
        let before = Side { label: before, links: &needing };
        let after = Side { label: &field.label, links: &needed };
        Some(Neighbourhood {
            before: before.label.to_owned(),
            after: field.label.clone(),
            wide: wide(before, &document.title, after),
            narrow: narrow(before, &document.title, after),
        })
    }
}

/// The neighbours on one side, and what is said of them.
#[derive(Clone, Copy)]
struct Side<'a> {
    label: &'a str,
    links: &'a [Link],
}

/// From left to right.
fn wide(before: Side<'_>, this: &str, after: Side<'_>) -> Drawing {
    let (left, right) = (column(before, "before"), column(after, "after"));
    let rows = left.len().max(right.len()).max(1);
    let middle = if left.is_empty() { 0 } else { ACROSS };
    let end = middle + ACROSS;
    let width = if right.is_empty() { middle } else { end } + COLUMN;
    let place = |x: usize, boxes: Vec<Node>| -> Vec<Node> {
        let top = CAPTION + (rows - boxes.len()) * STEP / 2;
        let placed = boxes.into_iter().enumerate();
        placed.map(|(row, node)| sized(node, x, top + row * STEP, COLUMN)).collect()
    };
    let this = place(middle, vec![node(this, "", "this")]);
    let (left, right) = (place(0, left), place(end, right));
    let captions = [(before.label, left.first()), (after.label, right.first())];
    let captions = captions.into_iter().filter_map(|(label, first)| {
        let first = first?;
        Some(Caption { x: first.x, y: first.y - BELOW, text: label.to_owned() })
    });
    let captions = captions.collect();
    let centre = |node: &Node| node.y + HEIGHT / 2;
    let edge = |from: &Node, to: &Node| {
        let (x, y, end, down) = (from.x + COLUMN, centre(from), to.x, centre(to));
        let half = (x + end) / 2;
        format!("M{x} {y}C{half} {y} {half} {down} {} {down}{}", end - 2, head(end - 2, down))
    };
    let inwards = left.iter().map(|node| edge(node, &this[0]));
    let edges = inwards.chain(right.iter().map(|node| edge(&this[0], node))).collect();
    let height = CAPTION + rows * STEP - (STEP - HEIGHT);
    Drawing { width, height, nodes: left.into_iter().chain(this).chain(right).collect(), edges, captions }
}

/// From top to bottom, along a line on the left.
fn narrow(before: Side<'_>, this: &str, after: Side<'_>) -> Drawing {
    let (mut nodes, mut edges, mut captions) = (Vec::new(), Vec::new(), Vec::new());
    let mut stack = |boxes: Vec<Node>, label: &str, mut y: usize| -> (Vec<usize>, usize) {
        if !boxes.is_empty() {
            y += CAPTION;
            captions.push(Caption { x: INDENT, y: y - BELOW, text: label.to_owned() });
        }
        let mut centres = Vec::new();
        for node in boxes {
            nodes.push(sized(node, INDENT, y, PHONE - INDENT));
            centres.push(y + HEIGHT / 2);
            y += STEP;
        }
        (centres, y)
    };
    let (above, here) = stack(column(before, "before"), before.label, 0);
    let (below, end) = stack(column(after, "after"), after.label, here + STEP);
    nodes.insert(above.len(), sized(node(this, "", "this"), 0, here, PHONE));
    if let Some(first) = above.first() {
        edges.push(format!("M{SPINE} {first}V{}m-4 -6l4 6l4 -6", here - 2));
        edges.extend(above.iter().map(|centre| format!("M{INDENT} {centre}H{SPINE}")));
    }
    if let Some(last) = below.last() {
        edges.push(format!("M{SPINE} {}V{last}", here + HEIGHT));
        let tip = INDENT - 2;
        edges.extend(below.iter().map(|centre| format!("M{SPINE} {centre}H{tip}{}", head(tip, *centre))));
    }
    Drawing { width: PHONE, height: end - (STEP - HEIGHT), nodes, edges, captions }
}

/// The point of an arrow to the right.
fn head(x: usize, y: usize) -> String {
    format!("M{} {}L{x} {y}L{} {}", x - 6, y - 4, x - 6, y + 4)
}

/// The boxes of one side. Those that have no room are one that counts them.
fn column(side: Side<'_>, role: &'static str) -> Vec<Node> {
    let links = side.links;
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
    use super::{Link, Node, Side, narrow, wide};

    fn links(count: usize) -> Vec<Link> {
        (0..count).map(|at| Link { title: format!("Service {at}"), url: format!("{at}.html") }).collect()
    }

    fn side(links: &[Link]) -> Side<'_> {
        Side { label: "Needs", links }
    }

    #[test]
    fn boxes_stay_inside_and_apart() {
        for (before, after) in [(0, 1), (1, 0), (1, 4), (8, 2), (30, 30)] {
            let (before, after) = (links(before), links(after));
            let (left, right) = (side(&before), side(&after));
            for drawing in [wide(left, "This", right), narrow(left, "This", right)] {
                assert!(drawing.nodes.len() <= 17);
                for (index, node) in drawing.nodes.iter().enumerate() {
                    assert!(node.x + node.width <= drawing.width && node.y + node.height <= drawing.height);
                    let is_apart = |other: &Node| {
                        other.x + other.width <= node.x
                            || node.x + node.width <= other.x
                            || other.y + other.height <= node.y
                            || node.y + node.height <= other.y
                    };
                    assert!(drawing.nodes[..index].iter().all(is_apart), "{} boxes", drawing.nodes.len());
                }
            }
        }
    }

    #[test]
    fn a_long_title_is_cut_where_it_fits() {
        let title = "The service with the longest name of all";
        let drawing = wide(side(&[]), title, side(&links(1)));
        assert_eq!(drawing.nodes[0].short, "The service with th…");
        assert_eq!(drawing.nodes[0].title, title);
    }
}
