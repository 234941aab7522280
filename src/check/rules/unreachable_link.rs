//! A link to another site that does not answer well.

use crate::check::{Answers, Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::world::web::Answer;

pub(super) static RULE: Rule = Rule {
    id: "unreachable-link",
    severity: Severity::Warning,
    holds: Holds::Everywhere,
    text: include_str!("unreachable_link.md"),
    check: Check::Answers(check),
};

fn check(subject: &Subject<'_>, answers: &Answers, report: &mut Report) {
    for (address, location) in subject.external_links() {
        let message = match answers.get(address) {
            Some(Answer::Refused(status)) => format!("`{address}` answers with status {status}"),
            Some(Answer::Unreachable(reason)) => format!("`{address}` can't be reached: {reason}"),
            Some(Answer::Reachable | Answer::Unknown(_)) | None => continue,
        };
        let help = "correct the address, remove the link, or name it under `external.ignore` in sdkb.yml";
        report.add(RULE.at(location, message).help(help));
    }
}
