//! A template of the project that can't be used.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::TemplateProblem;

pub(super) static RULE: Rule = Rule {
    id: "template-error",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("template_error.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for problem in &base.problems.templates {
        report.add(finding(problem));
    }
}

/// The finding about a template problem, which may be one of a page that was rendered.
pub fn finding(problem: &TemplateProblem) -> Diagnostic {
    let finding = RULE.at(problem.location.clone(), problem.message.clone());
    match &problem.page {
        Some(page) => finding.help(format!("while rendering `{page}`")),
        None => finding,
    }
}
