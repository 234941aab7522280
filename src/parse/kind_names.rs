//! The names of kinds, fields and relations that a kind's file mentions: whether they exist, and are of a type that
//! makes sense there.

use std::sync::Arc;

use super::kind_fields::names;
use super::schema::items;
use crate::model::field_type::{MOMENTS, NUMBERS, REFERENCES, Shape, TIMES, Values};
use crate::model::{Field, FieldProblem, FieldType, Kind, Kinds, Location, Node, Source, Span};

/// A name in a kind's file that has to exist.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Which part of the file says it.
    pub part: Part,
    name: String,
    location: Location,
    /// What says it: `services.to`.
    path: String,
    /// The path of the group of fields in which that stands; empty for the fields of the kind.
    group: String,
    names: Names,
}

/// A part of a kind's file, which a later file may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    DateField,
    Expect,
    Field,
}

/// What a name is that of.
#[derive(Debug, Clone)]
enum Names {
    Kind,
    /// A field of the kind, or the path of one.
    Field,
    /// A field that is a day or a moment.
    DateField,
    /// A field in the same group, of one of these types; of any if there is none.
    Beside(&'static [FieldType]),
    /// A field in the same group or of the kind, or a field inside of the one that says it.
    Collected,
    /// A reference among the fields of the kind.
    Offer,
    /// A field of the kinds that the field with this path leads to.
    Mirrored(String),
    /// A relation that other documents may have to one of the kind.
    Relation,
    /// A value of the field with this path.
    ValueOf(String),
    /// A field that the file describes.
    Described,
}

impl Mention {
    /// The field of the kind that says it, or in which that stands.
    pub(super) fn field(&self) -> &str {
        let path = if self.group.is_empty() { &self.path } else { &self.group };
        path.split('.').next().unwrap_or_default()
    }
}

/// The names that the file with this `tree` mentions.
pub(super) fn mentions(source: &Arc<Source>, tree: &Node) -> Vec<Mention> {
    let mut reader = Reader { source, part: Part::DateField, group: String::new(), found: Vec::new() };
    reader.all(tree, "date_field", "date_field", &Names::DateField);
    reader.part = Part::Expect;
    for expected in items(tree, "expect") {
        reader.all(expected, "relation", "expect.relation", &Names::Relation);
        reader.all(expected, "field", "expect.field", &Names::Field);
        for (key, value) in expected.get("when").map(Node::entries).unwrap_or_default() {
            reader.add(key, "expect.when", &Names::Field);
            let name = key.text().unwrap_or_default();
            reader.add(value, &format!("expect.when.{name}"), &Names::ValueOf(name.to_owned()));
        }
    }
    reader.part = Part::Field;
    if let Some(fields) = tree.get("fields") {
        reader.fields(fields);
    }
    reader.found
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    part: Part,
    group: String,
    found: Vec<Mention>,
}

impl Reader<'_> {
    /// The mentions in `fields:`.
    fn fields(&mut self, fields: &Node) {
        for (key, field) in fields.entries() {
            let name = key.text().unwrap_or_default();
            let path = |what: &str| format!("{name}.{what}");
            self.add(key, name, &Names::Described);
            self.all(field, "to", &path("to"), &Names::Kind);
            self.all(field, "after", &path("after"), &Names::Beside(TIMES));
            self.all(field, "at_most", &path("at_most"), &Names::Beside(NUMBERS));
            self.all(field, "offer", &path("offer"), &Names::Offer);
            self.all(field, "collect", &path("collect"), &Names::Collected);
            self.all(field, "mirrors", &path("mirrors"), &Names::Mirrored(join(&self.group, name)));
            if let Some(elapsed) = field.get("elapsed") {
                self.all(elapsed, "since", &path("elapsed.since"), &Names::Beside(MOMENTS));
            }
            for (key, _) in field.get("settled_by").map(Node::entries).unwrap_or_default() {
                self.add(key, &path("settled_by"), &Names::Beside(&[]));
                let beside = key.text().unwrap_or_default();
                let (path, of) = (path(&format!("settled_by.{beside}")), join(&self.group, beside));
                if let Some(values) = field.get("settled_by") {
                    self.all(values, beside, &path, &Names::ValueOf(of));
                }
            }
            if let Some(inner) = field.get("fields") {
                let group = join(&self.group, name);
                let outer = std::mem::replace(&mut self.group, group);
                self.fields(inner);
                self.group = outer;
            }
        }
    }

