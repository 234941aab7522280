//! A key that stands twice in one map: which value counts?

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-field",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("duplicate_field.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    // Two values for one key are wrong with or without sdkb.
    let documents = base.graph.documents.iter().flat_map(|document| &document.problems.fields);
    for problem in documents.chain(&base.problems.fields) {
        if let FieldProblem::Duplicate { location, first, name } = problem {
            let finding = RULE.at(location.clone(), format!("field `{name}` is written twice"));
            report.add(finding.related(first.clone(), "first written here").help("keep one of them"));
        }
    }
}
