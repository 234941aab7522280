//! Text that is not written as its format wants it.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "invalid-syntax",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("invalid_syntax.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let documents = base.graph.documents.iter().flat_map(|document| &document.problems.syntax);
    for (source, problem) in documents.chain(&base.problems.syntax) {
        let finding = RULE.at(source.at(problem.span), problem.message.clone()).help(problem.help.clone());
        report.add(match &problem.fix {
            Some((span, text)) => finding.fix(source.at(*span), Some(text.clone())),
            None => finding,
        });
    }
}
