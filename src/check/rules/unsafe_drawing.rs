//! A drawing of which a part is not published.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::Attachment;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "unsafe-drawing",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unsafe_drawing.md"),
    check: Check::Project(check),
};

/// More parts than this are counted and not named.
const MOST_NAMES: usize = 3;

fn check(base: &KnowledgeBase, report: &mut Report) {
    for attachment in base.graph.attachments.values() {
        let Attachment::Drawing(Some(removed)) = attachment else { continue };
        let mut parts: Vec<String> =
            removed.names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
        if removed.names.len() > MOST_NAMES {
            parts.push(format!("{} more", removed.names.len() - MOST_NAMES));
        }
        let message = format!("the drawing is published without {}", parts.join(", "));
        report.add(
            RULE.at(removed.first.clone(), message)
                .help("export it without scripts, HTML and links to other files, or as PNG"),
        );
    }
}