    /// The names under `key` of `node`.
    fn all(&mut self, node: &Node, key: &str, path: &str, names: &Names) {
        items(node, key).for_each(|item| self.add(item, path, names));
    }

    fn add(&mut self, node: &Node, path: &str, names: &Names) {
        let Some(name) = node.text() else { return };
        self.found.push(Mention {
            part: self.part,
            name: name.to_owned(),
            location: self.source.at(node.span),
            path: path.to_owned(),
            group: self.group.clone(),
            names: names.clone(),
        });
    }
}

/// Reports the `mentions` of names that do not exist among `kinds` or as fields of `kind`, or that make no sense there.
/// Those in the fields that all kinds have are common.
pub(super) fn check(
    mentions: &[Mention],
    kind: &Kind,
    kinds: &Kinds,
    is_common: bool,
    problems: &mut Vec<FieldProblem>,
) {
    for mention in mentions {
        // Where one file mentions what another took away, the latter is at fault.
        let location = if is_common || Arc::ptr_eq(&mention.location.source, &kind.source) {
            mention.location.clone()
        } else {
            kind.source.at(Span::new(0..kind.source.text.find(['\r', '\n']).unwrap_or_default()))
        };
        let found = Checker { kind, kinds, mention, location }.problem();
        // One place, one finding: who replaces `times` need not read three times that it lacks `detected`.
        if let Some(found) = found
            && !problems.contains(&found)
        {
            problems.push(found);
        }
    }
}

struct Checker<'a> {
    kind: &'a Kind,
    kinds: &'a Kinds,
    mention: &'a Mention,
    location: Location,
}

