//! A link to another site that does not answer well.

use crate::check::{Answers, Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::graph::LinkTarget;

pub(super) static RULE: Rule = Rule {
    id: "unreachable-link",
    severity: Severity::Warning,
    holds: Holds::Everywhere,
    text: include_str!("unreachable_link.md"),
    check: Check::Answers(check),
};

fn check(subject: &Subject<'_>, answers: &Answers, report: &mut Report) {
    for (index, document) in subject.documents() {
        for (link, target) in document.body.links.iter().zip(&subject.graph.links[index]) {
            if let LinkTarget::External(address) = target
                && let Some(Some(reason)) = answers.get(address)
            {
                let message = format!("`{address}` {reason}");
                let help = "correct the address, remove the link, or name it under `external.ignore` in sdkb.yml";
                report.add(RULE.at(document.source.at(link.span), message).help(help));
            }
        }
    }
}
