//! The documents and their relations, as JSON.

use serde::Serialize;

use crate::graph::Graph;
use crate::model::DocumentId;
use crate::text::address::href;

/// The shape of `graph.json`. A change that breaks readers raises `version`.
#[derive(Serialize)]
struct GraphData<'a> {
    version: u32,
    documents: Vec<DocumentData<'a>>,
    references: Vec<ReferenceData<'a>>,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    /// `kind/id`, which the references use.
    name: String,
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    url: String,
    source: &'a str,
    owners: Vec<String>,
    alerts: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReferenceData<'a> {
    from: String,
    field: &'a str,
    to: String,
}

/// The documents and their typed references as JSON.
pub(super) fn graph_data(graph: &Graph) -> Vec<u8> {
    let name = |index: DocumentId| graph.documents[index].full_id();
    let documents = graph.documents.iter_enumerated().map(|(index, document)| DocumentData {
        name: document.full_id(),
        kind: &document.kind.id,
        id: &document.id,
        title: &document.title,
        summary: &document.summary,
        url: href(&graph.routes.documents[index]),
        source: &document.source.path,
        owners: graph.owners[index].iter().map(|&owner| name(owner)).collect(),
        alerts: document.alerts.iter().map(|(name, _)| name.as_str()).collect(),
    });
    let references = graph.documents.iter().zip(&graph.references).flat_map(|(document, resolutions)| {
        document.references.iter().zip(resolutions.iter()).filter_map(|(reference, resolution)| {
            let to = name(resolution.found()?);
            Some(ReferenceData { from: document.full_id(), field: &reference.path, to })
        })
    });
    let data = GraphData { version: 1, documents: documents.collect(), references: references.collect() };
    serde_json::to_vec(&data).unwrap_or_default()
}
