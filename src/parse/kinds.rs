//! `kinds/*.md` to schemas: the built-in ones, extended or replaced by the project's own.

use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use indexmap::IndexMap;
use serde::Deserialize;

use super::fields::{Written, decode};
use super::front_matter::{FrontMatter, front_matter};
use super::{schema, text};
use crate::cache::fingerprint;
use crate::model::{
    Config, Content, Expectation, Field, FieldProblem, FieldType, Kind, Kinds, Location, Node, Problems,
    Source, Span, SyntaxProblem, label,
};
use crate::world::World;

static BUILT_IN_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kinds");

/// The kinds that sdkb comes with, which are the same for each project and in each revision of it.
static BUILT_IN: LazyLock<(IndexMap<String, KindFile>, Problems)> = LazyLock::new(|| {
    let (mut files, mut problems) = (IndexMap::new(), Problems::default());
    let mut built_in: Vec<_> =
        BUILT_IN_FILES.files().filter_map(|file| Some((file.path().to_str()?, file))).collect();
    built_in.sort_unstable_by_key(|(path, _)| *path);
    for (path, file) in built_in {
        let source = Source::new(format!("{FOLDER}/{path}"), file.contents_utf8().unwrap_or_default());
        read(&source, &mut files, &mut problems);
    }
    (files, problems)
});

/// The folder of a project's own kinds.
pub const FOLDER: &str = "kinds";

/// The file whose fields every kind has.
const COMMON: &str = "_common";

/// What a kind's file says. Absent parts come from the kind that it extends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct KindFile {
    label: Option<String>,
    plural: Option<String>,
    folder: Option<String>,
    also: Vec<String>,
    weight: Option<i64>,
    summary: Option<String>,
    sections: Option<Vec<String>>,
    signs: Vec<String>,
    feed: Option<bool>,
    dated: Option<String>,
    open: Option<bool>,
    replace: bool,
    fields: IndexMap<String, Field>,
    expect: Vec<Expectation>,
    #[serde(skip)]
    is_broken: bool,
    #[serde(skip)]
    template: String,
    #[serde(skip)]
    source: Option<Arc<Source>>,
}

/// Reads the kinds of a project, and what is wrong with its own ones.
pub fn kinds(world: &dyn World, config: &Config) -> (Kinds, Problems) {
    let (mut files, mut problems) = BUILT_IN.clone();
    let mut read_texts = Vec::new();
    let listing = world.list(FOLDER);
    problems.read_errors.extend(listing.read_errors);
    for path in listing.files.iter().filter(|path| path.ends_with(".md")) {
        if let Some(source) = text::read(world, path, &mut problems) {
            // In a repository that nobody prepared, a folder of this name holds something else.
            let is_kind = config.source.is_some() || source.text.contains("\nkind:");
            if is_kind {
                read(&source, &mut files, &mut problems);
                read_texts.push((path, source.text.clone()));
            }
        }
    }
    let fingerprint = fingerprint(&read_texts);
    let common = files.shift_remove(COMMON).unwrap_or_default().fields;
    let mut kinds: Vec<Kind> = files.into_iter().map(|(id, file)| build(id, file, &common)).collect();
    kinds.sort_by(|a, b| (a.weight, &a.id).cmp(&(b.weight, &b.id)));
    let has_own = !read_texts.is_empty();
    let kinds = Kinds { all: kinds.into_iter().map(Arc::new).collect(), has_own, fingerprint };
    for kind in &kinds.all {
        check_consistency(kind, &kinds, &mut problems);
    }
    (kinds, problems)
}

/// Reads one file and adds it to what is known about its kind.
fn read(source: &Arc<Source>, files: &mut IndexMap<String, KindFile>, problems: &mut Problems) {
    if let Err(problem) = read_file(source, files, problems) {
        if let Some(problem) = problem {
            problems.add_syntax(source, problem);
        }
        add_broken(source, files);
    }
}

