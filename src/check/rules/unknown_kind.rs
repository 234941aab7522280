//! A document or a collection of a kind that there is not.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::Location;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-kind",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("unknown_kind.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let kinds = || subject.kinds.all.iter().map(|kind| kind.id.as_str());
    let mut add = |name: &str, location: Location| {
        if subject.kinds.get(name).is_none() {
            let finding = RULE.at(location, format!("unknown kind `{name}`"));
            report.add(match suggest::closest(name, kinds()) {
                Some(close) => finding.did_you_mean(Some(close.to_owned())),
                None => finding.help(format!("kinds are `{}`", kinds().collect::<Vec<_>>().join("`, `"))),
            });
        }
    };
    for (_, document) in subject.documents().filter(|_| subject.is_adopted) {
        if let Some((name, location)) = &document.stated_kind {
            add(name, location.clone());
        }
    }
    for (name, location) in
        subject.config.collections.iter().filter_map(|collection| collection.kind.as_ref())
    {
        add(name, location.clone());
    }
}
