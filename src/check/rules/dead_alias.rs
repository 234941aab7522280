//! An alias at whose address something else stands.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "dead-alias",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("dead_alias.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for dead in &subject.graph.routes.dead_aliases {
        if dead.url.is_none() {
            let finding =
                RULE.at(dead.location.clone(), format!("alias `{}` is no path in the site", dead.alias));
            report.add(finding.help("write the path that the page had, such as `runbooks/old-name`"));
            continue;
        }
        let finding = RULE.at(dead.location.clone(), format!("alias `{}` is taken", dead.alias));
        report.add(match dead.taken_by {
            Some(other) => {
                finding.related(subject.graph.documents[other].start(), "this document has that address")
            }
            // Nobody has asked for the lists that stand in the way.
            None if !subject.is_adopted => continue,
            None => finding.help("a page of the site has that address; remove the alias"),
        });
    }
}