/// Adds a kind whose file can't be read. Its documents are still its own, and may say anything.
fn add_broken(source: &Arc<Source>, files: &mut IndexMap<String, KindFile>) {
    let field = |name: &str| {
        let mut lines = source.text.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.trim();
        (!value.is_empty() && value.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter)))
            .then(|| value.to_owned())
    };
    let stem = file_stem(source);
    let id = field("kind").unwrap_or_else(|| stem.to_owned());
    if stem == COMMON {
        return;
    }
    let known = files.entry(id).or_default();
    known.folder = field("folder").or(known.folder.take());
    known.open = Some(true);
    known.is_broken = true;
    known.source = Some(Arc::clone(source));
}

fn file_stem(source: &Source) -> &str {
    source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md")
}

/// Reads one file. Fails with what is wrong with it, unless that has been reported.
fn read_file(
    source: &Arc<Source>,
    files: &mut IndexMap<String, KindFile>,
    problems: &mut Problems,
) -> Result<(), Option<SyntaxProblem>> {
    let FrontMatter { tree, problem, body_start } = front_matter(&source.text);
    let start = source.at(Span::new(0..source.text.find('\n').unwrap_or(source.text.len())));
    if let Some(problem) = problem {
        return Err(Some(problem));
    }
    let Some(tree) = tree else {
        let message = "a kind begins with front matter".to_owned();
        let help = "see the kinds that sdkb comes with for examples".to_owned();
        return Err(Some(SyntaxProblem { span: start.span, message, help, fix: None }));
    };
    let stem = file_stem(source);
    let before = problems.fields.len();
    if stem != COMMON {
        let written = Some(Written { source, node: &tree });
        problems.fields.extend(decode(written, None, &schema::KIND, false, &start).problems);
    }
    if let Some(fields) = tree.get("fields") {
        check_fields(source, fields, problems);
    }
    let yaml = source.text.get(4..body_start).unwrap_or_default();
    let yaml = yaml.trim_end().trim_end_matches("---");
    let mut file: KindFile = match serde_yaml::from_str(yaml) {
        Ok(file) => file,
        // What the schema has reported already is not said twice.
        Err(_) if problems.fields.len() > before => return Err(None),
        Err(error) => {
            let message = error.without_snippet().to_string();
            let help = "see the kinds that sdkb comes with for examples".to_owned();
            return Err(Some(SyntaxProblem { span: start.span, message, help, fix: None }));
        }
    };
    file.template = source.text[body_start..].trim_start().to_owned();
    file.source = Some(Arc::clone(source));
    let id = match tree.get("kind").and_then(Node::text) {
        Some(id) if stem != COMMON => id.to_owned(),
        _ => stem.to_owned(),
    };
    let extended = if file.replace { None } else { files.get_mut(&id) };
    match extended {
        Some(known) => extend(known, file),
        None => {
            files.insert(id, file);
        }
    }
    Ok(())
}

/// Checks each entry of `fields:`, nested ones too.
fn check_fields(source: &Arc<Source>, fields: &Node, problems: &mut Problems) {
    for (key, node) in fields.entries() {
        let place = source.at(key.span);
        problems
            .fields
            .extend(decode(Some(Written { source, node }), None, &schema::FIELD, false, &place).problems);
        if !matches!(node.content, Content::Map(_)) {
            problems.fields.push(FieldProblem::Invalid {
                location: place,
                path: format!("fields.{}", key.text().unwrap_or_default()),
                expected: "a field".to_owned(),
                found: node.describe().to_owned(),
                example: "{ type: text, help: What it means. }".to_owned(),
                choices: Vec::new(),
            });
        }
        if let Some(inner) = node.get("fields") {
            check_fields(source, inner, problems);
        }
    }
}

/// Lays `file` over the kind that it extends.
fn extend(known: &mut KindFile, file: KindFile) {
    let KindFile { label, plural, folder, also, weight, summary, sections, signs, feed, dated, open, .. } =
        file;
    known.label = label.or(known.label.take());
    known.plural = plural.or(known.plural.take());
    known.folder = folder.or(known.folder.take());
    known.also.extend(also);
    known.weight = weight.or(known.weight);
    known.summary = summary.or(known.summary.take());
    known.sections = sections.or(known.sections.take());
    known.signs.extend(signs);
    known.feed = feed.or(known.feed);
    known.dated = dated.or(known.dated.take());
    known.open = open.or(known.open);
    known.fields.extend(file.fields);
    if !file.expect.is_empty() {
        known.expect = file.expect;
    }
    if !file.template.is_empty() {
        known.template = file.template;
    }
    known.source = file.source;
}

