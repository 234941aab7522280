//! A shortcode of another generator that sdkb does not know.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-shortcode",
    severity: Severity::Warning,
    holds: Holds::Everywhere,
    text: include_str!("unknown_shortcode.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (_, document) in subject.documents() {
        for shortcode in &document.body.shortcodes {
            let finding = RULE
                .at(document.source.at(shortcode.span), format!("unknown shortcode `{}`", shortcode.name));
            report.add(finding.help("readers see it as it is written; put what it stands for in its place"));
        }
    }
}
