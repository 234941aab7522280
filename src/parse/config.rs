//! `sdkb.yml` to settings, with every problem in it.

use std::sync::Arc;

use globset::{Glob, GlobMatcher};

use super::fields::{Decoded, SourceNode, decode};
use super::patterns::{glob, matcher, no_pattern, normal};
use super::report_settings::{report_settings, zone};
use super::schema;
use super::source::{alert_settings, source_files};
use super::{encoding, field_names, folders, generator, yaml};
use crate::model::{
    Collection, Config, Content, Entry, External, FieldProblem, FieldValues, IgnorePattern, Level, Location,
    MeantFile, Node, Problems, RuleSetting, Source, Span, UnusedFile, within,
};
use crate::world::World;

/// The file that holds the settings, in the project's folder.
pub const FILE: &str = "sdkb.yml";

/// What its author may call it instead.
const OTHER_FILES: [&str; 7] =
    ["sdkb.yaml", "sdkb.YML", "sdkb.toml", "sdkb.json", ".sdkb.yml", ".sdkb.yaml", "_sdkb.yml"];

/// Reads the settings. A project without them has the default ones; `name` is then its title.
pub fn config(world: &dyn World, name: &str) -> (Config, Problems) {
    let mut problems = Problems::default();
    // A project whose settings can't be read has some all the same, and is not published without them.
    let read = || encoding::read(world, FILE, &mut problems).unwrap_or_else(|| Source::new(FILE, ""));
    let source = world.has_file(FILE).then(read);
    if source.is_none() {
        let other = OTHER_FILES.into_iter().find(|path| world.has_file(path));
        let unused =
            other.map(|path| UnusedFile { path: path.to_owned(), meant: MeantFile::Path(FILE.to_owned()) });
        problems.unused_files.extend(unused);
    }
    let tree = source.as_ref().and_then(|source| match yaml::tree(&source.text, 0..source.text.len()) {
        Ok(tree) => tree,
        Err(problem) => {
            problems.add_syntax(source, problem);
            None
        }
    });
    let place = match &source {
        Some(source) => source.at(Span::new(0..0)),
        None => Source::new(FILE, "").at(Span::default()),
    };
    let written = source.as_ref().zip(tree.as_ref()).map(|(source, node)| SourceNode { source, node });
    if let Some(SourceNode { source, node }) = written
        && !matches!(node.content, Content::Map(_))
    {
        let location = source.at(node.span);
        problems.fields.push(not_settings(location, node));
    }
    let Decoded { values, problems: found, .. } = decode(written, None, &schema::CONFIG, false, &place);
    problems.fields.extend(found);
    let config = settings(world, name, source, &values, tree.as_ref(), &mut problems);
    (config, problems)
}

fn not_settings(location: Location, node: &Node) -> FieldProblem {
    FieldProblem::Invalid {
        location,
        path: "settings".to_owned(),
        expected: "a group of fields".to_owned(),
        found: node.describe().to_owned(),
        example: "{ title: Harbour operations }".to_owned(),
        choices: Vec::new(),
    }
}

