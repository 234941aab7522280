//! Findings for people, in the manner of rustc.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::model::Location;

/// Whether to colour the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With terminal escapes.
    On,
    /// Plain text.
    Off,
}

/// At most this many bytes of a line are shown on either side of the culprit: a line can be megabytes long.
const LINE_REACH: usize = 120;

/// The finding as several lines of text, without a line break at the end.
pub fn render(finding: &Diagnostic, colour: Colour) -> String {
    let renderer = if colour == Colour::On { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut excerpts = vec![Excerpt::new(&finding.location, &finding.label, AnnotationKind::Primary)];
    for (location, label) in &finding.related {
        excerpts.push(Excerpt::new(location, label, AnnotationKind::Context));
    }
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.rule)
        .elements(excerpts.iter().map(Excerpt::snippet));
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let groups: [Group<'_>; 1] = [group];
    renderer.decor_style(DecorStyle::Ascii).render(&groups)
}

/// One line with the counts, such as `2 errors, 1 warning`.
pub fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let plural = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "no findings".to_owned(),
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// The lines around a place, cut out of the file.
struct Excerpt<'a> {
    path: &'a str,
    text: &'a str,
    first_line: usize,
    span: std::ops::Range<usize>,
    label: &'a str,
    kind: AnnotationKind,
}

impl<'a> Excerpt<'a> {
    /// Only the lines of the culprit are handed to the renderer, which would otherwise count through
    /// the whole file for each finding.
    fn new(location: &'a Location, label: &'a str, kind: AnnotationKind) -> Self {
        let text = location.source.text.as_str();
        let (start, end) = (location.span.start as usize, location.span.end as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        // The first line stands for a culprit of several.
        let end = end.clamp(start, line_end);
        let from = text.floor_char_boundary(line_start.max(start.saturating_sub(LINE_REACH)));
        let to = text.ceil_char_boundary(line_end.min(start + LINE_REACH)).max(from);
        let shown = text[from..to].trim_end_matches('\r');
        let end = end.min(from + shown.len()).max(start);
        Self {
            path: &location.source.path,
            text: shown,
            first_line: location.line_column().0,
            span: start - from..end - from,
            label,
            kind,
        }
    }

    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let label = (!self.label.is_empty()).then_some(self.label);
        Snippet::source(self.text)
            .path(self.path)
            .line_start(self.first_line)
            .annotation(self.kind.span(self.span.clone()).label(label))
    }
}
