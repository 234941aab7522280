//! Who owns a document: the owner that it names, else the owners of what it belongs to.

use std::sync::Arc;

use rayon::prelude::*;

use super::Resolution;
use crate::model::{Document, DocumentId, OwnerRole, PerDocument};

/// The owners of each document. Which fields tell, the kinds say.
pub(super) fn owners(
    documents: &PerDocument<Arc<Document>>,
    references: &PerDocument<Arc<[Resolution]>>,
) -> PerDocument<Vec<DocumentId>> {
    let named = |index: DocumentId, role: OwnerRole| {
        let pairs = documents[index].references.iter().zip(references[index].iter());
        // Only a field of the document itself: the owner of an action is not the owner of the incident.
        let fields = pairs.filter(move |(reference, _)| {
            reference.field.owner == Some(role) && reference.path == reference.field.name
        });
        fields.filter_map(|(_, resolution)| resolution.found()).collect::<Vec<DocumentId>>()
    };
    let all = (0..documents.len()).into_par_iter().map(DocumentId::from);
    let named = |role| {
        let of_each = all.clone().map(|index| named(index, role)).collect::<Vec<_>>();
        PerDocument::from(of_each)
    };
    let (direct, inherited) = (named(OwnerRole::Direct), named(OwnerRole::Inherited));
    all.map(|index| follow(index, &direct, &inherited)).collect::<Vec<_>>().into()
}

fn follow(
    start: DocumentId,
    direct: &PerDocument<Vec<DocumentId>>,
    inherited: &PerDocument<Vec<DocumentId>>,
) -> Vec<DocumentId> {
    let mut owners = Vec::new();
    let mut seen = vec![start];
    let mut next = 0;
    while let Some(&index) = seen.get(next) {
        next += 1;
        if direct[index].is_empty() {
            for &through in &inherited[index] {
                if !seen.contains(&through) {
                    seen.push(through);
                }
            }
        }
        for &owner in &direct[index] {
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
    }
    owners
}
