//! A section that documents of the kind should have.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Document;

pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("missing_section.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.current_documents() {
        for section in document.kind.sections.iter().filter(|section| !has(document, section)) {
            let finding = RULE.at(document.start(), format!("missing section `{section}`"));
            report.add(finding.help(format!("add a heading `## {section}` and what belongs there")));
        }
    }
}

/// Whether a heading holds the words of the section, at whatever level: `1. Meaning`, `Customer impact`.
fn has(document: &Document, section: &str) -> bool {
    let wanted = words(section);
    let holds = |text: &str| words(text).windows(wanted.len().max(1)).any(|words| words == wanted);
    document.body.headings.iter().any(|heading| holds(&heading.text))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
