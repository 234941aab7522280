//! One file of `kinds/`: what it says of its kind, and what is wrong with it.

use std::sync::Arc;

use indexmap::IndexMap;

use super::fields::{SourceNode, decode, is_misspelt};
use super::front_matter::{FrontMatter, front_matter};
use super::kind_fields;
use super::kind_names::{Mention, Part, mentions};
use super::schema::{self, boolean, text, texts};
use crate::model::{
    Expectation, Field, FieldProblem, FieldType, HomePart, Location, Node, Problems, Source, Span,
    SyntaxProblem,
};

/// What a kind's file says. Absent parts come from the kind that it extends.
#[derive(Debug, Clone, Default)]
pub(super) struct KindFile {
    pub label: Option<String>,
    /// The name of several documents, and where it is written.
    pub plural: Option<(String, Location)>,
    /// The folder, and where it is written.
    pub folder: Option<(String, Location)>,
    pub folder_aliases: Vec<String>,
    pub weight: Option<i64>,
    pub summary: Option<String>,
    pub sections: Option<Vec<String>>,
    pub typical_sections: Vec<String>,
    pub entities: Option<Vec<String>>,
    pub feed: Option<bool>,
    pub date_field: Option<String>,
    pub home: Option<HomePart>,
    pub extra_fields: Option<bool>,
    /// Whether the file can't be read.
    pub is_broken: bool,
    /// Whether it stands instead of the kind of the same name.
    pub replace: bool,
    pub fields: IndexMap<String, Arc<Field>>,
    pub expect: Vec<Expectation>,
    pub template: String,
    pub source: Option<Arc<Source>>,
    /// The names of kinds and fields in it, which have to exist.
    pub mentions: Vec<Mention>,
}

/// The id of the kind that a file describes, and what the file says. None if it has no front matter or fields that can be read.
/// The file of the `common` fields has a list of fields and nothing else.
pub(super) fn read(
    source: &Arc<Source>,
    common: &str,
    problems: &mut Problems,
) -> Option<(String, KindFile)> {
    let FrontMatter { tree, problem, body_start } = front_matter(&source.text);
    let start = source.at(Span::new(0..source.text.find(['\r', '\n']).unwrap_or(source.text.len())));
    if let Some(problem) = problem {
        problems.add_syntax(source, problem);
        return None;
    }
    let Some(tree) = tree else {
        let message = "a kind begins with front matter".to_owned();
        let help = "see the kinds that sdkb comes with for examples".to_owned();
        problems.add_syntax(source, SyntaxProblem { span: start.span, message, help, fix: None });
        return None;
    };
    let stem = stem(source);
    let is_common = stem == common;
    if !is_common {
        let written = Some(SourceNode { source, node: &tree });
        problems.fields.extend(decode(written, None, &schema::KIND, false, &start).problems);
    }
    let mut checker = Checker { source, problems: &mut problems.fields };
    if let Some(fields) = tree.get("fields") {
        checker.fields(fields, "fields");
        // Without its fields, all that its documents say would be wrong.
        if !fields.is_map() && !fields.is_null() {
            return None;
        }
    }
    checker.id(&tree);
    let expect = checker.expectations(&tree);
    let weight = checker.weight(&tree);
    let located = |key: &str| text(&tree, key).zip(tree.get(key).map(|node| source.at(node.span)));
    let file = KindFile {
        label: text(&tree, "label"),
        plural: located("plural"),
        folder: located("folder"),
        folder_aliases: texts(&tree, "folder_aliases"),
        weight,
        summary: text(&tree, "summary"),
        sections: tree.get("sections").map(|_| texts(&tree, "sections")),
        typical_sections: texts(&tree, "typical_sections"),
        entities: tree.get("entities").map(|_| texts(&tree, "entities")),
        feed: boolean(&tree, "feed"),
        date_field: text(&tree, "date_field"),
        home: match text(&tree, "home").as_deref() {
            Some("owners") => Some(HomePart::Owners),
            Some("levels") => Some(HomePart::Levels),
            Some("latest") => Some(HomePart::Latest),
            _ => None,
        },
        extra_fields: boolean(&tree, "extra_fields"),
        is_broken: false,
        replace: boolean(&tree, "replace").unwrap_or_default(),
        fields: tree.get("fields").map(schema::fields).unwrap_or_default(),
        expect,
        template: source.text[body_start..].trim_start().to_owned(),
        mentions: mentions(source, &tree),
        source: Some(Arc::clone(source)),
    };
    let id = text(&tree, "kind").filter(|_| !is_common).unwrap_or_else(|| stem.to_owned());
    Some((id, file))
}

