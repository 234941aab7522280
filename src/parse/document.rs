//! One markdown file to a document: its kind, its id, its title and its fields.

use std::sync::{Arc, OnceLock};

use super::encoding;
use super::field_names;
use super::fields::{Decoded, SourceNode, decode_named};
use super::front_matter::{FrontMatter, front_matter};
use super::left_out::{self, at, head, hidden_below, unpublished_by, value_in_lines};
use super::mistakes::{late_front_matter, merge_conflicts, mistakes};
use super::suppression::suppressions;
use super::{generator, markdown};
use crate::model::{
    Body, Collection, Config, Content, Document, FieldProblem, Infer, Kind, Kinds, Location, Node, Problems,
    Publication, Role, Source, Span, SyntaxProblem, label,
};
use crate::text::name::numbered;

/// Names under which a document stands for its folder.
pub const INDEX_NAMES: [&str; 4] = ["index", "_index", "README", "readme"];

/// Endings of documents in other markup.
pub const OTHER_MARKUP: [&str; 6] = [".rst", ".adoc", ".org", ".wiki", ".ipynb", ".html.erb"];

/// Whether a file that is no markdown looks as if it was meant as a document.
pub(super) fn looks_like_one(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    OTHER_MARKUP.iter().any(|ending| name.ends_with(ending))
}

