//! What addresses answered in earlier runs.
//!
//! Only what a site meant is kept. That a network or a server failed is true for the moment, and would be
//! a false alarm later on.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use url::Url;

use super::LinkStatus;
use super::verdict::{Verdict, verdict};

/// The version of the file. A file of another version is not read.
const VERSION: u32 = 1;

/// Statuses of earlier runs that are not too old, and of this one.
#[derive(Debug, Default)]
pub struct Cache {
    now: u64,
    answers: BTreeMap<String, Known>,
}

/// The file. Each address stands on lines of its own, in order, so that it can be kept in a repository.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    version: u32,
    answers: BTreeMap<String, Known>,
}

/// An answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Known {
    /// When it was given, in seconds since 1970.
    asked: u64,
    /// The status, if the address was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<u16>,
}

impl Cache {
    /// Reads the file at `path`, without answers that are `max_age` old or older. `now` is the time in
    /// seconds since 1970, which new answers get too. A file that is not there, can't be read or is of
    /// another version counts as empty: nothing is lost but time.
    pub fn load(path: &Path, max_age: Duration, now: u64) -> Self {
        let stored = fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
        let stored = stored.filter(|stored| stored.version == VERSION);
        let mut answers = stored.map(|stored| stored.answers).unwrap_or_default();
        // An answer from the future, by a clock that was wrong, would stay for too long.
        let age = |known: &Known| now.checked_sub(known.asked);
        answers.retain(|_, known| age(known).is_some_and(|age| age < max_age.as_secs()));
        Self { now, answers }
    }

    /// Writes the file at `path`, and the folders that lead to it. A reader finds the old file or the new
    /// one, whole.
    ///
    /// # Errors
    ///
    /// If the system can't. The old file then stays.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let Some(name) = path.file_name() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let stored = Stored { version: VERSION, answers: self.answers.clone() };
        let text = serde_json::to_string_pretty(&stored)? + "\n";
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // Two runs at once must not write into the same file.
        let beside = format!(".{}.sdkb-{}", name.to_string_lossy(), std::process::id());
        let beside = path.with_file_name(beside);
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
    }

    /// What an address answered, if that is known.
    pub(super) fn get(&self, url: &Url) -> Option<LinkStatus> {
        let known = self.answers.get(url.as_str())?;
        Some(known.refused.map_or(LinkStatus::Reachable, LinkStatus::Refused))
    }

    /// Keeps an answer, if it says something about the address and not about the moment.
    pub(super) fn keep(&mut self, url: &Url, answer: &LinkStatus) {
        let refused = match answer {
            LinkStatus::Reachable => None,
            LinkStatus::Refused(status) if verdict(*status) == Verdict::Gone => Some(*status),
            LinkStatus::Refused(_) | LinkStatus::Unreachable(_) | LinkStatus::Unknown(_) => return,
        };
        self.answers.insert(url.as_str().to_owned(), Known { asked: self.now, refused });
    }
}
