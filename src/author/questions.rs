//! What a draft still lacks, and what its author may want to say.

use std::sync::Arc;

use super::Draft;
use super::draft::{is_many, leaves};
use crate::graph::{Graph, Resolution};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Field, FieldProblem, OwnerRole};

/// Something to ask the author for.
#[derive(Debug)]
pub struct Question {
    /// The field.
    pub field: Arc<Field>,
    /// Its path, as in `times.detected`.
    pub path: String,
    /// What people call it.
    pub label: String,
    /// What it means.
    pub help: String,
    /// Whether several values are welcome.
    pub is_many: bool,
    /// For references: the documents that it may lead to.
    pub candidates: Vec<Candidate>,
}

impl Question {
    /// Whether the answer says who owns the document.
    pub fn is_owner(&self) -> bool {
        self.field.owner == Some(OwnerRole::Direct)
    }
}

/// A document that a reference may lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The shortest name that a reference can use.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// The required fields that `document` lacks, which is what was read of `draft`.
pub fn required(document: &Document, draft: &Draft, base: &KnowledgeBase) -> Vec<Question> {
    let missing = document.problems.fields.iter().filter_map(|problem| match problem {
        FieldProblem::Missing { path, .. } => Some(path.as_str()),
        _ => None,
    });
    let mut questions = Vec::new();
    for path in missing {
        let Some(field) = Field::at(&draft.kind.fields, path) else { continue };
        if !field.is_object() {
            questions.push(question(path, field, candidates(field, base), draft));
            continue;
        }
        // Without its required fields a group is none, and without any field it is not there.
        let mut inside = Vec::new();
        leaves(&field.fields, path, &mut |path, field| inside.push((path.to_owned(), field)));
        let is_first_required = inside.iter().any(|(_, field)| field.required);
        let wanted = inside.iter().filter(|(_, field)| field.required || !is_first_required);
        let limit = if is_first_required { inside.len() } else { 1 };
        questions.extend(
            wanted.take(limit).map(|(path, field)| question(path, field, candidates(field, base), draft)),
        );
    }
    questions
}

/// What the kind has authors asked for although it is not required, where there is something to choose from.
pub fn offered(draft: &Draft, base: &KnowledgeBase) -> Vec<Question> {
    let mut questions = Vec::new();
    leaves(&draft.kind.fields, "", &mut |path, field| {
        if !draft.values(path).is_empty() {
            return;
        }
        let candidates =
            if draft.lacks_owner(field) { candidates(field, base) } else { related(field, draft, base) };
        if !candidates.is_empty() {
            questions.push(question(path, field, candidates, draft));
        }
    });
    questions
}

/// What is wrong with a value for a field, as the check of documents sees it; none if it is right.
pub fn wrong(text: &str, field: &Field) -> Option<String> {
    let is_right = !text.trim().is_empty() && field.read(text).is_ok();
    let (expected, example) = (field.expected(), field.example());
    (!is_right).then(|| format!("not {expected}: write for example {}", example.trim_matches('"')))
}

/// The documents that have to do with what `field` is offered for.
fn related(field: &Field, draft: &Draft, base: &KnowledgeBase) -> Vec<Candidate> {
    let Some(of) = &field.offer else { return Vec::new() };
    let Some(named) = Field::at(&draft.kind.fields, of) else { return Vec::new() };
    let KnowledgeBase { graph, kinds, .. } = base;
    let chosen = draft.values(of).iter().filter_map(|name| graph.ids.find(name, &named.to, kinds).found());
    let chosen: Vec<DocumentId> = chosen.collect();
    let is_related = |document: &DocumentId| chosen.iter().any(|&other| is_related(graph, *document, other));
    let documents = documents(field, base).into_iter().filter(is_related);
    documents.filter_map(|document| candidate(document, field, base)).collect()
}

fn question(path: &str, field: &Arc<Field>, candidates: Vec<Candidate>, draft: &Draft) -> Question {
    let top = path.split('.').next().unwrap_or(path);
    let outer = draft.kind.field(top).filter(|outer| outer.name != field.name);
    let (label, help) = match outer {
        // The documents in a list of groups are what the list is about.
        Some(outer) if field.is_reference() => (outer.label.clone(), &outer.help),
        Some(outer) => (format!("{}, {}", outer.label, field.label.to_lowercase()), &field.help),
        None => (field.label.clone(), &field.help),
    };
    let help = help.clone();
    let is_many = is_many(&draft.kind, path);
    Question { field: Arc::clone(field), path: path.to_owned(), label, help, is_many, candidates }
}

fn candidates(field: &Field, base: &KnowledgeBase) -> Vec<Candidate> {
    if !field.is_reference() {
        return Vec::new();
    }
    let documents = documents(field, base).into_iter();
    documents.filter_map(|document| candidate(document, field, base)).collect()
}

fn candidate(document: DocumentId, field: &Field, base: &KnowledgeBase) -> Option<Candidate> {
    let KnowledgeBase { graph, kinds, .. } = base;
    let name = graph.ids.names(document, &field.to, kinds).next()?;
    Some(Candidate { name, title: graph.documents[document].title.clone() })
}

/// The documents that a reference may lead to, in the order of lists.
fn documents(field: &Field, base: &KnowledgeBase) -> Vec<DocumentId> {
    let kinds = base.kinds.all.iter();
    let allowed = kinds.filter(|kind| field.to.is_empty() || field.to.contains(&kind.id));
    allowed.flat_map(|kind| base.graph.of_kind(&kind.id)).collect()
}

/// Whether one of two documents names the other in its front matter.
fn is_related(graph: &Graph, one: DocumentId, other: DocumentId) -> bool {
    let names = |from: DocumentId, to: DocumentId| graph.references[from].contains(&Resolution::Found(to));
    names(one, other) || names(other, one)
}
