//! What readers filter by: the words and documents in fields that kinds mark as facets. Lists and search both ask here.

use crate::graph::Graph;
use crate::model::{DocumentId, Entry, Field, OwnerRole, Value};

/// What readers filter documents by in one field.
#[derive(Debug)]
pub struct Facet<'a> {
    /// The field.
    pub field: &'a Field,
    /// The values in a document, each once.
    pub values: Vec<FacetValue>,
}

/// A value to filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetValue {
    /// A word.
    Word(String),
    /// A document, by its index.
    Document(DocumentId),
}

impl FacetValue {
    /// What readers call it.
    pub fn label<'a>(&'a self, graph: &'a Graph) -> &'a str {
        match self {
            Self::Word(word) => word,
            Self::Document(document) => &graph.documents[*document].title,
        }
    }
}

/// The facets in which a document has values, in the order of its schema.
pub fn facets(graph: &Graph, document: DocumentId) -> impl Iterator<Item = Facet<'_>> {
    let fields = graph.documents[document].kind.fields.iter().filter(|field| field.facet);
    let facets = fields.map(move |field| Facet { field, values: of_field(graph, document, field) });
    facets.filter(|facet| !facet.values.is_empty())
}

/// The values of a document's own field to filter by, facet or not.
pub fn of_field(graph: &Graph, document: DocumentId, field: &Field) -> Vec<FacetValue> {
    // The owner counts however it was found.
    if field.owner == Some(OwnerRole::Direct) {
        return graph.owners[document].iter().map(|&owner| FacetValue::Document(owner)).collect();
    }
    let entry = graph.documents[document].fields.get(&field.name);
    entry.map(|entry| of_entry(graph, document, entry)).unwrap_or_default()
}

/// The values of an entry in a document to filter by.
pub fn of_entry(graph: &Graph, document: DocumentId, entry: &Entry) -> Vec<FacetValue> {
    let mut found = Vec::new();
    for entry in entry.each() {
        let value = match &entry.value {
            Value::Scalar(scalar) => scalar.view().facet().map(FacetValue::Word),
            Value::Reference(at) => graph.references[document][*at].found().map(FacetValue::Document),
            // Nested fields have no word of their own, and a list in a list is no value.
            Value::Object(_) | Value::List(_) => None,
        };
        found.extend(value.filter(|value| !found.contains(value)));
    }
    found
}