fn settings(
    world: &dyn World,
    name: &str,
    source: Option<Arc<Source>>,
    values: &FieldValues,
    tree: Option<&Node>,
    problems: &mut Problems,
) -> Config {
    let text = |field: &str| values.text(field).map(str::to_owned);
    let mut folder = |field: &str, default: &str| {
        let Some(entry) = values.get(field) else { return default.to_owned() };
        let written = values.text(field).unwrap_or_default();
        let found = normal(written);
        // Without its documents or its looks, the site that stands would be replaced by an empty one.
        let is_there = |path: &str| field == "out" || path.is_empty() || !world.list(path).files.is_empty();
        let path = found
            .as_deref()
            .map(|path| if field == "theme" { format!("themes/{path}") } else { path.to_owned() });
        // The project's own folder can only be that of the documents.
        let is_whole = field != "content" && found.as_deref() == Some("");
        if is_whole || !path.is_some_and(|path| is_there(&path) || path == "themes/default") {
            problems.fields.push(FieldProblem::Invalid {
                location: entry.location.clone(),
                path: field.to_owned(),
                expected: if is_whole {
                    "a folder below the project's own".to_owned()
                } else {
                    "a folder of the project that holds files".to_owned()
                },
                found: format!("`{written}`"),
                example: default.to_owned(),
                choices: Vec::new(),
            });
        }
        found.unwrap_or_else(|| default.to_owned())
    };
    let written = values.get("content").map(|_| folder("content", "content"));
    let has_content = || source.is_some() && folders::holds_documents(world, "content");
    let place = written.as_deref().or_else(|| has_content().then_some("content"));
    let mut of_generators = Problems::default();
    let origins = generator::origins(world, place, &mut of_generators);
    let content = written.unwrap_or_else(|| folders::content(world, &origins));
    let statics = folders::statics(world, &content, &origins);
    // A generator may have its own files in `site`.
    let default_out = if within("site", &format!("{content}/")).is_some() { "_site" } else { "site" };
    let (static_files, out, theme) =
        (folder("static", &statics), folder("out", default_out), folder("theme", "default"));
    problems.extend(of_generators);
    let address = |field: &str| text(field).map(|url| format!("{}/", url.trim_end_matches('/')));
    let ignore = values.texts("ignore").filter_map(|(pattern, place)| {
        let read = IgnorePattern::new(pattern, place);
        read.inspect_err(|reason| problems.fields.push(no_pattern("ignore", place, reason))).ok()
    });
    let ignore = ignore.collect();
    let baseline = own_path(values, "baseline", "a file of the project", "known-findings.txt", problems);
    let data = match values.text("data") {
        Some("off") => None,
        Some(_) => own_path(values, "data", "a folder of the project", "data", problems),
        // In a repository without settings, a folder of this name holds something else.
        None => source.is_some().then(|| "data".to_owned()),
    };
    Config {
        title: text("title")
            .or_else(|| origins.iter().find_map(|origin| origin.title.clone()))
            .unwrap_or_else(|| crate::model::label(name)),
        description: text("description").unwrap_or_default(),
        base_url: address("base_url"),
        language: language(values, problems),
        repository: address("repository"),
        edit_url: template(values, "edit_url", &["path"], problems),
        report_url: template(values, "report_url", &["path", "title", "url"], problems),
        content,
        static_files: if static_files.is_empty() { "static".to_owned() } else { static_files },
        out: if out.is_empty() { default_out.to_owned() } else { out },
        theme: if theme.is_empty() { "default".to_owned() } else { theme },
        data,
        baseline,
        origins,
        sources: source_files(values, problems),
        alerts: alert_settings(values, problems),
        ignore,
        collections: collections(values, tree, problems),
        downloads: downloads(values, problems),
        zone: zone(values, problems),
        reports: report_settings(values),
        external: external(values, problems),
        rules: rules(source.as_ref(), values, tree, problems),
        source,
    }
}

/// The language of the content, as a tag of BCP 47: two or three letters, and subtags.
fn language(values: &FieldValues, problems: &mut Problems) -> String {
    let default = "en".to_owned();
    let Some((written, entry)) = values.text("language").zip(values.get("language")) else { return default };
    let mut subtags = written.split('-');
    let is_language =
        |tag: &str| matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_subtag =
        |tag: &str| matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if subtags.next().is_some_and(is_language) && subtags.all(is_subtag) {
        return written.to_owned();
    }
    problems.fields.push(FieldProblem::Invalid {
        location: entry.location.clone(),
        path: "language".to_owned(),
        expected: "the tag of a language".to_owned(),
        found: format!("`{written}`"),
        example: "de-AT".to_owned(),
        choices: Vec::new(),
    });
    default
}

/// An address with `known` placeholders in it.
fn template(values: &FieldValues, field: &str, known: &[&str], problems: &mut Problems) -> Option<String> {
    let (written, entry) = values.text(field).zip(values.get(field))?;
    let names =
        |known: &[&str]| known.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ");
    let mut rest = written;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        rest = after;
        if !known.contains(&name) {
            problems.fields.push(FieldProblem::Invalid {
                location: entry.location.clone(),
                path: field.to_owned(),
                expected: format!("one with {}", names(known)),
                found: format!("an address with `{{{name}}}`"),
                example: format!("https://github.com/acme/kb/edit/main/{{{}}}", known[0]),
                choices: Vec::new(),
            });
        }
    }
    Some(written.to_owned())
}

/// A file or folder that has to be inside of the project.
fn own_path(
    values: &FieldValues,
    field: &str,
    expected: &str,
    example: &str,
    problems: &mut Problems,
) -> Option<String> {
    let (written, entry) = values.text(field).zip(values.get(field))?;
    let path = normal(written).filter(|path| !path.is_empty());
    if path.is_none() {
        problems.fields.push(FieldProblem::Invalid {
            location: entry.location.clone(),
            path: field.to_owned(),
            expected: expected.to_owned(),
            found: format!("`{written}`"),
            example: example.to_owned(),
            choices: Vec::new(),
        });
    }
    path
}

/// What stands where a level should, or a group of rules with their levels, which has no `choices`.
fn not_a_level(location: Location, node: &Node, path: String, choices: &[&str]) -> FieldProblem {
    let expected = if choices.is_empty() { "a group of rules" } else { "one of the choices" };
    FieldProblem::Invalid {
        location,
        path,
        expected: expected.to_owned(),
        found: node.text().map_or_else(|| node.describe().to_owned(), |text| format!("`{text}`")),
        example: "{ stale-review: off }".to_owned(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
    }
}

/// The endings of files that are published as downloads.
fn downloads(values: &FieldValues, problems: &mut Problems) -> Vec<String> {
    let mut endings = Vec::new();
    for (written, location) in values.texts("downloads") {
        let ending = written.trim_start_matches("*.").trim_start_matches('.').to_ascii_lowercase();
        if !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            endings.push(ending);
        } else {
            problems.fields.push(FieldProblem::Invalid {
                location: location.clone(),
                path: "downloads".to_owned(),
                expected: "the ending of a file's name".to_owned(),
                found: format!("`{written}`"),
                example: "pdf".to_owned(),
                choices: Vec::new(),
            });
        }
    }
    endings
}

