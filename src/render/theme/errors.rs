//! Errors of Tera as problems with a place in a template.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use tera::ErrorKind;

use super::bounded::LARGEST_PAGE;
use crate::model::{Location, Source, Span, TemplateProblem};

/// The templates of a theme by name.
type Sources = BTreeMap<String, Arc<Source>>;

/// What an error of `template` is about, first of all.
pub(super) fn first_problem(error: &tera::Error, sources: &Sources, template: &str) -> TemplateProblem {
    let problem = problems(error, sources, template).into_iter().next();
    problem.unwrap_or_else(|| problem_at(nowhere(template), error.to_string()))
}

/// What an error is about, each problem with its place. `template` is where it is if nothing else says.
pub(super) fn problems(error: &tera::Error, sources: &Sources, template: &str) -> Vec<TemplateProblem> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let location = place(report.filename(), report.span().range.clone(), sources);
            vec![problem_at(location, report.message())]
        }
        // The one kind of error that Tera has no type for: what it finds across templates comes as rendered reports.
        ErrorKind::Msg(reports) if reports.contains('\n') => from_reports(reports, sources, template),
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
            let names: Vec<&String> = std::iter::once(tpl).chain(chain).collect();
            vec![circle(tpl, &names, sources)]
        }
        ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            vec![circle(tpl, &chain.iter().collect::<Vec<_>>(), sources)]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![problem_at(mention(current, parent, sources), format!("there is no template `{parent}`"))]
        }
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
            let message = format!("the page is larger than {} MB", LARGEST_PAGE >> 20);
            vec![problem_at(place(template, 0..0, sources), message)]
        }
        other => vec![problem_at(place(template, 0..0, sources), other.to_string())],
    }
}

/// Reads rendered reports, each a message and its place: `error: MESSAGE`, then `--> NAME:LINE:COLUMN`.
fn from_reports(reports: &str, sources: &Sources, template: &str) -> Vec<TemplateProblem> {
    let mut problems = Vec::new();
    let mut message = "";
    for line in reports.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("error: ") {
            message = text;
        } else if let Some(shown) = line.strip_prefix("--> ") {
            let mut parts = shown.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
            let (column, line) = (number(), number());
            let name = parts.next().unwrap_or(template);
            let text = sources.get(name).map_or("", |source| source.text.as_str());
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let start = start + column.saturating_sub(1);
            problems.push(problem_at(place(name, start..start + 1, sources), message));
        }
    }
    problems
}

/// Templates of which each holds the next, and the last is `start` again.
fn circle(start: &str, names: &[&String], sources: &Sources) -> TemplateProblem {
    let next = names.iter().position(|name| *name == start).and_then(|at| names.get(at + 1));
    let chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("a template that leads to itself: {}", chain.join(" to "));
    problem_at(mention(start, next.map_or(start, |next| next), sources), message)
}

fn problem_at(location: Location, message: impl Into<String>) -> TemplateProblem {
    TemplateProblem { location, message: message.into(), page: None }
}

/// Where a template names another.
fn mention(template: &str, name: &str, sources: &Sources) -> Location {
    let Some(source) = sources.get(template) else { return nowhere(template) };
    let place = source.text.find(name).map_or(0..0, |start| start..start + name.len());
    source.at(Span::new(place))
}

/// A place in a template, at the boundaries of characters.
fn place(name: &str, range: Range<usize>, sources: &Sources) -> Location {
    let Some(source) = sources.get(name) else { return nowhere(name) };
    let end = source.text.ceil_char_boundary(range.end);
    source.at(Span::new(source.text.floor_char_boundary(range.start).min(end)..end))
}

/// A template whose text is not at hand.
fn nowhere(template: &str) -> Location {
    Source::new(template, "").at(Span::default())
}
