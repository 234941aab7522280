//! The name of a row of data that there is not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::{Diagnostic, Severity, names};
use crate::graph::data::{LinkedRow, Table};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Field, FieldValues, Location, Value};
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unknown-row",
    severity: Severity::Error,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unknown_row.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let mut by_set: BTreeMap<&str, Vec<(&str, &Location)>> = BTreeMap::new();
    for (_, document) in base.documents().filter(|(_, document)| document.is_complete()) {
        named(&document.kind.fields, &document.fields, &mut |set, name, location| {
            by_set.entry(set).or_default().push((name, location));
        });
    }
    for (set, mentions) in by_set {
        // Without data of the set, nothing is known.
        let Some(table) = base.data.table(set) else { continue };
        let found = table.named(&mentions.iter().map(|(name, _)| *name).collect());
        for (name, location) in mentions {
            let rows = found.get(name).map_or(&[][..], Vec::as_slice);
            report.add(match rows {
                [] => {
                    let finding = RULE.at(location.clone(), format!("no row of `{set}` is called `{name}`"));
                    unknown(table, name, finding)
                }
                [first, others @ ..] => {
                    let own = table.name(**first);
                    // Rows with one key are found as such.
                    let Some(other) = others.iter().map(|row| table.name(**row)).find(|other| *other != own)
                    else {
                        continue;
                    };
                    let message = format!("`{name}` may be one of several rows of `{set}`");
                    let help =
                        format!("it may be one of {}", names([own.as_str(), other.as_str()].into_iter()));
                    RULE.at(location.clone(), message).help(help)
                }
            });
        }
    }
}

/// More rows than this are not looked through for a name that is close.
const MOST_SEARCHED: usize = 20_000;

fn unknown(table: &Table, name: &str, finding: Diagnostic) -> Diagnostic {
    let rows = table.rows().take(if table.len() > MOST_SEARCHED { 0 } else { MOST_SEARCHED });
    let last = table.set.key.last().copied().unwrap_or_default();
    let is_full = name.contains('/');
    let shown = |row: LinkedRow<'_>| if is_full { Some(table.name(*row)) } else { row.shown(last) };
    let known: Vec<String> = rows.filter_map(shown).collect();
    match suggest::closest(name, known.iter().map(String::as_str)) {
        Some(close) => finding.did_you_mean(Some(close.to_owned())),
        None => finding.help(format!("`sdkb data` lists the files of `{}`", table.set.id)),
    }
}

/// Calls `see` with each name of a row in `values`: its set, itself and its place.
fn named<'a>(
    fields: &'a [Arc<Field>],
    values: &'a FieldValues,
    see: &mut impl FnMut(&'a str, &'a str, &'a Location),
) {
    for field in fields {
        let Some(entry) = values.get(&field.name) else { continue };
        for entry in entry.each() {
            match (&field.row_of, &entry.value) {
                (Some(set), value) => {
                    if let Some(name) = value.text() {
                        see(set, name, &entry.location);
                    }
                }
                (None, Value::Object(inner)) => named(&field.fields, inner, see),
                (None, _) => {}
            }
        }
    }
}
