//! An alert that leads to several runbooks.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Document;

pub(super) static RULE: Rule = Rule {
    id: "alert-claimed-twice",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("alert_claimed_twice.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (alert, node) in base.graph.alerts.iter() {
        let mut claims =
            node.claims.iter().filter(|(index, _)| wants_it_alone(&base.graph.documents[*index]));
        let Some((_, first)) = claims.next() else { continue };
        for (_, location) in claims {
            let finding = RULE.at(location.clone(), format!("alert `{alert}` leads to another document too"));
            let finding = finding.related(first.clone(), "the first one");
            report.add(finding.help("let one of them answer the alert, and link from there to the other"));
        }
    }
}

fn wants_it_alone(document: &Document) -> bool {
    document.is_current() && document.kind.answers_alerts()
}
