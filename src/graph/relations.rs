//! The other ends of references: what a document is to those that name it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{LinkTarget, Resolution};
use crate::model::{Document, Kinds, OwnerRole};

/// The documents that stand in one relation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The name of the relation, such as `Runbooks`.
    pub label: String,
    /// The documents at the other end, in the order of lists.
    pub documents: Vec<usize>,
}

/// What a link in a text is to the document that it leads to.
pub const MENTIONED: &str = "Mentioned in";

/// The relations of each document.
pub(super) fn relations(
    documents: &[Arc<Document>],
    references: &[Vec<Resolution>],
    links: &[Vec<LinkTarget>],
    owners: &[Vec<usize>],
    kinds: &Kinds,
    rank: &[usize],
) -> Vec<Vec<Relation>> {
    let mut found: Vec<BTreeMap<String, BTreeSet<usize>>> = vec![BTreeMap::new(); documents.len()];
    let mut add = |document: usize, label: &str, other: usize| {
        if document != other {
            found[document].entry(label.to_owned()).or_default().insert(other);
        }
    };
    for (index, document) in documents.iter().enumerate() {
        for (reference, resolution) in document.references.iter().zip(&references[index]) {
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
    for (index, targets) in links.iter().enumerate() {
        for target in targets {
            if let LinkTarget::Document { document, .. } = target
                && !found[*document].values().any(|others| others.contains(&index))
                && !references[*document].contains(&Resolution::Found(index))
                && *document != index
            {
                found[*document].entry(MENTIONED.to_owned()).or_default().insert(index);
            }
        }
    }
    found.into_iter().map(|by_label| ordered(by_label, rank)).collect()
}

/// Whether the field `name` of `document` leads to `target`.
fn refers(document: &Document, references: &[Resolution], name: &str, target: usize) -> bool {
    let mut pairs = document.references.iter().zip(references);
    pairs.any(|(reference, resolution)| reference.path == name && resolution.found() == Some(target))
}

/// Relations in the order of what is at their other end; mentions last.
fn ordered(by_label: BTreeMap<String, BTreeSet<usize>>, rank: &[usize]) -> Vec<Relation> {
    let mut relations: Vec<Relation> = by_label
        .into_iter()
        .map(|(label, documents)| {
            let mut documents: Vec<usize> = documents.into_iter().collect();
            documents.sort_unstable_by_key(|&document| rank[document]);
            Relation { label, documents }
        })
        .collect();
    relations.sort_by_key(|relation| (relation.label == MENTIONED, rank[relation.documents[0]]));
    relations
}
