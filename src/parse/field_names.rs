//! The names that adopters give to fields, which their settings map to those of the kinds:
//! `fields: { service: services, severity: { field: priority, values: { sev1: p1 } } }`.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{Config, Content, Field, FieldName, FieldProblem, Kinds, Node, Source, ValueName};

const EXAMPLE: &str = "{ field: priority, values: { sev1: p1 } }";

/// Reads `fields` of a collection.
pub(super) fn read(source: &Arc<Source>, node: &Node, problems: &mut Vec<FieldProblem>) -> Vec<FieldName> {
    let mut invalid = |node: &Node, path: String, expected: &str| {
        problems.push(FieldProblem::Invalid {
            location: source.at(node.span),
            path,
            expected: expected.to_owned(),
            found: node.text().map_or_else(|| node.describe().to_owned(), |text| format!("`{text}`")),
            example: EXAMPLE.to_owned(),
            choices: Vec::new(),
        });
    };
    if !matches!(node.content, Content::Map(_) | Content::Null) {
        invalid(node, "collections.fields".to_owned(), "a group of fields");
    }
    let mut names = Vec::new();
    for (key, value) in node.entries() {
        let Some(name) = key.text() else { continue };
        let path = || format!("collections.fields.{name}");
        let (field, values) = match &value.content {
            Content::Scalar(_) => (value, None),
            Content::Map(_) => {
                for (part, _) in value.entries() {
                    if !matches!(part.text(), Some("field" | "values")) {
                        invalid(part, path(), "`field` or `values`");
                    }
                }
                // What only has other values keeps its name.
                (value.get("field").unwrap_or(key), value.get("values"))
            }
            Content::List(_) | Content::Null => {
                invalid(value, path(), "the name of a field, or a group of `field` and `values`");
                continue;
            }
        };
        let Some(target) = field.text() else {
            invalid(field, format!("{}.field", path()), "the name of a field");
            continue;
        };
        let mut found = Vec::new();
        for (from, to) in values.map(Node::entries).unwrap_or_default() {
            match (from.text(), to.text()) {
                (Some(name), Some(value)) => {
                    let (name, value) = (name.to_owned(), value.to_owned());
                    found.push(ValueName { name, value, location: source.at(to.span) });
                }
                _ => invalid(to, format!("{}.values", path()), "a single value"),
            }
        }
        if let Some(values) = values.filter(|values| !values.is_map()) {
            invalid(values, format!("{}.values", path()), "a group of values");
        }
        names.push(FieldName {
            name: name.to_owned(),
            path: target.to_owned(),
            location: source.at(field.span),
            values: found,
        });
    }
    names
}

/// The front matter `tree` with the names that kinds have. Places stay those of what was written.
pub(super) fn renamed<'a>(tree: &'a Node, names: &[FieldName]) -> Cow<'a, Node> {
    let is_used = |name: &FieldName| tree.get(&name.name).is_some();
    if !names.iter().any(is_used) {
        return Cow::Borrowed(tree);
    }
    // What the author calls as the kind does stays.
    let name_of = |key: &Node| {
        let name = names.iter().find(|name| key.text() == Some(&name.name))?;
        (name.path == name.name || at(tree, &name.path).is_none()).then_some(name)
    };
    let is_moved = |key: &Node| name_of(key).is_some_and(|name| name.path != name.name);
    let stay = tree.entries().iter().filter(|(key, _)| !is_moved(key));
    let mut entries: Vec<(Node, Node)> = stay
        .map(|(key, value)| match name_of(key) {
            Some(name) => (key.clone(), meant(value, &name.values)),
            None => (key.clone(), value.clone()),
        })
        .collect();
    for (key, value) in tree.entries() {
        if let Some(name) = name_of(key).filter(|_| is_moved(key)) {
            let parts: Vec<&str> = name.path.split('.').collect();
            insert(&mut entries, &parts, key, meant(value, &name.values));
        }
    }
    Cow::Owned(Node { span: tree.span, content: Content::Map(entries) })
}

