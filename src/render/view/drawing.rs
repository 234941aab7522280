//! Boxes and lines.

use serde::Serialize;

/// Documents of one kind around one of them: those that need it, itself, those that it needs.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Neighbourhood {
    /// What is said of the former: `Depended on by`.
    pub before: String,
    /// What is said of the latter: `Depends on`.
    pub after: String,
    /// From left to right, for a page with room.
    pub wide: Drawing,
    /// From top to bottom, for a phone.
    pub narrow: Drawing,
}

/// Boxes and lines, in pixels.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Drawing {
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The boxes, in the order of reading.
    pub nodes: Vec<Node>,
    /// The lines between them, as SVG paths.
    pub edges: Vec<String>,
    /// What stands over a column or a part of one.
    pub captions: Vec<Caption>,
}

/// Words in a drawing.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Caption {
    /// Where they begin, from the left.
    pub x: usize,
    /// Their base line, from the top.
    pub y: usize,
    /// The words.
    pub text: String,
}

/// A box.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct Node {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// The whole title.
    pub title: String,
    /// As much of it as fits.
    pub short: String,
    /// Where it leads; empty for the document itself.
    pub url: String,
    /// `before`, `this`, `after`, or `more` for what had no room.
    pub role: &'static str,
}
