//! The folder beside a site in which its next version is made.
//!
//! `.NAME.sdkb-staging` holds a lock file, and the new site in `new`. Who holds the lock may write there and owns what
//! is left in it: a build that was killed holds no lock, in whichever container it ran. Nothing else beside the site
//! is ever touched.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::folder::{parent, remove};
use super::manifest::Manifest;
use super::target;

/// The lock file in the staging folder, which says that sdkb made the folder.
const LOCK: &str = ".sdkb-lock";

/// The folder in it of the new site, and of the old one when the two have changed places.
const NEW: &str = "new";

/// The folder in it of the old site, between the two steps of such a change.
const OLD: &str = "old";

/// The staging folder of a site, locked.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    /// Holds the lock until it is dropped.
    lock: File,
    /// What tells the folder of the new site from another one of that name.
    site: std::sync::OnceLock<(Folder, FileId)>,
}

/// A folder in which files are made, but never the folder itself.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

/// What tells a folder from another one at its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId(u64, u64);

impl Staging {
    /// Locks the staging folder of the site at `target`, after any other build. Calls `waits` before it waits for one.
    pub(super) fn begin(target: &Path, waits: impl Fn()) -> Result<Self> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let beside = parent(target);
        fs::create_dir_all(beside)
            .with_context(|| format!("cannot make the folder `{}`", beside.display()))?;
        let root = beside.join(format!(".{name}.sdkb-staging"));
        loop {
            let locked = Self::lock(&root, &waits);
            let locked = locked.with_context(|| format!("cannot write beside `{}`", target.display()))?;
            match locked {
                Locked::Here(lock) => return Ok(Self { root, lock, site: std::sync::OnceLock::new() }),
                // The build that held it has removed the folder, or is about to.
                Locked::Gone => {}
                Locked::Foreign => bail!(
                    "`{}` is where the site would be made, and sdkb did not make it\nhelp: move it away",
                    root.display()
                ),
            }
        }
    }

    fn lock(root: &Path, waits: impl Fn()) -> io::Result<Locked> {
        if let Err(error) = fs::create_dir(root)
            && error.kind() != io::ErrorKind::AlreadyExists
        {
            return Err(error);
        }
        let path = root.join(LOCK);
        let is_ours = match fs::symlink_metadata(&path) {
            Ok(found) => found.is_file(),
            // It was made a moment ago, or is not ours.
            Err(_) => fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_none()),
        };
        if !is_ours {
            // What was emptied in the meantime is gone in a moment.
            let is_there = fs::symlink_metadata(root).is_ok() && fs::symlink_metadata(&path).is_err();
            return Ok(if is_there { Locked::Foreign } else { Locked::Gone });
        }
        let opened = File::options().write(true).create(true).truncate(false).open(&path);
        let file = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Locked::Gone),
            opened => opened?,
        };
        let locked = match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                waits();
                file.lock()
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        match locked {
            // Not every file system has locks. Without one, builds are not to run at the same time.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        let is_here = identity(&path).is_ok_and(|here| Some(here) == of(&file));
        Ok(if is_here { Locked::Here(file) } else { Locked::Gone })
    }

    /// Removes what a build left that was killed, and makes the folder of the new site, which will be at `target`.
    ///
    /// # Errors
    ///
    /// If what is left is a site that was replaced, with other files in it, or the system can't.
    pub(super) fn clear(&self, target: &Path) -> Result<()> {
        let cannot_write = || format!("cannot write beside `{}`", target.display());
        for name in [NEW, OLD] {
            let left = self.root.join(name);
            // A site that was not done yet has no manifest, and holds nothing else.
            let Some(manifest) = Manifest::read(&left) else { continue };
            if let Some(foreign) = target::named(&manifest, &left).with_context(cannot_write)? {
                bail!(
                    "`{}` is what a build left, and holds files that sdkb did not make: {foreign}\nhelp: move what is yours away",
                    left.display()
                );
            }
        }
        self.make_new().with_context(cannot_write)
    }

    fn make_new(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_name() != LOCK {
                if entry.file_type()?.is_dir() {
                    remove(&entry.path())?
                } else {
                    fs::remove_file(entry.path())?
                }
            }
        }
        let site = self.root.join(NEW);
        fs::create_dir(&site)?;
        let site = Folder { path: site };
        let identity = identity(&site.path)?;
        let _ = self.site.set((site, identity));
        Ok(())
    }

    /// Where the old site is while the new one takes its place, if the system can't exchange the two.
    pub(super) fn aside(&self) -> PathBuf {
        self.root.join(OLD)
    }

    /// The folder of the new site, which [`Staging::clear`] made.
    pub(super) fn site(&self) -> &Folder {
        self.site.get().map_or_else(|| unreachable!("a build begins with a new folder"), |(site, _)| site)
    }

    /// Makes sure that the folder of the new site is the one that was made for it.
    ///
    /// # Errors
    ///
    /// If it is gone, or another one.
    pub(super) fn ensure_same(&self) -> Result<()> {
        let same = self
            .site
            .get()
            .is_some_and(|(site, known)| identity(&site.path).is_ok_and(|here| here == *known));
        anyhow::ensure!(
            same,
            "the new site was removed from `{}` while it was built\nhelp: build again, with nothing else at work there",
            self.root.display()
        );
        Ok(())
    }

    /// Whether a file has the permissions that a new one gets from this build.
    #[cfg(unix)]
    pub(super) fn has_mode_of_new_files(&self, file: &fs::Metadata) -> bool {
        use std::os::unix::fs::PermissionsExt;
        self.lock.metadata().is_ok_and(|new| new.permissions().mode() == file.permissions().mode())
    }

    #[cfg(not(unix))]
    pub(super) fn has_mode_of_new_files(&self, file: &fs::Metadata) -> bool {
        self.lock.metadata().is_ok_and(|new| new.permissions() == file.permissions())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // The lock file goes last: without it, what is left would not be known as ours.
        if let Some((site, _)) = self.site.get() {
            let _ = remove(&site.path);
        }
        let is_empty = fs::read_dir(&self.root).is_ok_and(|entries| entries.count() == 1);
        if is_empty {
            let _ = fs::remove_file(self.root.join(LOCK));
            let _ = fs::remove_dir(&self.root);
        }
    }
}

enum Locked {
    Here(File),
    Gone,
    Foreign,
}

impl Folder {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folders that the file at `path` is in.
    pub(super) fn create_folders(&self, path: &str) -> io::Result<()> {
        for (at, _) in path.match_indices('/') {
            match fs::create_dir(self.path.join(&path[..at])) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        File::create_new(self.path.join(path))
    }

    pub(super) fn link(&self, file: &Path, path: &str) -> io::Result<()> {
        fs::hard_link(file, self.path.join(path))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<FileId> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).map(|found| FileId(found.dev(), found.ino()))
}

#[cfg(unix)]
fn of(file: &File) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    file.metadata().ok().map(|found| FileId(found.dev(), found.ino()))
}

/// Where files have no numbers, a folder is known by the moment at which it was made.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<FileId> {
    let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    fs::symlink_metadata(path)?
        .created()
        .map(since)
        .map(|made| FileId(made.as_secs(), made.subsec_nanos().into()))
}

#[cfg(not(unix))]
fn of(file: &File) -> Option<FileId> {
    let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    file.metadata()
        .ok()?
        .created()
        .ok()
        .map(since)
        .map(|made| FileId(made.as_secs(), made.subsec_nanos().into()))
}
