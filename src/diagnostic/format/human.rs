//! Findings for people, in the manner of rustc.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Location;
use crate::text::control::{escaped, escaped_line};

/// Whether to colour the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With terminal escapes.
    On,
    /// Plain text.
    Off,
}

/// Findings, each followed by an empty line.
pub fn all(findings: &[Diagnostic], colour: Colour) -> String {
    findings.iter().map(|finding| render(finding, colour) + "\n\n").collect()
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
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.rule));
    for excerpt in &excerpts {
        if excerpt.text.is_empty() && excerpt.position == (1, 1) {
            // A file that could not be read, or holds nothing.
            group = group.element(Origin::path(excerpt.path.as_ref()));
            continue;
        }
        group = match excerpt.origin() {
            Some(origin) => group.element(origin).element(excerpt.snippet()),
            None => group.element(excerpt.snippet().path(excerpt.path.as_ref())),
        };
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.to_string()));
    }
    let groups: [Group<'_>; 1] = [group];
    renderer.decor_style(DecorStyle::Ascii).render(&groups)
}

/// One line with the counts, such as `2 errors, 1 warning`.
pub fn summary(findings: &[Diagnostic]) -> String {
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    match (number(Severity::Error), number(Severity::Warning)) {
        (0, 0) => "no findings".to_owned(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// A noun with its article, such as `a service` or `an incident`.
pub fn article(noun: &str) -> String {
    let is_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if is_vowel { "an" } else { "a" })
}

/// More names than this are no help.
const MOST_NAMED: usize = 12;

/// Names in backticks, as far as they help.
pub fn names<T: std::fmt::Display>(names: impl ExactSizeIterator<Item = T>) -> String {
    let rest = names.len().saturating_sub(MOST_NAMED);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let named: Vec<String> = names.take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    named.join(", ") + &more
}

/// A number of things, such as `1 page` or `2 pages`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// The lines around a place, cut out of the file.
struct Excerpt<'a> {
    path: Cow<'a, str>,
    text: Cow<'a, str>,
    position: (usize, usize),
    /// Whether `text` is not the whole line as it is.
    is_changed: bool,
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
        // The ends of a line that are further away than what is shown do not matter.
        let reach = text.floor_char_boundary(start.saturating_sub(LINE_REACH));
        let line_start = text[reach..start].rfind('\n').map(|at| reach + at + 1);
        let from = line_start.unwrap_or(reach);
        let is_whole_start = line_start.is_some() || reach == 0 || text[..reach].ends_with('\n');
        let reach = text.ceil_char_boundary(text.len().min(start + LINE_REACH));
        let to = text[start..reach].find('\n').map_or(reach, |at| start + at);
        // The first line stands for a culprit of several.
        let end = end.clamp(start, to);
        let shown = text[from..to].trim_end_matches('\r');
        let end = end.min(from + shown.len()).max(start);
        let mut places = [start - from, end - from];
        let text = escaped_line(shown, &mut places);
        let is_changed = !is_whole_start || matches!(text, Cow::Owned(_));
        Self {
            path: escaped(&location.source.path),
            text,
            position: location.line_column(),
            is_changed,
            span: places[0]..places[1],
            label,
            kind,
        }
    }

    /// The true place of a culprit whose line is shown in part or escaped: the renderer would count the columns of
    /// what is shown.
    fn origin(&self) -> Option<Origin<'_>> {
        let (line, column) = self.position;
        self.is_changed.then(|| Origin::path(self.path.as_ref()).line(line).char_column(column))
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let label = (!self.label.is_empty()).then_some(self.label);
        Snippet::source(self.text.as_ref())
            .line_start(self.position.0)
            .annotation(self.kind.span(self.span.clone()).label(label))
    }
}