/// Puts a value under the path `parts`. What stands there already stays; a field without a place of its own is then as
/// unknown as the author wrote it.
fn insert(entries: &mut Vec<(Node, Node)>, parts: &[&str], key: &Node, value: Node) {
    let Some((first, rest)) = parts.split_first() else { return };
    let named = |text: &str| Node { span: key.span, content: Content::Scalar(text.to_owned()) };
    let known = entries.iter_mut().find(|(known, _)| known.text() == Some(first));
    match (known, rest) {
        (None, []) => entries.push((named(first), value)),
        (None, rest) => {
            let mut inner = Vec::new();
            insert(&mut inner, rest, key, value);
            entries.push((named(first), Node { span: key.span, content: Content::Map(inner) }));
        }
        (Some((_, Node { content: Content::Map(inner), .. })), [_, ..]) => insert(inner, rest, key, value),
        (Some(_), _) => entries.push((key.clone(), value)),
    }
}

/// A value, or those of a list, as the kind calls them.
fn meant(value: &Node, names: &[ValueName]) -> Node {
    let content = match &value.content {
        Content::Scalar(text) => match names.iter().find(|name| name.name == *text) {
            Some(name) => Content::Scalar(name.value.clone()),
            None => value.content.clone(),
        },
        Content::List(items) => Content::List(items.iter().map(|item| meant(item, names)).collect()),
        Content::Map(_) | Content::Null => value.content.clone(),
    };
    Node { span: value.span, content }
}

/// What stands under a path: `review.last_reviewed`.
pub fn at<'a>(tree: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(tree, |node, part| node.get(part))
}

/// What is wrong with the fields and values that settings name.
pub fn problems(config: &Config, kinds: &Kinds) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for collection in &config.collections {
        let stated = collection.kind.as_ref().and_then(|(id, _)| kinds.get(id));
        let kinds: Vec<_> = match stated {
            Some(kind) => vec![kind],
            None => kinds.all.iter().collect(),
        };
        for name in &collection.fields {
            let fields: Vec<_> = kinds.iter().filter_map(|kind| find(&kind.fields, &name.path)).collect();
            if fields.is_empty() {
                let known = kinds.iter().flat_map(|kind| paths(&kind.fields));
                problems.push(FieldProblem::Unknown {
                    location: name.location.clone(),
                    name: name.path.clone(),
                    known: known.collect::<std::collections::BTreeSet<_>>().into_iter().collect(),
                    taken: Arc::default(),
                    is_alone: true,
                });
                continue;
            }
            for value in &name.values {
                let is_right = |field: &&Arc<Field>| field.read(&value.value).is_ok();
                if let (Some(field), false) = (fields.first(), fields.iter().any(is_right)) {
                    problems.push(FieldProblem::Invalid {
                        location: value.location.clone(),
                        path: name.path.clone(),
                        expected: field.expected(),
                        found: format!("`{}`", value.value),
                        example: field.example(),
                        choices: field.choices.clone(),
                    });
                }
            }
        }
    }
    problems
}

/// The field at a path.
pub(super) fn find<'a>(fields: &'a [Arc<Field>], path: &str) -> Option<&'a Arc<Field>> {
    match path.split_once('.') {
        None => fields.iter().find(|field| field.name == path),
        Some((first, rest)) => {
            find(&fields.iter().find(|field| field.name == first && !field.many)?.fields, rest)
        }
    }
}

/// The paths of fields, and of those nested in them.
fn paths(fields: &[Arc<Field>]) -> Vec<String> {
    let own = |field: &Arc<Field>| {
        let inner = if field.many { Vec::new() } else { paths(&field.fields) };
        let inner = inner.into_iter().map(|path| format!("{}.{path}", field.name));
        std::iter::once(field.name.clone()).chain(inner).collect::<Vec<_>>()
    };
    fields.iter().flat_map(own).collect()
}

/// The names among `names` that the author of `tree` uses, and then those of fields that it lacks.
pub(super) fn in_use<'a>(tree: Option<&Node>, names: &'a [FieldName]) -> Vec<&'a FieldName> {
    let is_used = |name: &&FieldName| tree.is_some_and(|tree| tree.get(&name.name).is_some());
    let is_absent = |name: &FieldName| tree.is_none_or(|tree| at(tree, &name.path).is_none());
    let (used, others): (Vec<&FieldName>, Vec<&FieldName>) = names.iter().partition(is_used);
    used.into_iter().chain(others.into_iter().filter(|name| is_absent(name))).collect()
}
