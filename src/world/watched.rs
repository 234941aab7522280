//! A disk project with cached listings and file hashes, invalidated by `changed`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockWriteGuard};

use jiff::Zoned;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::disk::moment;
use super::git::History;
use super::overlay::is_listed;
use super::{DiskWorld, Listing, MARKER, World, is_site};
use crate::cache_slot::{fingerprint, lock};

/// A project on disk, and what is known of its files.
#[derive(Debug)]
pub struct WatchedWorld {
    disk: DiskWorld,
    /// What folders hold, by folder.
    listings: Mutex<BTreeMap<String, Listing>>,
    /// The fingerprints of files that were read.
    fingerprints: RwLock<FxHashMap<String, u64>>,
    /// When files were changed. Read on the first question.
    history: RwLock<Option<History>>,
    /// When something last changed, for the owner of this world: a server may run for days. Without
    /// writes it stays on its day.
    now: Mutex<Zoned>,
    /// When the world was made.
    begin: Zoned,
}

impl WatchedWorld {
    /// A project of which nothing is known yet.
    pub fn new(disk: DiskWorld) -> Self {
        let now = Mutex::new(disk.now());
        let (listings, fingerprints, history) = (Mutex::default(), RwLock::default(), RwLock::default());
        Self { disk, listings, fingerprints, history, now, begin: moment() }
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        self.disk.root()
    }

    /// Whether the system let the project be read since the last call.
    ///
    /// # Errors
    ///
    /// As [`DiskWorld::ensure_read`].
    pub fn ensure_read(&self) -> anyhow::Result<()> {
        self.disk.ensure_read()
    }

    /// Takes note that something may have happened at `path`, be it a file or a folder. Says whether it did.
    pub fn changed(&self, path: &str) -> bool {
        let before = self.fingerprints().remove(path);
        let what = self.what_is_at(path);
        // Editors write what was there already, and files that are gone a moment later.
        let is_same = match (what, before) {
            (At::File, Some(before)) => self.read(path).is_ok_and(|bytes| fingerprint(&bytes) == before),
            (At::Nothing, None) => !self.is_listed(path),
            _ => false,
        };
        if is_same {
            return false;
        }
        let (below, mut listings) = (format!("{path}/"), lock(&self.listings));
        listings.retain(|folder, listing| {
            let is_around = folder == path || folder.starts_with(&below);
            // A marker says that the folder around it is a site.
            if is_around || listing.has_links || path.ends_with(MARKER) {
                return false;
            }
            if !is_listed(folder, path) {
                return true;
            }
            let files = &mut listing.files;
            let start = files.partition_point(|file| file.as_str() < below.as_str());
            let count = files[start..].iter().take_while(|file| file.starts_with(&below)).count();
            files.drain(start..start + count);
            let place = files.binary_search_by(|file| file.as_str().cmp(path));
            match (what, place) {
                (At::File, Err(place)) => files.insert(place, path.to_owned()),
                (At::Nothing, Ok(place)) => {
                    files.remove(place);
                }
                _ => {}
            }
            listing.read_errors.retain(|error| error.path != path && !error.path.starts_with(&below));
            what != At::SomethingElse
        });
        if what != At::File {
            self.fingerprints().retain(|file, _| !file.starts_with(&below));
        }
        self.advance_clock();
        true
    }

    /// The time goes on with each change, so that what is shown of one state of the project has one day.
    fn advance_clock(&self) {
        *lock(&self.now) = self.disk.now().saturating_add(moment().duration_since(&self.begin));
    }

    /// Whether a file or folder is known to be at `path`.
    fn is_listed(&self, path: &str) -> bool {
        let below = format!("{path}/");
        lock(&self.listings).iter().any(|(folder, listing)| {
            let at = listing.files.partition_point(|file| file.as_str() < path);
            let mut next = listing.files[at..].iter();
            listing.has_links
                || folder == path
                || folder.starts_with(&below)
                || listing.read_errors.iter().any(|error| error.path == path)
                || next.any(|file| file == path || file.starts_with(&below))
        })
    }

    /// Takes note that there may be new commits. Says whether files were changed on other days by now.
    pub fn changed_history(&self) -> bool {
        let mut history = self.history.write().unwrap_or_else(PoisonError::into_inner);
        let Some(before) = history.take_if(|before| !before.is_current(self.root())) else { return false };
        let now = history.insert(History::of(self.root()));
        if now.has_days_of(&before) {
            return false;
        }
        self.advance_clock();
        true
    }

    /// Takes note that anything may have happened.
    pub fn changed_all(&self) {
        *self.history.write().unwrap_or_else(PoisonError::into_inner) = None;
        lock(&self.listings).clear();
        self.fingerprints().clear();
        self.advance_clock();
    }

    fn fingerprints(&self) -> RwLockWriteGuard<'_, FxHashMap<String, u64>> {
        self.fingerprints.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn what_is_at(&self, path: &str) -> At {
        let full = self.root().join(path);
        match fs::symlink_metadata(&full) {
            Err(_) => At::Nothing,
            // A file that is reached in a plain way: no link on the way to it, and no site around it.
            Ok(found) if found.is_file() && fs::canonicalize(&full).is_ok_and(|real| real == full) => {
                let mut around =
                    full.ancestors().skip(1).take_while(|folder| folder.starts_with(self.root()));
                if around.any(is_site) { At::SomethingElse } else { At::File }
            }
            Ok(_) => At::SomethingElse,
        }
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// A file of the project.
    File,
    Nothing,
    /// A folder, a link, or something in a site: only listing anew tells what that means.
    SomethingElse,
}

impl World for WatchedWorld {
    fn list(&self, folder: &str) -> Listing {
        if let Some(listing) = lock(&self.listings).get(folder) {
            return listing.clone();
        }
        let listing = self.disk.list(folder);
        lock(&self.listings).insert(folder.to_owned(), listing.clone());
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.disk.read(path)?;
        self.fingerprints().insert(path.to_owned(), fingerprint(&bytes));
        Ok(bytes)
    }

    fn fingerprint(&self, path: &str) -> Option<u64> {
        self.fingerprints.read().unwrap_or_else(PoisonError::into_inner).get(path).copied()
    }

    fn has_file(&self, path: &str) -> bool {
        self.disk.has_file(path)
    }

    fn now(&self) -> Zoned {
        lock(&self.now).clone()
    }

    fn edited(&self, path: &str) -> Option<Date> {
        if let Some(history) = &*self.history.read().unwrap_or_else(PoisonError::into_inner) {
            return history.edited(path);
        }
        let mut history = self.history.write().unwrap_or_else(PoisonError::into_inner);
        history.get_or_insert_with(|| History::of(self.root())).edited(path)
    }

    fn contents_on(&self, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>> {
        self.disk.contents_on(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{DiskWorld, WatchedWorld, World};

    #[test]
    fn the_time_goes_on_with_each_change() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let mut disk = DiskWorld::open(folder.path()).expect("it can be read");
        disk.now =
            jiff::civil::date(2026, 2, 28).to_zoned(jiff::tz::TimeZone::UTC).expect("it has a beginning");
        let world = WatchedWorld::new(disk);
        let before = world.now();
        assert_eq!(world.now(), before);
        world.changed_all();
        assert!(before < world.now() && world.today() == before.date());
    }
}
