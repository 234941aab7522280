//! Entities of catalogs and objectives of services to documents: what a markdown file describes is completed by them, and
//! other entities become documents of their own.

use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;

use super::Documents;
use super::cache::DocumentKey;
use super::fields::{SourceNode, decode};
use super::source::reference;
use crate::cache_slot::{fingerprint, lock};
use crate::model::{
    Body, Config, Content, Definitions, Document, Entity, Entry, Field, FieldProblem, FieldValues, Kind,
    Kinds, NavigationEntry, Node, Objective, Problems, Publication, Record, Reference, Role, Span, Value,
    label,
};

/// The documents that were completed or made the last time.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Made>);

/// What was made, and the fingerprint of the settings, the kinds and the names of entities that it was made by.
type Made = (u64, Vec<(Inputs, Arc<Document>)>);

/// What a document is made of.
#[derive(Debug, Clone)]
struct Inputs {
    /// As its markdown file has it by itself.
    written: Option<Arc<Document>>,
    kind: Arc<Kind>,
    entity: Option<Arc<Entity>>,
    objectives: Vec<Arc<Objective>>,
}

impl Inputs {
    fn is_same(&self, other: &Self) -> bool {
        let is_same = |a: &Option<Arc<Document>>, b: &Option<Arc<Document>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        is_same(&self.written, &other.written)
            && self.kind.id == other.kind.id
            && self.entity == other.entity
            && self.objectives == other.objectives
    }
}

/// What belongs together: a kind, and a name in lower case, as catalogs compare names.
type Name<'a> = (&'a str, String);

/// Adds to `documents` what `definitions` say, and to `definitions` what belongs to none of them.
pub fn complete(
    documents: &mut Documents,
    definitions: &mut Definitions,
    config: &Config,
    kinds: &Kinds,
    cache: &Cache,
) {
    if definitions.entities.is_empty() && definitions.objectives.is_empty() {
        *lock(&cache.0) = Made::default();
        return;
    }
    let written = names(&documents.documents);
    let (mut repeated, mut unclaimed) = (Vec::new(), Vec::new());
    let mut inputs: Vec<Inputs> = Vec::new();
    let mut known: FxHashMap<Name<'_>, usize> = FxHashMap::default();
    let input = |kind: &Arc<Kind>, at: Option<usize>| Inputs {
        written: at.map(|at| Arc::clone(&documents.documents[at])),
        kind: Arc::clone(kind),
        entity: None,
        objectives: Vec::new(),
    };
    for entity in &definitions.entities {
        let Some(kind) = kinds.all.iter().find(|kind| kind.entities.contains(&entity.kind)) else { continue };
        let name = (kind.id.as_str(), entity.name.text.to_lowercase());
        let at = written.get(&name).copied();
        let index = *known.entry(name).or_insert_with(|| {
            inputs.push(input(kind, at));
            inputs.len() - 1
        });
        match &inputs[index].entity {
            Some(first) => repeated.push((Arc::clone(first), Arc::clone(entity))),
            None => inputs[index].entity = Some(Arc::clone(entity)),
        }
    }
    for objective in &definitions.objectives {
        let service = objective.service(&config.alerts).map(|service| service.text.to_lowercase());
        let promising = kinds.all.iter().filter(|kind| kind.path_of(Role::Objectives).is_some());
        let index = service.and_then(|service| {
            promising.clone().find_map(|kind| {
                let name = (kind.id.as_str(), service.clone());
                let at = written.get(&name).copied();
                let found = known.get(&name).copied();
                found.or_else(|| {
                    inputs.push(input(kind, Some(at?)));
                    known.insert(name, inputs.len() - 1);
                    Some(inputs.len() - 1)
                })
            })
        });
        match index {
            Some(index) => inputs[index].objectives.push(Arc::clone(objective)),
            None => unclaimed.push(Arc::clone(objective)),
        }
    }
    let ids = ids(&inputs);
    let made = make(&inputs, config, &Translation { kinds, ids: &ids }, cache);
    (definitions.repeated, definitions.unclaimed) = (repeated, unclaimed);
    add(documents, made);
}

