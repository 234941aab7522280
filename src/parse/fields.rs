//! A tree of front matter to typed values, by a schema. Collects every problem instead of the first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::field_names::at;
use super::listed::{listed, shortened};
use crate::model::field_type::{Refusal, Shape};
use crate::model::{
    Content, Entry, Field, FieldName, FieldProblem, FieldType, FieldValues, Location, Node, PatternProblem,
    Reference, Source, SyntaxProblem, Value,
};
use crate::text::suggest;

/// What a schema makes of a tree.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The values that are right.
    pub values: FieldValues,
    /// The references among them, nested ones included.
    pub references: Vec<Reference>,
    /// The alert names among them.
    pub alerts: Vec<(String, Location)>,
    /// What is wrong.
    pub problems: Vec<FieldProblem>,
    /// What is probably meant otherwise.
    pub mistakes: Vec<(Arc<Source>, SyntaxProblem)>,
}

/// A tree and the file that it stands in.
#[derive(Clone, Copy)]
pub(super) struct SourceNode<'a> {
    /// The file.
    pub source: &'a Arc<Source>,
    /// The tree.
    pub node: &'a Node,
}

/// Reads the fields of `schema` from `written`, and those that it lacks from `defaults`. A missing
/// field is reported at `place`; unknown fields are let through if the schema is `open`.
pub(super) fn decode(
    written: Option<SourceNode<'_>>,
    defaults: Option<SourceNode<'_>>,
    schema: &[Arc<Field>],
    open: bool,
    place: &Location,
) -> Decoded {
    decode_named(written, defaults, schema, open, place, &[])
}

/// The same, where authors have names of their own for fields and values, which `written` has no more. What is wrong is
/// said in their words.
pub(super) fn decode_named(
    written: Option<SourceNode<'_>>,
    defaults: Option<SourceNode<'_>>,
    schema: &[Arc<Field>],
    open: bool,
    place: &Location,
    names: &[&FieldName],
) -> Decoded {
    let mut decoder = Decoder {
        names,
        references: Vec::new(),
        alerts: Vec::new(),
        problems: Vec::new(),
        mistakes: Vec::new(),
    };
    let mut sources = Vec::new();
    sources.extend(written);
    sources.extend(defaults);
    let values = decoder.object(&sources, schema, "", open, place);
    let Decoder { references, alerts, problems, mistakes, .. } = decoder;
    Decoded { values, references, alerts, problems, mistakes }
}

struct Decoder<'a> {
    names: &'a [&'a FieldName],
    references: Vec<Reference>,
    alerts: Vec<(String, Location)>,
    problems: Vec<FieldProblem>,
    mistakes: Vec<(Arc<Source>, SyntaxProblem)>,
}