/// Checks the entries of `fields:`, which describe the fields of a kind, or of what is described like one.
pub(super) fn check_fields(source: &Arc<Source>, fields: &Node, problems: &mut Vec<FieldProblem>) {
    Checker { source, problems }.fields(fields, "fields");
}

/// The name of a kind's file, without its ending.
pub(super) fn stem(source: &Source) -> &str {
    source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md")
}

impl KindFile {
    /// Lays `file` over this one.
    pub(super) fn extend(&mut self, file: KindFile) {
        self.label = file.label.or(self.label.take());
        self.plural = file.plural.or(self.plural.take());
        self.folder = file.folder.or(self.folder.take());
        self.folder_aliases.extend(file.folder_aliases);
        self.weight = file.weight.or(self.weight);
        self.summary = file.summary.or(self.summary.take());
        self.sections = file.sections.or(self.sections.take());
        self.typical_sections.extend(file.typical_sections);
        self.entities = file.entities.or(self.entities.take());
        self.feed = file.feed.or(self.feed);
        // What is replaced mentions nothing any more.
        self.mentions.retain(|mention| match mention.part {
            Part::DateField => file.date_field.is_none(),
            Part::Expect => file.expect.is_empty(),
            Part::Field => !file.fields.contains_key(mention.field()),
        });
        self.date_field = file.date_field.or(self.date_field.take());
        self.home = file.home.or(self.home);
        self.extra_fields = file.extra_fields.or(self.extra_fields);
        for (name, field) in file.fields {
            let field = self.fields.get(&name).map(|known| field.instead_of(known)).unwrap_or(field);
            self.fields.insert(name, field);
        }
        if !file.expect.is_empty() {
            self.expect = file.expect;
        }
        if !file.template.is_empty() {
            self.template = file.template;
        }
        self.source = file.source;
        self.mentions.extend(file.mentions);
    }
}

/// Checks what no schema can say of a kind's file.
struct Checker<'a> {
    source: &'a Arc<Source>,
    problems: &'a mut Vec<FieldProblem>,
}

