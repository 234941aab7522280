//! Conflicts of a merge that was not resolved.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::OPTIONS;
use crate::model::{Body, Misread, Span, SyntaxProblem};

/// What begins the last line of a conflict.
const END: &str = ">>>>>>> ";

/// The conflicts in a text whose body begins at byte `body_start`. One that stands as a whole in a fenced block of code
/// is an example.
pub(in crate::parse) fn merge_conflicts(text: &str, body_start: usize, body: &Body) -> Vec<SyntaxProblem> {
    let markdown = &text[body_start..];
    if !markdown.contains("\n=======") || !markdown.contains(&format!("\n{END}")) {
        return Vec::new();
    }
    let open = body.misread.iter().find(|(misread, _)| *misread == Misread::OpenCode);
    let first_open = open.map_or(text.len(), |(_, span)| span.range().start);
    let blocks: Vec<Range<usize>> = blocks_of_code(markdown)
        .map(|block| body_start + block.start..body_start + block.end)
        .filter(|block| block.start < first_open)
        .collect();
    let is_example = |at: usize| {
        let block = blocks.iter().find(|block| block.contains(&at));
        block.is_some_and(|block| text[at..block.end].contains(&format!("\n{END}")))
    };
    let mut at = body_start;
    let mut found = Vec::new();
    for line in markdown.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") && !is_example(at) {
            found.push(SyntaxProblem {
                span: Span::new(at..at + line.trim_end().len()),
                message: "a merge conflict".to_owned(),
                help: format!("resolve the merge, up to the line that begins with `{}`", END.trim_end()),
                fix: None,
            });
        }
        at += line.len();
    }
    found
}

/// The fenced blocks of code. Few documents have the marks of a conflict, so few are read a second time.
fn blocks_of_code(markdown: &str) -> impl Iterator<Item = Range<usize>> {
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    events.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(range),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::merge_conflicts;
    use crate::parse::markdown::scan;

    const CONFLICT: &str = "<<<<<<< yours:a.txt\nx\n=======\ny\n>>>>>>> theirs:a.txt\n";

    #[test]
    fn a_conflict_in_a_fence_is_an_example() {
        for (text, expected) in [
            (format!("# A\n{CONFLICT}"), 1),
            (format!("# A\n```text\n{CONFLICT}```\n"), 0),
            (format!("# A\n~~~~\n$ cat a\n{CONFLICT}~~~~\n\nText\n{CONFLICT}"), 1),
            // The fence does not end, or the conflict cuts it.
            (format!("# A\n```text\n{CONFLICT}"), 1),
            ("# A\n```sh\n<<<<<<< HEAD\na\n```\n=======\nb\n```\n>>>>>>> main\n".to_owned(), 1),
        ] {
            let found = merge_conflicts(&text, 0, &scan(&text, 0));
            assert_eq!(found.len(), expected, "{text}");
        }
    }
}