impl Decoder<'_> {
    /// The fields of one object. The first of `sources` that has a field gives its value.
    fn object(
        &mut self,
        sources: &[SourceNode<'_>],
        schema: &[Arc<Field>],
        path: &str,
        open: bool,
        place: &Location,
    ) -> FieldValues {
        for written in sources {
            self.check_keys(*written, schema, open, path);
        }
        let mut values = FieldValues::default();
        for field in schema {
            let path = join(path, &field.name);
            let found = sources.iter().find_map(|written| {
                let mut entries = written.node.entries().iter();
                let (key, node) = entries.find(|(key, _)| key.text() == Some(&field.name))?;
                Some((written.source, key, node))
            });
            let is_absent = found.is_none();
            let missing_at = match found {
                Some((source, _, node)) if node.content != Content::Null => {
                    let entry = self.field(SourceNode { source, node }, field, &path);
                    values.0.extend(entry.map(|entry| (field.name.clone(), entry)));
                    continue;
                }
                Some((source, key, _)) => source.at(key.span),
                None => place.clone(),
            };
            // One that is misspelt is found already.
            let is_misspelt = || {
                let known = self.known(schema, &path[..path.len() - field.name.len()]);
                let is_inner = path.len() > field.name.len();
                let name = if is_inner { field.name.clone() } else { self.shown(&path) };
                !open && sources.iter().any(|written| self.is_misspelt(written.node, schema, &known, &name))
            };
            if field.required && !(is_absent && is_misspelt()) {
                self.missing(field, path, missing_at);
            }
        }
        self.check_order(&values, schema, path);
        self.check_excess(&values, schema, path);
        values
    }

    /// Keys that the schema does not know, and keys that stand twice.
    fn check_keys(&mut self, written: SourceNode<'_>, schema: &[Arc<Field>], open: bool, path: &str) {
        let mut seen: FxHashMap<&str, &Node> = FxHashMap::default();
        let is_known = |name: &str| schema.iter().any(|field| field.name == name);
        // Found out once, and only if it is needed.
        let (mut known, mut taken) = (None::<Arc<[String]>>, None::<Arc<[String]>>);
        let keys = written.node.entries().iter().map(|(key, _)| key.text().unwrap_or_default());
        let is_alone = keys.filter(|name| !is_known(name)).count() == 1;
        for (key, _) in written.node.entries() {
            let location = written.source.at(key.span);
            let name = key.text().unwrap_or_default();
            let first = *seen.entry(name).or_insert(key);
            if first.span != key.span {
                let first = written.source.at(first.span);
                self.problems.push(FieldProblem::Duplicate { location, first, name: name.to_owned() });
            } else if !open && !is_known(name) {
                let known = known.get_or_insert_with(|| self.known(schema, path).into());
                let is_taken = |name: &&String| self.is_there(written.node, name);
                let taken = taken.get_or_insert_with(|| known.iter().filter(is_taken).cloned().collect());
                let (known, taken) = (Arc::clone(known), Arc::clone(taken));
                let name = name.to_owned();
                self.problems.push(FieldProblem::Unknown { location, name, known, taken, is_alone });
            }
        }
    }

    /// The names of the fields of a group, as authors have them.
    fn known(&self, schema: &[Arc<Field>], path: &str) -> Vec<String> {
        if !path.is_empty() {
            return schema.iter().map(|field| field.name.clone()).collect();
        }
        let inner = self.names.iter().filter(|name| name.path.contains('.')).map(|name| name.name.clone());
        schema.iter().map(|field| self.shown(&field.name)).chain(inner).collect()
    }

    /// Whether a group has the field that authors call `name`.
    fn is_there(&self, node: &Node, name: &str) -> bool {
        match self.names.iter().find(|known| known.name == name) {
            Some(known) => at(node, &known.path).is_some(),
            None => node.get(name).is_some(),
        }
    }

    /// Whether a group lacks the field that authors call `name`, and has one that is close to it and unknown.
    fn is_misspelt(&self, node: &Node, schema: &[Arc<Field>], known: &[String], name: &str) -> bool {
        let is_known = |key: &str| schema.iter().any(|field| field.name == key);
        let free = || known.iter().map(String::as_str).filter(|name| !self.is_there(node, name));
        let mut unknown =
            node.entries().iter().filter_map(|(key, _)| key.text()).filter(|key| !is_known(key));
        !self.is_there(node, name) && unknown.any(|key| suggest::closest(key, free()) == Some(name))
    }

    /// What authors call the field at a path.
    fn shown(&self, path: &str) -> String {
        let shown = self.names.iter().find_map(|known| match path.strip_prefix(known.path.as_str())? {
            "" => Some(known.name.clone()),
            rest => rest.starts_with('.').then(|| format!("{}{rest}", known.name)),
        });
        shown.unwrap_or_else(|| path.to_owned())
    }

    /// The choices of the field at a path, as authors have them.
    fn choices(&self, field: &Field, path: &str) -> Vec<String> {
        let named = self.names.iter().filter(|known| known.path == path).flat_map(|known| &known.values);
        let is_named = |choice: &&String| !named.clone().any(|value| value.value == **choice);
        let own = field.choices.iter().filter(is_named).cloned();
        let named = named.clone().map(|value| value.name.clone());
        if field.choices.is_empty() { Vec::new() } else { named.chain(own).collect() }
    }

    /// Times that come before those that they should follow.
    fn check_order(&mut self, values: &FieldValues, schema: &[Arc<Field>], path: &str) {
        for field in schema.iter().filter(|field| !field.after.is_empty()) {
            let Some(later) = values.get(&field.name) else { continue };
            let conflict = field.after.iter().find_map(|name| {
                let earlier = values.get(name)?;
                contradicts(&earlier.value, &later.value)
                    .then(|| (join(path, name), earlier.location.clone()))
            });
            if let Some((earlier_path, earlier)) = conflict {
                let location = later.location.clone();
                let path = self.shown(&join(path, &field.name));
                let earlier_path = self.shown(&earlier_path);
                self.problems.push(FieldProblem::Contradictory { location, path, earlier, earlier_path });
            }
        }
    }

    /// Numbers that exceed those that they are a part of.
    fn check_excess(&mut self, values: &FieldValues, schema: &[Arc<Field>], path: &str) {
        for field in schema {
            let Some(limit) = field.at_most.as_deref() else { continue };
            let Some((part, whole)) = values.get(&field.name).zip(values.get(limit)) else { continue };
            let numbers = part.value.number().zip(whole.value.number());
            if numbers.is_some_and(|(part, whole)| part > whole) {
                let whole = whole.value.text().unwrap_or_default();
                self.problems.push(FieldProblem::Invalid {
                    location: part.location.clone(),
                    path: self.shown(&join(path, &field.name)),
                    expected: format!("at most `{}`, which is {whole}", self.shown(&join(path, limit))),
                    found: format!("`{}`", shortened(part.value.text().unwrap_or_default())),
                    example: whole.to_owned(),
                    choices: Vec::new(),
                });
            }
        }
    }

    /// One field: a list if it takes many, else a single value.
    fn field(&mut self, written: SourceNode<'_>, field: &Arc<Field>, path: &str) -> Option<Entry> {
        let location = written.source.at(written.node.span);
        match &written.node.content {
            Content::List(items) if field.many => {
                let items = items.iter().filter(|item| item.content != Content::Null);
                let items: Vec<Entry> = items
                    .filter_map(|node| self.single(SourceNode { source: written.source, node }, field, path))
                    .collect();
                if items.is_empty() && field.required {
                    self.missing(field, path.to_owned(), location.clone());
                }
                Some(Entry { value: Value::List(items), location })
            }
            Content::Null | Content::Scalar(_) | Content::Map(_) if field.many => {
                if field.field_type == FieldType::default() {
                    let mistake = listed(written.source, written.node, field, &self.shown(path));
                    self.mistakes.extend(mistake.map(|mistake| (Arc::clone(written.source), mistake)));
                }
                let item = self.single(written, field, path)?;
                Some(Entry { value: Value::List(vec![item]), location })
            }
            Content::Null | Content::Scalar(_) | Content::List(_) | Content::Map(_) => {
                self.single(written, field, path)
            }
        }
    }

    fn single(&mut self, written: SourceNode<'_>, field: &Arc<Field>, path: &str) -> Option<Entry> {
        let location = written.source.at(written.node.span);
        let value = match (field.shape(), &written.node.content) {
            (Shape::Any, _) => None,
            (Shape::Object, Content::Map(_)) => {
                Some(Value::Object(self.object(&[written], &field.fields, path, false, &location)))
            }
            (Shape::Map, Content::Map(entries)) => Some(self.map(written.source, entries, field, path)),
            (Shape::Scalar { .. }, Content::Scalar(text)) => self.scalar(written, text, field, path),
            (Shape::Reference, Content::Scalar(text)) => self.reference(written, text, field, path),
            (Shape::Object | Shape::Map, Content::Scalar(_) | Content::List(_) | Content::Null)
            | (Shape::Scalar { .. } | Shape::Reference, Content::List(_) | Content::Map(_) | Content::Null) =>
            {
                self.invalid(field, path, location.clone(), written.node.describe().to_owned());
                None
            }
        };
        Some(Entry { value: value?, location })
    }

    /// Names, each with the nested fields.
    fn map(&mut self, source: &Arc<Source>, entries: &[(Node, Node)], field: &Field, path: &str) -> Value {
        let entries = entries.iter().filter_map(|(key, node)| {
            let written = SourceNode { source, node };
            let place = source.at(key.span);
            let name = key.text()?.to_owned();
            let inner = self.object(&[written], &field.fields, &join(path, &name), false, &place);
            Some((name, Entry { value: Value::Object(inner), location: place }))
        });
        Value::Object(FieldValues(entries.collect()))
    }

    fn scalar(&mut self, written: SourceNode<'_>, text: &str, field: &Field, path: &str) -> Option<Value> {
        match field.read(text) {
            Ok(scalar) => {
                let value = Value::Scalar(scalar);
                if let Some(name) = value.alert() {
                    self.alerts.push((name.to_owned(), written.source.at(written.node.span)));
                }
                Some(value)
            }
            Err(refusal) => {
                self.refuse(refusal, written, text, field, path);
                None
            }
        }
    }

    fn reference(
        &mut self,
        written: SourceNode<'_>,
        text: &str,
        field: &Arc<Field>,
        path: &str,
    ) -> Option<Value> {
        if let Err(refusal) = field.read(text) {
            self.refuse(refusal, written, text, field, path);
            return None;
        }
        let (field, path, text) = (Arc::clone(field), path.to_owned(), text.trim().to_owned());
        let location = written.source.at(written.node.span);
        self.references.push(Reference { field, path, text, location });
        Some(Value::Reference(self.references.len() - 1))
    }

    fn refuse(&mut self, refusal: Refusal, written: SourceNode<'_>, text: &str, field: &Field, path: &str) {
        let location = written.source.at(written.node.span);
        match refusal {
            Refusal::Empty => self.invalid(field, path, location, "nothing".to_owned()),
            Refusal::Mismatch => self.invalid(field, path, location, format!("`{}`", shortened(text))),
            Refusal::Pattern(problem) => {
                let path = self.shown(path);
                self.problems.push(pattern_problem(written, &path, text, problem));
            }
        }
    }

    /// A value that would be right, as authors have it.
    fn example(&self, field: &Field, path: &str) -> String {
        let mut named = self.names.iter().filter(|known| known.path == path).flat_map(|known| &known.values);
        named.next().map_or_else(|| field.example(), |value| value.name.clone())
    }

    fn missing(&mut self, field: &Field, path: String, location: Location) {
        let choices = self.choices(field, &path);
        let example = self.example(field, &path);
        let (path, help) = (self.shown(&path), help(field, &choices));
        self.problems.push(FieldProblem::Missing { location, path, help, example });
    }

    fn invalid(&mut self, field: &Field, path: &str, location: Location, found: String) {
        let (expected, example) = (field.expected(), self.example(field, path));
        let (path, choices) = (self.shown(path), self.choices(field, path));
        self.problems.push(FieldProblem::Invalid { location, path, expected, found, example, choices });
    }
}

