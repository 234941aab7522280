//! An image that does not exist.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::{LinkProblem, LinkTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::LinkForm;

pub(super) static RULE: Rule = Rule {
    id: "missing-image",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("missing_image.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            let is_image = matches!(link.form, LinkForm::Image | LinkForm::HtmlImage);
            if is_image && *target == LinkTarget::Broken(LinkProblem::NoFile) {
                let finding = RULE.at(document.source.at(link.span), format!("no image `{}`", link.target));
                report.add(finding.help("put the file beside the document, or correct the path"));
            }
        }
    }
}
