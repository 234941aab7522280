//! What results can be narrowed down by: the kinds of documents that others refer to, and the fields that kinds
//! mark as facets.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::graph::Graph;
use crate::model::{Document, FieldType, Kinds, Value};

/// One way to narrow results down.
#[derive(Debug, Default)]
pub(super) struct Facet {
    /// What a filter calls it.
    pub(super) name: String,
    /// What readers call it.
    pub(super) label: String,
    /// Its values: id and label.
    pub(super) values: Vec<(String, String)>,
    /// For each document, the places of its values.
    pub(super) of: Vec<Vec<usize>>,
}

/// The facets of a site, in the order of kinds and fields.
pub(super) fn facets(kinds: &Kinds, graph: &Graph) -> Vec<Facet> {
    let mut found: IndexMap<String, Gathered> = IndexMap::new();
    for kind in &kinds.all {
        for field in kind.fields.iter().filter(|field| field.facet) {
            let (name, label) = match field.to.as_slice() {
                [to] => match kinds.get(to) {
                    Some(kind) => (kind.id.clone(), kind.label.clone()),
                    None => continue,
                },
                _ => (field.name.clone(), field.label.clone()),
            };
            found.entry(name).or_insert_with(|| Gathered { label, of: BTreeMap::new() });
        }
    }
    for (index, document) in graph.documents.iter().enumerate() {
        let mut add = |name: &str, id: &str, label: &str| {
            if let Some(facet) = found.get_mut(name) {
                let values =
                    facet.of.entry((label.to_lowercase(), id.to_owned(), label.to_owned())).or_default();
                if values.last() != Some(&index) {
                    values.push(index);
                }
            }
        };
        // A service is found among what is about it.
        add(&document.kind.id, &document.id, &document.title);
        for &owner in &graph.owners[index] {
            let owner = &graph.documents[owner];
            add(&owner.kind.id, &owner.id, &owner.title);
        }
        for (reference, target) in document.references.iter().zip(graph.references[index].iter()) {
            if let (true, Some(target)) = (reference.field.facet, target.found()) {
                let target = &graph.documents[target];
                add(&target.kind.id, &target.id, &target.title);
            }
        }
        for (name, value) in words(document) {
            add(name, value, value);
        }
    }
    // What others refer to comes first, in the order of the kinds.
    found.sort_by_cached_key(|name, _| {
        kinds.all.iter().position(|kind| kind.id == *name).unwrap_or(usize::MAX)
    });
    let is_shown = |name: &String| kinds.get(name).is_some();
    let facets = found.into_iter().filter(|(name, facet)| facet.of.len() > usize::from(!is_shown(name)));
    facets.map(|(name, facet)| facet.finish(name, graph.documents.len())).collect()
}

/// The values of a document's own facets that are words.
fn words(document: &Document) -> impl Iterator<Item = (&str, &str)> {
    let fields =
        document.kind.fields.iter().filter(|field| field.facet && field.field_type != FieldType::Reference);
    fields.flat_map(|field| {
        let entry = document.fields.get(&field.name);
        let values: Vec<&str> = match entry.map(|entry| &entry.value) {
            Some(Value::Text(text)) => vec![text],
            Some(Value::List(_)) => document.fields.texts(&field.name).map(|(text, _)| text).collect(),
            _ => Vec::new(),
        };
        values.into_iter().map(|value| (field.name.as_str(), value))
    })
}

struct Gathered {
    label: String,
    /// Documents by value, which are in the order of their labels.
    of: BTreeMap<(String, String, String), Vec<usize>>,
}

impl Gathered {
    fn finish(self, name: String, count: usize) -> Facet {
        let mut facet = Facet { name, label: self.label, values: Vec::new(), of: vec![Vec::new(); count] };
        for ((_, id, label), documents) in self.of {
            for document in documents {
                facet.of[document].push(facet.values.len());
            }
            facet.values.push((id, label));
        }
        facet
    }
}
