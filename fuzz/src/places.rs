//! Judges places: whatever is said of a text lies in it, between characters.

use sdkb::model::{Content, Document, FieldProblem, Location, Problems, Source, Span};
use sdkb::parse::front_matter::front_matter;
use sdkb::parse::shell;

/// Panics if anything that is known of a document lies outside of its text.
pub fn judge_document(document: &Document) {
    let text = &document.source.text;
    let within = |span: Span| judge_span(text, span);
    assert!(text.is_char_boundary(document.body_start));

    let mut nodes: Vec<_> = front_matter(text).tree.into_iter().collect();
    while let Some(node) = nodes.pop() {
        within(node.span);
        match node.content {
            Content::List(items) => nodes.extend(items),
            Content::Map(entries) => nodes.extend(entries.into_iter().flat_map(|(key, value)| [key, value])),
            _ => {}
        }
    }
    document.fields.visit(&mut |entry| judge_location(&entry.location));
    document.references.iter().for_each(|reference| judge_location(&reference.location));
    document.alerts.iter().for_each(|(_, location)| judge_location(location));
    for suppression in &document.suppressions {
        judge_location(&suppression.location);
        suppression.part.into_iter().for_each(within);
    }
    judge_problems(&document.problems);

    let body = &document.body;
    body.headings.iter().for_each(|heading| within(heading.span));
    body.links.iter().for_each(|link| within(link.span));
    body.shortcodes.iter().for_each(|shortcode| within(shortcode.span));
    body.suppressions.iter().copied().for_each(within);
    for block in &body.commands {
        within(block.span);
        within(block.code_span);
        let script = shell::read(&block.language, &block.code).expect("it is a block of commands");
        let mut end = 0;
        for token in script.tokens() {
            assert_eq!(token.span.start, end, "tokens follow each other");
            end = token.span.end;
        }
        assert_eq!(end, block.code.len(), "tokens cover all commands");
        script.unfilled().into_iter().for_each(|(place, _)| within(block.locate(text, place)));
    }
}

/// Panics if a problem lies outside of its text.
pub fn judge_problems(problems: &Problems) {
    for (source, problem) in problems.syntax.iter().chain(&problems.suppressions) {
        judge_span(&source.text, problem.span);
    }
    for problem in &problems.fields {
        match problem {
            FieldProblem::Unknown { location, .. }
            | FieldProblem::Missing { location, .. }
            | FieldProblem::Invalid { location, .. }
            | FieldProblem::Pattern { location, .. }
            | FieldProblem::Schema { location, .. } => judge_location(location),
            FieldProblem::Duplicate { location, first, .. } => {
                judge_location(location);
                judge_location(first);
            }
            FieldProblem::Contradictory { location, earlier, .. } => {
                judge_location(location);
                judge_location(earlier);
            }
        }
    }
    problems.templates.iter().for_each(|problem| judge_location(&problem.location));
}

/// Panics if a place lies outside of its text, or has no line and column.
pub fn judge_location(location: &Location) {
    let source: &Source = &location.source;
    judge_span(&source.text, location.span);
    assert!(location.line_column() <= location.end_line_column());
}

fn judge_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes", text.len());
}
