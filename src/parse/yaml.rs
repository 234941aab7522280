//! YAML to a tree with places: front matter and settings.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::yaml_mistake;
use crate::model::{Content, Node, Span, SyntaxProblem};

/// The YAML in `range` of `text` as a tree; nothing if there is only white space and comments.
///
/// Scalars keep the text that the author wrote (`NO` is no boolean and `1.10` no number until a
/// schema says so), and aliases are refused, so no input grows.
///
/// # Errors
///
/// If it is no YAML, or uses what front matter has no need for.
pub fn tree(text: &str, range: Range<usize>) -> Result<Option<Node>, SyntaxProblem> {
    let base = range.start;
    let slice = &text[range.clone()];
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(slice) {
        let (event, span) = event.map_err(|error| {
            let at = base + error.marker().byte_offset().unwrap_or(0).min(slice.len());
            if error.info() == "recursion limit exceeded" {
                return SyntaxProblem::too_deep(text, at);
            }
            let is_merge =
                slice.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
            let mistake = yaml_mistake::mistake(text, range.clone(), at).filter(|_| !is_merge);
            if let Some(mistake) = mistake {
                return mistake;
            }
            let help = if is_merge { "resolve the merge" } else { advice(error.info().as_str()) }.to_owned();
            SyntaxProblem::at(text, at, format!("invalid YAML: {}", error.info()), help)
        })?;
        let bytes = span.byte_range().unwrap_or(0..0);
        let bytes = base + bytes.start..base + bytes.end;
        let span = Span::new(bytes.clone());
        let done = match event {
            Event::Scalar(value, style, _, _) => Node { span, content: scalar(&value, style) },
            Event::Alias(_) => {
                let help = "write the value again".to_owned();
                return Err(SyntaxProblem::at(
                    text,
                    bytes.start,
                    "YAML aliases are not supported".to_owned(),
                    help,
                ));
            }
            Event::SequenceStart(..) => {
                open.push(Open { start: span.start, pairs: None, items: Vec::new() });
                continue_if_shallow(text, bytes.start, open.len())?;
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open { start: span.start, pairs: Some(Vec::new()), items: Vec::new() });
                continue_if_shallow(text, bytes.start, open.len())?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(done) => done.close(span.end),
                None => continue,
            },
            Event::DocumentStart(..) if root.is_some() => {
                let help = "front matter is one YAML document".to_owned();
                return Err(SyntaxProblem::at(
                    text,
                    bytes.start,
                    "a second YAML document begins here".to_owned(),
                    help,
                ));
            }
            _ => continue,
        };
        match open.last_mut() {
            None => root = Some(done),
            Some(parent) => parent.push(done),
        }
    }
    Ok(root.filter(|root| root.content != Content::Null))
}

/// A list or map whose end has not been read.
struct Open {
    start: u32,
    /// The entries, if it is a map.
    pairs: Option<Vec<(Node, Node)>>,
    /// The items of a list, or the key of a map whose value comes next.
    items: Vec<Node>,
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
            Some(pairs) => Content::Map(pairs),
            None => Content::List(self.items),
        };
        Node { span: Span { start: self.start, end: end.max(self.start) }, content }
    }
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

fn continue_if_shallow(text: &str, at: usize, depth: usize) -> Result<(), SyntaxProblem> {
    if depth <= SyntaxProblem::MAX_DEPTH {
        return Ok(());
    }
    Err(SyntaxProblem::too_deep(text, at))
}