impl Checker<'_> {
    /// The entries of `fields:` at `path`, and those nested in them.
    fn fields(&mut self, fields: &Node, path: &str) {
        if !self.is_group(fields, path, "{ name: { type: text, help: What it means. } }") {
            return;
        }
        for (at, (key, node)) in fields.entries().iter().enumerate() {
            let place = self.source.at(key.span);
            let name = key.text().unwrap_or_default();
            let mut before = fields.entries()[..at].iter();
            if let Some((first, _)) = before.find(|(first, _)| first.text() == key.text()) {
                let (first, name) = (self.source.at(first.span), name.to_owned());
                self.problems.push(FieldProblem::Duplicate { location: place, first, name });
                continue;
            }
            let path = format!("{path}.{name}");
            if !node.is_map() {
                self.invalid(key, node, &path, "a field", "{ type: text, help: What it means. }");
                continue;
            }
            let written = SourceNode { source: self.source, node };
            self.problems.extend(decode(Some(written), None, &schema::FIELD, false, &place).problems);
            kind_fields::check(self.source, key, node, self.problems);
            let is_choice = text(node, "type").is_some_and(|of| of == FieldType::Choice.definition().name);
            if is_choice && texts(node, "choices").is_empty() && !is_misspelt(node, &schema::FIELD, "choices")
            {
                let help = "The allowed values of a choice.".to_owned();
                let example = "[low, high]".to_owned();
                let path = "choices".to_owned();
                self.problems.push(FieldProblem::Missing { location: place, path, help, example });
            }
            if let Some(settled_by) = node.get("settled_by") {
                self.words(settled_by, "settled_by", true, "{ status: [done] }");
            }
            if let Some(inner) = node.get("fields") {
                self.fields(inner, &format!("{path}.fields"));
            }
        }
    }

    /// The name of the kind.
    fn id(&mut self, tree: &Node) {
        let Some((node, id)) = tree.get("kind").and_then(|node| Some((node, node.text()?))) else { return };
        let is_fine =
            |letter: char| (letter.is_alphanumeric() && !letter.is_uppercase()) || "-_".contains(letter);
        if id.is_empty() || !id.chars().all(is_fine) {
            let help =
                format!("write `{}`: lower-case letters, digits and dashes", kind_fields::plain(id, '-'));
            self.report(node, format!("`{id}` can't name a kind"), help);
        }
    }

    /// What the kind expects of a complete document.
    fn expectations(&mut self, tree: &Node) -> Vec<Expectation> {
        let mut found = Vec::new();
        let keys = schema::KIND.iter().find(|field| field.name == "expect");
        let keys = keys.map(|field| field.fields.as_slice()).unwrap_or_default();
        for node in schema::items(tree, "expect") {
            if let Some(when) = node.get("when") {
                self.words(when, "expect.when", false, "{ status: resolved }");
            }
            let because = text(node, "because");
            let when = node.get("when").map(Node::entries).unwrap_or_default().iter();
            let when =
                when.filter_map(|(key, value)| Some((key.text()?.to_owned(), value.text()?.to_owned())));
            let (relation, field) = (text(node, "relation"), text(node, "field"));
            let is_misspelt = |name| is_misspelt(node, keys, name);
            let is_neither = node.get("relation").or(node.get("field")).is_none();
            if node.is_map() && is_neither && !is_misspelt("relation") && !is_misspelt("field") {
                let help =
                    "add `field: title` or `relation: Runbooks`: what a complete document has".to_owned();
                self.report(node, "this expects neither a field nor a relation".to_owned(), help);
            }
            found.extend(because.map(|because| Expectation {
                relation,
                field,
                when: when.collect(),
                because,
            }));
        }
        found
    }

    fn weight(&mut self, tree: &Node) -> Option<i64> {
        let node = tree.get("weight")?;
        let number = node.text()?.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
        if number.fract() != 0.0 {
            self.invalid(node, node, "weight", "a whole number", "30");
            return None;
        }
        Some(number as i64)
    }

    /// A group of names, each with a word or, where it may have `several`, a list of them.
    fn words(&mut self, node: &Node, path: &str, several: bool, example: &str) {
        if !self.is_group(node, path, example) {
            return;
        }
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            let values: Vec<&Node> = if several { schema::items(node, name).collect() } else { vec![value] };
            for value in values.into_iter().filter(|value| value.text().is_none()) {
                let path = format!("{path}.{name}");
                self.invalid(value, value, &path, "a single value", "done");
            }
        }
    }

    /// Whether a value is a group of fields, or nothing at all. Reports anything else.
    fn is_group(&mut self, node: &Node, path: &str, example: &str) -> bool {
        let is_group = node.is_map() || node.is_null();
        if !is_group {
            self.invalid(node, node, path, "a group of fields", example);
        }
        is_group
    }

    fn report(&mut self, place: &Node, message: String, help: String) {
        self.problems.push(FieldProblem::Schema { location: self.source.at(place.span), message, help });
    }

    fn invalid(&mut self, place: &Node, found: &Node, path: &str, expected: &str, example: &str) {
        self.problems.push(FieldProblem::Invalid {
            location: self.source.at(place.span),
            path: path.to_owned(),
            expected: expected.to_owned(),
            found: found.text().map_or_else(|| found.describe().to_owned(), |text| format!("`{text}`")),
            example: example.to_owned(),
            choices: Vec::new(),
        });
    }
}