/// Which links to other sites are verified.
fn external(values: &FieldValues, problems: &mut Problems) -> External {
    let Some(fields) = values.get("external").and_then(|entry| entry.value.object()) else {
        return External::default();
    };
    let mut patterns = |field: &str| {
        let written = fields.texts(field);
        // An address is no path: a star goes beyond a slash.
        let patterns = written.filter_map(|(pattern, place)| match Glob::new(pattern) {
            Ok(pattern) => Some(pattern.compile_matcher()),
            Err(error) => {
                let (field, reason) = (format!("external.{field}"), error.kind().to_string());
                problems.fields.push(no_pattern(&field, place, &reason));
                None
            }
        });
        patterns.collect()
    };
    let (allow, ignore) = (patterns("allow"), patterns("ignore"));
    let max_age = fields.get("max_age").and_then(|entry| entry.value.duration());
    External { allow, ignore, max_age }
}

/// How much findings matter: in each collection, then everywhere.
fn rules(
    source: Option<&Arc<Source>>,
    values: &FieldValues,
    tree: Option<&Node>,
    problems: &mut Problems,
) -> Vec<RuleSetting> {
    let (Some(source), Some(tree)) = (source, tree) else { return Vec::new() };
    let mut settings = Vec::new();
    for (fields, node) in entries(values, tree) {
        let Some(node) = node.get("rules") else { continue };
        let pattern = fields.text("path").unwrap_or_default();
        // A pattern that is none has been reported where collections are read.
        let Ok(path) = matcher(pattern) else { continue };
        rule_settings(source, node, Some(&path), problems, &mut settings);
    }
    if let Some(node) = tree.get("rules") {
        rule_settings(source, node, None, problems, &mut settings);
    }
    settings
}

fn rule_settings(
    source: &Arc<Source>,
    node: &Node,
    path: Option<&GlobMatcher>,
    problems: &mut Problems,
    settings: &mut Vec<RuleSetting>,
) {
    if !matches!(node.content, Content::Map(_) | Content::Null) {
        problems.fields.push(not_a_level(source.at(node.span), node, "rules".to_owned(), &[]));
    }
    for (index, (key, value)) in node.entries().iter().enumerate() {
        let Some(rule) = key.text() else { continue };
        if let Some((first, _)) = node.entries()[..index].iter().find(|(first, _)| first.text() == Some(rule))
        {
            let (location, first) = (source.at(key.span), source.at(first.span));
            problems.fields.push(FieldProblem::Duplicate { location, first, name: rule.to_owned() });
            continue;
        }
        let level = match value.text() {
            Some("off") => Level::Off,
            Some("warning") => Level::Warning,
            Some("error") => Level::Error,
            _ => {
                let choices = ["off", "warning", "error"];
                problems.fields.push(not_a_level(
                    source.at(value.span),
                    value,
                    format!("rules.{rule}"),
                    &choices,
                ));
                continue;
            }
        };
        let (rule, location) = (rule.to_owned(), source.at(key.span));
        settings.push(RuleSetting { rule, location, level, path: path.cloned() });
    }
}

fn collections(values: &FieldValues, tree: Option<&Node>, problems: &mut Problems) -> Vec<Collection> {
    let mut collections = Vec::new();
    for (fields, node) in tree.map(|tree| entries(values, tree)).unwrap_or_default() {
        let Some(entry) = fields.get("path") else { continue };
        let location = entry.location.clone();
        let pattern = fields.text("path").unwrap_or_default();
        let Some(path) = glob(pattern, "collections.path", &location, problems) else { continue };
        let defaults = node.get("defaults").cloned();
        let kind = fields.text("kind").zip(fields.get("kind"));
        let kind = kind.map(|(name, entry)| (name.to_owned(), entry.location.clone()));
        let fields = node.get("fields");
        let fields = fields.map(|node| field_names::read(&location.source, node, &mut problems.fields));
        let fields = fields.unwrap_or_default();
        collections.push(Collection { path, location, kind, defaults, fields });
    }
    collections
}

/// The entries of `collections`: as their schema understands them, and as they are written.
fn entries<'a>(values: &'a FieldValues, tree: &'a Node) -> Vec<(&'a FieldValues, &'a Node)> {
    let written = match tree.get("collections").map(|node| &node.content) {
        Some(Content::List(items)) => items.as_slice(),
        _ => &[],
    };
    let entries = values.get("collections").and_then(|entry| entry.value.list()).unwrap_or_default();
    let pair = |entry: &'a Entry| {
        let fields = entry.value.object()?;
        Some((fields, written.iter().find(|node| node.span == entry.location.span)?))
    };
    entries.iter().filter_map(pair).collect()
}