/// Where the documents are that entities and objectives may be about, by their names.
fn names(documents: &[Arc<Document>]) -> FxHashMap<Name<'_>, usize> {
    let mut names = FxHashMap::default();
    let is_wanted = |kind: &Kind| !kind.entities.is_empty() || kind.path_of(Role::Objectives).is_some();
    let wanted = || documents.iter().enumerate().filter(|(_, document)| is_wanted(&document.kind));
    // What a document says of itself counts before the names that it might have.
    for (at, document) in wanted() {
        if let Some(entity) = document.text_of(Role::Entity) {
            let (_, name) = reference(entity);
            names.entry((document.kind.id.as_str(), name.to_lowercase())).or_insert(at);
        }
    }
    for (at, document) in wanted() {
        let last = document.id.rsplit('/').next().unwrap_or_default();
        let aliases = document.texts_of(Role::Aliases).map(|(alias, _)| alias);
        for name in [document.id.as_str(), last].into_iter().chain(aliases) {
            names.entry((document.kind.id.as_str(), name.to_lowercase())).or_insert(at);
        }
    }
    names
}

/// The ids that the documents of entities have or get.
fn ids(inputs: &[Inputs]) -> FxHashMap<Name<'_>, String> {
    let ids = inputs.iter().filter_map(|Inputs { written, kind, entity, .. }| {
        let name = &entity.as_ref()?.name.text;
        let id = written.as_ref().map_or(name, |written| &written.id);
        Some(((kind.id.as_str(), name.to_lowercase()), id.clone()))
    });
    ids.collect()
}

/// The documents of `inputs`. Those that were made of the same the last time are not made again.
fn make(
    inputs: &[Inputs],
    config: &Config,
    translation: &Translation<'_>,
    cache: &Cache,
) -> Vec<(Inputs, Arc<Document>)> {
    let mut ids: Vec<_> = translation.ids.iter().collect();
    ids.sort_unstable();
    let setup = fingerprint(&(DocumentKey::setup(translation.kinds, config), ids));
    let (setup_before, before) = std::mem::take(&mut *lock(&cache.0));
    let name = |inputs: &Inputs| {
        let first = inputs.objectives.first().map(|objective| &objective.location);
        let entity = inputs.entity.as_ref().map(|entity| entity.name.text.clone());
        (entity, first.map(|at| (Arc::clone(&at.source.path), at.span.start)))
    };
    let before: FxHashMap<_, _> = before.iter().map(|made| (name(&made.0), made)).collect();
    let made = inputs.iter().map(|inputs| {
        let known = before.get(&name(inputs)).filter(|(known, _)| known.is_same(inputs));
        let document = known.filter(|_| setup == setup_before).map(|(_, document)| Arc::clone(document));
        let document = document.unwrap_or_else(|| Arc::new(document_of(inputs, config, translation)));
        (inputs.clone(), document)
    });
    let made: Vec<_> = made.collect();
    *lock(&cache.0) = (setup, made.clone());
    made
}

/// Puts the documents that were made in the place of those that they complete, and beside the others.
fn add(documents: &mut Documents, made: Vec<(Inputs, Arc<Document>)>) {
    let mut completed: FxHashMap<*const Document, Arc<Document>> = FxHashMap::default();
    for (inputs, document) in made {
        match &inputs.written {
            Some(written) => {
                completed.insert(Arc::as_ptr(written), document);
            }
            None => documents.documents.push(document),
        }
    }
    for document in &mut documents.documents {
        if let Some(complete) = completed.remove(&Arc::as_ptr(document)) {
            *document = complete;
        }
    }
    documents.documents.sort_by(|a, b| a.stem.cmp(&b.stem));
}

fn document_of(inputs: &Inputs, config: &Config, translation: &Translation<'_>) -> Document {
    let record = record(inputs, translation);
    match &inputs.written {
        Some(written) => completed(written, record, config),
        None => generated(&inputs.kind, record),
    }
}

/// What the entity and the objectives say, by the schema of the kind.
fn record(inputs: &Inputs, translation: &Translation<'_>) -> Record {
    let Inputs { kind, entity, objectives, .. } = inputs;
    let mut record = Record {
        entity: entity.clone(),
        objectives: objectives.clone(),
        fields: FieldValues::default(),
        references: Vec::new(),
        is_all: inputs.written.is_none(),
    };
    if let Some(entity) = entity {
        let node = translation.group(&entity.tree, &kind.fields, entity.tree.span);
        let written = SourceNode { source: &entity.location.source, node: &node };
        // A catalog owes nothing to the schema of a kind: what it lacks is no fault.
        let decoded = decode(Some(written), None, &kind.fields, true, &entity.location);
        (record.fields, record.references) = (decoded.values, decoded.references);
    }
    let promised = kind.field_of(Role::Objectives).filter(|_| !objectives.is_empty());
    if let Some(field) = promised {
        let items = objectives.iter().map(|objective| promise(field, objective)).collect();
        let location = objectives[0].location.clone();
        record.fields.0.push((field.name.clone(), Entry { value: Value::List(items), location }));
    }
    record
}

