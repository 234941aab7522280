//! A name that several documents answer to.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::{LinkProblem, LinkTarget, Resolution};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Location};

pub(super) static RULE: Rule = Rule {
    id: "ambiguous-reference",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("ambiguous_reference.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (reference, resolution, _) in base.references() {
        if let Resolution::Ambiguous(candidates) = resolution {
            report.add(finding(base, reference.location.clone(), &reference.text, candidates));
        }
    }
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            if let LinkTarget::Broken(LinkProblem::Ambiguous(candidates)) = target {
                report.add(finding(base, document.source.at(link.span), &link.target, candidates));
            }
        }
    }
}

fn finding(base: &KnowledgeBase, location: Location, text: &str, candidates: &[DocumentId]) -> Diagnostic {
    let mut names = base.graph.ids.full_names(candidates);
    names.dedup();
    if names.len() < candidates.len() {
        names = candidates.iter().map(|&index| base.graph.documents[index].source.path.to_string()).collect();
    }
    let message = format!("`{text}` may be one of {} documents", candidates.len());
    RULE.at(location, message).help(format!("it may be one of `{}`", names.join("`, `")))
}
