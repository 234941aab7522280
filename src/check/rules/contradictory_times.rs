//! Times in an order that can't be: resolved before it was detected.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::FieldProblem;

pub(super) static RULE: Rule = Rule {
    id: "contradictory-times",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("contradictory_times.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for problem in base.field_problems() {
        if let FieldProblem::Contradictory { location, path, earlier, earlier_path } = problem {
            let finding = RULE.at(location.clone(), format!("`{path}` is before `{earlier_path}`"));
            report.add(
                finding
                    .related(earlier.clone(), format!("`{earlier_path}` is later than that"))
                    .help("correct one of the two; mind the day, the month and the zone"),
            );
        }
    }
}
