//! Two documents at one address, or at two that differ only in case.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-url",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("duplicate_url.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for clash in &subject.graph.routes.clashes {
        let (first, second) = (&subject.graph.documents[clash.first], &subject.graph.documents[clash.second]);
        let own = &clash.wanted;
        let message = if *own == clash.url {
            format!("second document at the address `{own}`")
        } else {
            format!("address `{own}` differs from `{}` only in case", clash.url)
        };
        let finding = RULE.at(second.start(), message).related(first.start(), "the first one");
        report.add(finding.help("rename one of the two files"));
    }
}
