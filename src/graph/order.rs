//! The order of documents and folders in lists.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{Config, Document, DocumentId, NavigationEntry, PerDocument, Position, UNPLACED};
use crate::text::name::numbered;

/// The order of documents and folders in lists.
#[derive(Debug, Default)]
pub struct Order {
    /// The place of each document.
    pub documents: PerDocument<usize>,
    /// The place of each folder that holds documents, by its path from the content folder. What is in a folder comes
    /// behind the folder.
    folders: FxHashMap<String, usize>,
}

impl Order {
    pub(super) fn new(config: &Config, documents: &PerDocument<Arc<Document>>) -> Self {
        let folders = folders(config, documents);
        let mut order: Vec<DocumentId> = documents.keys().collect();
        order.sort_by_cached_key(|&index| {
            let document = &documents[index];
            // Lists are grouped by folder, except those of dated documents.
            let folder = document.kind.date_field.is_none().then(|| folders[document.folder()]);
            (
                (document.kind.weight, document.kind.id.as_str()),
                Reverse(date(document)),
                folder,
                document.position().unwrap_or(UNPLACED),
                document.sorted_as.as_str(),
                index,
            )
        });
        let mut places: PerDocument<usize> = vec![0; documents.len()].into();
        for (place, index) in order.into_iter().enumerate() {
            places[index] = place;
        }
        Self { documents: places, folders }
    }

    /// The place of a folder among all; folders without documents come last.
    pub fn folder(&self, path: &str) -> usize {
        self.folders.get(path).copied().unwrap_or(usize::MAX)
    }
}

/// The places of the folders of `documents`, and of those around them.
fn folders(config: &Config, documents: &PerDocument<Arc<Document>>) -> FxHashMap<String, usize> {
    let mut positions: BTreeMap<&str, FolderPosition> = BTreeMap::from([("", FolderPosition::default())]);
    for document in documents {
        let folder = document.folder();
        let own = positions.entry(folder).or_default();
        if document.is_index {
            own.index = own.index.or(document.position());
        }
        let first = document.navigation.position.filter(|_| document.navigation.is_global);
        for (at, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            let outer = positions.entry(&folder[..at]).or_default();
            outer.first = outer.first.into_iter().chain(first).min();
        }
    }
    let parts = |folder: &str| {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let mut start = 0;
        let parts = ends.map(|end| {
            let name = folder[start..end].to_owned();
            start = end + 1;
            let path = &folder[..end];
            let position = positions.get(path).and_then(|found| found.position(config, path, &name));
            (position.unwrap_or(UNPLACED), name)
        });
        parts.collect::<Vec<_>>()
    };
    let mut order: Vec<&str> = positions.keys().copied().collect();
    order.sort_by_cached_key(|folder| if folder.is_empty() { Vec::new() } else { parts(folder) });
    order.into_iter().enumerate().map(|(place, folder)| (folder.to_owned(), place)).collect()
}

/// What documents say of the place of their folder.
#[derive(Default)]
struct FolderPosition {
    /// That of the document that stands for the folder.
    index: Option<Position>,
    /// That of the first document in it that the navigation lists.
    first: Option<Position>,
}

impl FolderPosition {
    fn position(&self, config: &Config, path: &str, name: &str) -> Option<Position> {
        let listed = navigation(config, path).and_then(|entry| entry.position);
        let number = || numbered(name).map(|(number, _)| Position::from(number) * 1000);
        // The page of a folder may be listed long before the rest of it, but not behind.
        listed.or(self.first).or(self.index).or_else(number)
    }
}

/// What the site of another generator says of a folder, by its path from the content folder.
pub fn navigation<'a>(config: &'a Config, folder: &str) -> Option<&'a NavigationEntry> {
    let path = config.in_content(folder);
    config.origins.iter().find_map(|origin| origin.navigation.folders.get(&path))
}

/// The moment that dates a document, where its kind says which field does.
pub fn date(document: &Document) -> Option<jiff::Timestamp> {
    document.fields.at(document.kind.date_field.as_deref()?)?.value.timestamp()
}
