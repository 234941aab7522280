//! A project in memory, for tests and for text that is not saved yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Zoned, tz::TimeZone};

use super::overlay::is_listed;
use super::{Listing, World};
use crate::model::ReadError;

/// A project whose files are given as text.
#[derive(Debug, Default, Clone)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
    /// What can't be read.
    pub read_errors: Vec<ReadError>,
    now: Zoned,
    /// What files held and since which days, by path, the oldest first.
    versions: BTreeMap<String, Vec<Version>>,
}

/// What a file holds, and since which day.
type Version = (Date, Arc<[u8]>);

impl MemoryWorld {
    /// An empty project at the beginning of a day.
    pub fn on(today: Date) -> Self {
        Self { now: today.to_zoned(TimeZone::UTC).unwrap_or_default(), ..Self::default() }
    }

    /// Writes a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Makes what a file holds now its version since a day. Later days come later.
    pub fn commit(&mut self, path: &str, day: Date) {
        let bytes = self.files.get(path).cloned().unwrap_or_default();
        self.versions.entry(path.to_owned()).or_default().push((day, bytes.into()));
    }

    /// Deletes a file. Says whether there was one.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &str) -> Listing {
        let files = self.files.keys().filter(|path| is_listed(folder, path)).cloned().collect();
        let read_errors = self.read_errors.iter().filter(|error| is_listed(folder, &error.path)).cloned();
        Listing { files, read_errors: read_errors.collect(), has_links: false }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "does not exist".to_owned())
    }

    fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn now(&self) -> Zoned {
        self.now.clone()
    }

    fn edited(&self, path: &str) -> Option<Date> {
        Some(self.versions.get(path)?.last()?.0)
    }

    fn contents_on(&self, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>> {
        let version = |(path, day): &(&str, Date)| {
            let mut versions = self.versions.get(*path)?.iter().rev();
            versions.find(|(since, _)| since <= day).map(|(_, bytes)| Arc::clone(bytes))
        };
        wanted.iter().map(version).collect()
    }
}
