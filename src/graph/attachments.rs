//! The files beside documents that documents link to, and how each of them is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::LinkTarget;
use crate::memo::{fingerprint, lock};
use crate::model::Config;
use crate::parse::media::{Media, begins_like_a_page, media};
use crate::parse::svg::{self, Dropped};
use crate::world::World;

/// How a file is published that a document links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// As it is.
    AsItIs,
    /// As a drawing that lost what could run or load something.
    Drawing(Vec<Dropped>),
    /// As it is, to be downloaded and not opened: a setting allows it.
    Download,
    /// Not at all.
    Withheld(Withheld),
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
pub(super) type Known = Mutex<FxHashMap<String, (u64, Attachment)>>;

/// How the files that `links` lead to are published. A file that is `known` is not read again.
pub(super) fn attachments(
    world: &dyn World,
    config: &Config,
    links: &[Arc<[LinkTarget]>],
    known: &Known,
) -> Attachments {
    let files = links.iter().flat_map(|links| links.iter()).filter_map(|target| match target {
        LinkTarget::File { path, .. } => Some(path.as_str()),
        _ => None,
    });
    let files: BTreeSet<&str> = files.collect();
    let attachments: Attachments =
        files.into_par_iter().map(|path| (path.to_owned(), attachment(world, config, path, known))).collect();
    lock(known).retain(|path, _| attachments.contains_key(path));
    attachments
}

fn attachment(world: &dyn World, config: &Config, path: &str, known: &Known) -> Attachment {
    let media = media(path);
    let read = match media {
        Media::Inert => return Attachment::AsItIs,
        Media::Host => return Attachment::Withheld(Withheld::OfHost),
        Media::Active if config.downloads.contains(&ending(path)) => return Attachment::Download,
        Media::Active => return Attachment::Withheld(Withheld::Active),
        Media::Svg => drawing,
        Media::Unknown => nameless,
    };
    let in_project = config.in_content(path);
    let before =
        |print: u64| lock(known).get(path).filter(|(of, _)| *of == print).map(|(_, found)| found.clone());
    if let Some(found) = world.fingerprint(&in_project).and_then(before) {
        return found;
    }
    let bytes = match world.read(&in_project) {
        Ok(bytes) => bytes,
        Err(reason) => return Attachment::Withheld(Withheld::Unreadable(reason)),
    };
    let print = fingerprint(&bytes);
    let found = before(print).unwrap_or_else(|| read(&bytes));
    lock(known).insert(path.to_owned(), (print, found.clone()));
    found
}

fn drawing(bytes: &[u8]) -> Attachment {
    match svg::sanitize(bytes) {
        Ok(drawing) => Attachment::Drawing(drawing.dropped),
        Err(problem) => Attachment::Withheld(Withheld::NoDrawing(problem)),
    }
}

fn nameless(bytes: &[u8]) -> Attachment {
    if begins_like_a_page(bytes) { Attachment::Withheld(Withheld::LikeAPage) } else { Attachment::AsItIs }
}

/// The ending of a file's name, in lower case.
pub fn ending(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}
