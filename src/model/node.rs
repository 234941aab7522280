//! Front matter as it was written: a tree whose every part knows its place.

use super::Span;

/// One scalar, list or map with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The place, quotes and brackets included.
    pub span: Span,
    /// What stands there.
    pub content: Content,
}

/// What a [`Node`] holds. Scalars stay text: only a schema says what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// A single value, without quotes.
    Scalar(String),
    /// Values in order.
    List(Vec<Node>),
    /// Keys and values in order. A key that is written twice is here twice.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_null(&self) -> bool {
        self.content == Content::Null
    }

    /// Whether it has keys and values.
    pub fn is_map(&self) -> bool {
        matches!(self.content, Content::Map(_))
    }

    /// The keys and values of a map; nothing for any other node.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The first value under `key`, if this is a map that has one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// What the node is, as a message names it.
    pub fn describe(&self) -> &'static str {
        match &self.content {
            Content::Null => "nothing",
            Content::Scalar(_) => "a single value",
            Content::List(_) => "a list",
            Content::Map(_) => "a group of fields",
        }
    }
}