impl Checker<'_> {
    fn problem(&self) -> Option<FieldProblem> {
        let Mention { name, group, .. } = self.mention;
        let fields = &self.kind.fields;
        let inside: &[Arc<Field>] = if group.is_empty() {
            fields
        } else {
            Field::at(fields, group).map_or(&[][..], |group| &group.fields)
        };
        let beside = || inside.iter().find(|field| field.name == *name);
        match &self.mention.names {
            Names::Kind => {
                let ids: Vec<String> = self.kinds.all.iter().map(|kind| kind.id.clone()).collect();
                (!ids.contains(name)).then(|| self.unknown("a kind", ids))
            }
            Names::Field => self.of_type(Field::at(fields, name), &[], &[fields]),
            Names::DateField => self.of_type(Field::at(fields, name), TIMES, &[fields]),
            Names::Beside(types) => self.of_type(beside(), types, &[inside]),
            Names::Collected => {
                let owner = self.mention.path.split('.').next().unwrap_or_default();
                let parts =
                    inside.iter().find(|field| field.name == owner).map_or(&[][..], |field| &field.fields);
                let found = parts.iter().find(|field| field.name == *name);
                self.of_type(found.or_else(|| self.kind.field(name)), &[], &[parts, fields])
            }
            Names::Offer => self.of_type(self.kind.field(name), REFERENCES, &[fields]),
            Names::Mirrored(path) => {
                let to = &Field::at(fields, path)?.to;
                let mut targets = self.kinds.all.iter().filter(|kind| to.contains(&kind.id)).peekable();
                targets.peek()?;
                let of: Vec<&[Arc<Field>]> = targets.map(|kind| kind.fields.as_slice()).collect();
                let found = of.iter().find_map(|fields| fields.iter().find(|field| field.name == *name));
                self.of_type(found, REFERENCES, &of)
            }
            Names::Relation => {
                let relations = relations(self.kind, self.kinds);
                (!relations.contains(name)).then(|| self.unknown("a relation of this kind", relations))
            }
            Names::ValueOf(path) => {
                let field = Field::at(fields, path)?;
                let is_listed = !matches!(field.field_type.definition().values, Values::Choices)
                    || !field.choices.is_empty();
                let is_value =
                    !is_listed || !matches!(field.shape(), Shape::Scalar { .. }) || field.read(name).is_ok();
                (!is_value).then(|| self.unknown(&field.expected(), field.values()))
            }
            Names::Described => self.role(Field::at(fields, &join(group, name))?),
        }
    }

    /// What is wrong with a field that should be there, and of one of some `types`.
    fn of_type(
        &self,
        found: Option<&Arc<Field>>,
        types: &[FieldType],
        choices: &[&[Arc<Field>]],
    ) -> Option<FieldProblem> {
        let Some(found) = found else {
            // A field is not related to itself.
            let own = self.mention.path.split('.').next().unwrap_or_default();
            let is_fine = |field: &&Arc<Field>| {
                field.name != own && (types.is_empty() || types.contains(&field.field_type))
            };
            let fields = choices.iter().flat_map(|fields| fields.iter()).filter(is_fine);
            return Some(
                self.unknown("the name of a field", fields.map(|field| field.name.clone()).collect()),
            );
        };
        (!types.is_empty() && !types.contains(&found.field_type)).then(|| {
            let Mention { path, name, .. } = self.mention;
            let of = found.field_type.definition().name;
            self.schema(
                format!("`{path}` names `{name}`, which is of the type `{of}`"),
                format!("name a field of the type {}", names(types)),
            )
        })
    }

    /// What is wrong with a field whose value the engine looks for.
    fn role(&self, field: &Field) -> Option<FieldProblem> {
        let role = field.role?;
        let name = &self.mention.name;
        let types = role.types();
        if !types.contains(&field.field_type) {
            let of = field.field_type.definition().name;
            return Some(self.schema(
                format!("`{name}` is of the type `{of}`, and sdkb reads it as {}", names(types)),
                format!("write `type: {}`, or call the field otherwise", types[0].definition().name),
            ));
        }
        (field.many && !role.may_be_many()).then(|| {
            let help = "leave out `many`, or call the field otherwise".to_owned();
            self.schema(format!("`{name}` holds a list, and sdkb reads a single value"), help)
        })
    }

    fn schema(&self, message: String, help: String) -> FieldProblem {
        FieldProblem::Schema { location: self.location.clone(), message, help }
    }

    fn unknown(&self, expected: &str, choices: Vec<String>) -> FieldProblem {
        let Mention { path, name, .. } = self.mention;
        if choices.is_empty() && !matches!(self.mention.names, Names::ValueOf(_)) {
            let message = format!("`{path}` is `{name}`, not {expected}");
            return self.schema(message, "no name is valid here: remove the key".to_owned());
        }
        FieldProblem::Invalid {
            location: self.location.clone(),
            path: path.clone(),
            expected: expected.to_owned(),
            found: format!("`{name}`"),
            example: choices.first().cloned().unwrap_or_default(),
            choices,
        }
    }
}

/// The names of the relations that documents may have to one of `kind`.
fn relations(kind: &Kind, kinds: &Kinds) -> Vec<String> {
    fn add(fields: &[Arc<Field>], kind: &Kind, kinds: &Kinds, found: &mut Vec<String>) {
        for field in fields {
            let leads_here = field.is_reference() && (field.to.is_empty() || field.to.contains(&kind.id));
            if leads_here {
                found.extend(field.inverse.clone());
            }
            // What mirrors a field says that field's relation.
            let mirrored = field.mirrors.as_deref().and_then(|name| kind.field(name)).filter(|_| leads_here);
            found.extend(mirrored.map(|mirrored| mirrored.label.clone()));
            let mirrors = |kind: &Arc<Kind>| Some(kind.field(field.mirrors.as_deref()?)?.inverse.clone());
            let own = kind.fields.iter().any(|own| Arc::ptr_eq(own, field));
            if own {
                let targets = kinds.all.iter().filter(|kind| field.to.contains(&kind.id));
                found.extend(targets.filter_map(mirrors).flatten());
            }
            add(&field.fields, kind, kinds, found);
        }
    }
    let mut found = Vec::new();
    kinds.all.iter().for_each(|other| add(&other.fields, kind, kinds, &mut found));
    found.sort();
    found.dedup();
    found
}

fn join(group: &str, name: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{group}.{name}") }
}
