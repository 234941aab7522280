//! The block between two `---` lines at the head of a document: text to a tree with places.
//!
//! Never fails: what can't be read becomes a [`SyntaxProblem`], and the document goes on without it.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::model::{Content, Node, Span, SyntaxProblem};

/// What stands at the head of a document.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The tree, if there is front matter and it could be read.
    pub tree: Option<Node>,
    /// Why it could not.
    pub problem: Option<SyntaxProblem>,
    /// Where the body begins, in bytes.
    pub body_start: usize,
}

/// Deeper nesting than anybody writes. The parser has a limit too, but a higher one.
const DEEPEST: usize = 32;

/// Splits a document into front matter and body, and reads the front matter.
pub fn front_matter(text: &str) -> FrontMatter {
    let Some(block) = find(text) else { return FrontMatter::default() };
    let FoundBlock { inner, body_start, format, closed } = block;
    if !closed {
        let span = Span::new(0..3);
        let message = "front matter is not closed".to_owned();
        let help = "end it with a line of three dashes: `---`".to_owned();
        return FrontMatter { tree: None, problem: Some(SyntaxProblem { span, message, help }), body_start };
    }
    let tree = match format {
        Format::Yaml => yaml(text, inner),
        Format::Toml => super::toml::tree(text, inner),
    };
    match tree {
        Ok(tree) => match tree.as_ref().map(|tree| &tree.content) {
            // Two rules with a paragraph between them are no front matter.
            Some(Content::Scalar(_)) => FrontMatter::default(),
            Some(Content::List(_)) => {
                let span = Span::new(0..3);
                let message = "front matter is a list".to_owned();
                let help = "write fields such as `title: Checkout`".to_owned();
                FrontMatter { tree: None, problem: Some(SyntaxProblem { span, message, help }), body_start }
            }
            _ => FrontMatter { tree, problem: None, body_start },
        },
        Err(problem) => FrontMatter { tree: None, problem: Some(problem), body_start },
    }
}

struct FoundBlock {
    inner: Range<usize>,
    body_start: usize,
    format: Format,
    closed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Yaml,
    Toml,
}

/// The block at the head of `text`, if there is one.
fn find(text: &str) -> Option<FoundBlock> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let (format, fence) = match first.trim_end() {
        "---" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        _ => return None,
    };
    let mut at = first.len();
    // Where the fields seem to end, if no line closes them.
    let mut blank = None;
    let start = at;
    for line in lines {
        let content = line.trim_end();
        if content == fence || (format == Format::Yaml && content == "...") {
            return Some(FoundBlock { inner: start..at, body_start: at + line.len(), format, closed: true });
        }
        if content.is_empty() && blank.is_none() {
            blank = Some(at);
        }
        at += line.len();
    }
    // A file may also begin with a rule. Fields look like `name:`.
    let head = &text[start..blank.unwrap_or(text.len())];
    let looks_like_fields = head.lines().next().is_some_and(|line| {
        let name = line.split([':', '=']).next().unwrap_or_default().trim();
        name.len() < line.trim().len() && !name.is_empty() && !name.contains(' ')
    });
    let body_start = blank.unwrap_or(text.len());
    looks_like_fields.then_some(FoundBlock { inner: start..body_start, body_start, format, closed: false })
}

/// The YAML in `range` of `text` as a tree; nothing if there is only white space and comments.
///
/// Scalars keep the text that the author wrote (`NO` is no boolean and `1.10` no number until a
/// schema says so), and aliases are refused, so no input grows.
///
/// # Errors
///
/// If it is no YAML, or uses what front matter has no need for.
pub fn yaml(text: &str, range: Range<usize>) -> Result<Option<Node>, SyntaxProblem> {
    let base = range.start;
    let slice = &text[range.clone()];
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(slice) {
        let (event, span) = event.map_err(|error| {
            let at = base + error.marker().byte_offset().unwrap_or(0).min(slice.len());
            if error.info() == "recursion limit exceeded" {
                return too_deep(text, at);
            }
            let is_merge =
                slice.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
            let help = if is_merge { "resolve the merge" } else { advice(error.info().as_str()) }.to_owned();
            problem(text, at, format!("invalid YAML: {}", error.info()), help)
        })?;
        let bytes = span.byte_range().unwrap_or(0..0);
        let bytes = base + bytes.start..base + bytes.end;
        let span = Span::new(bytes.clone());
        let done = match event {
            Event::Scalar(value, style, _, _) => Node { span, content: scalar(&value, style) },
            Event::Alias(_) => {
                let help = "write the value again".to_owned();
                return Err(problem(text, bytes.start, "YAML aliases are not supported".to_owned(), help));
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
                return Err(problem(
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
    if depth <= DEEPEST {
        return Ok(());
    }
    Err(too_deep(text, at))
}

pub(super) fn too_deep(text: &str, at: usize) -> SyntaxProblem {
    let help = format!("fields may be nested {DEEPEST} deep");
    problem(text, at, "nested too deeply".to_owned(), help)
}

/// A problem with the character at byte `at`.
pub(super) fn problem(text: &str, at: usize, message: String, help: String) -> SyntaxProblem {
    let start = text.floor_char_boundary(at.min(text.len()));
    let end = text[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
    SyntaxProblem { span: Span::new(start..end), message, help }
}