fn build(id: String, file: KindFile, common: &IndexMap<String, Field>) -> Kind {
    let mut fields = file.fields;
    for (name, field) in common {
        fields.entry(name.clone()).or_insert_with(|| field.clone());
    }
    let plural = file.plural.unwrap_or_else(|| format!("{}s", label(&id)));
    Kind {
        label: file.label.unwrap_or_else(|| label(&id)),
        folder: file.folder.map_or_else(
            || plural.to_lowercase().replace(' ', "-"),
            |folder| folder.trim_matches('/').to_owned(),
        ),
        plural,
        also: file.also,
        weight: file.weight.unwrap_or(95),
        summary: file.summary.unwrap_or_default(),
        sections: file.sections.unwrap_or_default(),
        signs: file.signs,
        feed: file.feed.unwrap_or_default(),
        dated: file.dated,
        open: file.open.unwrap_or_default(),
        is_broken: file.is_broken,
        fields: Field::named(fields),
        expect: file.expect,
        template: file.template,
        source: file.source.unwrap_or_else(|| Source::new(format!("{FOLDER}/{id}.md"), "")),
        id,
    }
}

/// Checks what a schema says about other schemas and fields.
fn check_consistency(kind: &Kind, kinds: &Kinds, problems: &mut Problems) {
    let known: Vec<String> = kinds.all.iter().map(|kind| kind.id.clone()).collect();
    let mut report = |culprit: &str, what: &str, choices: &[String]| {
        problems.fields.push(FieldProblem::Invalid {
            location: locate(&kind.source, culprit),
            path: what.to_owned(),
            expected: "a name that exists".to_owned(),
            found: format!("`{culprit}`"),
            example: choices.first().cloned().unwrap_or_default(),
            choices: choices.to_vec(),
        });
    };
    let is_folder = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    if !kind.folder.split('/').all(is_folder) {
        report(&kind.folder, "folder", &[label(&kind.id).to_lowercase().replace(' ', "-")]);
    }
    if let Some(other) = kinds.all.iter().find(|other| other.folder == kind.folder && other.id < kind.id) {
        report(&kind.folder, &format!("folder of `{}` too, so it", other.id), &[]);
    }
    let top: Vec<String> = kind.fields.iter().map(|field| field.name.clone()).collect();
    let named =
        kind.expect.iter().filter_map(|expected| expected.field.as_deref()).chain(kind.dated.as_deref());
    let named = named.chain(kind.expect.iter().flat_map(|expected| expected.when.keys().map(String::as_str)));
    for path in named.filter(|path| !top.iter().any(|name| path.split('.').next() == Some(name))) {
        report(path, "field", &top);
    }
    let mut levels = vec![kind.fields.as_slice()];
    while let Some(fields) = levels.pop() {
        let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        for field in fields {
            for to in field.to.iter().filter(|to| !known.contains(to)) {
                report(to, &format!("{}.to", field.name), &known);
            }
            for after in field.after.iter().filter(|after| !names.contains(after)) {
                report(after, &format!("{}.after", field.name), &names);
            }
            for offer in field.offer.iter().filter(|offer| !top.contains(offer)) {
                report(offer, &format!("{}.offer", field.name), &top);
            }
            if field.field_type == FieldType::Choice && field.choices.is_empty() {
                report(&field.name, &format!("{}.choices", field.name), &[]);
            }
            levels.push(&field.fields);
        }
    }
}

/// The first place in `source` where `word` stands as a word.
fn locate(source: &Arc<Source>, word: &str) -> Location {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let found = source.text.match_indices(word).find(|(at, _)| {
        let before = source.text[..*at].chars().next_back();
        let after = source.text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    });
    source.at(found.map_or(Span::default(), |(at, _)| Span::new(at..at + word.len())))
}
