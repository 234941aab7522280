//! A project in memory, for tests and for text that is not saved yet.

use std::collections::BTreeMap;

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
    /// The days of the last changes, by path.
    pub edited: BTreeMap<String, Date>,
}

impl MemoryWorld {
    /// An empty project at the beginning of a day.
    pub fn on(today: Date) -> Self {
        Self { now: today.to_zoned(TimeZone::UTC).unwrap_or_default(), ..Self::default() }
    }

    /// Writes a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
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
        self.edited.get(path).copied()
    }
}