/// Reads one document. `path` is that of its file, from the project's folder.
pub fn read(path: &str, bytes: Vec<u8>, config: &Config, kinds: &Kinds) -> Arc<Document> {
    let mut problems = Problems::default();
    let (source, problem) = encoding::decode(path, bytes);
    if let Some(problem) = problem {
        problems.add_syntax(&source, problem);
    }
    let FrontMatter { tree: as_written, problem, body_start } = front_matter(&source.text);
    if let Some(problem) = problem {
        problems.add_syntax(&source, problem);
    }
    let mut body = markdown::scan_document(&source, body_start);

    let relative = config.inside(path).unwrap_or(path);
    let stem = crate::text::name::stem(relative).to_owned();
    let place = Place::new(&stem, config.source.is_some());
    let collection = config.collections.iter().find(|collection| collection.path.is_match(relative));
    let names = collection.map_or(&[][..], |collection| &collection.fields);
    let renamed = as_written.as_ref().map(|tree| field_names::renamed(tree, names));
    let tree = renamed.as_deref();
    let written = |field: &str| tree.and_then(|tree| tree.get(field));
    let stated_kind = written("kind").and_then(|node| Some((node.text()?.to_owned(), source.at(node.span))));
    let stated = stated_kind.as_ref().and_then(|(name, _)| kinds.get(name));
    let kind = match stated {
        Some(kind) => Arc::clone(kind),
        None => kind_by_place(&place, collection, &body, config, kinds),
    };

    let defaults = collection.and_then(|collection| collection.defaults.as_ref());
    let defaults = defaults.zip(config.source.as_ref()).map(|(node, source)| SourceNode { source, node });
    let publication = publication(&source, as_written.as_ref(), body_start, defaults, config, &problems);
    let date = |field: &str| at(as_written.as_ref()?, field)?.text().map(str::to_owned);
    let first = |fields: &[&str]| fields.iter().find_map(|field| date(field));
    let published_on = first(&["publishDate", "pubDate", "published", "date"]);
    let expires_on = first(&["expiryDate", "unpublishDate"]);
    let hides = as_written.as_ref().map_or_else(Vec::new, |tree| hidden_below(&stem, tree));

    let addresses = as_written.as_ref().map(addresses).unwrap_or_default();
    let origin = config.origins.iter().find_map(|origin| Some((origin, origin.root_of(path)?.1)));
    let name = place.name;
    let page = |path| generator::Page { path: crate::text::name::stem(path), keys: &addresses };
    let mut navigation =
        origin.map(|(origin, path)| generator::navigation(origin, &page(path))).unwrap_or_default();
    if navigation.position.is_none() && !place.is_index {
        navigation.position = numbered(name).map(|(number, _)| i64::from(number) * 1000);
    }
    let origin = origin.map(|(origin, _)| origin).filter(|_| !place.is_index);

    let start = source.at(Span::new(0..source.text.find(['\r', '\n']).unwrap_or(source.text.len())));
    let written = tree.map(|node| SourceNode { source: &source, node });
    let names = field_names::in_use(as_written.as_ref(), names);
    let decoded = decode_named(written, defaults, &kind.fields, kind.extra_fields, &start, &names);
    let Decoded { values: fields, references, mut alerts, problems: found, mistakes: listed } = decoded;
    let keys = [as_written.as_ref(), defaults.map(|defaults| defaults.node)].into_iter().flatten();
    let keys: Vec<Span> = keys.flat_map(Node::entries).map(|(key, _)| key.span).collect();
    // All documents may have the fields by which they are left out.
    let is_switch = |problem: &FieldProblem| match problem {
        FieldProblem::Unknown { location, name, .. } => {
            left_out::is_switch(name) && keys.contains(&location.span)
        }
        _ => false,
    };
    problems.fields.extend(found.into_iter().filter(|problem| !is_switch(problem)));
    problems.mistakes.extend(listed.into_iter().filter(|(place, _)| Arc::ptr_eq(place, &source)));

    let entry = |role: Role| fields.at(kind.path_of(role)?);
    let text = |role: Role| entry(role)?.value.text();
    let stated_title = text(Role::Title).or(body.title.as_deref());
    infer_alerts(&kind, &place, stated_title, &source, &body, &fields, &mut alerts);
    if alerts.is_empty() {
        // Only pages of alerts show it.
        body.first_command = Box::default();
    }
    let title = text(Role::Title).map(str::to_owned);
    let title = title.or_else(|| generator::title(origin?, name)).or_else(|| body.title.clone());
    let title = title.filter(|title| !title.trim().is_empty()).or_else(|| generator::label(origin?, name));
    let title = title.unwrap_or_else(|| place.title());
    // Other generators call it `description`.
    let description = || tree?.get("description")?.text();
    let summary = text(Role::Summary).or_else(description).or(body.summary.as_deref());
    let summary = summary.unwrap_or_default().to_owned();
    let written_id = entry(Role::Id).map(|entry| entry.location.clone());
    let stated_id = text(Role::Id).map(|id| id.trim_matches('/')).filter(|id| !id.is_empty());
    let folder = stem.rsplit_once('/').filter(|_| counts_from_folder(config, path));
    let id = match (stated_id, folder) {
        (Some(id), Some((folder, _))) => format!("{folder}/{id}"),
        (Some(id), None) => id.to_owned(),
        (None, _) => place.id(&kind, kinds),
    };
    let suppressions = suppressions(&source, &kind, &fields, body_start, &body.suppressions, &mut problems);
    let is_late = body_start == 0 && late_front_matter(&source.text).is_some();
    let is_readable = (tree.is_some() || problems.syntax.is_empty()) && !is_late;
    add_mistakes(&source, body_start, &body, &mut problems);
    Arc::new(Document {
        suppressions,
        states_kind: stated.is_some(),
        stated_kind,
        publication,
        published_on,
        expires_on,
        hides,
        addresses,
        is_readable,
        is_index: place.is_index,
        id_location: written_id,
        source,
        stem,
        kind,
        id,
        sorted_as: navigation.title.as_ref().unwrap_or(&title).to_lowercase(),
        navigation,
        title,
        summary,
        alerts,
        fields,
        references,
        problems,
        body_start,
        fingerprints: OnceLock::new(),
        record: None,
        body,
    })
}

