//! A project some of whose files hold something else: as it was before a change.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::Date;

use super::{Listing, World, is_passed_over};

/// A project in which some files are different, or are not there.
pub struct Overlay<'a> {
    /// The project.
    pub world: &'a dyn World,
    /// The files that are different: what they hold, or nothing for those that are not there.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
}

impl World for Overlay<'_> {
    fn list(&self, folder: &str) -> Listing {
        let mut listing = self.world.list(folder);
        let differs = |path: &str| self.files.contains_key(path);
        listing.files.retain(|path| !differs(path));
        listing.read_errors.retain(|error| !differs(&error.path));
        let there = self.files.iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path);
        listing.files.extend(there.filter(|path| is_listed(folder, path)).cloned());
        listing.files.sort_unstable();
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.files.get(path) {
            Some(Some(bytes)) => Ok(bytes.clone()),
            Some(None) => Err("does not exist".to_owned()),
            None => self.world.read(path),
        }
    }

    fn has_file(&self, path: &str) -> bool {
        self.files.get(path).map_or_else(|| self.world.has_file(path), Option::is_some)
    }

    fn now(&self) -> Zoned {
        self.world.now()
    }

    fn edited(&self, path: &str) -> Option<Date> {
        self.world.edited(path)
    }

    fn contents_on(&self, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>> {
        self.world.contents_on(wanted)
    }
}

/// Whether a listing of `folder` holds the file at `path`.
pub(super) fn is_listed(folder: &str, path: &str) -> bool {
    let rest = match folder {
        "" => Some(path),
        folder => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
    };
    let Some(rest) = rest else { return false };
    let depth = rest.matches('/').count();
    rest.split('/').enumerate().all(|(at, name)| !is_passed_over(folder, name, at < depth))
}
