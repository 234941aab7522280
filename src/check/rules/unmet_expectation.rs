//! What a kind expects of a complete document.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::{Document, Expectation, Value};

pub(super) static RULE: Rule = Rule {
    id: "unmet-expectation",
    severity: Severity::Warning,
    holds: Holds::Adopted,
    text: include_str!("unmet_expectation.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (index, document) in subject.documents() {
        if subject.graph.routes.is_introduction(index) {
            continue;
        }
        for expectation in &document.kind.expect {
            let is_due = expectation.when.iter().all(|(field, value)| document.fields.text(field) == Some(value));
            if is_due && !is_met(subject, index, document, expectation) {
                let message = format!("{} `{}`: {}", document.kind.id, document.id, expectation.because);
                let finding = RULE.at(document.start(), message);
                report.add(match (&expectation.field, &expectation.relation) {
                    (Some(field), _) => finding.help(format!("fill in `{field}`")),
                    (None, Some(relation)) => finding.help(format!("nothing stands under “{relation}” on its page")),
                    (None, None) => finding,
                });
            }
        }
    }
}

fn is_met(subject: &Subject<'_>, index: usize, document: &Document, expectation: &Expectation) -> bool {
    let has_field = expectation.field.as_deref().is_none_or(|field| {
        document.fields.at(field).is_some_and(|entry| match &entry.value {
            Value::List(items) => !items.is_empty(),
            _ => true,
        })
    });
    let has_relation = expectation.relation.as_deref().is_none_or(|wanted| {
        subject.graph.relations[index].iter().any(|relation| relation.label == wanted)
    });
    has_field && has_relation
}
