//! Where a site goes: all of it or nothing.
//!
//! A site is built in a folder beside its destination (`staging`), compared with the list of what was written
//! (`manifest`), and then takes its place in one step where the system has such a step (`exchange`). A kill at any
//! moment leaves the old site or the new one, whole. What a build may replace is what the manifest of the old site
//! names, and never a place that holds what the site is made of (`target`). Files that did not change are not written
//! again but linked, so they keep their times.

mod exchange;
mod folder;
mod manifest;
mod staging;
mod target;

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};

pub use manifest::{MARKER, Manifest, is_site};
use staging::Staging;
pub use target::Inputs;

/// A place for the files of a site. Paths have `/` between their parts.
pub trait Output: Sync {
    /// Writes a file.
    ///
    /// # Errors
    ///
    /// If the system can't.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()>;
}

/// A folder on disk, about to be replaced.
#[derive(Debug)]
pub struct DiskOutput {
    target: PathBuf,
    /// What the last build wrote there.
    old: Manifest,
    staging: Staging,
    manifest: Mutex<Manifest>,
    /// How many files are new or changed.
    written: AtomicUsize,
}

impl DiskOutput {
    /// Begins to build a site that will be at `target`, from `inputs`. Waits while another build makes a site there, and
    /// calls `waits` with the folder of the site before it does.
    ///
    /// # Errors
    ///
    /// If `target` is, holds or lies in one of the inputs, holds something that sdkb did not write, or nothing can be
    /// written beside it.
    pub fn begin(target: &Path, inputs: &Inputs, waits: impl Fn(&Path)) -> Result<Self> {
        let target = target::resolve(target)?;
        target::refuse_inputs(&target, inputs)?;
        let staging = Staging::begin(&target, || waits(&target))?;
        exchange::recover(&staging, &target)
            .with_context(|| format!("cannot put back the site at `{}`", target.display()))?;
        let old = target::refuse_foreign(&target)?;
        staging.clear(&target)?;
        Ok(Self { target, old, staging, manifest: Mutex::default(), written: AtomicUsize::new(0) })
    }

    /// The folder of the site.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the site in its place. Returns how many files are new or changed.
    ///
    /// # Errors
    ///
    /// If the new site is not as it was written, other files came into the old one, or the system can't exchange the two.
    /// The old site then stays.
    pub fn publish(self) -> Result<usize> {
        let manifest = self.manifest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let new = self.staging.site();
        self.staging.ensure_same()?;
        manifest.write(new.path()).with_context(|| format!("cannot write `{MARKER}` of the new site"))?;
        manifest.verify(new.path())?;
        exchange::put(&self.staging, &self.target, &self.old, &manifest)
            .with_context(|| format!("cannot put the site at `{}`", self.target.display()))?;
        Ok(self.written.load(Ordering::Relaxed))
    }

    /// Puts a file in the new site: as a link to the old one if that holds the same and may be read by the same
    /// people. Returns whether it does not.
    fn place(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let (new, old) = (self.staging.site(), self.target.join(path));
        if self.is_same(&old, bytes) {
            match new.link(&old, path) {
                // Not every file system has links.
                Err(error) if error.kind() != io::ErrorKind::NotFound => {}
                linked => return linked.map(|()| false),
            }
        }
        // A file that is there already may be a link to one of the old site.
        new.create(path)?.write_all(bytes).map(|()| true)
    }

    fn is_same(&self, old: &Path, bytes: &[u8]) -> bool {
        let is_alike = fs::symlink_metadata(old).is_ok_and(|found| {
            found.is_file() && found.len() == bytes.len() as u64 && self.staging.has_mode_of_new_files(&found)
        });
        is_alike && fs::read(old).is_ok_and(|known| known == bytes)
    }
}

impl Output for DiskOutput {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        // Whatever asks for it, nothing is written outside of the site.
        let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_inside && path != MARKER, "`{path}` is no path in the site");
        let is_new = self.place(path, bytes).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                self.staging.site().create_folders(path)?;
                self.place(path, bytes)
            }
            _ => Err(error),
        });
        let is_new = is_new.map_err(|error| match self.staging.ensure_same() {
            Ok(()) => anyhow::Error::new(error).context(format!("cannot write `{path}` of the new site")),
            Err(gone) => gone,
        })?;
        self.written.fetch_add(usize::from(is_new), Ordering::Relaxed);
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner).add(path, bytes);
        Ok(())
    }
}
