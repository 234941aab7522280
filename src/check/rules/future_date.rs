//! A time in the future of something that has happened.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::data::{LinkedRow, Table};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Entry, Field, FieldValues, Value};

pub(super) static RULE: Rule = Rule {
    id: "future-date",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("future_date.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    // Where it is tomorrow already, an author may have written so today.
    let tomorrow = base.today.saturating_add(1.day());
    for (_, document) in base.documents().filter(|(_, document)| document.is_complete()) {
        past(&document.kind.fields, &document.fields, "", &mut |path, entry| {
            let (day, is_ahead) = if let Some(day) = entry.value.date() {
                (day, day > base.today)
            } else if let Some(moment) = entry.value.moment() {
                let day = moment.at.to_zoned(TimeZone::UTC).date();
                (day, day > tomorrow)
            } else {
                return;
            };
            if is_ahead {
                let message = format!("`{path}` is in the future: {day}");
                report
                    .add(RULE.at(entry.location.clone(), message).help("write the day on which it happened"));
            }
        });
    }
    for table in &base.data.tables {
        rows(base, table, tomorrow, report);
    }
}

/// Looks for rows of data in the future; the first one of each file and column is shown.
fn rows(base: &KnowledgeBase, table: &Table, tomorrow: Date, report: &mut Report) {
    let mut found: BTreeMap<(&str, usize), (LinkedRow<'_>, Date, usize)> = BTreeMap::new();
    for (column, field) in table.set.fields.iter().enumerate().filter(|(_, field)| field.past) {
        // A day is kept as its first moment in UTC.
        let last = if field.is_day() { base.today } else { tomorrow };
        for row in table.rows() {
            let Some(day) = row.time(column).map(|time| time.to_zoned(TimeZone::UTC).date()) else {
                continue;
            };
            if day > last {
                found.entry((&row.rows.source.path, column)).or_insert((row, day, 0)).2 += 1;
            }
        }
    }
    for ((_, column), (row, day, rows)) in found {
        let message = format!("`{}` is in the future: {day}", table.set.fields[column].name);
        let finding = RULE.at(table.place(*row, column), message);
        report.add(finding.help("write the day on which it happened").in_rows(rows));
    }
}

/// Calls `see` with the values of fields that are about the past, and their paths.
fn past(fields: &[Arc<Field>], values: &FieldValues, outer: &str, see: &mut impl FnMut(&str, &Entry)) {
    for field in fields {
        let Some(entry) = values.get(&field.name) else { continue };
        let path = if outer.is_empty() { field.name.clone() } else { format!("{outer}.{}", field.name) };
        for entry in entry.each() {
            if field.past {
                see(&path, entry);
            }
            if let Value::Object(inner) = &entry.value {
                past(&field.fields, inner, &path, see);
            }
        }
    }
}
