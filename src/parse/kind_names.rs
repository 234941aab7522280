//! The names of kinds and fields that a kind's file mentions, and whether they exist.

use std::sync::Arc;

use super::schema::items;
use crate::model::{FieldProblem, Kind, Kinds, Location, Node, Source};

/// A name in a kind's file that has to exist.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    name: String,
    location: Location,
    /// What says it: `services.to`.
    path: String,
    names: Names,
}

/// What a name is that of.
#[derive(Debug, Clone)]
enum Names {
    Kind,
    /// A field of the kind, or the path of one.
    Field,
    /// One of these, which are nested in the same field.
    Beside(Arc<[String]>),
}

/// The names that the file with this `tree` mentions.
pub(super) fn mentions(source: &Arc<Source>, tree: &Node) -> Vec<Mention> {
    let mut reader = Reader { source, found: Vec::new() };
    reader.all(tree, "dated", "dated", &Names::Field);
    for expected in items(tree, "expect") {
        reader.all(expected, "field", "expect.field", &Names::Field);
        for (key, _) in expected.get("when").map(Node::entries).unwrap_or_default() {
            reader.add(key, "expect.when", &Names::Field);
        }
    }
    if let Some(fields) = tree.get("fields") {
        reader.fields(fields, &Names::Field);
    }
    reader.found
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    found: Vec<Mention>,
}

impl Reader<'_> {
    /// The mentions in `fields:`, where a field beside has one of the names `beside`.
    fn fields(&mut self, fields: &Node, beside: &Names) {
        for (key, field) in fields.entries() {
            let path = |what: &str| format!("{}.{what}", key.text().unwrap_or_default());
            self.all(field, "to", &path("to"), &Names::Kind);
            self.all(field, "after", &path("after"), beside);
            self.all(field, "offer", &path("offer"), &Names::Field);
            if let Some(inner) = field.get("fields") {
                let names = inner.entries().iter().filter_map(|(key, _)| key.text().map(str::to_owned));
                self.fields(inner, &Names::Beside(names.collect()));
            }
        }
    }

    /// The names under `key` of `node`.
    fn all(&mut self, node: &Node, key: &str, path: &str, names: &Names) {
        items(node, key).for_each(|item| self.add(item, path, names));
    }

    fn add(&mut self, node: &Node, path: &str, names: &Names) {
        let Some(name) = node.text() else { return };
        let (name, location) = (name.to_owned(), self.source.at(node.span));
        self.found.push(Mention { name, location, path: path.to_owned(), names: names.clone() });
    }
}

/// Reports the `mentions` of names that do not exist among `kinds` or as fields of `kind`.
pub(super) fn check(mentions: &[Mention], kind: &Kind, kinds: &Kinds, problems: &mut Vec<FieldProblem>) {
    let known: Vec<String> = kinds.all.iter().map(|kind| kind.id.clone()).collect();
    let fields: Vec<String> = kind.fields.iter().map(|field| field.name.clone()).collect();
    for mention in mentions {
        let (name, choices) = match &mention.names {
            Names::Kind => (mention.name.as_str(), known.as_slice()),
            Names::Field => (mention.name.split('.').next().unwrap_or_default(), fields.as_slice()),
            Names::Beside(names) => (mention.name.as_str(), &**names),
        };
        if !choices.iter().any(|choice| choice == name) {
            problems.push(unknown(&mention.name, mention.location.clone(), &mention.path, choices));
        }
    }
}

/// A name that does not exist.
pub(super) fn unknown(name: &str, location: Location, path: &str, choices: &[String]) -> FieldProblem {
    FieldProblem::Invalid {
        location,
        path: path.to_owned(),
        expected: "a name that exists".to_owned(),
        found: format!("`{name}`"),
        example: choices.first().cloned().unwrap_or_default(),
        choices: choices.to_vec(),
    }
}
