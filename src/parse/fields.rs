//! A tree of front matter to typed values, by a schema. Collects every problem instead of the first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::field_type::{Refusal, Shape};
use crate::model::{
    Content, Entry, Field, FieldProblem, FieldType, FieldValues, Location, Node, PatternProblem, Reference,
    Role, Source, SyntaxProblem, Value,
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
    let mut decoder = Decoder::default();
    let mut sources = Vec::new();
    sources.extend(written);
    sources.extend(defaults);
    let values = decoder.object(&sources, schema, "", open, place);
    let Decoder { references, alerts, problems, mistakes } = decoder;
    Decoded { values, references, alerts, problems, mistakes }
}

#[derive(Default)]
struct Decoder {
    references: Vec<Reference>,
    alerts: Vec<(String, Location)>,
    problems: Vec<FieldProblem>,
    mistakes: Vec<(Arc<Source>, SyntaxProblem)>,
}

impl Decoder {
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
            self.check_keys(*written, schema, open);
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
            let is_misspelt =
                || !open && sources.iter().any(|written| is_misspelt(written.node, schema, &field.name));
            if field.required && !(is_absent && is_misspelt()) {
                self.missing(field, path, missing_at);
            }
        }
        self.check_order(&values, schema, path);
        values
    }

    /// Keys that the schema does not know, and keys that stand twice.
    fn check_keys(&mut self, written: SourceNode<'_>, schema: &[Arc<Field>], open: bool) {
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
                let known =
                    known.get_or_insert_with(|| schema.iter().map(|field| field.name.clone()).collect());
                let is_taken = |name: &&String| written.node.get(name).is_some();
                let taken = taken.get_or_insert_with(|| known.iter().filter(is_taken).cloned().collect());
                let (known, taken) = (Arc::clone(known), Arc::clone(taken));
                let name = name.to_owned();
                self.problems.push(FieldProblem::Unknown { location, name, known, taken, is_alone });
            }
        }
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
                let path = join(path, &field.name);
                self.problems.push(FieldProblem::Contradictory { location, path, earlier, earlier_path });
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
                    let mistake = listed(written, field);
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
        match field.field_type.read(text, &field.choices) {
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
        if let Err(refusal) = field.field_type.read(text, &field.choices) {
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
            Refusal::Pattern(problem) => self.problems.push(pattern_problem(written, path, text, problem)),
        }
    }

    fn missing(&mut self, field: &Field, path: String, location: Location) {
        let (help, example) = (help(field), field.example());
        self.problems.push(FieldProblem::Missing { location, path, help, example });
    }

    fn invalid(&mut self, field: &Field, path: &str, location: Location, found: String) {
        let (expected, example) = (field.expected().to_owned(), field.example());
        let (path, choices) = (path.to_owned(), field.choices.clone());
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
fn help(field: &Field) -> String {
    match field.choices.as_slice() {
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

/// The most words in a part of a text that is a list.
const MAX_WORDS: usize = 3;

/// A text that is a list with commas, in a field that takes a list.
fn listed(written: SourceNode<'_>, field: &Field) -> Option<SyntaxProblem> {
    let text = written.node.text()?;
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    // Elsewhere, what is longer than a word may be a sentence.
    let has_names = field.facet || matches!(field.role, Some(Role::Aliases | Role::Keywords));
    let most = if has_names { MAX_WORDS } else { 1 };
    let is_part = |part: &&str| {
        (1..=most).contains(&part.split_whitespace().count()) && !part.contains(['?', '!', ';'])
    };
    if parts.len() < 2 || text.contains('\n') || !parts.iter().all(is_part) {
        return None;
    }
    let raw = written.source.text.get(written.node.span.range()).unwrap_or_default();
    let is_plain = |part: &&str| {
        part.starts_with(char::is_alphanumeric) && !part.contains([':', '[', ']', '{', '}', '"', '\'', '#'])
    };
    let list = match raw.chars().next() {
        Some('"') if !text.contains(['"', '\\']) => Some(format!("[\"{}\"]", parts.join("\", \""))),
        Some('"' | '\'') => None,
        _ => parts.iter().all(is_plain).then(|| format!("[{}]", parts.join(", "))),
    };
    let name = &field.name;
    let help =
        format!("write a list: `{name}: {}`", list.clone().unwrap_or_else(|| format!("[{}, …]", parts[0])));
    let message = format!("`{}` is one text of `{name}`", shortened(text));
    Some(SyntaxProblem {
        span: written.node.span,
        message,
        help,
        fix: list.map(|list| (written.node.span, list)),
    })
}

/// The beginning of a text that may be long.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
