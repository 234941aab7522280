//! Lists of alerts, for what has no format that is read otherwise: exports of Datadog, CloudWatch or PagerDuty. In JSON and
//! YAML each alert is a map, in CSV a line beneath the names of the columns.
//!
//! `alert` names the alert. `group`, `expression`, `for`, `summary`, `description`, `runbook_url` and `runbook` are what they
//! are in a rule of Prometheus; every other column is a label.

use std::sync::Arc;

use ::csv::StringRecord;

use super::super::csv;
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

/// Comma-separated values as a list of maps.
///
/// # Errors
///
/// If a line is no record, or has another number of values than there are columns.
pub(super) fn csv(source: &Arc<Source>) -> Result<Node, SyntaxProblem> {
    let text = &source.text;
    let mut reader = csv::reader(text);
    let (mut names, mut record) = (StringRecord::new(), StringRecord::new());
    csv::next(&mut reader, text, &mut names)?;
    let mut items = Vec::new();
    while let Some(line) = csv::next(&mut reader, text, &mut record)? {
        if record.len() != names.len() {
            return Err(csv::wrong_length(text, line, record.len(), names.len()));
        }
        items.push(csv::map(text, line, &names, &record));
    }
    Ok(Node { span: Span::new(0..text.len()), content: Content::List(items) })
}
