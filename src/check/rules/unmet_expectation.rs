//! What a kind expects of a complete document.

use std::sync::Arc;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity, article};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Field, Kind};
use crate::report::expectations::expectations;

pub(super) static RULE: Rule = Rule {
    id: "unmet-expectation",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unmet_expectation.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.current_documents() {
        for unmet in expectations(&base.graph, index).filter(|expected| !expected.is_met) {
            let expectation = unmet.expectation;
            let name = document.id.rsplit('/').next().unwrap_or(&document.id);
            if expectation.relation.is_some() && base.may_be_said(name) {
                continue;
            }
            let message = Message::naming(document).text(": ").text(&expectation.because);
            let finding = RULE.at(document.start(), message);
            report.add(match (&expectation.field, &expectation.relation) {
                (Some(field), _) => finding.help(format!("fill in `{field}`")),
                (None, Some(relation)) => finding.help(match naming(base, document, relation) {
                    Some((kind, field)) => format!("let {} name it under `{field}`", article(kind)),
                    None => format!("nothing stands under “{relation}” on its page"),
                }),
                (None, None) => finding,
            });
        }
    }
}

/// The kind and the field that make a relation when they name such a document.
fn naming<'a>(base: &'a KnowledgeBase, document: &Document, relation: &str) -> Option<(&'a str, &'a str)> {
    let field = |kind: &'a Kind| {
        let makes_it = |field: &&Arc<Field>| {
            field.inverse.as_deref() == Some(relation) && field.to.contains(&document.kind.id)
        };
        let field = kind.fields.iter().find(makes_it)?;
        Some((kind.id.as_str(), field.name.as_str()))
    };
    base.kinds.all.iter().find_map(|kind| field(kind))
}
