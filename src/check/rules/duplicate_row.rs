//! Two rows of data for one thing.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-row",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("duplicate_row.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for table in &base.data.tables {
        let Some(last) = table.set.key.last() else { continue };
        let key = table.set.key.iter().map(|&column| format!("`{}`", table.set.fields[column].name));
        let key = key.collect::<Vec<_>>().join(" and ");
        for (first, second, rows) in table.duplicates() {
            let message = format!("second row of `{}` with this {key}", table.set.id);
            let finding = RULE.at(table.place(second, *last), message);
            let finding = finding.related(table.place(first, *last), "the first one");
            report.add(finding.help("remove one of the two, or correct what tells them apart").in_rows(rows));
        }
    }
}
