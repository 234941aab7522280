//! An address that a change takes from the site.

use crate::check::{Change, Check, Holds, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::Page;
use crate::model::Location;

pub(super) static RULE: Rule = Rule {
    id: "removed-url",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("removed_url.md"),
    check: Check::Change(check),
};

fn check(change: &Change<'_>, report: &mut Report) {
    let (before, after) = (&change.before.graph, &change.after.graph);
    for (url, page) in &before.routes.pages {
        if after.routes.get(url).is_some() {
            continue;
        }
        // What only lists documents comes and goes with them.
        let (location, what): (Location, &str) = match page {
            Page::Document(index) => (before.documents[*index].start(), "document"),
            Page::Redirect(index) => {
                let document = &before.documents[*index];
                let mut aliases = document.fields.texts("aliases");
                let stem = url.trim_end_matches("index.html").trim_end_matches(".html").trim_matches('/');
                let written =
                    aliases.find(|(alias, _)| alias.trim_matches('/').trim_end_matches(".html") == stem);
                (written.map_or_else(|| document.start(), |(_, location)| location.clone()), "alias")
            }
            Page::Alert(name) => (before.alerts[name][0].1.clone(), "alert"),
            _ => continue,
        };
        let path: &str = &location.source.path;
        let finding =
            RULE.at(location.clone(), format!("the change removes the address `{url}` of this {what}"));
        let alias = url.strip_suffix(".html").unwrap_or(url);
        report.add(match (change.moved.get(path), page) {
            (_, Page::Alert(_)) => finding.help("claim the alert in the document that answers it now"),
            (Some(new), _) => finding.help(format!("add `aliases: [{alias}]` to `{new}`")),
            (None, _) => {
                finding.help(format!("add `aliases: [{alias}]` to the document that readers need instead"))
            }
        });
    }
}
