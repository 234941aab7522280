//! Something that should have been done by now.

use jiff::civil::Date;

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::{Entry, Field, FieldValues, Value};

pub(super) static RULE: Rule = Rule {
    id: "overdue-action",
    severity: Severity::Warning,
    holds: Holds::Adopted,
    text: include_str!("overdue_action.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let today = subject.world.today();
    for (_, document) in subject.current_documents() {
        // Most kinds have no such field.
        if document.kind.fields.iter().any(|field| has_deadline(field)) {
            for field in &document.kind.fields {
                if let Some(entry) = document.fields.get(&field.name) {
                    visit(field, entry, &document.fields, today, report);
                }
            }
        }
    }
}

fn has_deadline(field: &Field) -> bool {
    field.settled_by.is_some() || field.fields.iter().any(|field| has_deadline(field))
}

/// Looks at a field and those in it. `beside` are the fields beside it.
fn visit(field: &Field, entry: &Entry, beside: &FieldValues, today: Date, report: &mut Report) {
    match &entry.value {
        Value::List(items) => items.iter().for_each(|item| visit(field, item, beside, today, report)),
        Value::Object(inner) => {
            for field in &field.fields {
                if let Some(entry) = inner.get(&field.name) {
                    visit(field, entry, inner, today, report);
                }
            }
        }
        Value::Date(day) if *day < today => {
            let Some(settled_by) = &field.settled_by else { return };
            let is_settled = settled_by.iter().any(|(name, values)| {
                beside.text(name).is_some_and(|value| values.iter().any(|settled| settled == value))
            });
            if !is_settled {
                let name = ["title", "item", "id", "name"].into_iter().find_map(|name| beside.text(name));
                let message = format!("`{}` of `{}` has passed: {day}", field.name, name.unwrap_or("this"));
                let finding = RULE.at(entry.location.clone(), message);
                let ways = settled_by
                    .iter()
                    .map(|(name, values)| format!("set `{name}` to `{}`", values.join("` or `")));
                let ways: Vec<String> = std::iter::once("move the day".to_owned()).chain(ways).collect();
                report.add(finding.help(format!("see to it, or {}", ways.join(", or "))));
            }
        }
        _ => {}
    }
}
