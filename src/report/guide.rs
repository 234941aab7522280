//! What documents did for those who followed them, and when they were rehearsed.

use jiff::civil::Date;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Entry, Field, FieldValues, Outcome, Role};

/// The documents that were followed in an incident, and what each did, if its outcome means something.
pub fn used(base: &KnowledgeBase, incident: DocumentId) -> Vec<(DocumentId, Option<Outcome>)> {
    let document = &base.graph.documents[incident];
    let Some(field) = document.kind.field_of(Role::Used) else { return Vec::new() };
    let entries = document.entry_of(Role::Used).into_iter().flat_map(Entry::each);
    let used = entries.filter_map(|entry| {
        let values = entry.value.object()?;
        let at = values.get(field.nested(Role::Guide)?)?.value.reference()?;
        let guide = base.graph.references[incident][at].found()?;
        is_telling(field, values).then(|| (guide, outcome(field, values)))
    });
    used.collect()
}

/// Whether it says nothing of an outcome, or something that means one.
fn is_telling(field: &Field, values: &FieldValues) -> bool {
    let name = field.nested(Role::Outcome);
    name.is_none_or(|name| values.text(name).is_none()) || outcome(field, values).is_some()
}

fn outcome(field: &Field, values: &FieldValues) -> Option<Outcome> {
    let field = field.fields.iter().find(|field| field.role == Some(Role::Outcome))?;
    field.outcomes.as_ref()?.of(values.text(&field.name)?)
}

/// The days on which a document was rehearsed, as it says itself.
pub fn rehearsals(document: &Document) -> Vec<Date> {
    let field = document.kind.field_of(Role::Rehearsals);
    let entries = document.entry_of(Role::Rehearsals).into_iter().flat_map(Entry::each);
    let listed = entries
        .filter_map(|entry| entry.value.object()?.get(field?.nested(Role::RehearsedOn)?)?.value.date());
    listed.chain(document.entry_of(Role::LastRehearsed).and_then(|entry| entry.value.date())).collect()
}
