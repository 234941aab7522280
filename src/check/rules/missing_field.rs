//! A required field that is absent.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "missing-field",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("missing_field.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for problem in base.field_problems() {
        if let FieldProblem::Missing { location, path, help, example } = problem {
            let name = path.rsplit('.').next().unwrap_or(path);
            let finding = RULE.at(location.clone(), format!("missing field `{path}`"));
            report.add(finding.help(format!("add `{name}: {example}`. {help}")));
        }
    }
}
