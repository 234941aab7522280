//! How a new site takes the place of the old one.
//!
//! | the system | what a kill leaves |
//! | --- | --- |
//! | exchanges two folders (Linux, macOS) | the old site or the new one |
//! | only renames (some network and user-space file systems) | the old site, the new one, or none, and the next build puts the old one back |
//! | does neither: the target is a mount point, or lies in a lower layer of a container | files of both, and the next build completes the site |

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Result, bail};

use super::folder::remove;
use super::manifest::{Manifest, PART};
use super::staging::Staging;
use super::target;

/// Puts back the old site, if a build was killed between the two renames.
pub(super) fn recover(staging: &Staging, target: &Path) -> io::Result<()> {
    let aside = staging.aside();
    if fs::symlink_metadata(&aside).is_ok() && fs::symlink_metadata(target).is_err() {
        fs::rename(aside, target)?;
    }
    Ok(())
}

/// Puts the new site, of the files of `new`, in the place of the old one, of those of `old`. The old one is then where
/// the new one was.
///
/// # Errors
///
/// If the old one holds other files, which came there since the build began, or the system can't. The old one stays.
pub(super) fn put(staging: &Staging, target: &Path, old: &Manifest, new: &Manifest) -> Result<()> {
    use io::ErrorKind::{CrossesDevices, NotFound, ResourceBusy};
    let site = staging.site().path();
    let put = match exchange(staging, site, target) {
        // Another process may remove the old site at any time.
        Err(error) if error.kind() == NotFound => return Ok(fs::rename(site, target)?),
        exchanged => exchanged,
    };
    match put {
        Err(error) if matches!(error.kind(), CrossesDevices | ResourceBusy) => {
            ensure_own(old, target)?;
            Ok(update(site, target, old, new)?)
        }
        Err(error) => Err(error.into()),
        // Before this it is not known what is in it: files may come there until it is out of the way.
        Ok(()) => ensure_own(old, site).inspect_err(|_| {
            let _ = exchange(staging, site, target);
        }),
    }
}

/// Makes sure that the old site, which is in `folder` now, holds only files that sdkb wrote.
fn ensure_own(old: &Manifest, folder: &Path) -> Result<()> {
    if let Some(foreign) = target::named(old, folder)? {
        bail!(
            "files that sdkb did not make came there during the build: {foreign}\nhelp: {}",
            target::STATIC_FILES
        );
    }
    Ok(())
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staging: &Staging, new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Some file systems can't.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_two_steps(staging, new, old),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(staging: &Staging, new: &Path, old: &Path) -> io::Result<()> {
    exchange_in_two_steps(staging, new, old)
}

/// Moves the old folder aside, the new one in its place, and the old one to where that was.
fn exchange_in_two_steps(staging: &Staging, new: &Path, old: &Path) -> io::Result<()> {
    let aside = staging.aside();
    fs::rename(old, &aside)?;
    fs::rename(new, old).inspect_err(|_| {
        let _ = fs::rename(&aside, old);
    })?;
    fs::rename(aside, new)
}

/// Makes the old folder the new site, file by file. The manifest names the files of both until that is done.
fn update(site: &Path, target: &Path, old: &Manifest, new: &Manifest) -> io::Result<()> {
    old.joined(new).write(target)?;
    let part = target.join(PART);
    for path in new.paths() {
        let (from, to) = (site.join(path), target.join(path));
        if fs::read(&to).is_ok_and(|known| fs::read(&from).is_ok_and(|bytes| bytes == known)) {
            continue;
        }
        if fs::symlink_metadata(&to).is_ok_and(|found| found.is_dir()) {
            remove(&to)?;
        }
        make_folders(target, path)?;
        fs::copy(&from, &part)?;
        fs::rename(&part, &to)?;
    }
    for path in old.paths().filter(|path| !new.has(path)) {
        match fs::remove_file(target.join(path)) {
            // A file whose place a folder has taken, or the other way round.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                ) => {}
            removed => removed?,
        }
        // Folders that nothing is in any more.
        let mut folder = path;
        while let Some((outer, _)) = folder.rsplit_once('/') {
            if fs::remove_dir(target.join(outer)).is_err() {
                break;
            }
            folder = outer;
        }
    }
    new.write(target)
}

/// Makes the folders of a file of the site, also where a file of the old site is.
fn make_folders(target: &Path, path: &str) -> io::Result<()> {
    for (at, _) in path.match_indices('/') {
        let folder = target.join(&path[..at]);
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => continue,
            Ok(_) => fs::remove_file(&folder)?,
            Err(_) => {}
        }
        fs::create_dir(&folder)?;
    }
    Ok(())
}
