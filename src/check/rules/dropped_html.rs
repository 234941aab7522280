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
        for part in &document.body.dropped {
            let name = &part.name;
            let (what, help) = match part.form {
                DroppedForm::Element => {
                    (format!("`<{name}>` is not published"), "pages have the scripts and styles of the theme alone")
                }
                DroppedForm::Handler => {
                    (format!("`{name}` is not published"), "pages run the scripts of the theme alone")
                }
            };
            let finding = RULE.at(document.source.at(part.span), what).help(help);
            report.add(finding.help(format!("to show it as text, put it in backticks: `` `{}` ``", shown(part.form, name))));
        }
    }
}

fn shown(form: DroppedForm, name: &str) -> String {
    match form {
        DroppedForm::Element => format!("<{name}>"),
        DroppedForm::Handler => name.to_owned(),
    }
}