/// Whether `node` lacks the field `name` of `schema`, and has one that is close to it and that `schema` lacks.
pub(super) fn is_misspelt(node: &Node, schema: &[Arc<Field>], name: &str) -> bool {
    let is_known = |key: &str| schema.iter().any(|field| field.name == key);
    let free = || schema.iter().map(|field| field.name.as_str()).filter(|name| node.get(name).is_none());
    let mut unknown = node.entries().iter().filter_map(|(key, _)| key.text()).filter(|key| !is_known(key));
    node.get(name).is_none() && unknown.any(|key| suggest::closest(key, free()) == Some(name))
}

/// Whether two times that can be compared are in the wrong order.
fn contradicts(earlier: &Value, later: &Value) -> bool {
    let days = earlier.date().zip(later.date()).is_some_and(|(earlier, later)| later < earlier);
    let moments = earlier.moment().zip(later.moment());
    days || moments.is_some_and(|(earlier, later)| later.at < earlier.at)
}

/// What a field is for, and what there is to choose from.
fn help(field: &Field, choices: &[String]) -> String {
    match choices {
        [] => field.help.clone(),
        choices => format!("{} One of `{}`.", field.help, choices.join("`, `")),
    }
}

/// `inner` as a field of `outer`.
fn join(outer: &str, inner: &str) -> String {
    if outer.is_empty() { inner.to_owned() } else { format!("{outer}.{inner}") }
}

/// What is wrong with the pattern `text`, at its place in the file where it stands there as it is.
fn pattern_problem(written: SourceNode<'_>, path: &str, text: &str, problem: PatternProblem) -> FieldProblem {
    let PatternProblem { span, message, help } = problem;
    let place = written.node.span;
    let raw = written.source.text.get(place.range()).unwrap_or_default();
    let quote = u32::from(raw.starts_with(['"', '\'']));
    let is_as_written = raw.get(quote as usize..).is_some_and(|raw| raw.starts_with(text));
    let location = match is_as_written && span.start < span.end {
        true => span.shifted(place.start + quote),
        false => place,
    };
    FieldProblem::Pattern {
        location: written.source.at(location),
        path: path.to_owned(),
        culprit: shortened(text.get(span.range()).unwrap_or_default()),
        message,
        help,
    }
}
