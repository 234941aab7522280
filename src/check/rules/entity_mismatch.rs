//! A document that says something else than the catalog or the objectives of its service.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{
    Document, DocumentId, Entry, Field, FieldValues, Location, Record, Reference, Role, Value,
};

pub(super) static RULE: Rule = Rule {
    id: "entity-mismatch",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("entity_mismatch.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents().filter(|(_, document)| document.is_written()) {
        let Some(record) = &document.record else { continue };
        for field in &document.kind.fields {
            let both = document.fields.get(&field.name).zip(record.fields.get(&field.name));
            // What only the record says is the document's value too.
            let Some((own, other)) = both.filter(|(own, other)| own.location != other.location) else {
                continue;
            };
            match (&own.value, &other.value) {
                (Value::List(_), Value::List(_)) if field.role == Some(Role::Objectives) => {
                    objectives(field, own, other, report);
                }
                // Lists may differ: each side knows more of something.
                (Value::List(_) | Value::Object(_), _) => {}
                (Value::Scalar(_) | Value::Reference(_), _) => {
                    if is_compared(field) && !is_same(base, index, record, own, other) {
                        report_mismatch(&field.name, own, other, &texts(document, record), report);
                    }
                }
            }
        }
    }
}

/// Whether two texts for a field mean something else when they differ. A summary is written in many ways.
fn is_compared(field: &Field) -> bool {
    !field.is_text() || field.facet
}

fn is_same(base: &KnowledgeBase, index: DocumentId, record: &Record, own: &Entry, other: &Entry) -> bool {
    match (&own.value, &other.value) {
        (Value::Reference(own), Value::Reference(other)) => {
            let found = base.graph.references[index][*own].found();
            let other = base.graph.ids.reference(&record.references[*other], &base.kinds).found();
            // What leads nowhere is found already.
            found.is_none() || found == other
        }
        (own, other) => own == other,
    }
}

/// Objectives of one name that promise something else.
fn objectives(field: &Field, own: &Entry, other: &Entry, report: &mut Report) {
    let objects = |entry: &Entry| {
        let items = entry.each().iter().filter_map(|item| item.value.object().cloned());
        items.collect::<Vec<FieldValues>>()
    };
    let name = |values: &FieldValues| Some(values.text(field.nested(Role::Title)?)?.to_lowercase());
    let others = objects(other);
    for promise in objects(own) {
        let Some(other) = others.iter().find(|other| name(other).is_some() && name(other) == name(&promise))
        else {
            continue;
        };
        for role in [Role::Objective, Role::Window] {
            let Some(nested) = field.nested(role) else { continue };
            if let Some((own, other)) = promise.get(nested).zip(other.get(nested))
                && own.value != other.value
            {
                report_mismatch(nested, own, other, &|entry| written(&entry.location), report);
            }
        }
    }
}

fn report_mismatch(
    name: &str,
    own: &Entry,
    other: &Entry,
    text: &dyn Fn(&Entry) -> String,
    report: &mut Report,
) {
    let path = &other.location.source.path;
    let message = format!("`{name}` is `{}` here and `{}` in `{path}`", text(own), text(other));
    let finding = RULE.at(own.location.clone(), message).related(other.location.clone(), "this one");
    report.add(finding.help("change the one that is wrong: pages show what the document says"));
}

/// What an entry of a document or its record says, as a message quotes it.
fn texts<'a>(document: &'a Document, record: &'a Record) -> impl Fn(&Entry) -> String + 'a {
    move |entry| {
        let is_own = entry.location.source == document.source;
        let references: &[Reference] = if is_own { &document.references } else { &record.references };
        match entry.value.reference() {
            Some(index) => references[index].text.clone(),
            None => entry.value.text().map_or_else(|| written(&entry.location), str::to_owned),
        }
    }
}

/// The text at a place, without quotes.
fn written(location: &Location) -> String {
    location.source.text[location.span.range()].trim_matches(['"', '\'']).to_owned()
}