/// What front matter, or the defaults of its collection, say of whether the document is published. `problems` are those
/// of the front matter.
fn publication(
    source: &Arc<Source>,
    tree: Option<&Node>,
    body_start: usize,
    defaults: Option<SourceNode<'_>>,
    config: &Config,
    problems: &Problems,
) -> Publication {
    let in_tree = |source: &Arc<Source>, tree: &Node, field: &str| {
        let node = at(tree, field)?;
        Some((left_out::value(node).to_owned(), source.at(node.span)))
    };
    let in_lines = |field: &str| {
        let value = value_in_lines(head(&source.text, body_start), field)?;
        let start = value.as_ptr() as usize - source.text.as_ptr() as usize;
        Some((value.to_owned(), source.at(Span::new(start..start + value.len()))))
    };
    let said = |field: &str| {
        let written = match tree {
            Some(tree) => in_tree(source, tree, field),
            // There is none, it is none to us, or it can't be read.
            None => in_lines(field),
        };
        written.or_else(|| in_tree(defaults?.source, defaults?.node, field))
    };
    let mut origins = config.origins.iter().filter(|origin| origin.root_of(&source.path).is_some());
    let is_true = |field: &&str| said(field).is_some_and(|(value, _)| left_out::is_true(&value));
    if origins.any(|origin| generator::hiding_fields(origin).iter().any(&is_true)) {
        return Publication::LeftOut;
    }
    let Some((field, is_clear)) = unpublished_by(|field| Some(said(field)?.0)) else {
        return Publication::Published;
    };
    if is_clear {
        return Publication::LeftOut;
    }
    let mut found = problems.syntax.clone();
    if let Some((value, location)) = said(field).filter(|_| found.is_empty()) {
        let (expected, example) = left_out::expected(field);
        let value = if value.is_empty() { "no single value".to_owned() } else { format!("`{value}`") };
        let message = format!("`{field}` is {value}, not {expected}");
        let name = field.rsplit('.').next().unwrap_or(field);
        let help = format!("write for example `{name}: {example}`: until then, the document is left out");
        found.push((location.source, SyntaxProblem { span: location.span, message, help, fix: None }));
    }
    Publication::Unclear(found)
}

/// Adds what is probably meant otherwise than it is read.
fn add_mistakes(source: &Arc<Source>, body_start: usize, body: &Body, problems: &mut Problems) {
    let mistakes = mistakes(&source.text, body_start, body).into_iter();
    problems.mistakes.extend(mistakes.map(|mistake| (Arc::clone(source), mistake)));
    for conflict in merge_conflicts(&source.text, body_start, body) {
        problems.add_syntax(source, conflict);
    }
}

/// The fields by which other generators say a document's addresses, with their values.
fn addresses(tree: &Node) -> Vec<(&'static str, String)> {
    let addresses = generator::KEYS.into_iter().flat_map(|key| {
        let value = field_names::at(tree, key);
        let items = match value.map(|value| &value.content) {
            Some(Content::List(items)) => items.as_slice(),
            _ => value.map_or(&[][..], std::slice::from_ref),
        };
        items.iter().filter_map(move |item| Some((key, item.text()?.to_owned())))
    });
    addresses.collect()
}

/// Whether an id counts from the folder of the file at `path`, as the generator has it that it was written for.
fn counts_from_folder(config: &Config, path: &str) -> bool {
    let mut origins = config.origins.iter().filter(|origin| origin.has_ids_in_folders);
    origins.any(|origin| origin.root_of(path).is_some())
}

/// What a path says.
struct Place<'a> {
    folders: Vec<&'a str>,
    name: &'a str,
    is_index: bool,
    /// Whether the project has settings.
    has_settings: bool,
}

impl<'a> Place<'a> {
    fn new(stem: &'a str, has_settings: bool) -> Self {
        let mut folders: Vec<&str> = stem.split('/').collect();
        let name = folders.pop().unwrap_or_default();
        Self { folders, name, is_index: INDEX_NAMES.contains(&name), has_settings }
    }

    /// The position of the folder that says the kind: the outermost one in a project that has settings, and
    /// so knows what its folders mean, else the innermost one.
    fn kind_folder(&self, kinds: &Kinds) -> Option<usize> {
        let is_kind = |folder: &&str| kinds.by_folder(folder).is_some();
        let mut folders = self.folders.iter();
        if self.has_settings { folders.position(is_kind) } else { folders.rposition(is_kind) }
    }

