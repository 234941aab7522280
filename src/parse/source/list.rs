//! Lists of alerts, for what has no format that is read otherwise: exports of Datadog, CloudWatch or PagerDuty. In JSON and
//! YAML each alert is a map, in CSV a line beneath the names of the columns.
//!
//! `alert` names the alert. `group`, `expression`, `for`, `summary`, `description`, `runbook_url` and `runbook` are what they
//! are in a rule of Prometheus; every other column is a label.

use std::sync::Arc;

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Content, Expression, Node, Pair, Source, Span, SyntaxProblem, WrittenText};

pub(super) struct List;

/// The columns that are annotations.
const ANNOTATIONS: [&str; 4] = ["summary", "description", "runbook_url", "runbook"];

/// The columns that are neither annotations nor labels.
const OWN: [&str; 4] = ["alert", "group", "expression", "for"];

impl Format for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn recognises(&self, root: &Node) -> bool {
        let Content::List(items) = &root.content else { return false };
        items.iter().any(|item| item.get("alert").and_then(Node::text).is_some())
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        for item in root.items() {
            let text = |key: &str| item.get(key).and_then(Written::text).filter(|text| !text.text.is_empty());
            let Some(name) = text("alert") else {
                let help = "write the name of the alert under `alert`";
                found.add_problem(&item.location(), "an alert in the list has no name", help);
                continue;
            };
            let (annotations, labels): (Vec<Pair>, Vec<Pair>) = item
                .pairs()
                .into_iter()
                .filter(|pair| !OWN.contains(&pair.name.as_str()) && !pair.value.text.is_empty())
                .partition(|pair| ANNOTATIONS.contains(&pair.name.as_str()));
            found.add_rule(AlertRule {
                name,
                location: item.location(),
                group: text("group").map(|group: WrittenText| group.text).unwrap_or_default(),
                expression: text("expression").map(|text| Expression { language: "", text }),
                pending: text("for"),
                labels,
                annotations,
                is_generated: false,
            });
        }
    }
}

/// Comma-separated values as a list of maps. A value knows its place where its line has no quotes, else that of its line.
///
/// # Errors
///
/// If a line is no record, or has another number of values than there are columns.
pub(super) fn csv(source: &Arc<Source>) -> Result<Node, SyntaxProblem> {
    let text = &source.text;
    let mut reader =
        csv::ReaderBuilder::new().flexible(false).trim(csv::Trim::All).from_reader(text.as_bytes());
    let problem = |error: &csv::Error| {
        let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let help = "write as many values as there are columns, and those with commas in quotes";
        SyntaxProblem::at(text, at, format!("invalid CSV: {}", reason(error)), help)
    };
    let names = reader.headers().map_err(|error| problem(&error))?.clone();
    let mut items = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(0);
        if !reader.read_record(&mut record).map_err(|error| problem(&error))? {
            break;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let read = text[start..end].trim_start_matches(['\r', '\n']);
        let start = end - read.len();
        let line = start..start + read.trim_end().len();
        let mut at = start;
        let is_plain = !text[line.clone()].contains('"');
        let entries = names.iter().zip(&record).map(|(name, value)| {
            let span = match text[at..line.end.max(at)].find(value) {
                Some(found) if is_plain => {
                    let begin = at + found;
                    at = text.ceil_char_boundary(begin + value.len() + 1).min(line.end);
                    Span::new(begin..begin + value.len())
                }
                _ => Span::new(line.clone()),
            };
            let scalar = |text: &str| Node { span, content: Content::Scalar(text.to_owned()) };
            (scalar(name), scalar(value))
        });
        let entries = entries.collect();
        items.push(Node { span: Span::new(line), content: Content::Map(entries) });
    }
    Ok(Node { span: Span::new(0..text.len()), content: Content::List(items) })
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} values for {expected_len} columns")
        }
        _ => "the line is no record".to_owned(),
    }
}
