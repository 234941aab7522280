//! Text that is read otherwise than its author meant it.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "misread-text",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("misread_text.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        for (source, problem) in &document.problems.mistakes {
            let finding =
                RULE.at(source.at(problem.span), problem.message.clone()).help(problem.help.clone());
            report.add(match &problem.fix {
                Some((span, text)) => finding.fix(source.at(*span), Some(text.clone())),
                None => finding,
            });
        }
    }
}