    /// The path without the folder that only says the kind.
    fn id(&self, kind: &Kind, kinds: &Kinds) -> String {
        let mut parts = self.folders.clone();
        // The overview of a folder is called like the folder.
        if let Some(at) = self.kind_folder(kinds)
            && kinds.by_folder(parts[at]).is_some_and(|of| of.id == kind.id)
            && !(self.is_index && kind.extra_fields)
        {
            parts.remove(at);
            if !self.has_settings {
                parts.retain(|folder| kinds.by_folder(folder).is_none());
            }
        }
        if !self.is_index {
            parts.push(self.name);
        } else if parts.is_empty() {
            parts.push("index");
        }
        parts.join("/")
    }

    fn title(&self) -> String {
        let name = if self.is_index { self.folders.last().copied().unwrap_or("Home") } else { self.name };
        if is_alert_name(name) { name.to_owned() } else { label(name) }
    }
}

/// The kind of a document that does not state one: by its collection, its folder or, in a project
/// that has no settings yet, by its sections.
fn kind_by_place(
    place: &Place<'_>,
    collection: Option<&Collection>,
    body: &Body,
    config: &Config,
    kinds: &Kinds,
) -> Arc<Kind> {
    let collected =
        collection.and_then(|collection| collection.kind.as_ref()).and_then(|(id, _)| kinds.get(id));
    if let Some(kind) = collected {
        return Arc::clone(kind);
    }
    let at = place.kind_folder(kinds);
    // The overview of a folder is about its documents; only `index.md` below the kind's own folder can
    // be one of them.
    let is_overview =
        place.is_index && (place.name != "index" || at.is_none_or(|at| at + 1 == place.folders.len()));
    if is_overview {
        return kinds.fallback();
    }
    if let Some(kind) = at.and_then(|at| kinds.by_folder(place.folders[at])) {
        return Arc::clone(kind);
    }
    let by_sections = || kinds.all.iter().find(|kind| has_sections(kind, body));
    match config.source {
        None => by_sections().map_or_else(|| kinds.fallback(), Arc::clone),
        Some(_) => kinds.fallback(),
    }
}

/// Whether most of the kind's sections are there.
fn has_sections(kind: &Kind, body: &Body) -> bool {
    let count = kind
        .sections
        .iter()
        .filter(|section| body.headings.iter().any(|heading| heading.text.eq_ignore_ascii_case(section)));
    kind.sections.len() >= 3 && count.count() * 4 >= kind.sections.len() * 3
}

/// Takes the name of the file for an alert, where the kind says so and it looks like one.
fn infer_alerts(
    kind: &Kind,
    place: &Place<'_>,
    title: Option<&str>,
    source: &Arc<Source>,
    body: &Body,
    fields: &crate::model::FieldValues,
    alerts: &mut Vec<(String, Location)>,
) {
    let infers = |field: &&Arc<crate::model::Field>| field.infer == Some(Infer::FileName);
    let Some(field) = kind.fields.iter().find(infers) else { return };
    // Scripts and helpers are in camel case too: the document has to be about the alert, by its title or by
    // its sections.
    let is_word = place.name.starts_with(char::is_uppercase) && place.name.chars().all(char::is_alphanumeric);
    let plain = |text: &str| text.replace([' ', '_'], "").to_lowercase();
    let is_title = title.is_some_and(|title| plain(title) == plain(place.name));
    let looks_right = (is_alert_name(place.name) && is_title)
        || ((is_alert_name(place.name) || is_word) && has_sections(kind, body));
    if fields.get(&field.name).is_none() && !place.is_index && looks_right {
        alerts.push((place.name.to_owned(), source.at(Span::default())));
    }
}

/// Whether `name` is in camel case, as the names of alerts are: `etcdNoLeader`, `KubePodCrashLooping`.
pub fn is_alert_name(name: &str) -> bool {
    let is_plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let letters: Vec<char> = name.chars().collect();
    let humps = letters.windows(2).filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase()).count();
    is_plain && humps > 0 && letters[0].is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::is_alert_name;

    #[test]
    fn alert_names_are_in_camel_case() {
        for name in ["KubePodCrashLooping", "etcdNoLeader", "NodeRAIDDegraded", "KubeAPIDown"] {
            assert!(is_alert_name(name), "{name}");
        }
        for name in ["latency", "README", "high-latency", "Watchdog", "add runbook", "API"] {
            assert!(!is_alert_name(name), "{name}");
        }
    }
}
