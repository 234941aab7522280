//! Something that should have been done by now.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::report::deadlines::deadlines;

pub(super) static RULE: Rule = Rule {
    id: "overdue-action",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("overdue_action.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let today = base.today;
    for (_, document) in base.current_documents() {
        for deadline in deadlines(document).iter().filter(|deadline| deadline.day < today) {
            let (field, name) = (deadline.field, deadline.name.unwrap_or("this"));
            let message = format!("`{}` of `{name}` has passed: {}", field.name, deadline.day);
            let finding = RULE.at(deadline.location.clone(), message);
            let ways = field.settled_by.iter().flatten();
            let ways = ways.map(|(name, values)| format!("set `{name}` to `{}`", values.join("` or `")));
            let ways: Vec<String> = std::iter::once("move the day".to_owned()).chain(ways).collect();
            report.add(finding.help(format!("see to it, or {}", ways.join(", or "))));
        }
    }
}
