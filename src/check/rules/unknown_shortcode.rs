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
            let (place, name) = (document.source.at(shortcode.span), &shortcode.name);
            report.add(if shortcode.is_open {
                let written = &document.source.text[shortcode.span.range()];
                let (open, close) = if written.starts_with("{{<") { ("{{<", ">}}") } else { ("{{%", "%}}") };
                let finding = RULE.at(place, format!("the shortcode `{name}` does not end"));
                finding
                    .help(format!("readers see it as it is written; close it with `{open} /{name} {close}`"))
            } else {
                let finding = RULE.at(place, format!("unknown shortcode `{name}`"));
                finding.help("readers see it as it is written; put what it stands for in its place")
            });
        }
    }
}
