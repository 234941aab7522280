//! The events of a body's markdown.

use std::ops::Range;

use pulldown_cmark::Event;

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventNode<'a> {
    /// What the markdown says.
    pub event: Event<'a>,
    /// Where in the file.
    pub span: Range<usize>,
    /// What it is beyond that.
    pub role: EventRole,
}

/// What an event means for links and callouts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventRole {
    /// Nothing more.
    Plain,
    /// Starts the link or image with this number.
    Link(usize),
    /// Raw HTML with these links.
    Html(Vec<HtmlLink>),
    /// The emoji of this short code.
    Emoji(Box<str>),
    /// Code that is a formula.
    Formula,
    /// Starts the paragraph that is the title of a callout, or of the quotation that stands for a tab.
    Title,
}

/// A link in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlLink {
    /// The number of the link.
    pub link: usize,
    /// Its `href` or `src` in the HTML of the event.
    pub attribute: Range<usize>,
    /// The value of that attribute, without quotes.
    pub value: Range<usize>,
    /// The tag that it stands in.
    pub tag: Range<usize>,
    /// What stands for a picture or frame that is not shown: its `alt` or `title`.
    pub text: Option<String>,
    /// Whether it stands in the text of a link.
    pub in_link: bool,
    /// Whether it is shown in a frame.
    pub is_frame: bool,
}

impl EventNode<'_> {
    /// The same with texts of its own.
    pub fn into_static(self) -> EventNode<'static> {
        EventNode { event: self.event.into_static(), span: self.span, role: self.role }
    }
}

/// The index of the event that ends what starts at `start`.
pub fn end_of(nodes: &[EventNode<'_>], start: usize) -> usize {
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
