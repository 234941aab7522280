//! YAML to a tree with places: front matter and settings.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};
use rustc_hash::{FxHashMap, FxHashSet};

use super::yaml_mistake;
use crate::model::{Content, Node, Span, SyntaxProblem};

/// The YAML in `range` of `text` as a tree; nothing if there is only white space and comments.
///
/// Scalars keep the text that the author wrote (`NO` is no boolean and `1.10` no number until a
/// schema says so). Aliases and merge keys are resolved as [`documents`] does.
///
/// # Errors
///
/// If it is no YAML, holds a second document, is nested too deeply, or grows beyond measure by its aliases.
pub fn tree(text: &str, range: Range<usize>) -> Result<Option<Node>, SyntaxProblem> {
    let mut reader = Reader::new(text, range, SyntaxProblem::MAX_DEPTH, true);
    reader.read()?;
    Ok(reader.documents.pop().filter(|root| root.content != Content::Null))
}

/// The YAML documents in a text that other tools read too: with anchors, aliases and merge keys, all resolved. What an
/// alias stands for has the place of its anchor.
///
/// # Errors
///
/// If it is no YAML, is nested more deeply than any of these tools needs, or grows beyond measure by its aliases.
pub fn documents(text: &str) -> Result<Vec<Node>, SyntaxProblem> {
    let mut reader = Reader::new(text, 0..text.len(), DEEPEST, false);
    reader.read()?;
    reader.documents.retain(|root| root.content != Content::Null);
    Ok(reader.documents)
}

/// How deep files of other tools are nested: models of dashboards in alert rules, and some more.
const DEEPEST: usize = 64;

/// How many nodes the aliases of a file may stand for in all.
const MOST_ALIASED: usize = 100_000;

/// Reads YAML to trees.
struct Reader<'a> {
    text: &'a str,
    range: Range<usize>,
    deepest: usize,
    /// Whether a second document is refused.
    is_single: bool,
    anchors: Anchors,
    open: Vec<Open>,
    documents: Vec<Node>,
}

