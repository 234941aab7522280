//! Ids to documents, by full name or by an unambiguous suffix.

use std::collections::hash_map::Entry;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::model::{Document, DocumentId, Kinds, PerDocument, Reference, Role};
use crate::text::suggest;

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One document.
    Found(DocumentId),
    /// No document.
    Missing,
    /// A document of a kind that the field does not take.
    WrongKind(DocumentId),
    /// Several documents, in the order of their paths.
    Ambiguous(Vec<DocumentId>),
}

impl Resolution {
    /// The document, if there is just one of the right kind.
    pub fn found(&self) -> Option<DocumentId> {
        match self {
            Resolution::Found(document) => Some(*document),
            _ => None,
        }
    }
}

/// Finds documents by id.
#[derive(Debug)]
pub struct Ids {
    /// What follows from kinds and ids alone.
    pub(super) table: Arc<Names>,
    /// Normalized ids, titles and aliases; built on the first loose lookup.
    loose: OnceLock<FxHashMap<String, Vec<DocumentId>>>,
    documents: PerDocument<Arc<Document>>,
}

/// What follows from the kinds and ids of documents alone.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Every suffix of every id, at the boundaries of its parts.
    suffixes: FxHashMap<String, Vec<DocumentId>>,
    duplicates: Vec<(DocumentId, DocumentId)>,
}

impl Names {
    pub(super) fn new(documents: &PerDocument<Arc<Document>>) -> Self {
        let mut names = Self::default();
        // Most ids have a folder in front.
        names.suffixes.reserve(documents.len() * 2);
        let mut full: FxHashMap<(&str, &str), DocumentId> = FxHashMap::default();
        full.reserve(documents.len());
        for (index, document) in documents.iter_enumerated() {
            match full.entry((&document.kind.id, &document.id)) {
                Entry::Occupied(earlier) => names.duplicates.push((*earlier.get(), index)),
                Entry::Vacant(free) => {
                    free.insert(index);
                }
            }
            for suffix in suffixes(&document.id) {
                names.suffixes.entry(suffix.to_owned()).or_default().push(index);
            }
        }
        names
    }
}

impl Ids {
    /// The ids of `documents`, whose names are `names`.
    pub(super) fn new(names: Arc<Names>, documents: &PerDocument<Arc<Document>>) -> Self {
        Self { table: names, loose: OnceLock::new(), documents: documents.clone() }
    }

    /// Documents that share kind and id with an earlier one: (earlier, later).
    pub fn duplicates(&self) -> &[(DocumentId, DocumentId)] {
        &self.table.duplicates
    }

    /// The kind of a document.
    fn kind(&self, index: DocumentId) -> &str {
        &self.documents[index].kind.id
    }

    /// The id of a document.
    fn id(&self, index: DocumentId) -> &str {
        &self.documents[index].id
    }

    /// What `reference` leads to.
    pub fn reference(&self, reference: &Reference, kinds: &Kinds) -> Resolution {
        self.find(&reference.text, &reference.field.to, kinds)
    }

    /// What `text` names: an id, a suffix of one, or either after `kind/`. Any kind if `to` is empty.
    pub fn find(&self, text: &str, to: &[String], kinds: &Kinds) -> Resolution {
        let text = text.trim_matches('/');
        let text = text.strip_suffix(".md").unwrap_or(text);
        let allowed = |&index: &DocumentId| is_of(self.kind(index), to);
        let all: &[DocumentId] = self.table.suffixes.get(text).map_or(&[], Vec::as_slice);
        let candidates: Vec<DocumentId> = all.iter().copied().filter(allowed).collect();
        // A full id is meant even where it is also the end of a longer one.
        let full: Vec<DocumentId> =
            candidates.iter().copied().filter(|&index| self.id(index) == text).collect();
        let best = if full.is_empty() { candidates } else { full };
        match best.as_slice() {
            [one] => return Resolution::Found(*one),
            [] => {}
            _ => return Resolution::Ambiguous(best),
        }
        if let Some((kind, rest)) = text.split_once('/')
            && kinds.get(kind).is_some()
            && (to.is_empty() || to.iter().any(|allowed| allowed == kind))
        {
            let found = self.find(rest, &[kind.to_owned()], &Kinds::default());
            if found != Resolution::Missing {
                return found;
            }
        }
        // The name of a kind that the field does not take.
        if let Some((kind, rest)) = text.split_once('/')
            && kinds.get(kind).is_some()
            && let Resolution::Found(other) = self.find(rest, &[kind.to_owned()], &Kinds::default())
        {
            return Resolution::WrongKind(other);
        }
        match all {
            [] => Resolution::Missing,
            [other, ..] => Resolution::WrongKind(*other),
        }
    }

