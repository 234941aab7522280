//! What results can be narrowed down by: the kinds of documents that others refer to, and the fields that kinds
//! mark as facets.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::graph::Graph;
use crate::model::{DocumentId, Field, Kinds, PerDocument};
use crate::report::facets::{self, FacetValue};

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
    pub(super) of: PerDocument<Vec<usize>>,
}

/// The facets of a site, in the order of kinds and fields.
pub(super) fn facets(kinds: &Kinds, graph: &Graph) -> Vec<Facet> {
    let mut found: IndexMap<String, Gathered> = IndexMap::new();
    for kind in &kinds.all {
        for field in kind.fields.iter().filter(|field| field.facet) {
            let (name, label) = group(field, kinds);
            let gathered = || Gathered { label: label.to_owned(), of: BTreeMap::new() };
            found.entry(name.to_owned()).or_insert_with(gathered);
        }
    }
    for (index, document) in graph.documents.iter_enumerated() {
        let mut add = |name: &str, id: &str, label: &str| {
            let Some(facet) = found.get_mut(name) else { return false };
            let values = facet.of.entry((label.to_lowercase(), id.to_owned(), label.to_owned())).or_default();
            if values.last() != Some(&index) {
                values.push(index);
            }
            true
        };
        // A service is found among what is about it.
        add(&document.kind.id, &document.id, &document.title);
        for facet in facets::facets(graph, index) {
            for value in &facet.values {
                let (name, _) = group(facet.field, kinds);
                match value {
                    FacetValue::Word(word) => {
                        add(name, word, word);
                    }
                    FacetValue::Document(target) => {
                        let target = &graph.documents[*target];
                        let is_by_kind = add(&target.kind.id, &target.id, &target.title);
                        // What may be of several kinds is found by the field too.
                        if !is_by_kind || name == facet.field.name {
                            add(name, &target.id, &target.title);
                        }
                    }
                }
            }
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

/// Name and label of the facet that a field is a part of: the kind that it leads to, or the field itself.
fn group<'a>(field: &'a Field, kinds: &'a Kinds) -> (&'a str, &'a str) {
    let kind = match field.to.as_slice() {
        [to] => kinds.get(to),
        _ => None,
    };
    kind.map_or((&field.name, &field.label), |kind| (&kind.id, &kind.label))
}

struct Gathered {
    label: String,
    /// Documents by value, which are in the order of their labels.
    of: BTreeMap<(String, String, String), Vec<DocumentId>>,
}

impl Gathered {
    fn finish(self, name: String, count: usize) -> Facet {
        let mut facet =
            Facet { name, label: self.label, values: Vec::new(), of: vec![Vec::new(); count].into() };
        for ((_, id, label), documents) in self.of {
            for document in documents {
                facet.of[document].push(facet.values.len());
            }
            facet.values.push((id, label));
        }
        facet
    }
}
