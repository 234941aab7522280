//! A tree of front matter to typed values, by a schema. Collects every problem instead of the first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{PatternProblem, pattern, scalars};
use crate::model::{
    Content, Entry, Field, FieldProblem, FieldType, FieldValues, Location, Node, Reference, Source, Value,
};

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
}

/// A tree and the file that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    /// The file.
    pub source: &'a Arc<Source>,
    /// The tree.
    pub node: &'a Node,
}

/// Reads the fields of `schema` from `written`, and those that it lacks from `defaults`. A missing
/// field is reported at `place`; unknown fields are let through if the schema is `open`.
pub(super) fn decode(
    written: Option<Written<'_>>,
    defaults: Option<Written<'_>>,
    schema: &[Arc<Field>],
    open: bool,
    place: &Location,
) -> Decoded {
    let mut decoder = Decoder::default();
    let mut sources = Vec::new();
    sources.extend(written);
    sources.extend(defaults);
    let values = decoder.object(&sources, schema, "", open, place);
    Decoded { values, references: decoder.references, alerts: decoder.alerts, problems: decoder.problems }
}

#[derive(Default)]
struct Decoder {
    references: Vec<Reference>,
    alerts: Vec<(String, Location)>,
    problems: Vec<FieldProblem>,
}

impl Decoder {
    /// The fields of one object. The first of `sources` that has a field gives its value.
    fn object(
        &mut self,
        sources: &[Written<'_>],
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
            let missing_at = match found {
                Some((source, _, node)) if node.content != Content::Null => {
                    let entry = self.field(Written { source, node }, field, &path);
                    values.0.extend(entry.map(|entry| (field.name.clone(), entry)));
                    continue;
                }
                Some((source, key, _)) => source.at(key.span),
                None => place.clone(),
            };
            if field.required {
                let (_, example) = scalars::expectation(field);
                let help = help(field);
                self.problems.push(FieldProblem::Missing { location: missing_at, path, help, example });
            }
        }
        self.check_order(&values, schema, path);
        values
    }

    /// Keys that the schema does not know, and keys that stand twice.
    fn check_keys(&mut self, written: Written<'_>, schema: &[Arc<Field>], open: bool) {
        let mut seen: FxHashMap<&str, &Node> = FxHashMap::default();
        let is_known = |name: &str| schema.iter().any(|field| field.name == name);
        // Found out once, and only where somebody asks.
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
                let contradicts = match (&earlier.value, &later.value) {
                    (Value::Date(earlier), Value::Date(later)) => later < earlier,
                    (Value::DateTime(earlier, _), Value::DateTime(later, _)) => later < earlier,
                    _ => false,
                };
                contradicts.then(|| (join(path, name), earlier.location.clone()))
            });
            if let Some((earlier_path, earlier)) = conflict {
                let location = later.location.clone();
                let path = join(path, &field.name);
                self.problems.push(FieldProblem::Contradictory { location, path, earlier, earlier_path });
            }
        }
    }

    /// One field: a list if it takes many, else a single value.
    fn field(&mut self, written: Written<'_>, field: &Arc<Field>, path: &str) -> Option<Entry> {
        let location = written.source.at(written.node.span);
        match &written.node.content {
            Content::List(items) if field.many => {
                let items = items.iter().filter(|item| item.content != Content::Null);
                let items: Vec<Entry> = items
                    .filter_map(|node| self.single(Written { source: written.source, node }, field, path))
                    .collect();
                if items.is_empty() && field.required {
                    let (_, example) = scalars::expectation(field);
                    let (path, help) = (path.to_owned(), help(field));
                    self.problems.push(FieldProblem::Missing {
                        location: location.clone(),
                        path,
                        help,
                        example,
                    });
                }
                Some(Entry { value: Value::List(items), location })
            }
            _ if field.many => {
                let item = self.single(written, field, path)?;
                Some(Entry { value: Value::List(vec![item]), location })
            }
            _ => self.single(written, field, path),
        }
    }

    fn single(&mut self, written: Written<'_>, field: &Arc<Field>, path: &str) -> Option<Entry> {
        let location = written.source.at(written.node.span);
        let value = match (field.field_type, &written.node.content) {
            (FieldType::Any, _) => return None,
            (FieldType::Object, Content::Map(_)) => {
                Value::Object(self.object(&[written], &field.fields, path, false, &location))
            }
            (FieldType::Map, Content::Map(entries)) => {
                let entries = entries.iter().filter_map(|(key, node)| {
                    let written = Written { source: written.source, node };
                    let place = written.source.at(key.span);
                    let name = key.text()?.to_owned();
                    let inner = self.object(&[written], &field.fields, &join(path, &name), false, &place);
                    Some((name, Entry { value: Value::Object(inner), location: place }))
                });
                Value::Object(FieldValues(entries.collect()))
            }
            (FieldType::Object | FieldType::Map, _)
            | (_, Content::List(_) | Content::Map(_) | Content::Null) => {
                self.invalid(field, path, location, written.node.describe().to_owned());
                return None;
            }
            (FieldType::Reference | FieldType::Pattern, Content::Scalar(text)) if text.trim().is_empty() => {
                self.invalid(field, path, location, "nothing".to_owned());
                return None;
            }
            (FieldType::Reference, Content::Scalar(text)) => {
                let field = Arc::clone(field);
                let text = text.trim().to_owned();
                self.references.push(Reference {
                    field,
                    path: path.to_owned(),
                    text,
                    location: location.clone(),
                });
                Value::Reference(self.references.len() - 1)
            }
            (FieldType::Pattern, Content::Scalar(text)) => match pattern(text) {
                Ok(pattern) => Value::Pattern(Arc::new(pattern)),
                Err(problem) => {
                    self.problems.push(pattern_problem(written, path, text, problem));
                    return None;
                }
            },
            (_, Content::Scalar(text)) => match scalars::value(text, field) {
                Some(value) => value,
                None => {
                    self.invalid(field, path, location, format!("`{}`", shortened(text)));
                    return None;
                }
            },
        };
        if let Value::Alert(name) = &value {
            self.alerts.push((name.clone(), location.clone()));
        }
        Some(Entry { value, location })
    }

    fn invalid(&mut self, field: &Field, path: &str, location: Location, found: String) {
        let (expected, example) = scalars::expectation(field);
        let (path, choices) = (path.to_owned(), field.choices.clone());
        self.problems.push(FieldProblem::Invalid { location, path, expected, found, example, choices });
    }
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
fn pattern_problem(written: Written<'_>, path: &str, text: &str, problem: PatternProblem) -> FieldProblem {
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

/// The beginning of a text that may be long.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
