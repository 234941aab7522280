//! The block between two `---` lines at the head of a document: text to a tree with places.
//!
//! Never fails: what can't be read becomes a [`SyntaxProblem`], and the document goes on without it.

use std::ops::Range;

use super::{toml, yaml};
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

/// Splits a document into front matter and body, and reads the front matter.
pub fn front_matter(text: &str) -> FrontMatter {
    let Some(block) = find(text) else { return FrontMatter::default() };
    let FoundBlock { inner, body_start, format, closed } = block;
    if !closed {
        let span = Span::new(0..3);
        let message = "front matter is not closed".to_owned();
        let help = "end it with a line of three dashes: `---`".to_owned();
        return FrontMatter {
            tree: None,
            problem: Some(SyntaxProblem { span, message, help, fix: None }),
            body_start,
        };
    }
    let tree = match format {
        Format::Yaml => yaml::tree(text, inner),
        Format::Toml => toml::tree(text, inner),
    };
    match tree {
        Ok(tree) => match tree.as_ref().map(|tree| &tree.content) {
            // Two rules with a paragraph between them are no front matter.
            Some(Content::Scalar(_)) => FrontMatter::default(),
            Some(Content::List(_)) => {
                let span = Span::new(0..3);
                let message = "front matter is a list".to_owned();
                let help = "write fields such as `title: Checkout`".to_owned();
                FrontMatter {
                    tree: None,
                    problem: Some(SyntaxProblem { span, message, help, fix: None }),
                    body_start,
                }
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
        // Hugo ends it at any line of dashes.
        let is_longer = || content.len() > fence.len() && content.bytes().all(|byte| byte == b'-');
        let is_yaml = format == Format::Yaml;
        if content == fence || is_yaml && (content == "..." || is_longer()) {
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
