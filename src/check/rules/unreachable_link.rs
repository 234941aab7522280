//! A link to another site that does not answer well.

use crate::check::{AppliesTo, Check, LinkStatuses, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::world::web::LinkStatus;

pub(super) static RULE: Rule = Rule {
    id: "unreachable-link",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unreachable_link.md"),
    check: Check::LinkStatuses(check),
};

fn check(base: &KnowledgeBase, statuses: &LinkStatuses, report: &mut Report) {
    for (address, location) in base.external_links() {
        let message = match statuses.get(address) {
            Some(LinkStatus::Refused(status)) => format!("`{address}` answers with status {status}"),
            Some(LinkStatus::Unreachable(reason)) => format!("`{address}` can't be reached: {reason}"),
            Some(LinkStatus::Reachable | LinkStatus::Unknown(_)) | None => continue,
        };
        let help = "correct the address, remove the link, or name it under `external.ignore` in sdkb.yml";
        report.add(RULE.at(location, message).help(help));
    }
}