/// What anchors stand for, by the number that the parser gives them.
#[derive(Default)]
struct Anchors {
    nodes: FxHashMap<usize, Node>,
    /// How many nodes aliases stood for so far.
    aliased: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, range: Range<usize>, deepest: usize, is_single: bool) -> Self {
        let (open, documents) = (Vec::new(), Vec::new());
        Self { text, range, deepest, is_single, anchors: Anchors::default(), open, documents }
    }

    fn read(&mut self) -> Result<(), SyntaxProblem> {
        let (base, slice) = (self.range.start, &self.text[self.range.clone()]);
        for event in Parser::new_from_str(slice) {
            let (event, span) = event.map_err(|error| {
                let at = base + error.marker().byte_offset().unwrap_or(0).min(slice.len());
                self.problem(at, error.info().as_str())
            })?;
            let bytes = span.byte_range().unwrap_or(0..0);
            self.event(event, Span::new(base + bytes.start..base + bytes.end))?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxProblem> {
        let at = span.start as usize;
        let (done, anchor) = match event {
            Event::Scalar(value, style, anchor, _) => (Node { span, content: scalar(&value, style) }, anchor),
            Event::Alias(anchor) => (self.aliased(anchor, at)?, 0),
            Event::SequenceStart(_, anchor, _) => return self.begin(span, None, anchor),
            Event::MappingStart(_, anchor, _) => return self.begin(span, Some(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => {
                    let anchor = open.anchor;
                    (open.close(span.end), anchor)
                }
                None => return Ok(()),
            },
            Event::DocumentStart(..) if self.is_single && !self.documents.is_empty() => {
                let help = "front matter is one YAML document";
                return Err(SyntaxProblem::at(self.text, at, "a second YAML document begins here", help));
            }
            _ => return Ok(()),
        };
        if anchor > 0 {
            self.anchors.nodes.insert(anchor, done.clone());
        }
        match self.open.last_mut() {
            None => self.documents.push(done),
            Some(parent) => parent.push(done),
        }
        Ok(())
    }

    fn begin(
        &mut self,
        span: Span,
        pairs: Option<Vec<(Node, Node)>>,
        anchor: usize,
    ) -> Result<(), SyntaxProblem> {
        self.open.push(Open { start: span.start, pairs, items: Vec::new(), anchor });
        if self.open.len() > self.deepest {
            return Err(SyntaxProblem::too_deep(self.text, span.start as usize, self.deepest));
        }
        Ok(())
    }

    /// What an alias stands for.
    fn aliased(&mut self, anchor: usize, at: usize) -> Result<Node, SyntaxProblem> {
        // What is still open when its own alias comes holds itself.
        let Some(node) = self.anchors.nodes.get(&anchor) else {
            let help = "an alias stands for what was written before it";
            return Err(SyntaxProblem::at(self.text, at, "the alias is a part of what it stands for", help));
        };
        let (size, depth) = extent(node);
        if self.open.len() + depth > self.deepest {
            return Err(SyntaxProblem::too_deep(self.text, at, self.deepest));
        }
        self.anchors.aliased += size;
        if self.anchors.aliased > MOST_ALIASED {
            let help = format!("the aliases of a file may stand for {MOST_ALIASED} values");
            return Err(SyntaxProblem::at(self.text, at, "the aliases make the file too large", help));
        }
        Ok(node.clone())
    }

    fn problem(&self, at: usize, message: &str) -> SyntaxProblem {
        if message == "recursion limit exceeded" {
            return SyntaxProblem::too_deep(self.text, at, self.deepest);
        }
        let mut lines = self.text[self.range.clone()].lines();
        let is_merge = lines.any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
        let mistake = yaml_mistake::mistake(self.text, self.range.clone(), at).filter(|_| !is_merge);
        if let Some(mistake) = mistake {
            return mistake;
        }
        let help = if is_merge { "resolve the merge" } else { advice(message) };
        SyntaxProblem::at(self.text, at, format!("invalid YAML: {message}"), help)
    }
}

/// How many nodes there are in a tree, and how many lists and maps stand in each other.
fn extent(node: &Node) -> (usize, usize) {
    let inner: Vec<(usize, usize)> = match &node.content {
        Content::Null | Content::Scalar(_) => return (1, 0),
        Content::List(items) => items.iter().map(extent).collect(),
        Content::Map(entries) => {
            let both = |(key, value)| {
                let (key, value) = (extent(key), extent(value));
                (key.0 + value.0, key.1.max(value.1))
            };
            entries.iter().map(|(key, value)| both((key, value))).collect()
        }
    };
    let size = inner.iter().map(|(size, _)| size).sum::<usize>();
    (1 + size, 1 + inner.iter().map(|(_, depth)| *depth).max().unwrap_or_default())
}

/// A list or map whose end has not been read.
struct Open {
    start: u32,
    /// The entries, if it is a map.
    pairs: Option<Vec<(Node, Node)>>,
    /// The items of a list, or the key of a map whose value comes next.
    items: Vec<Node>,
    /// The number of its anchor, or 0.
    anchor: usize,
}

impl Open {
    fn push(&mut self, node: Node) {
        match &mut self.pairs {
            Some(pairs) => match self.items.pop() {
                Some(key) => pairs.push((key, node)),
                None => self.items.push(node),
            },
            None => self.items.push(node),
        }
    }

    fn close(self, end: u32) -> Node {
        let content = match self.pairs {
            Some(pairs) => Content::Map(merged(pairs)),
            None => Content::List(self.items),
        };
        Node { span: Span { start: self.start, end: end.max(self.start) }, content }
    }
}

/// The entries of a map with those that its merge keys bring: `<<: *defaults`. Its own win, then the first that is
/// merged. See <https://yaml.org/type/merge.html>.
fn merged(pairs: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
    let is_merge = |(key, _): &(Node, Node)| key.text() == Some("<<");
    if !pairs.iter().any(is_merge) {
        return pairs;
    }
    let (merges, mut own): (Vec<_>, Vec<_>) = pairs.into_iter().partition(is_merge);
    let mut known: FxHashSet<String> =
        own.iter().filter_map(|(key, _)| Some(key.text()?.to_owned())).collect();
    for (_, value) in merges {
        let maps = match value.content {
            Content::List(items) => items,
            _ => vec![value],
        };
        for (key, value) in maps.iter().flat_map(Node::entries) {
            if key.text().is_some_and(|name| known.insert(name.to_owned())) {
                own.push((key.clone(), value.clone()));
            }
        }
    }
    own
}

/// What to do about an error of the YAML parser.
fn advice(message: &str) -> &'static str {
    if message.contains("tab") {
        "indent with spaces"
    } else if message.contains("unclosed") || message.contains("end of stream") {
        "close what is open, or quote the value if the sign is meant as text"
    } else if message.contains("unexpected character") {
        "remove the character: most editors do not show it"
    } else {
        "quote a value that holds `: ` or ` #`, or begins with a special sign such as `[`, `*` or `@`"
    }
}

fn scalar(value: &str, style: ScalarStyle) -> Content {
    let is_null = style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL");
    if is_null { Content::Null } else { Content::Scalar(value.to_owned()) }
}
