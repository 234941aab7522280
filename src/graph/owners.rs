//! Who owns a document: the owner that it names, else the owners of what it belongs to.

use std::sync::Arc;

use rayon::prelude::*;

use super::Resolution;
use crate::model::{Document, OwnerRole};

/// The owners of each document. Which fields tell, the kinds say.
pub(super) fn owners(documents: &[Arc<Document>], references: &[Arc<[Resolution]>]) -> Vec<Vec<usize>> {
    let named = |index: usize, role: OwnerRole| {
        let pairs = documents[index].references.iter().zip(references[index].iter());
        // Only a field of the document itself: the owner of an action is not the owner of the incident.
        let fields = pairs.filter(move |(reference, _)| {
            reference.field.owner == Some(role) && reference.path == reference.field.name
        });
        fields.filter_map(|(_, resolution)| resolution.found()).collect::<Vec<usize>>()
    };
    let all = (0..documents.len()).into_par_iter();
    let named = |role| all.clone().map(|index| named(index, role)).collect::<Vec<Vec<usize>>>();
    let (direct, inherited) = (named(OwnerRole::Direct), named(OwnerRole::Inherited));
    all.map(|index| follow(index, &direct, &inherited)).collect()
}

fn follow(start: usize, direct: &[Vec<usize>], inherited: &[Vec<usize>]) -> Vec<usize> {
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
