//! A name that several documents answer to.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::{LinkProblem, LinkTarget, Resolution};
use crate::model::Location;

pub(super) static RULE: Rule = Rule {
    id: "ambiguous-reference",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("ambiguous_reference.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (index, document) in subject.documents() {
        for (reference, resolution) in document.references.iter().zip(subject.graph.references[index].iter())
        {
            if let Resolution::Ambiguous(candidates) = resolution {
                report.add(finding(subject, reference.location.clone(), &reference.text, candidates));
            }
        }
        for (link, target) in document.body.links.iter().zip(subject.graph.links[index].iter()) {
            if let LinkTarget::Broken(LinkProblem::Ambiguous(candidates)) = target {
                report.add(finding(subject, document.source.at(link.span), &link.target, candidates));
            }
        }
    }
}

fn finding(subject: &Subject<'_>, location: Location, text: &str, candidates: &[usize]) -> Diagnostic {
    let mut names = subject.graph.ids.full_names(candidates);
    names.dedup();
    if names.len() < candidates.len() {
        names =
            candidates.iter().map(|&index| subject.graph.documents[index].source.path.to_string()).collect();
    }
    let message = format!("`{text}` may be one of {} documents", candidates.len());
    RULE.at(location, message).help(format!("it may be one of `{}`", names.join("`, `")))
}
