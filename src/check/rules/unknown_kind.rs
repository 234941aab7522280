//! A document or a collection of a kind that there is not.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-kind",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unknown_kind.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let kinds = || base.kinds.all.iter().map(|kind| kind.id.as_str());
    let mut add = |name: &str, location: Location| {
        if base.kinds.get(name).is_none() {
            let finding = RULE.at(location, format!("unknown kind `{name}`"));
            report.add(match suggest::closest(name, kinds()) {
                Some(close) => finding.did_you_mean(Some(close.to_owned())),
                None => finding.help(format!("kinds are `{}`", kinds().collect::<Vec<_>>().join("`, `"))),
            });
        }
    };
    for (_, document) in base.documents().filter(|_| base.is_adopted) {
        if let Some((name, location)) = &document.stated_kind {
            add(name, location.clone());
        }
    }
    for (name, location) in base.config.collections.iter().filter_map(|collection| collection.kind.as_ref()) {
        add(name, location.clone());
    }
}
