//! What links name beside paths: bare names of files, labels, and the nearest of several.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::links::LinkTarget;
use crate::model::{Config, Document, DocumentId, PerDocument};

/// Files by their bare names.
pub(super) fn by_name(files: &BTreeSet<String>) -> FxHashMap<String, Vec<String>> {
    let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for path in files {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        names.entry(name).or_default().push(path.clone());
    }
    names
}

/// Where names lead that are known in all documents, where a generator has that.
pub(super) fn labels(
    config: &Config,
    documents: &PerDocument<Arc<Document>>,
) -> FxHashMap<String, LinkTarget> {
    let mut labels = FxHashMap::default();
    if !config.origins.iter().any(|origin| origin.has_labels) {
        return labels;
    }
    for (index, document) in documents.iter_enumerated() {
        let mut add = |label: &str, anchor: Option<String>| {
            let target = LinkTarget::Document { document: index, anchor };
            labels.entry(label.to_lowercase()).or_insert(target);
        };
        document.body.anchors.iter().for_each(|anchor| add(anchor, Some(anchor.clone())));
        document.body.labels.iter().for_each(|label| add(label, None));
    }
    labels
}

/// Of several paths, the one that shares most folders with `folder`; none if two do.
pub(super) fn nearest<'a, T>(folder: &str, paths: impl Iterator<Item = (T, &'a str)>) -> Option<T> {
    let shared = |path: &str| {
        let parts = folder.split('/').zip(path.split('/'));
        parts.take_while(|(own, other)| own == other).count()
    };
    // Beside the document itself comes before folders below.
    let mut ranked: Vec<_> = paths
        .map(|(item, path)| ((shared(path), std::cmp::Reverse(path.matches('/').count())), item))
        .collect();
    ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let is_alone = match ranked.as_slice() {
        [(first, _), (second, _), ..] => first != second,
        _ => true,
    };
    ranked.into_iter().next().filter(|_| is_alone).map(|(_, item)| item)
}

/// Documents by their paths without an ending: the last one, where several have the same.
pub(super) fn by_stem(documents: &PerDocument<Arc<Document>>) -> FxHashMap<&str, DocumentId> {
    documents.iter_enumerated().map(|(index, document)| (document.stem.as_str(), index)).collect()
}
