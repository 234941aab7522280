//! A reference to a document of a kind that the field does not take.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::{Severity, article};
use crate::graph::Resolution;

pub(super) static RULE: Rule = Rule {
    id: "wrong-kind-reference",
    severity: Severity::Error,
    holds: Holds::Adopted,
    text: include_str!("wrong_kind_reference.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (index, document) in subject.documents() {
        for (reference, resolution) in document.references.iter().zip(subject.graph.references[index].iter())
        {
            let Resolution::WrongKind(other) = resolution else { continue };
            let other = &subject.graph.documents[*other];
            let to = article(&kinds_of(&reference.field.to));
            let message = format!("`{}` is {}, not {to}", reference.text, article(&other.kind.id));
            let finding = RULE
                .at(reference.location.clone(), message)
                .label(format!("expected {to}"))
                .related(other.start(), format!("this {} is named", other.kind.id));
            report.add(finding.did_you_mean(subject.graph.ids.suggest(&reference.text, &reference.field.to)));
        }
    }
}

/// The kinds that a reference may lead to, as a message names them.
pub(super) fn kinds_of(to: &[String]) -> String {
    if to.is_empty() { "document".to_owned() } else { to.join(" or ") }
}
