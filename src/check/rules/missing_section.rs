//! A section that documents of the kind should have.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Severity, names};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Heading};
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("missing_section.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.current_documents() {
        let missing = document.kind.sections.iter().filter(|section| !has(document, section));
        let missing: Vec<&str> = missing.map(String::as_str).collect();
        let [first, rest @ ..] = missing.as_slice() else { continue };
        let sections = if rest.is_empty() { "section" } else { "sections" };
        let mut finding =
            RULE.at(document.start(), format!("missing {sections} {}", names(missing.iter().copied())));
        for section in &missing {
            if let Some(heading) = meant(document, section) {
                let place = document.source.at(heading.span);
                finding = finding.related(place, format!("did you mean `{section}`?"));
            }
        }
        let headings = missing.iter().map(|section| format!("`## {section}`")).collect::<Vec<_>>().join(", ");
        report.add(finding.help(match rest {
            [] => format!("add a heading `## {first}` and what belongs there"),
            _ => format!("add the headings {headings} and what belongs below each"),
        }));
    }
}

/// Whether a heading holds the words of the section, at whatever level: `1. Meaning`, `Customer impact`.
fn has(document: &Document, section: &str) -> bool {
    let wanted = words(section);
    document.body.headings.iter().any(|heading| is_named(&heading.text, &wanted))
}

/// The heading that was probably meant to be that of the section.
fn meant<'a>(document: &'a Document, section: &str) -> Option<&'a Heading> {
    let headings = &document.body.headings;
    let text = suggest::closest(section, headings.iter().map(|heading| heading.text.as_str()))?;
    headings.iter().find(|heading| heading.text == text)
}

/// Whether a heading holds these words in their order.
pub(super) fn is_named(heading: &str, wanted: &[String]) -> bool {
    words(heading).windows(wanted.len().max(1)).any(|words| words == wanted)
}

/// The words of a heading, without upper case.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
