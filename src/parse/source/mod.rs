//! Files that define alerts, objectives and entities, as `sources` in the settings names them: one file a format.
//!
//! A format is a file here, a line in `FORMATS`, and its name among the choices of `sources.format` in the schema of
//! the settings.

mod backstage;
mod file;
mod grafana;
mod list;
mod openslo;
mod prometheus;
mod pyrra;
mod settings;
mod sloth;
mod template;
mod unread;

use std::sync::Arc;

use rayon::prelude::*;

pub(super) use backstage::reference;
pub use file::SourceFile;
pub(super) use settings::{alert_settings, source_files};
pub use template::{TemplatePart, UNKNOWN, expand, template_parts};

use self::file::{Format, Written};
use super::file_cache::FileCache;
use super::{encoding, paths, yaml};
use crate::cache_slot::fingerprint;
use crate::model::{
    AlertRule, Config, Content, Definitions, Node, Problems, ReadError, SourceFiles, UnreadReason,
    UnreadSource, left_out_by,
};
use crate::world::World;

/// The formats, in the order in which they are tried.
static FORMATS: [&dyn Format; 7] = [
    &prometheus::Prometheus,
    &grafana::Grafana,
    &sloth::Sloth,
    &pyrra::Pyrra,
    &openslo::OpenSlo,
    &backstage::Backstage,
    &list::List,
];

/// Reads the files that `sources` in the settings names. A file that `cache` knows is not read again.
pub fn definitions(
    world: &dyn World,
    config: &Config,
    cache: &FileCache<SourceFile>,
) -> (Definitions, Problems) {
    let mut found = Definitions::default();
    let mut problems = Problems::default();
    let mut meant: Vec<(String, &SourceFiles)> = Vec::new();
    for files in &config.sources {
        let listing = world.list(&files.folder);
        let is_meant = |path: &String| {
            files.path.is_match(path) && left_out_by(&config.ignore, &paths(config, path)).is_none()
        };
        let before = meant.len();
        meant.extend(listing.files.into_iter().filter(is_meant).map(|path| (path, files)));
        if meant.len() == before {
            found.unmatched.push((files.pattern.clone(), files.location.clone()));
        }
    }
    // The first pattern that names a file says its format.
    meant.sort_by(|a, b| a.0.cmp(&b.0));
    meant.dedup_by(|later, earlier| later.0 == earlier.0);
    let read = meant.par_iter().map(|(path, files)| {
        let setup = fingerprint(&files.format);
        cache.get(world, path, setup, |bytes| read(path, bytes, files.format.as_deref()))
    });
    let read: Vec<Result<_, ReadError>> = read.collect();
    let mut kept = Vec::with_capacity(read.len());
    for ((path, _), file) in meant.iter().zip(read) {
        match file {
            Ok((key, file)) => {
                found.alert_rules.extend(file.alert_rules.iter().map(Arc::clone));
                found.entities.extend(file.entities.iter().map(Arc::clone));
                found.objectives.extend(file.objectives.iter().map(Arc::clone));
                found.templated.extend(file.templated.iter().cloned());
                found.unread.extend(file.unread.map(|reason| UnreadSource { path: path.clone(), reason }));
                problems.extend(file.problems.clone());
                kept.push((key, file));
            }
            Err(error) => problems.read_errors.push(error),
        }
    }
    found.has_broken_files = !problems.syntax.is_empty() || !problems.read_errors.is_empty();
    cache.keep(kept);
    (found, problems)
}

/// The alert rules in the file at `path`, if it held `bytes`.
pub fn alert_rules(config: &Config, path: &str, bytes: Vec<u8>) -> Vec<Arc<AlertRule>> {
    let files = config.sources.iter().find(|files| files.path.is_match(path));
    read(path, bytes, files.and_then(|files| files.format.as_deref())).alert_rules
}

/// Reads one file. `format` is the name of its format, where the settings say it.
fn read(path: &str, bytes: Vec<u8>, format: Option<&str>) -> SourceFile {
    let mut found = SourceFile::default();
    let (source, problem) = encoding::decode(path, bytes);
    if let Some(problem) = problem {
        found.problems.add_syntax(&source, problem);
        return found;
    }
    found.unread = unread::reason(&source);
    if found.unread.is_some() {
        return found;
    }
    let documents = if path.ends_with(".csv") {
        list::csv(&source).map(|list| vec![list])
    } else {
        yaml::documents(&source.text)
    };
    let documents = match documents {
        Ok(documents) => documents,
        Err(problem) => {
            found.problems.add_syntax(&source, problem);
            return found;
        }
    };
    let mut is_known = documents.is_empty();
    for node in documents.iter().flat_map(items) {
        let is_it = |known: &&&dyn Format| match format {
            Some(name) => known.name() == name,
            None => known.recognises(node),
        };
        let Some(format) = FORMATS.iter().find(is_it) else { continue };
        is_known = true;
        format.read(Written { source: &source, node }, &mut found);
    }
    found.unread = (!is_known).then_some(UnreadReason::Unknown);
    found
}

/// The resources in a document: those in a `List` of Kubernetes, or the document itself.
fn items(root: &Node) -> &[Node] {
    let is_list = root.get("kind").and_then(Node::text) == Some("List");
    match root.get("items").map(|node| &node.content) {
        Some(Content::List(items)) if is_list => items,
        _ => std::slice::from_ref(root),
    }
}

#[cfg(test)]
mod tests {
    use super::FORMATS;
    use crate::model::Field;
    use crate::parse::schema;

    #[test]
    fn the_settings_offer_every_format() {
        let field = Field::at(&schema::CONFIG, "sources.format").expect("the settings have it");
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
        assert_eq!(field.choices, names);
    }
}
