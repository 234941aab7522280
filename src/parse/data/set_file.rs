//! `datasets/*.md` to sets of data: the built-in ones, extended or replaced by the project's own.

use std::sync::Arc;

use include_dir::{Dir, include_dir};
use indexmap::IndexMap;

use super::super::fields::{SourceNode, decode};
use super::super::front_matter::{FrontMatter, front_matter};
use super::super::kind_names::{Mention, check, mentions};
use super::super::schema::{self, boolean, items, text};
use super::super::{encoding, kind_file, kinds};
use crate::cache_slot::fingerprint;
use crate::model::data::{DataSet, DataSets};
use crate::model::{Config, Field, FieldProblem, Kinds, Location, Problems, Source, Span, SyntaxProblem};
use crate::world::World;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/datasets");

/// The folder of a project's own sets.
pub const FOLDER: &str = "datasets";

/// What the files of a set say.
#[derive(Debug, Default)]
struct SetFile {
    summary: String,
    key: Vec<(String, Location)>,
    date_field: Option<String>,
    fields: IndexMap<String, Arc<Field>>,
    text: String,
    mentions: Vec<Mention>,
    source: Option<Arc<Source>>,
}

/// Reads the sets of a project, and what is wrong with its own ones.
pub fn sets(world: &dyn World, config: &Config, project_kinds: &Kinds) -> (DataSets, Problems) {
    let (mut files, mut problems) = (IndexMap::new(), Problems::default());
    let mut built_in: Vec<_> = BUILT_IN.files().collect();
    built_in.sort_unstable_by_key(|file| file.path());
    for file in built_in {
        let (path, text) = (file.path().to_string_lossy(), file.contents_utf8().unwrap_or_default());
        read(&Source::new(format!("{FOLDER}/{path}"), text), &mut files, &mut problems);
    }
    let mut own = Vec::new();
    if config.source.is_some() {
        let listing = world.list(FOLDER);
        problems.read_errors.extend(listing.read_errors);
        for path in listing.files.iter().filter(|path| path.ends_with(".md")) {
            if let Some(source) = encoding::read(world, path, &mut problems) {
                read(&source, &mut files, &mut problems);
                own.push(source);
            }
        }
        let other = listing.files.iter().filter_map(|path| kinds::other_format(path));
        problems.unused_files.extend(other);
    }
    let texts: Vec<_> = own.iter().map(|source| (&source.path, &source.text)).collect();
    let fingerprint = fingerprint(&texts);
    let all = files.into_iter().map(|(id, file)| set(id, file, project_kinds, &mut problems.fields));
    let mut all: Vec<Arc<DataSet>> = all.map(Arc::new).collect();
    all.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    (DataSets { all, fingerprint }, problems)
}

/// Reads one file, and adds it to what is known of its set.
fn read(source: &Arc<Source>, files: &mut IndexMap<String, SetFile>, problems: &mut Problems) {
    let FrontMatter { tree, problem, body_start } = front_matter(&source.text);
    let start = source.at(Span::new(0..source.text.find(['\r', '\n']).unwrap_or(source.text.len())));
    if let Some(problem) = problem {
        return problems.add_syntax(source, problem);
    }
    let Some(tree) = tree else {
        let message = "a set of data begins with front matter".to_owned();
        let help = "see `sdkb explain deployments` for an example".to_owned();
        return problems.add_syntax(source, SyntaxProblem { span: start.span, message, help, fix: None });
    };
    let written = Some(SourceNode { source, node: &tree });
    problems.fields.extend(decode(written, None, &schema::DATASET, false, &start).problems);
    if let Some(fields) = tree.get("fields") {
        kind_file::check_fields(source, fields, &mut problems.fields);
        for (key, _) in fields.entries() {
            problems.fields.extend(not_a_column(source.at(key.span), &schema::fields(fields), key.text()));
        }
    }
    let id = kind_file::stem(source);
    let known = files.entry(id.to_owned()).or_default();
    if boolean(&tree, "replace").unwrap_or_default() {
        *known = SetFile::default();
    }
    if let Some(summary) = text(&tree, "summary") {
        known.summary = summary;
    }
    if tree.get("key").is_some() {
        let key =
            items(&tree, "key").filter_map(|node| Some((node.text()?.to_owned(), source.at(node.span))));
        known.key = key.collect();
    }
    known.date_field = text(&tree, "date_field").or(known.date_field.take());
    for (name, field) in tree.get("fields").map(schema::fields).unwrap_or_default() {
        known.fields.insert(name, field);
    }
    let body = source.text[body_start..].trim();
    if !body.is_empty() {
        known.text = body.to_owned();
    }
    known.mentions.extend(mentions(source, &tree));
    known.source = Some(Arc::clone(source));
}

/// What is wrong with a field that no column can hold.
fn not_a_column(
    location: Location,
    fields: &IndexMap<String, Arc<Field>>,
    name: Option<&str>,
) -> Option<FieldProblem> {
    let field = fields.get(name?)?;
    let (is_single, name) = (field.field_type.column().is_some(), &field.name);
    (field.many || !is_single).then(|| FieldProblem::Schema {
        location,
        message: format!(
            "`{name}` is {}, and a row holds single values",
            if is_single { "a list" } else { "a group" }
        ),
        help: if is_single {
            "remove `many`".to_owned()
        } else {
            "make a column of each of its parts".to_owned()
        },
    })
}

/// The set that its files describe, whose names are held to the same as those in kinds.
fn set(id: String, file: SetFile, kinds: &Kinds, problems: &mut Vec<FieldProblem>) -> DataSet {
    let source = file.source.unwrap_or_else(|| Source::new(format!("{FOLDER}/{id}.md"), ""));
    let fields: Vec<Arc<Field>> = file
        .fields
        .into_values()
        .filter(|field| !field.many && field.field_type.column().is_some())
        .collect();
    let bare = kinds::bare(&id, &fields, &source);
    check(&file.mentions, &bare, kinds, false, problems);
    let column = |name: &str| fields.iter().position(|field| field.name == name);
    let names = || fields.iter().map(|field| field.name.clone()).collect();
    let unknown = file.key.iter().filter(|(name, _)| column(name).is_none());
    problems.extend(unknown.map(|(name, location)| FieldProblem::Invalid {
        location: location.clone(),
        path: "key".to_owned(),
        expected: "the name of a field".to_owned(),
        found: format!("`{name}`"),
        example: "id".to_owned(),
        choices: names(),
    }));
    DataSet {
        id,
        summary: file.summary,
        key: file.key.iter().filter_map(|(name, _)| column(name)).collect(),
        time: file.date_field.as_deref().and_then(column),
        fields,
        text: file.text,
        source,
    }
}
