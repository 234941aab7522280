//! A document whose last review is too long ago.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Role;
use crate::report::reviews;
use crate::world::World;

pub(super) static RULE: Rule = Rule {
    id: "stale-review",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("stale_review.md"),
    check: Check::History(check),
};

fn check(base: &KnowledgeBase, world: &dyn World, report: &mut Report) {
    let today = base.today;
    for (index, document) in base.current_documents() {
        let reviewed = document.entry_of(Role::LastReviewed).map(|entry| entry.location.clone());
        let (Some(due), Some(location)) = (reviews::due(document), reviewed) else { continue };
        if due >= today {
            continue;
        }
        let message = Message::from(format!("review of {} ", document.kind.id)).document(document);
        let mut finding = RULE.at(location, message.text(&format!(" was due on {due}")));
        // The date alone says little: a document that helped last week is good, whatever the date.
        if let Some(edited) = world.edited(&document.source.path) {
            finding = finding.help(format!("it was last edited on {edited}"));
        }
        if let Some((day, other)) = reviews::last_use(base, index) {
            let other = &base.graph.documents[other];
            finding = finding.help(format!("{} `{}` of {day} names it", other.kind.id, other.id));
        }
        report.add(finding.help("read it as if you were on call, fix it, and set `last_reviewed`"));
    }
}