    /// The names by which a field that takes the kinds `to` can mean `document`, the shortest first.
    pub fn names<'a>(
        &'a self,
        document: DocumentId,
        to: &'a [String],
        kinds: &'a Kinds,
    ) -> impl Iterator<Item = String> + 'a {
        let kind = self.kind(document);
        let mut ends: Vec<&str> = suffixes(self.id(document)).collect();
        ends.reverse();
        let with_kind: Vec<String> = ends.iter().map(|end| format!("{kind}/{end}")).collect();
        let all = ends.into_iter().map(str::to_owned).chain(with_kind);
        all.filter(move |name| self.find(name, to, kinds) == Resolution::Found(document))
    }

    /// The one document that `text` names as people write names in passing: by id, title or alias, without
    /// minding case, blanks and dashes.
    pub fn find_loosely(&self, text: &str) -> Option<DocumentId> {
        match self.loose().get(&loose(text)).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    fn loose(&self) -> &FxHashMap<String, Vec<DocumentId>> {
        self.loose.get_or_init(|| {
            let mut known: FxHashMap<String, Vec<DocumentId>> = FxHashMap::default();
            for (index, document) in self.documents.iter_enumerated() {
                for name in suffixes(&document.id).chain(other_names(document)) {
                    let documents = known.entry(loose(name)).or_default();
                    if documents.last() != Some(&index) {
                        documents.push(index);
                    }
                }
            }
            known
        })
    }

    /// The id that `text` was probably meant to be, among documents of the kinds `to`.
    pub fn suggest(&self, text: &str, to: &[String]) -> Option<String> {
        suggest::closest_of(text.trim_matches('/'), self.candidates(to)).map(str::to_owned)
    }

    /// The id that `text` was meant to be without a doubt: no other is close.
    pub fn only_close(&self, text: &str, to: &[String]) -> Option<String> {
        suggest::only(text.trim_matches('/'), self.candidates(to)).map(str::to_owned)
    }

    /// The names of documents of the kinds `to`, each with the id.
    fn candidates(&self, to: &[String]) -> impl Iterator<Item = (&str, &str)> {
        self.documents.iter().filter(|document| is_of(&document.kind.id, to)).flat_map(|document| {
            let id = document.id.as_str();
            let short = id.rsplit('/').next().unwrap_or(id);
            [id, short].into_iter().chain(other_names(document)).map(move |name| (name, id))
        })
    }

    /// The names by which `documents` can be told apart.
    pub fn full_names(&self, documents: &[DocumentId]) -> Vec<String> {
        let kind = self.kind(documents[0]);
        let one_kind = documents.iter().all(|&index| self.kind(index) == kind);
        let name = |&index: &DocumentId| {
            if one_kind { self.id(index).to_owned() } else { self.documents[index].full_id() }
        };
        documents.iter().map(name).collect()
    }
}

/// Whether a kind is one of `to`. Any is, if that names none.
fn is_of(kind: &str, to: &[String]) -> bool {
    to.is_empty() || to.iter().any(|allowed| allowed == kind)
}

/// What a document goes by beside its id: its title and its aliases.
fn other_names(document: &Document) -> impl Iterator<Item = &str> {
    let aliases = document.texts_of(Role::Aliases).map(|(alias, _)| alias.trim_matches('/'));
    std::iter::once(document.title.as_str()).chain(aliases)
}

/// A name without what people do not mind: case, and whether words are parted by blanks or dashes.
fn loose(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}

/// `a/b/c`, `b/c` and `c`.
fn suffixes(id: &str) -> impl Iterator<Item = &str> {
    let cuts = id.match_indices('/').map(|(at, _)| at + 1);
    std::iter::once(0).chain(cuts).map(|at| &id[at..])
}
