//! Where a site goes: all of it or nothing.
//!
//! A site is built in a folder beside its destination and then takes its place in one step, which the
//! system does or does not: a kill at any moment leaves the old site or the new one, whole. Files that
//! did not change are not written again but linked, so they keep their times.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail, ensure};

/// The file that marks a folder as made by sdkb, which alone may be replaced.
pub const MARKER: &str = ".sdkb-site";

/// What the marker says to people who find it.
const MARKER_TEXT: &str = "sdkb made this folder and replaces it whole at each build.\n";

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
    staging: PathBuf,
    written: AtomicUsize,
    is_published: bool,
}

impl DiskOutput {
    /// Begins to build a site that will stand at `target`.
    ///
    /// # Errors
    ///
    /// If `target` holds something that sdkb did not make, or nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Self> {
        // A link keeps leading to the folder that is replaced.
        let target = fs::canonicalize(target).or_else(|_| std::path::absolute(target))?;
        let name = target.file_name().with_context(|| format!("`{}` can't be replaced", target.display()))?;
        let name = name.to_string_lossy().into_owned();
        let parent = target.parent().unwrap_or(Path::new("/")).to_owned();
        fs::create_dir_all(&parent)
            .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        recover(&target, &parent, &name);
        refuse_foreign(&target)?;
        let staging =
            fresh(&parent, &name).with_context(|| format!("cannot write beside `{}`", target.display()))?;
        let output = Self { target, staging, written: AtomicUsize::new(0), is_published: false };
        output.write(MARKER, MARKER_TEXT.as_bytes())?;
        Ok(output)
    }

    /// The folder of the site.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the site in its place. Says how many files are new or changed.
    ///
    /// # Errors
    ///
    /// If the system can't. The old site then stays.
    pub fn publish(mut self) -> Result<usize> {
        put(&self.staging, &self.target)
            .with_context(|| format!("cannot put the site at `{}`", self.target.display()))?;
        self.is_published = true;
        // What is in the staging folder now is the old site.
        let _ = fs::remove_dir_all(&self.staging);
        Ok(self.written.load(Ordering::Relaxed))
    }
}

impl Output for DiskOutput {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        // Whatever asks for it, nothing is written outside of the site.
        let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_inside, "`{path}` is no path in the site");
        let (file, old) = (self.staging.join(path), self.target.join(path));
        let is_new = place(&file, &old, bytes).or_else(|error| match (error.kind(), file.parent()) {
            (io::ErrorKind::NotFound, Some(folder)) => {
                fs::create_dir_all(folder)?;
                place(&file, &old, bytes)
            }
            _ => Err(error),
        });
        let is_new = is_new.with_context(|| format!("cannot write `{path}` of the new site"))?;
        self.written.fetch_add(usize::from(is_new), Ordering::Relaxed);
        Ok(())
    }
}

/// Puts a file in the new site: as a link to the old one if that holds the same. Says whether it does not.
fn place(file: &Path, old: &Path, bytes: &[u8]) -> io::Result<bool> {
    if is_same(old, bytes) {
        match fs::hard_link(old, file) {
            // Not every file system has links.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {}
            linked => return linked.map(|()| false),
        }
    }
    // A file that is there already may be a link to one of the old site.
    fs::File::create_new(file)?.write_all(bytes).map(|()| true)
}

impl Drop for DiskOutput {
    fn drop(&mut self) {
        if !self.is_published {
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

fn is_same(old: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::metadata(old).is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
    same_size && fs::read(old).is_ok_and(|known| known == bytes)
}

/// Refuses a folder with anything in it that sdkb did not put there.
fn refuse_foreign(target: &Path) -> Result<()> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot use `{}` for the site", target.display())),
        Ok(mut entries) => {
            if target.join(".git").exists() {
                bail!(
                    "`{}` is a repository, and a build replaces the whole folder\nhelp: build into another folder and copy the site over",
                    target.display()
                );
            }
            if entries.next().is_some() && !target.join(MARKER).is_file() {
                bail!(
                    "`{}` holds files that sdkb did not make\nhelp: empty it yourself, or name another folder with `--out`",
                    target.display()
                );
            }
            Ok(())
        }
    }
}

/// Makes a folder beside the site that nobody else has.
fn fresh(parent: &Path, name: &str) -> io::Result<PathBuf> {
    let process = std::process::id();
    for number in 0.. {
        let staging = parent.join(format!(".{name}.sdkb-{process}-{number}"));
        match fs::create_dir(&staging) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {}
            made => return made.map(|()| staging),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Cleans up after builds that were killed. The name alone says whose a folder is: its marker may be gone
/// already if the build was killed while it removed the old site.
fn recover(target: &Path, parent: &Path, name: &str) {
    let old = parent.join(format!(".{name}.sdkb-old"));
    // Only where the system can't exchange two folders is there a moment without a site.
    if old.exists() && !target.exists() {
        let _ = fs::rename(&old, target);
    }
    let prefix = format!(".{name}.sdkb-");
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let Some(rest) = file_name.to_str().and_then(|name| name.strip_prefix(&prefix)) else { continue };
        let process = rest.split('-').next().and_then(|process| process.parse().ok());
        let is_abandoned = rest == "old" || process.is_some_and(|process| !is_running(process));
        if is_abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_running(process: i32) -> bool {
    let process = rustix::process::Pid::from_raw(process);
    // Whoever may not be signalled is running.
    process.is_some_and(|process| {
        rustix::process::test_kill_process(process)
            .map_or_else(|error| error == rustix::io::Errno::PERM, |()| true)
    })
}

#[cfg(not(unix))]
fn is_running(_process: i32) -> bool {
    true
}

/// Puts the folder `new` in the place of `old`, if there is one. Another build, or somebody who cleans up, may change
/// that between one step and the next.
fn put(new: &Path, old: &Path) -> io::Result<()> {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotFound};
    match exchange(new, old) {
        Err(error) if error.kind() == NotFound => match fs::rename(new, old) {
            Err(error) if matches!(error.kind(), AlreadyExists | DirectoryNotEmpty) => exchange(new, old),
            renamed => renamed,
        },
        exchanged => exchanged,
    }
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Some file systems can't.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_two_steps(new, old),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    exchange_in_two_steps(new, old)
}

/// Moves the old folder aside and the new one in its place. If that is cut off between the two, the next
/// build finds the old folder and puts it back.
fn exchange_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let name = old.file_name().unwrap_or_default().to_string_lossy();
    let aside = old.with_file_name(format!(".{name}.sdkb-old"));
    let _ = fs::remove_dir_all(&aside);
    fs::rename(old, &aside)?;
    fs::rename(new, old).inspect_err(|_| {
        let _ = fs::rename(&aside, old);
    })?;
    fs::rename(&aside, new)
}
