//! What the parts of a graph depend on in each document, so that they are made anew only when that changes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::order::date;
use crate::cache_slot::fingerprint;
use crate::model::{Document, DocumentFingerprints, Kinds, Location, PerDocument, Role, Source};

/// The fingerprints of what the parts of a graph depend on in all documents.
pub(super) struct GraphFingerprints {
    /// What ids depend on.
    pub(super) names: u64,
    /// What documents go by beside their ids.
    pub(super) titles: u64,
    /// What addresses and alerts depend on.
    pub(super) addresses: u64,
    /// What the order of lists depends on.
    pub(super) places: u64,
}

impl GraphFingerprints {
    pub(super) fn new(documents: &PerDocument<Arc<Document>>, kinds: &Kinds) -> Self {
        let [mut names, mut titles, mut addresses, mut places] = [(); 4].map(|()| DefaultHasher::new());
        kinds.fingerprint.hash(&mut addresses);
        kinds.fingerprint.hash(&mut places);
        for document in documents {
            let prints = document.fingerprints.get_or_init(|| fingerprints(document));
            prints.name.hash(&mut names);
            prints.title.hash(&mut titles);
            prints.address.hash(&mut addresses);
            prints.place.hash(&mut places);
        }
        Self {
            names: names.finish(),
            titles: titles.finish(),
            addresses: addresses.finish(),
            places: places.finish(),
        }
    }
}

fn fingerprints(document: &Document) -> DocumentFingerprints {
    let Document { kind, id, title, stem, is_index, alerts, fields, .. } = document;
    let mut address = DefaultHasher::new();
    let mut shown = Shown::default();
    (stem, &kind.id, is_index, &document.addresses).hash(&mut address);
    for (name, location) in alerts.iter().map(|(name, location)| (name.as_str(), location)) {
        name.hash(&mut address);
        shown.hash(location, &mut address);
    }
    // Not the same as no alias after as many alerts.
    alerts.len().hash(&mut address);
    for (alias, location) in document.texts_of(Role::Aliases) {
        alias.hash(&mut address);
        shown.hash(location, &mut address);
    }
    for field in kind.fields.iter().filter(|field| !field.collect.is_empty()) {
        fields.has(&field.name).hash(&mut address);
    }
    let aliases: Vec<&str> = document.texts_of(Role::Aliases).map(|(alias, _)| alias).collect();
    let place = (&kind.id, stem, is_index, document.position(), &document.navigation);
    let place = (place, date(document), &document.sorted_as);
    DocumentFingerprints {
        name: fingerprint(&(&kind.id, id)),
        title: fingerprint(&(title, aliases)),
        address: address.finish(),
        place: fingerprint(&place),
    }
}

/// Hashes what a finding shows of places: one of an earlier text may be shown for as long as no reader sees a
/// difference. A line that holds several of them is hashed once.
#[derive(Default)]
struct Shown<'a> {
    /// The line of the last place.
    line: Option<(&'a Arc<Source>, Range<usize>)>,
}

impl<'a> Shown<'a> {
    fn hash(&mut self, location: &'a Location, hasher: &mut impl Hasher) {
        let (source, range) = (&location.source, location.span.range());
        (&source.path, location.line_column(), range.len()).hash(hasher);
        let is_same = self.line.as_ref().is_some_and(|(last, line)| {
            Arc::ptr_eq(last, source) && line.start <= range.start && range.end <= line.end
        });
        if !is_same {
            let line = source.line_at(range.start).start..source.line_at(range.end).end;
            source.text[line.clone()].hash(hasher);
            self.line = Some((source, line));
        }
    }
}
