//! A project on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use walkdir::{DirEntry, WalkDir};

use super::failure::Failure;
use super::git::{self, History};
use super::inside::Refusal;
use super::{Listing, Manifest, World, inside, is_passed_over, is_site};
use crate::model::{ReadError, ReadErrorKind};

/// The project in a folder on disk.
#[derive(Debug)]
pub struct DiskWorld {
    root: PathBuf,
    /// The moment at which it is looked at.
    pub now: Zoned,
    /// Read on the first question.
    history: OnceLock<History>,
    failure: Failure,
}

impl DiskWorld {
    /// The project in `root`.
    ///
    /// # Errors
    ///
    /// If `root` is no folder that can be read.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        let root = fs::canonicalize(root)?;
        fs::read_dir(&root)?;
        Ok(Self { root, now: moment(), history: OnceLock::new(), failure: Failure::default() })
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether all that was read or listed since the last call could be, as far as the system goes.
    ///
    /// # Errors
    ///
    /// If the system failed, as one without free descriptors does. What was read then says nothing of the project.
    pub fn ensure_read(&self) -> anyhow::Result<()> {
        self.failure.take()
    }

    /// What stands at `path`, wherever links lead.
    fn metadata(&self, path: &Path) -> std::io::Result<fs::Metadata> {
        fs::metadata(path).inspect_err(|error| self.failure.note(&self.shown(path), error))
    }

    /// The path from the project's folder, for messages.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// Keeps a refusal that says nothing of the file.
    fn noted(&self, path: &str, refusal: Refusal) -> Refusal {
        if let Refusal::Failed(error) = &refusal {
            self.failure.note(path, error);
        }
        refusal
    }

    /// The path as the project names it; nothing if it is no UTF-8.
    fn name(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }

    fn read_error(&self, path: &Path, reason: impl Into<String>) -> ReadError {
        ReadError::new(self.shown(path), reason)
    }
}

/// Whether the walk goes into or takes `entry`.
fn is_wanted(listed: &str, entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !is_passed_over(listed, &name, entry.file_type().is_dir())
}

/// The sites in a folder that is walked: their files are no content. A document is one, whatever the manifest of a site
/// says, or a file could hide all that is beside it.
#[derive(Default)]
struct Sites(Vec<(PathBuf, Manifest)>);

impl Sites {
    /// Whether a file belongs to a site. Takes note of a folder that is one.
    fn holds(&mut self, entry: &DirEntry) -> bool {
        if entry.file_type().is_dir() {
            if is_site(entry.path())
                && let Some(manifest) = Manifest::read(entry.path())
            {
                self.0.push((entry.path().to_owned(), manifest));
            }
            return false;
        }
        self.0.iter().any(|(site, manifest)| {
            let path = entry.path().strip_prefix(site).ok().and_then(Path::to_str);
            path.is_some_and(|path| manifest.has(path) && !crate::text::name::is_markdown(path))
        })
    }
}

impl World for DiskWorld {
    fn list(&self, folder: &str) -> Listing {
        let start = if folder.is_empty() { self.root.clone() } else { self.root.join(folder) };
        let mut listing = Listing::default();
        if !self.metadata(&start).is_ok_and(|found| found.is_dir()) {
            return listing;
        }
        if let Some(reason) = inside::refusal(&self.root, &start) {
            listing.has_links = true;
            listing.read_errors.push(self.read_error(&start, reason));
            return listing;
        }
        let mut sites = Sites::default();
        let mut walk = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) if is_wanted(folder, &entry) => entry,
                Ok(entry) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    continue;
                }
                Err(error) => {
                    // Loops and links to nothing are told this way.
                    listing.has_links = true;
                    let path = error.path().unwrap_or(&self.root);
                    if let Some(error) = error.io_error() {
                        self.failure.note(&self.shown(path), error);
                    }
                    let reason = match (error.loop_ancestor(), error.io_error()) {
                        (Some(_), _) => "is a link to a folder that holds it".to_owned(),
                        (None, Some(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                            "is a link to nothing".to_owned()
                        }
                        (None, Some(error)) => format!("cannot be read: {error}"),
                        (None, None) => "cannot be read".to_owned(),
                    };
                    if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                        listing.read_errors.push(self.read_error(path, reason));
                    }
                    continue;
                }
            };
            listing.has_links |= entry.path_is_symlink();
            if sites.holds(&entry) {
                continue;
            }
            let refusal =
                entry.path_is_symlink().then(|| inside::refusal(&self.root, entry.path())).flatten();
            if let Some(reason) = refusal {
                listing.read_errors.push(self.read_error(entry.path(), reason));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            } else if entry.file_type().is_file() {
                match self.name(entry.path()) {
                    Some(name) => listing.files.push(name),
                    None => listing.read_errors.push(ReadError {
                        kind: ReadErrorKind::Name,
                        ..self.read_error(entry.path(), "has a name that is no UTF-8")
                    }),
                }
            } else if !entry.file_type().is_dir() {
                listing.read_errors.push(self.read_error(entry.path(), "is neither a file nor a folder"));
            }
        }
        listing.files.sort_unstable();
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        inside::read(&self.root, path).map_err(|refusal| self.noted(path, refusal).to_string())
    }

    fn has_file(&self, path: &str) -> bool {
        match inside::is_file(&self.root, path) {
            Ok(is_file) => is_file,
            // It is there, and the right to read it is not.
            Err(refusal) => self.noted(path, refusal).is_denied(),
        }
    }

    fn now(&self) -> Zoned {
        self.now.clone()
    }

    fn edited(&self, path: &str) -> Option<Date> {
        self.history.get_or_init(|| History::of(&self.root)).edited(path)
    }

    fn contents_on(&self, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>> {
        git::contents_on(&self.root, wanted)
    }
}

/// Here and now, or the moment of `SOURCE_DATE_EPOCH`: reproducible builds set it
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub(super) fn moment() -> Zoned {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let fixed = epoch.and_then(|seconds| Timestamp::from_second(seconds.trim().parse().ok()?).ok());
    fixed.map_or_else(Zoned::now, |moment| moment.to_zoned(TimeZone::UTC))
}
