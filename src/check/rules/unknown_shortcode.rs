//! A shortcode of another generator that sdkb does not know.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "unknown-shortcode",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unknown_shortcode.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        for shortcode in &document.body.shortcodes {
            let finding = RULE
                .at(document.source.at(shortcode.span), format!("unknown shortcode `{}`", shortcode.name));
            report.add(finding.help("readers see it as it is written; put what it stands for in its place"));
        }
    }
}
