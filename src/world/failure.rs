//! Failures of the system, which say nothing of the files of a project.

use std::io;
use std::sync::Mutex;

use anyhow::{Result, bail};

use crate::cache_slot::lock;

/// The first failure since the last look, with the path that it happened at.
#[derive(Debug, Default)]
pub(super) struct Failure(Mutex<Option<String>>);

impl Failure {
    /// Keeps `error` if it is the system's.
    pub(super) fn note(&self, path: &str, error: &io::Error) {
        if is_of_system(error) {
            lock(&self.0).get_or_insert_with(|| format!("cannot read `{path}`: {error}"));
        }
    }

    /// Forgets what happened.
    ///
    /// # Errors
    ///
    /// If something did.
    pub(super) fn take(&self) -> Result<()> {
        match lock(&self.0).take() {
            Some(failure) => bail!("{failure}"),
            None => Ok(()),
        }
    }
}

/// Whether an error may be gone in a moment, or on another machine, though the file stays as it is.
#[cfg(unix)]
pub(super) fn is_of_system(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let passing = [
        Errno::MFILE,
        Errno::NFILE,
        Errno::IO,
        Errno::NOMEM,
        Errno::STALE,
        Errno::AGAIN,
        Errno::INTR,
        Errno::TIMEDOUT,
        Errno::NOTCONN,
        Errno::HOSTDOWN,
    ];
    Errno::from_io_error(error).is_some_and(|error| passing.contains(&error))
}

#[cfg(not(unix))]
pub(super) fn is_of_system(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, OutOfMemory, StaleNetworkFileHandle, TimedOut, WouldBlock};
    // ERROR_TOO_MANY_OPEN_FILES of Windows has no kind.
    error.raw_os_error() == Some(4)
        || matches!(error.kind(), Interrupted | OutOfMemory | StaleNetworkFileHandle | TimedOut | WouldBlock)
}
