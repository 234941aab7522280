//! Everything that is known of a project at one moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::graph::data::Data;
use crate::graph::{Graph, LinkTarget, Resolution};
use crate::model::{
    Config, Definitions, Document, DocumentId, FieldProblem, Kinds, Location, Problems, Reference,
};
use crate::parse::UnmatchedPattern;
use crate::text::name::stem;

/// Everything that is known of a project: a plain value without caches, looks or findings.
#[derive(Debug)]
pub struct KnowledgeBase {
    /// The settings.
    pub config: Config,
    /// The kinds.
    pub kinds: Arc<Kinds>,
    /// The documents and everything between them.
    pub graph: Graph,
    /// What files of alert rules define.
    pub definitions: Definitions,
    /// Rows of data, with the documents that they name.
    pub data: Data,
    /// Files that are published as they are, from the static folder.
    pub static_files: BTreeSet<String>,
    /// Documents that are left out, such as drafts.
    pub left_out: Vec<String>,
    /// Patterns of the settings that change nothing.
    pub unmatched: Vec<UnmatchedPattern>,
    /// Files that look like documents in a format that is not read.
    pub unread: Vec<String>,
    /// What is wrong with files that are no documents, or can't be read.
    pub problems: Problems,
    /// The day on which the project was read: the one "today" of pages, rules and reports.
    pub today: Date,
    /// Whether the project uses sdkb's front matter, so that its documents are held to their kinds.
    pub is_adopted: bool,
}

impl KnowledgeBase {
    /// Documents with their index.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.graph.documents.iter_enumerated().map(|(id, document)| (id, document.as_ref()))
    }

    /// Documents that readers should be able to rely on, with their index: written by their squad and complete, not the
    /// head of a list, and not unfinished or out of use by their own word.
    pub fn current_documents(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.documents().filter(|(index, document)| {
            !self.graph.routes.is_introduction(*index)
                && document.is_written()
                && document.is_complete()
                && document.is_current()
        })
    }

    /// Whether front matter that can't be read holds this text, and so may say what is missing elsewhere.
    pub fn may_be_said(&self, text: &str) -> bool {
        let mut broken = self.graph.documents.iter().filter(|document| !document.is_readable);
        broken.any(|document| document.source.text[..document.body_start].contains(text))
    }

    /// The path of a document that is left out and that is called `name`, perhaps with the folders around it.
    pub fn left_out_as(&self, name: &str) -> Option<&str> {
        let is_called_so = |path: &str| {
            let stem = stem(path);
            stem.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        self.left_out.iter().map(String::as_str).find(|path| !name.is_empty() && is_called_so(path))
    }

    /// The document in the markdown file at `path`.
    pub fn document_at(&self, path: &str) -> Option<DocumentId> {
        self.graph.documents.position(|document| document.is_written() && *document.source.path == *path)
    }

    /// Problems with fields, in documents as in sdkb's own files.
    pub fn field_problems(&self) -> impl Iterator<Item = &FieldProblem> {
        // Where front matter can't be read, every field would seem to be missing.
        let documents = self.graph.documents.iter().filter(|document| document.is_complete());
        documents.flat_map(|document| &document.problems.fields).chain(&self.problems.fields)
    }

    /// The references in documents and data, each with what it leads to and the document that it stands in.
    pub fn references(&self) -> impl Iterator<Item = (&Reference, &Resolution, Option<DocumentId>)> {
        let documents = self.documents().flat_map(|(index, _)| {
            self.graph.references_of(index).map(move |(reference, to)| (reference, to, Some(index)))
        });
        documents.chain(self.data.broken.iter().map(|(reference, to)| (reference, to, None)))
    }

    /// Addresses of other sites, in texts and in fields, with their places. Those that the project's own
    /// forge would have to answer are left out: it may not know who asks.
    pub fn external_links(&self) -> Vec<(&str, Location)> {
        let own = self.config.repository.as_deref();
        let mut found: Vec<(&str, Location)> = Vec::new();
        for (index, document) in self.documents() {
            for (link, target) in document.body.links.iter().zip(self.graph.links[index].iter()) {
                if let LinkTarget::External(address) = target {
                    found.push((address.as_str(), document.source.at(link.span)));
                }
            }
            document.fields.visit(&mut |entry| {
                if let Some(address) = entry.value.url() {
                    found.push((address, entry.location.clone()));
                }
            });
        }
        let is_web = |address: &str| address.starts_with("http://") || address.starts_with("https://");
        found.retain(|(address, _)| is_web(address) && !own.is_some_and(|own| address.starts_with(own)));
        found
    }
}
