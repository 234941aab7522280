//! Fields that documents have under another name than their kind, by what stands in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{Content, Document, Field, Kind, Node};
use crate::parse::field_names::at;
use crate::parse::front_matter::front_matter;

/// A field under the name that documents have for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedField {
    /// That name.
    pub name: String,
    /// The field of the kind.
    pub path: String,
    /// The names that documents have for its values.
    pub values: Vec<(String, String)>,
    /// In how many documents it stands: "12 of 14 incidents".
    pub because: String,
}

/// The fields of documents under other names.
#[derive(Debug, Default)]
pub(super) struct NamedFields {
    /// For each collection of the settings.
    pub(super) collections: Vec<Vec<NamedField>>,
    /// For what is in none.
    pub(super) rest: Vec<NamedField>,
}

/// A name that stands in fewer documents may be chance, unless there are no more.
const FEW: usize = 2;

impl NamedFields {
    /// The fields of the documents of a project, by the collections of its settings.
    pub(super) fn of(base: &KnowledgeBase) -> Self {
        let config = &base.config;
        let mut documents: Vec<Vec<&Document>> = vec![Vec::new(); config.collections.len() + 1];
        for (_, document) in base.documents().filter(|(_, document)| !document.is_index) {
            let path = config.inside(&document.source.path).unwrap_or(&document.source.path);
            let at = config.collections.iter().position(|collection| collection.path.is_match(path));
            documents[at.unwrap_or(config.collections.len())].push(document);
        }
        let mut found: Vec<Vec<NamedField>> =
            documents.iter().map(|documents| of_documents(base, documents)).collect();
        let rest = found.pop().unwrap_or_default();
        Self { collections: found, rest }
    }

    /// All of them, each once.
    pub(super) fn all(&self) -> Vec<NamedField> {
        let mut all: Vec<NamedField> = Vec::new();
        for field in self.collections.iter().flatten().chain(&self.rest) {
            if !all.contains(field) {
                all.push(field.clone());
            }
        }
        all
    }
}

fn of_documents(base: &KnowledgeBase, documents: &[&Document]) -> Vec<NamedField> {
    let mut by_kind: BTreeMap<&str, (&Arc<Kind>, Vec<Node>)> = BTreeMap::new();
    for document in documents {
        let Some(tree) = front_matter(&document.source.text).tree.filter(Node::is_map) else { continue };
        by_kind.entry(&document.kind.id).or_insert_with(|| (&document.kind, Vec::new())).1.push(tree);
    }
    let mut found: Vec<NamedField> = Vec::new();
    for (kind, trees) in by_kind.values() {
        for field in of_kind(base, kind, trees) {
            if !found.iter().any(|known| known.name == field.name || known.path == field.path) {
                found.push(field);
            }
        }
    }
    found
}

/// The fields in the front matter of documents of a kind.
fn of_kind(base: &KnowledgeBase, kind: &Kind, trees: &[Node]) -> Vec<NamedField> {
    let keys = trees.iter().flat_map(Node::entries).filter_map(|(key, _)| key.text());
    let unknown: BTreeSet<&str> = keys.filter(|key| kind.field(key).is_none()).collect();
    let mut found: Vec<NamedField> = Vec::new();
    for name in unknown {
        let values: Vec<&Node> = trees.iter().filter_map(|tree| tree.get(name)).collect();
        if values.len() < FEW.min(trees.len()) {
            continue;
        }
        let plain = name.to_lowercase().replace('-', "_");
        for (path, field) in fields(&kind.fields, "") {
            // Documents that have the field itself say with the other something else.
            let is_free = !trees.iter().any(|tree| at(tree, &path).is_some())
                && !found.iter().any(|known| known.path == path);
            if !is_free || !field.also.contains(&plain) {
                continue;
            }
            let Some(names) = values_of(base, field, &values) else { continue };
            let many = if trees.len() == 1 { &kind.label } else { &kind.plural };
            let because = format!("{} of {} {}", values.len(), trees.len(), many.to_lowercase());
            found.push(NamedField { name: name.to_owned(), path, values: names, because });
            break;
        }
    }
    found
}

/// The fields of a kind and those nested in them, with their paths.
fn fields<'a>(of: &'a [Arc<Field>], outer: &str) -> Vec<(String, &'a Field)> {
    let mut found = Vec::new();
    for field in of {
        let path = if outer.is_empty() { field.name.clone() } else { format!("{outer}.{}", field.name) };
        if !field.many {
            found.extend(fields(&field.fields, &path));
        }
        found.push((path, &**field));
    }
    found
}

/// The names that `values` have for those of a field; nothing if they are no values of it.
fn values_of(base: &KnowledgeBase, field: &Field, values: &[&Node]) -> Option<Vec<(String, String)>> {
    let mut texts = BTreeSet::new();
    for value in values {
        match &value.content {
            Content::Scalar(text) => texts.extend([text.as_str()]),
            Content::List(items) if field.many => {
                for item in items {
                    texts.insert(item.text()?);
                }
            }
            Content::List(_) | Content::Map(_) => return None,
            Content::Null => {}
        }
    }
    let mut names = Vec::new();
    for text in texts {
        if is_value(base, field, text) {
            continue;
        }
        let mut same = choices(base, field).into_iter().filter(|choice| is_same(choice, text));
        let (Some(choice), None) = (same.next(), same.next()) else { return None };
        names.push((text.to_owned(), choice));
    }
    Some(names)
}

fn is_value(base: &KnowledgeBase, field: &Field, text: &str) -> bool {
    match field.is_reference() {
        true => base.graph.ids.find(text, &field.to, &base.kinds).found().is_some(),
        false => field.read(text).is_ok(),
    }
}

/// What there is to choose from.
fn choices(base: &KnowledgeBase, field: &Field) -> Vec<String> {
    if !field.is_reference() {
        return field.choices.clone();
    }
    let documents = base.documents().filter(|(_, document)| field.to.contains(&document.kind.id));
    documents.map(|(_, document)| document.id.clone()).collect()
}

/// Whether two names are the same but for signs and case, or of the same number: `SEV-1` and `p1`.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |text: &str, keep: fn(char) -> bool| -> String {
        text.chars().filter(|letter| keep(*letter)).flat_map(char::to_lowercase).collect()
    };
    let number = |text: &str| plain(text, |letter| letter.is_ascii_digit());
    plain(one, char::is_alphanumeric) == plain(other, char::is_alphanumeric)
        || !number(one).is_empty() && number(one) == number(other)
}
