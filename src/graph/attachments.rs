//! The files beside documents that documents link to, and how each of them is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use indexmap::IndexSet;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::LinkTarget;
use crate::cache_slot::{fingerprint, lock};
use crate::model::{Config, Location, PerDocument, Source, Span};
use crate::parse::media::{Media, begins_like_a_page, media};
use crate::parse::svg;
use crate::world::World;

/// How a file is published that a document links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// As it is.
    AsItIs,
    /// As a drawing, without what could run or load something.
    Drawing(Option<Removed>),
    /// As it is, to be downloaded and not opened: a setting allows it.
    Download,
    /// Not at all.
    Withheld(Withheld),
}

/// The parts of a drawing that are not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// How they are written, as in `<script>` or `onclick`, each once.
    pub names: IndexSet<String>,
    /// Where the first one stands.
    pub first: Location,
}

/// Why a file is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withheld {
    /// A browser would open it as a page of the site, or a host would run it.
    Active,
    /// It would say to the host how to serve the site.
    OfHost,
    /// Its name does not tell what it is, and it begins like a page.
    LikeAPage,
    /// It is called a drawing, and can't be read as one.
    NoDrawing(String),
    /// It can't be read at all.
    Unreadable(String),
}

/// Attachments by their paths from the content folder.
pub type Attachments = BTreeMap<String, Attachment>;

/// What was read in files whose names do not tell enough, by path and fingerprint of the file.
pub(super) type Cache = Mutex<FxHashMap<String, (u64, Attachment)>>;

/// How the files that `links` lead to are published. A file that `cache` holds is not read again.
pub(super) fn attachments(
    world: &dyn World,
    config: &Config,
    links: &PerDocument<Arc<[LinkTarget]>>,
    cache: &Cache,
) -> Attachments {
    let files = links.iter().flat_map(|links| links.iter()).filter_map(|target| match target {
        LinkTarget::File { path, .. } => Some(path.as_str()),
        _ => None,
    });
    let files: BTreeSet<&str> = files.collect();
    let attachments: Attachments =
        files.into_par_iter().map(|path| (path.to_owned(), attachment(world, config, path, cache))).collect();
    let paths: FxHashSet<String> = attachments.keys().map(|path| config.in_content(path)).collect();
    lock(cache).retain(|path, _| paths.contains(path));
    attachments
}

fn attachment(world: &dyn World, config: &Config, path: &str, cache: &Cache) -> Attachment {
    let media = media(path);
    let read = match media {
        Media::Inert => return Attachment::AsItIs,
        Media::Host => return Attachment::Withheld(Withheld::OfHost),
        Media::Active if config.downloads.contains(&ending(path)) => return Attachment::Download,
        Media::Active => return Attachment::Withheld(Withheld::Active),
        Media::Svg => drawing,
        Media::Unknown => nameless,
    };
    let path = config.in_content(path);
    let before =
        |print: u64| lock(cache).get(&path).filter(|(of, _)| *of == print).map(|(_, found)| found.clone());
    if let Some(found) = world.fingerprint(&path).and_then(before) {
        return found;
    }
    let bytes = match world.read(&path) {
        Ok(bytes) => bytes,
        Err(reason) => return Attachment::Withheld(Withheld::Unreadable(reason)),
    };
    let print = fingerprint(&bytes);
    let found = before(print).unwrap_or_else(|| read(&path, &bytes));
    lock(cache).insert(path, (print, found.clone()));
    found
}

fn drawing(path: &str, bytes: &[u8]) -> Attachment {
    let dropped = match svg::sanitize(bytes) {
        Ok(drawing) => drawing.dropped,
        Err(problem) => return Attachment::Withheld(Withheld::NoDrawing(problem)),
    };
    let first = dropped.first().map(|first| {
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        Source::new(path, text).at(Span::new(first.span.clone()))
    });
    let names = dropped.into_iter().map(|part| part.name).collect();
    Attachment::Drawing(first.map(|first| Removed { names, first }))
}

fn nameless(_path: &str, bytes: &[u8]) -> Attachment {
    if begins_like_a_page(bytes) { Attachment::Withheld(Withheld::LikeAPage) } else { Attachment::AsItIs }
}

/// The ending of a file's name, in lower case.
pub fn ending(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}
