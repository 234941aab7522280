//! A document whose last review is too long ago.

use jiff::tz::TimeZone;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Message, Severity};
use crate::graph;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, Role};
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
        if let Some(used) = last_use(base, index) {
            finding = finding.help(used);
        }
        report.add(finding.help("read it as if you were on call, fix it, and set `last_reviewed`"));
    }
}

/// The newest dated document that names this one, such as the last incident in which it was used.
fn last_use(base: &KnowledgeBase, index: DocumentId) -> Option<String> {
    let graph = &base.graph;
    let others = graph.relations[index].iter().flat_map(|relation| &relation.documents);
    let dated = others.filter_map(|&other| Some((graph::date(&graph.documents[other])?, other)));
    let (moment, other) = dated.max()?;
    let other = &graph.documents[other];
    let day = moment.to_zoned(TimeZone::UTC).date();
    Some(format!("{} `{}` of {day} names it", other.kind.id, other.id))
}
