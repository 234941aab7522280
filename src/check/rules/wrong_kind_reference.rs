//! A reference to a document of a kind that the field does not take.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Severity, article};
use crate::graph::Resolution;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "wrong-kind-reference",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("wrong_kind_reference.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (reference, resolution, _) in base.references() {
        let Resolution::WrongKind(other) = resolution else { continue };
        let other = &base.graph.documents[*other];
        // Its kind may be one that can't be read, or that is misspelt.
        if !other.is_readable || (other.stated_kind.is_some() && !other.states_kind) {
            continue;
        }
        let to = article(&kinds_of(&reference.field.to));
        let message = format!("`{}` is {}, not {to}", reference.text, article(&other.kind.id));
        let finding = RULE
            .at(reference.location.clone(), message)
            .label(format!("expected {to}"))
            .related(other.start(), format!("this {} is named", other.kind.id));
        report.add(finding.did_you_mean(base.graph.ids.suggest(&reference.text, &reference.field.to)));
    }
}

/// The kinds that a reference may lead to, as a message names them.
pub(super) fn kinds_of(to: &[String]) -> String {
    if to.is_empty() { "document".to_owned() } else { to.join(" or ") }
}