/// An objective as a value of the `field` that lists them.
fn promise(field: &Field, objective: &Objective) -> Entry {
    let parts = [
        (Role::Title, Some(&objective.name)),
        (Role::Objective, objective.target.as_ref()),
        (Role::Window, objective.window.as_ref()),
        (Role::Indicator, objective.indicator.as_ref()),
    ];
    let values = field.fields.iter().filter_map(|nested| {
        let (_, text) = parts.iter().find(|(role, _)| nested.role == Some(*role))?;
        let text = (*text)?;
        let scalar = nested.field_type.read(&text.text, &nested.choices).ok()?;
        Some((nested.name.clone(), Entry { value: Value::Scalar(scalar), location: text.location.clone() }))
    });
    let value = Value::Object(FieldValues(values.collect()));
    Entry { value, location: objective.location.clone() }
}

/// A document of a markdown file, with what the file does not say by itself.
fn completed(written: &Document, record: Record, config: &Config) -> Document {
    let mut document = written.clone();
    let kind = &written.kind;
    let is_role = |field: &Field, role: Role| kind.path_of(role) == Some(field.name.as_str());
    let mut values = std::mem::take(&mut document.fields.0);
    for field in &kind.fields {
        let has_own = (is_role(field, Role::Title) && written.body.title.is_some())
            || (is_role(field, Role::Summary) && !written.summary.is_empty())
            || written.fields.has(&field.name);
        let Some(entry) = record.fields.get(&field.name).filter(|_| !has_own) else { continue };
        values.retain(|(name, _)| *name != field.name);
        values.push((field.name.clone(), moved(entry, &record.references, &mut document.references)));
        document.problems.fields.retain(|problem| !is_missing(problem, field, config));
    }
    let place = |name: &str| kind.fields.iter().position(|field| field.name == name);
    values.sort_by_key(|(name, _)| place(name));
    document.fields = FieldValues(values);
    if let Some(title) = document.text_of(Role::Title).map(str::to_owned) {
        document.title = title;
        document.sorted_as = document.list_title().to_lowercase();
    }
    if let Some(summary) = document.text_of(Role::Summary).map(str::to_owned) {
        document.summary = summary;
    }
    document.fingerprints = OnceLock::new();
    document.record = Some(record);
    document
}

/// Whether the problem is that `field` is missing.
fn is_missing(problem: &FieldProblem, field: &Field, config: &Config) -> bool {
    let FieldProblem::Missing { path, .. } = problem else { return false };
    let mut names = config.collections.iter().flat_map(|collection| &collection.fields);
    *path == field.name || names.any(|name| name.name == *path && name.path == field.name)
}

/// A value whose references are moved from one list to the end of another.
fn moved(entry: &Entry, from: &[Reference], to: &mut Vec<Reference>) -> Entry {
    let value = match &entry.value {
        Value::Reference(index) => {
            to.push(from[*index].clone());
            Value::Reference(to.len() - 1)
        }
        Value::Scalar(scalar) => Value::Scalar(scalar.clone()),
        Value::List(items) => Value::List(items.iter().map(|item| moved(item, from, to)).collect()),
        Value::Object(fields) => Value::Object(FieldValues(
            fields.0.iter().map(|(name, entry)| (name.clone(), moved(entry, from, to))).collect(),
        )),
    };
    Entry { value, location: entry.location.clone() }
}

