//! An alias at whose address something else stands.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "dead-alias",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("dead_alias.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    if base.config.origins.iter().any(|origin| origin.has_names_for_aliases) {
        return;
    }
    for dead in &base.graph.routes.dead_aliases {
        // In notes, an alias is another name.
        if !base.is_adopted && !dead.alias.contains('/') {
            continue;
        }
        if dead.url.is_none() {
            let finding =
                RULE.at(dead.location.clone(), format!("alias `{}` is no path in the site", dead.alias));
            report.add(finding.help("write the path that the page had, such as `runbooks/old-name`"));
            continue;
        }
        let finding = RULE.at(dead.location.clone(), format!("alias `{}` is taken", dead.alias));
        report.add(match dead.taken_by {
            Some(other) => {
                finding.related(base.graph.documents[other].start(), "this document has that address")
            }
            // The lists that stand in the way are made without a request.
            None if !base.is_adopted && is_list(base, dead.url.as_deref()) => continue,
            None => finding.help("a page of the site has that address; remove the alias"),
        });
    }
}

/// Whether a list of the site stands at an address.
fn is_list(base: &KnowledgeBase, url: Option<&str>) -> bool {
    let page = url.and_then(|url| base.graph.routes.get(url));
    !page.is_some_and(|(_, page)| page.is_on_every_site())
}
