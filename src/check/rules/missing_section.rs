//! A section that documents of the kind should have.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::Document;

pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    severity: Severity::Warning,
    holds: Holds::Adopted,
    text: include_str!("missing_section.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (_, document) in subject.current_documents() {
        for section in document.kind.sections.iter().filter(|section| !has(document, section)) {
            let finding = RULE.at(document.start(), format!("missing section `{section}`"));
            report.add(finding.help(format!("add a heading `## {section}` and what belongs there")));
        }
    }
}

/// Whether a heading begins with the words of the section, at whatever level.
fn has(document: &Document, section: &str) -> bool {
    let wanted = plain(section);
    document.body.headings.iter().any(|heading| plain(&heading.text).starts_with(&wanted))
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
