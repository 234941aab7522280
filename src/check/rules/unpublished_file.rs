//! A link to something that the project has and the site has not.

use super::broken_link::{left_out_at, publish};
use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::{LinkProblem, LinkTarget};
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "unpublished-file",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unpublished_file.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            if *target == LinkTarget::Broken(LinkProblem::NotPublished) {
                let message = format!("`{}` is no part of the site", link.target);
                let help = match left_out_at(base, document, link) {
                    Some(path) => publish(path),
                    None => "set `repository` in sdkb.yml, and links to such files lead there".to_owned(),
                };
                report.add(RULE.at(document.source.at(link.span), message).help(help));
            }
        }
    }
}
