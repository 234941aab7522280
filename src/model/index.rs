//! Numbers for the documents and kinds of one revision, and lists that only they index.

use typed_index_collections::TiVec;

/// A document, as its place in [`Graph::documents`](crate::graph::Graph::documents). It holds for one revision; a
/// document's name is [`Document::id`](super::Document::id).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(u32);

/// A kind, as its place in [`Kinds::all`](super::Kinds::all). Its name is [`Kind::id`](super::Kind::id).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(u32);

/// One item for each document of a revision.
pub type PerDocument<T> = TiVec<DocumentId, T>;

/// One item for each kind.
pub type PerKind<T> = TiVec<KindId, T>;

impl From<usize> for DocumentId {
    /// # Panics
    /// Past 2^32 documents.
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).expect("a project has fewer than 2^32 documents"))
    }
}

impl From<DocumentId> for usize {
    fn from(id: DocumentId) -> Self {
        id.0 as usize
    }
}

impl From<usize> for KindId {
    /// # Panics
    /// Past 2^32 kinds.
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).expect("a project has fewer than 2^32 kinds"))
    }
}

impl From<KindId> for usize {
    fn from(id: KindId) -> Self {
        id.0 as usize
    }
}
