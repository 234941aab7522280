//! `kinds/*.md` to schemas: the built-in ones, extended or replaced by the project's own.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use indexmap::IndexMap;

use super::encoding;
use super::kind_file::{self, KindFile};
use super::kind_names::{Mention, check};
use crate::cache_slot::fingerprint;
use crate::model::{
    Config, Field, FieldProblem, Kind, Kinds, Location, MeantFile, Problems, Source, Span, UnusedFile, label,
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

/// Reads the kinds of a project, and what is wrong with its own ones.
pub fn kinds(world: &dyn World, config: &Config) -> (Kinds, Problems) {
    let (mut files, mut problems) = BUILT_IN.clone();
    let (mut read_texts, mut own) = (Vec::new(), Vec::new());
    let listing = world.list(FOLDER);
    problems.read_errors.extend(listing.read_errors);
    for path in listing.files.iter().filter(|path| path.ends_with(".md")) {
        if let Some(source) = encoding::read(world, path, &mut problems) {
            // In a repository without settings, a folder of this name holds something else.
            let is_kind = config.source.is_some() || source.text.contains("\nkind:");
            if is_kind {
                read(&source, &mut files, &mut problems);
                read_texts.push((path, source.text.clone()));
                own.push(source);
            }
        }
    }
    if config.source.is_some() {
        problems.unused_files.extend(listing.files.iter().filter_map(|path| other_format(path)));
    }
    let fingerprint = fingerprint(&read_texts);
    let common = files.shift_remove(COMMON).unwrap_or_default();
    let mut stated: BTreeMap<String, Stated> = BTreeMap::new();
    let mut kinds: Vec<Kind> = Vec::new();
    for (id, mut file) in files {
        let named = file.folder.as_ref().or(file.plural.as_ref()).map(|(_, location)| location.clone());
        let mentions = std::mem::take(&mut file.mentions);
        let kind = build(id, file, &common.fields);
        let folder = named.unwrap_or_else(|| kind.source.at(Span::default()));
        let is_own = own.iter().any(|source| Arc::ptr_eq(source, &folder.source));
        stated.insert(kind.id.clone(), Stated { mentions, folder, is_own });
        kinds.push(kind);
    }
    kinds.sort_by(|a, b| (a.weight, &a.id).cmp(&(b.weight, &b.id)));
    let has_own = !read_texts.is_empty();
    let kinds = Kinds { all: kinds.into_iter().map(Arc::new).collect(), has_own, fingerprint };
    for kind in &kinds.all {
        check_folder(kind, &kinds, &stated, &mut problems.fields);
        check(&stated[&kind.id].mentions, kind, &kinds, false, &mut problems.fields);
    }
    // What is wrong with the fields that all kinds have is wrong in any kind.
    if let Some(kind) = kinds.all.first() {
        check(&common.mentions, kind, &kinds, true, &mut problems.fields);
    }
    (kinds, problems)
}

/// Endings of files that their author may take for kinds.
const OTHER_FORMATS: [&str; 8] = ["yml", "yaml", "toml", "json", "markdown", "mdx", "mdown", "txt"];

/// The file at `path`, if it looks like a kind in a format that is not read.
pub(super) fn other_format(path: &str) -> Option<UnusedFile> {
    let (stem, ending) = path.rsplit_once('.')?;
    let lower = ending.to_lowercase();
    let is_other = OTHER_FORMATS.contains(&lower.as_str()) || lower == "md" && ending != "md";
    let meant = MeantFile::Path(format!("{}.md", stem.trim_end_matches(".md")));
    is_other.then(|| UnusedFile { path: path.to_owned(), meant })
}

/// What the files of a kind say that has to fit other kinds.
struct Stated {
    mentions: Vec<Mention>,
    /// What names the folder.
    folder: Location,
    /// Whether a file of the project names it.
    is_own: bool,
}

/// Reads one file and adds it to what is known about its kind.
fn read(source: &Arc<Source>, files: &mut IndexMap<String, KindFile>, problems: &mut Problems) {
    let Some((id, file)) = kind_file::read(source, COMMON, problems) else {
        return add_broken(source, files);
    };
    match files.get_mut(&id).filter(|_| !file.replace) {
        Some(known) => known.extend(file),
        None => {
            files.insert(id, file);
        }
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
    let stem = kind_file::stem(source);
    if stem == COMMON {
        return;
    }
    let known = files.entry(field("kind").unwrap_or_else(|| stem.to_owned())).or_default();
    if let Some(folder) = field("folder") {
        known.folder = Some((folder, source.at(Span::default())));
    }
    known.extra_fields = Some(true);
    known.is_broken = true;
    known.source = Some(Arc::clone(source));
}

/// A kind of these fields and nothing else, for what is described like one.
pub(super) fn bare(id: &str, fields: &[Arc<Field>], source: &Arc<Source>) -> Kind {
    let fields = fields.iter().map(|field| (field.name.clone(), Arc::clone(field))).collect();
    let file = KindFile { fields, source: Some(Arc::clone(source)), ..KindFile::default() };
    build(id.to_owned(), file, &IndexMap::new())
}

fn build(id: String, file: KindFile, common: &IndexMap<String, Arc<Field>>) -> Kind {
    let mut fields = file.fields;
    for (name, field) in common {
        let own = fields.get(name).map(|own| own.instead_of(field));
        fields.insert(name.clone(), own.unwrap_or_else(|| Arc::clone(field)));
    }
    let fields: Vec<Arc<Field>> = fields.into_values().collect();
    let plural = file.plural.map_or_else(|| format!("{}s", label(&id)), |(plural, _)| plural);
    Kind {
        label: file.label.unwrap_or_else(|| label(&id)),
        folder: file.folder.map_or_else(
            || plural.to_lowercase().replace(' ', "-"),
            |(folder, _)| folder.trim_matches('/').to_owned(),
        ),
        plural,
        folder_aliases: file.folder_aliases,
        weight: file.weight.unwrap_or(95),
        summary: file.summary.unwrap_or_default(),
        sections: file.sections.unwrap_or_default(),
        typical_sections: file.typical_sections,
        entities: file.entities.unwrap_or_default(),
        feed: file.feed.unwrap_or_default(),
        home: file.home,
        date_field: file.date_field,
        extra_fields: file.extra_fields.unwrap_or_default(),
        is_broken: file.is_broken,
        roles: Field::roles(&fields),
        fields,
        expect: file.expect,
        template: file.template,
        source: file.source.unwrap_or_else(|| Source::new(format!("{FOLDER}/{id}.md"), "")),
        id,
    }
}

/// Checks that the folder of a kind is one, and that of no other kind. Of two kinds with one folder, that of the project
/// is wrong.
fn check_folder(
    kind: &Kind,
    kinds: &Kinds,
    stated: &BTreeMap<String, Stated>,
    problems: &mut Vec<FieldProblem>,
) {
    let mut report = |message: String, help: String| {
        let location = stated[&kind.id].folder.clone();
        problems.push(FieldProblem::Schema { location, message, help });
    };
    let folder = &kind.folder;
    let is_folder = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    if !folder.split('/').all(is_folder) {
        let example = label(&kind.id).to_lowercase().replace(' ', "-");
        report(format!("`{folder}` can't name a folder"), format!("write for example `folder: {example}`"));
    }
    let order = |kind: &Kind| (stated[&kind.id].is_own, kind.id.clone());
    let mut others = kinds.all.iter().filter(|other| other.folder == kind.folder);
    if let Some(other) = others.find(|other| order(other) < order(kind)) {
        let id = &other.id;
        report(
            format!("the folder `{folder}` is that of the kind `{id}` too"),
            format!("name another folder, or write `kind: {id}` to add to that kind"),
        );
    }
}
