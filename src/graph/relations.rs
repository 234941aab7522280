//! The other ends of references: what a document is to those that name it.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{LinkTarget, Resolution};
use crate::model::{Document, DocumentId, Kinds, OwnerRole, PerDocument};

/// The documents that stand in one relation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The name of the relation, such as `Runbooks`.
    pub label: String,
    /// The documents at the other end, in the order of lists.
    pub documents: Vec<DocumentId>,
}

/// What a link in a text is to the document that it leads to.
pub const MENTIONED: &str = "Mentioned in";

/// The relations of each document.
pub(super) fn relations(
    documents: &PerDocument<Arc<Document>>,
    references: &PerDocument<Arc<[Resolution]>>,
    links: &PerDocument<Arc<[LinkTarget]>>,
    owners: &PerDocument<Vec<DocumentId>>,
    kinds: &Kinds,
    rank: &PerDocument<usize>,
) -> PerDocument<Vec<Relation>> {
    let mut labels = Labels::default();
    // Who stands in which relation to whom: document, relation, place of the other in lists. As numbers, since there
    // are many of them to be put in order.
    let mut found: Vec<(DocumentId, u32, u32)> = Vec::new();
    let mut add = |document: DocumentId, label, other: DocumentId| {
        if document != other {
            found.push((document, labels.number(label), rank[other] as u32));
        }
    };
    for (index, document) in documents.iter_enumerated() {
        for (reference, resolution) in document.references.iter().zip(references[index].iter()) {
            let Some(target) = resolution.found() else { continue };
            let field = &reference.field;
            if let Some(inverse) = field.inverse.as_deref().filter(|_| field.owner != Some(OwnerRole::Direct))
            {
                add(target, inverse, index);
            }
            let mirrored = field.mirrors.as_deref();
            let mirrored = mirrored.and_then(|name| kinds.get(&documents[target].kind.id)?.field(name));
            if let Some(mirrored) = mirrored {
                // The relation as if the other end had said it.
                if !refers(&documents[target], &references[target], &mirrored.name, index) {
                    add(target, &mirrored.label, index);
                }
                add(index, mirrored.inverse.as_deref().unwrap_or(&mirrored.label), target);
            }
        }
        let owns = document.kind.fields.iter().find(|field| field.owner == Some(OwnerRole::Direct));
        if let Some(owns) = owns.and_then(|field| field.inverse.as_deref()) {
            for &owner in &owners[index] {
                add(owner, owns, index);
            }
        }
    }
    // Who only mentions a document says less than who refers to it.
    let related: FxHashSet<(DocumentId, u32)> =
        found.iter().map(|(document, _, other)| (*document, *other)).collect();
    let mentioned = labels.number(MENTIONED);
    for (index, targets) in links.iter_enumerated() {
        for target in targets.iter() {
            if let LinkTarget::Document { document, .. } = target
                && !related.contains(&(*document, rank[index] as u32))
                && !references[*document].contains(&Resolution::Found(index))
                && *document != index
            {
                found.push((*document, mentioned, rank[index] as u32));
            }
        }
    }
    found.par_sort_unstable();
    found.dedup();
    let mut by_rank: Vec<DocumentId> = rank.keys().collect();
    for (index, &place) in rank.iter_enumerated() {
        by_rank[place] = index;
    }
    let mut relations: PerDocument<Vec<Relation>> = vec![Vec::new(); documents.len()].into();
    for group in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (document, label, _) = group[0];
        let documents = group.iter().map(|(_, _, place)| by_rank[*place as usize]).collect();
        relations[document].push(Relation { label: labels.names[label as usize].to_owned(), documents });
    }
    // In the order of what is at their other end; mentions last.
    for relations in &mut relations {
        relations
            .sort_by_key(|relation: &Relation| (relation.label == MENTIONED, rank[relation.documents[0]]));
    }
    relations
}

/// Names of relations and their numbers.
#[derive(Default)]
struct Labels<'a> {
    names: Vec<&'a str>,
    numbers: FxHashMap<&'a str, u32>,
}

impl<'a> Labels<'a> {
    fn number(&mut self, label: &'a str) -> u32 {
        *self.numbers.entry(label).or_insert_with(|| {
            self.names.push(label);
            self.names.len() as u32 - 1
        })
    }
}

/// Whether the field `name` of `document` leads to `target`.
fn refers(document: &Document, references: &[Resolution], name: &str, target: DocumentId) -> bool {
    let mut pairs = document.references.iter().zip(references);
    pairs.any(|(reference, resolution)| reference.path == name && resolution.found() == Some(target))
}
