//! What kinds expect of a complete document, and what of it is there.

use crate::graph::Graph;
use crate::model::{DocumentId, Expectation};

/// Something that the kind of a document expects of it.
#[derive(Debug)]
pub struct Expected<'a> {
    /// What is expected.
    pub expectation: &'a Expectation,
    /// Whether it is there.
    pub is_met: bool,
    /// The documents that are in the expected relation to it.
    pub documents: &'a [DocumentId],
}

/// What the kind of a document expects of it, as far as it is due.
pub fn expectations(graph: &Graph, document: DocumentId) -> impl Iterator<Item = Expected<'_>> {
    let fields = &graph.documents[document].fields;
    let due = graph.documents[document].kind.expect.iter().filter(|expected| expected.is_due(fields));
    due.map(move |expectation| {
        let has_field = expectation.field.as_deref().is_none_or(|field| fields.has(field));
        let relation = expectation.relation.as_deref();
        let documents = relation.map_or(&[][..], |label| graph.related(document, label));
        let is_met = has_field && (relation.is_none() || !documents.is_empty());
        Expected { expectation, is_met, documents }
    })
}
