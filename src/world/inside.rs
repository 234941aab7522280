//! Opens what stands at a path of a project, and nothing outside of it, wherever symbolic links lead.
//!
//! A link is judged by where it leads, and then the file itself is opened at that place without following any link.
//! So a link that takes the place of a file, or of a folder on the way to it, between the two is not followed.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};

use super::FOREIGN_FOLDERS;

/// How often a file is looked for that changes places meanwhile.
const ATTEMPTS: usize = 16;

/// Why a file can't be had.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is not to be published, or is no file. The words follow its path.
    Unpublished(String),
    /// The system does not give it.
    Failed(io::Error),
}

impl Refusal {
    /// Whether it is there, and the permission to read it is not.
    pub(super) fn is_denied(&self) -> bool {
        matches!(self, Refusal::Failed(error) if error.kind() == ErrorKind::PermissionDenied)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unpublished(reason) => out.write_str(reason),
            Refusal::Failed(error) => write!(out, "cannot be read: {error}"),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Failed(error)
    }
}

/// The bytes of the file at `path` in the project `root`, whose path is canonical.
///
/// # Errors
///
/// If there is no such file, or it is not to be published.
pub(super) fn read(root: &Path, path: &str) -> Result<Vec<u8>, Refusal> {
    let mut file = open(root, path)?;
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(Refusal::Unpublished("is no file".to_owned()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether what stands at `path` is a file that [`read`] reads.
///
/// # Errors
///
/// If it can't be opened.
pub(super) fn is_file(root: &Path, path: &str) -> Result<bool, Refusal> {
    Ok(open(root, path)?.metadata()?.is_file())
}

/// Why nothing is read that stands at `path` in the project `root`, if there is a link on the way to it.
pub(super) fn refusal(root: &Path, path: &Path) -> Option<String> {
    let target = fs::canonicalize(path).ok()?;
    judge(path.strip_prefix(root).unwrap_or(path), target.strip_prefix(root).ok()).err()
}

/// Whether the project publishes what stands at `target`, where `path` leads; both are relative to the project.
pub(super) fn is_published(path: &Path, target: &Path) -> bool {
    judge(path, Some(target)).is_ok()
}

fn open(root: &Path, path: &str) -> Result<File, Refusal> {
    let path = Path::new(path);
    let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain {
        return Err(Refusal::Unpublished("is no path in the project".to_owned()));
    }
    judge(path, Some(path)).map_err(Refusal::Unpublished)?;
    let mut result = system::open(root, path);
    for _ in 0..ATTEMPTS {
        match result {
            Err(error) if system::is_link(&error) => {
                let target = fs::canonicalize(root.join(path))?;
                let target = target.strip_prefix(root).ok();
                judge(path, target).map_err(Refusal::Unpublished)?;
                result = system::open(root, target.unwrap_or(path));
            }
            result => return Ok(result?),
        }
    }
    Ok(result?)
}

/// Whether the project publishes what stands at `target`, where `path` leads; both are relative to the project, and
/// no target is one outside of it.
///
/// Hidden files are not what authors write: they hold settings, histories and secrets of tools, and so do the folders
/// of other tools. A path may name one, as settings may name a hidden folder of documents, but a link that leads into
/// one from elsewhere is not followed. What git keeps is never read: a checkout in CI has its token there.
fn judge(path: &Path, target: Option<&Path>) -> Result<(), String> {
    let Some(target) = target else { return Err("is a link that leads out of the project".to_owned()) };
    let is_git = |part: &str| part.eq_ignore_ascii_case(".git");
    let parts = || target.iter().map(|part| part.to_string_lossy());
    let shared = path.iter().zip(target).take_while(|(asked, found)| asked == found).count();
    let is_link = path != target;
    let is_hidden = is_link && parts().skip(shared).any(|part| part.starts_with('.'));
    let is_foreign =
        is_link && shared == 0 && parts().next().is_some_and(|part| FOREIGN_FOLDERS.contains(&part.as_ref()));
    let published = || target.to_string_lossy().replace('\\', "/");
    if parts().any(|part| is_git(&part)) || is_hidden || is_foreign {
        let what = if is_link { "is a link that leads to" } else { "is" };
        return Err(format!("{what} `{}`, which is never published", published()));
    }
    Ok(())
}

#[cfg(unix)]
mod system {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::fs::{Mode, OFlags, openat};
    use rustix::io::Errno;

    /// To go through a folder takes no permission to list it, where the system can tell the two apart.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const PASS: OFlags = OFlags::PATH;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const PASS: OFlags = OFlags::RDONLY;

    /// Whether a file was not opened because there is, or just was, a link on the way to it.
    pub(super) fn is_link(error: &io::Error) -> bool {
        // Linux says of a link in the place of a folder that it is no folder.
        [Errno::LOOP, Errno::MLINK, Errno::NOTDIR, Errno::AGAIN]
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
    }

    /// Opens `path` below `root`, if there is no link on the way to it. To open a pipe would be to wait for its writer.
    pub(super) fn open(root: &Path, path: &Path) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let root = rustix::fs::open(root, PASS | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(File::from(beneath(root, path, flags)?))
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn beneath(root: OwnedFd, path: &Path, flags: OFlags) -> rustix::io::Result<OwnedFd> {
        use rustix::fs::{ResolveFlags, openat2};
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match openat2(&root, path, flags, Mode::empty(), resolve) {
            // Linux has it since 5.6, and sandboxes that do not know it answer either.
            Err(Errno::NOSYS | Errno::PERM) => step_by_step(root, path, flags),
            result => result,
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn beneath(root: OwnedFd, path: &Path, flags: OFlags) -> rustix::io::Result<OwnedFd> {
        step_by_step(root, path, flags)
    }

    /// Opens each folder on the way from within the one before.
    pub(super) fn step_by_step(root: OwnedFd, path: &Path, flags: OFlags) -> rustix::io::Result<OwnedFd> {
        let parts: Vec<&OsStr> = path.iter().collect();
        let Some((last, folders)) = parts.split_last() else { return Err(Errno::ISDIR) };
        let mut folder = root;
        for name in folders {
            let pass = PASS | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            folder = openat(&folder, *name, pass, Mode::empty())?;
        }
        openat(&folder, *last, flags, Mode::empty())
    }
}

#[cfg(not(unix))]
mod system {
    use std::fmt;
    use std::fs::{self, File};
    use std::io::{self, ErrorKind};
    use std::path::Path;

    pub(super) fn is_link(error: &io::Error) -> bool {
        error.kind() == ErrorKind::NotADirectory
    }

    /// Opens `path` below `root`, if there is no link on the way to it. There is no way here to forbid links while a
    /// file is opened, so the way to it is looked at before and after.
    pub(super) fn open(root: &Path, path: &Path) -> io::Result<File> {
        let full = root.join(path);
        let changed = || io::Error::from(ErrorKind::NotADirectory);
        let is_plain = || fs::canonicalize(&full).map(|real| real == full);
        if !is_plain()? {
            return Err(changed());
        }
        let file = File::open(&full)?;
        if is_plain()? { Ok(file) } else { Err(changed()) }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Read;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use rustix::fs::{Mode, OFlags};

    use super::{is_file, judge, read, system};

    #[test]
    fn targets_are_judged_by_what_leads_there() {
        let judge = |path: &str, target: &str| judge(Path::new(path), Some(Path::new(target))).is_ok();
        for (path, target) in [
            ("content/a.md", "content/a.md"),
            ("content/a.md", "docs/b.md"),
            ("content/.pictures/x.png", "content/.pictures/x.png"),
            ("content/.pictures/x.png", "content/.pictures/y.png"),
            (".kb/a.md", ".kb/docs/a.md"),
            ("vendor/kb/a.md", "vendor/kb/b.md"),
            ("content/a.md", "docs/vendor/b.md"),
        ] {
            assert!(judge(path, target), "{path} {target}");
        }
        for (path, target) in [
            (".git/config", ".git/config"),
            ("content/.GIT/config", "content/.GIT/config"),
            ("content/a.md", ".env"),
            ("content/a.md", "content/.env"),
            ("content/.pictures/x.png", "content/.env"),
            (".kb/a.md", ".kb/.env"),
            ("content/a.md", "node_modules/a.md"),
        ] {
            assert!(!judge(path, target), "{path} {target}");
        }
    }

    #[test]
    fn systems_without_openat2_follow_no_link_either() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        fs::create_dir_all(root.join("a/b")).expect("folders can be made");
        fs::write(root.join("a/b/c.txt"), "c").expect("files can be written");
        symlink("b", root.join("a/link")).expect("links can be made");
        symlink("c.txt", root.join("a/b/link")).expect("links can be made");
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let open = |path: &str| {
            let root = rustix::fs::open(root, OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())
                .expect("it is there");
            system::step_by_step(root, Path::new(path), flags).map_err(std::io::Error::from)
        };
        let mut text = String::new();
        fs::File::from(open("a/b/c.txt").expect("a file")).read_to_string(&mut text).expect("text");
        assert_eq!(text, "c");
        for path in ["a/link/c.txt", "a/b/link", "a/link"] {
            assert!(open(path).is_err_and(|error| system::is_link(&error)), "{path}");
        }
    }

    #[test]
    fn only_files_at_plain_paths_are_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("it is there");
        fs::write(root.join("a"), "a").expect("files can be written");
        fs::create_dir(root.join("b")).expect("folders can be made");
        assert_eq!(read(&root, "a").expect("a file"), b"a");
        assert!(is_file(&root, "a").expect("a file"));
        let absolute = root.join("a").display().to_string();
        for path in ["", ".", "b", "b/../a", "../a", "c", "a/b", "./a/..", &absolute] {
            assert!(read(&root, path).is_err() && !is_file(&root, path).unwrap_or_default(), "{path}");
        }
    }
}
