//! Raw HTML that is not published.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::DroppedForm;

pub(super) static RULE: Rule = Rule {
    id: "dropped-html",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("dropped_html.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        let mut known = Vec::new();
        for part in &document.body.dropped {
            let sort = (part.form, &part.name);
            // One of a sort shows what to do with all.
            if known.contains(&sort) {
                continue;
            }
            known.push(sort);
            let name = &part.name;
            let (what, help) = match part.form {
                DroppedForm::Element => (
                    format!("`<{name}>` is not published"),
                    "pages have no scripts, styles and drawings but those of the theme and of files",
                ),
                DroppedForm::Handler => {
                    (format!("`{name}` is not published"), "pages run no scripts but those of the theme")
                }
                DroppedForm::Elsewhere => (
                    format!("a link stands in the place of `<{name}>`"),
                    "pages load nothing from other hosts; keep the file beside the document",
                ),
            };
            report.add(RULE.at(document.source.at(part.span), what).help(help));
        }
    }
}
