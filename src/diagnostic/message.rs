//! What a finding says, and which documents it names.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Document;

/// One short phrase, put together from text and the ids of documents.
#[derive(Debug, Clone)]
pub struct Message {
    text: String,
    ids: Vec<IdInMessage>,
}

/// The id of a document in a message. It is another one when the file has moved, though the finding is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdInMessage {
    /// The bytes of the id, without the backticks around it.
    pub range: Range<usize>,
    /// The path of the document's file.
    pub path: Arc<str>,
}

impl Message {
    /// Adds text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds the id of a document, in backticks.
    #[must_use]
    pub fn document(mut self, document: &Document) -> Self {
        let start = self.text.len() + 1;
        let range = start..start + document.id.len();
        self.text.push_str(&format!("`{}`", document.id));
        self.ids.push(IdInMessage { range, path: Arc::clone(&document.source.path) });
        self
    }

    /// The kind and the id of a document: ``runbook `high-latency` ``.
    pub fn naming(document: &Document) -> Self {
        Self::from(format!("{} ", document.kind.id)).document(document)
    }

    /// The text as `shown` makes it, and the ids in it: none where it shows another text.
    pub(super) fn shown(self, shown: impl FnOnce(String) -> String) -> (String, Vec<IdInMessage>) {
        let text = shown(self.text.clone());
        let ids = if text == self.text { self.ids } else { Vec::new() };
        (text, ids)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self { text, ids: Vec::new() }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