/// The document of an entity that no markdown file describes.
fn generated(kind: &Arc<Kind>, record: Record) -> Document {
    let entity = record.entity.as_ref().expect("objectives alone make no document");
    let source = Arc::clone(&entity.location.source);
    let id = entity.name.text.clone();
    let fields = record.fields.clone();
    let text = |role: Role| Some(fields.at(kind.path_of(role)?)?.value.text()?.to_owned());
    let title = text(Role::Title).filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| label(id.rsplit('/').next().unwrap_or(&id)));
    let summary = text(Role::Summary).unwrap_or_default();
    Document {
        stem: format!("{}/{id}", kind.folder),
        kind: Arc::clone(kind),
        states_kind: false,
        stated_kind: None,
        publication: Publication::Published,
        published_on: None,
        expires_on: None,
        hides: Vec::new(),
        addresses: Vec::new(),
        navigation: NavigationEntry::default(),
        is_readable: true,
        is_index: false,
        id,
        id_location: Some(entity.name.location.clone()),
        sorted_as: title.to_lowercase(),
        title,
        summary,
        alerts: Vec::new(),
        references: record.references.clone(),
        suppressions: Vec::new(),
        problems: Problems::default(),
        // The file holds no text of its own for a page.
        body_start: source.text.len(),
        source,
        fields,
        body: Body::default(),
        record: Some(record),
        fingerprints: OnceLock::new(),
    }
}

/// From what a catalog writes to what kinds call it.
struct Translation<'a> {
    kinds: &'a Kinds,
    /// The ids of the documents of entities.
    ids: &'a FxHashMap<Name<'a>, String>,
}

impl Translation<'_> {
    /// The fields that the group `tree` of an entity says, by the names of the kind. What does not fit a field, such as
    /// a word that is none of its choices, is left out: catalogs have their own words.
    fn group(&self, tree: &Node, fields: &[Arc<Field>], span: Span) -> Node {
        let entries = fields.iter().filter_map(|field| {
            let values = self.values(tree, field);
            let first = values.first()?;
            let key = Node { span: first.span, content: Content::Scalar(field.name.clone()) };
            let value = match field.many {
                true => Node { span: first.span, content: Content::List(values) },
                false => first.clone(),
            };
            Some((key, value))
        });
        Node { span, content: Content::Map(entries.collect()) }
    }

    /// The values of a field, as far as they fit.
    fn values(&self, tree: &Node, field: &Field) -> Vec<Node> {
        let written = field.from_entity.iter().filter_map(|path| at(tree, path));
        let items = written.flat_map(|node| match &node.content {
            Content::List(items) => items.as_slice(),
            Content::Null | Content::Scalar(_) | Content::Map(_) => std::slice::from_ref(node),
        });
        items.filter_map(|node| self.value(node, field)).collect()
    }

    /// The id of the document of the entity that a reference in `field` means.
    fn id(&self, name: &str, field: &Field) -> Option<&str> {
        let name = name.to_lowercase();
        let mut kinds = self.kinds.all.iter().filter(|kind| field.to.contains(&kind.id));
        kinds.find_map(|kind| self.ids.get(&(kind.id.as_str(), name.clone()))).map(String::as_str)
    }

    fn value(&self, node: &Node, field: &Field) -> Option<Node> {
        if field.is_object() {
            return node.is_map().then(|| self.group(node, &field.fields, node.span));
        }
        let text = node.text()?.trim();
        let text = field.entity_values.get(text).map_or(text, String::as_str);
        let (sort, name) = reference(text);
        let name = self.id(name, field).unwrap_or(name);
        let sort_kind = || self.kinds.all.iter().find(|kind| is_sort(kind, &sort));
        let text = match sort_kind() {
            Some(kind) if field.is_reference() => field.to.contains(&kind.id).then_some(name)?,
            Some(_) if field.is_text() => name,
            // A person, such as `user:guest`.
            None if field.is_reference() && !sort.is_empty() => return None,
            _ if field.is_reference() => name,
            _ => text,
        };
        field.field_type.read(text, &field.choices).ok()?;
        Some(Node { span: node.span, content: Content::Scalar(text.to_owned()) })
    }
}

/// Whether catalogs call documents of `kind` by `sort`, which is in lower case.
fn is_sort(kind: &Kind, sort: &str) -> bool {
    kind.entities.iter().any(|entity| entity.eq_ignore_ascii_case(sort))
}

/// What stands at a path. Keys may hold dots: `metadata.annotations.backstage.io/source-location`.
fn at<'a>(tree: &'a Node, path: &str) -> Option<&'a Node> {
    let whole = tree.get(path);
    let inner = || {
        let (first, rest) = path.split_once('.')?;
        at(tree.get(first)?, rest)
    };
    whole.or_else(inner).filter(|node| !node.is_null())
}
