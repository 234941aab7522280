//! When the files of a project were changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;
use walkdir::WalkDir;

use super::plumbing::fields;
use super::repository::Repository;
use crate::world::Stamp;

/// When the files of a project were last changed, as the commits up to now have it.
#[derive(Debug, Default)]
pub struct History {
    /// The last commit; nothing where the history is not there.
    head: Option<String>,
    /// The days of the last changes, by path from the project's folder.
    edits: BTreeMap<String, Date>,
}

impl History {
    /// The history of the project in the folder `root`. It is empty without a repository, in a shallow clone,
    /// where everything seems to have been written by one commit, and where git can't tell.
    pub fn of(root: &Path) -> Self {
        let Some((repository, head)) = head(root) else { return Self::default() };
        let edits = edits(&repository, &head).unwrap_or_default();
        Self { head: Some(head), edits }
    }

    /// Whether there are no other commits by now.
    pub fn is_current(&self, root: &Path) -> bool {
        head(root).map(|(_, head)| head) == self.head
    }

    /// Whether another history has the same days.
    pub fn has_days_of(&self, other: &Self) -> bool {
        self.edits == other.edits
    }

    /// The day of the last change to the file at `path`.
    pub fn edited(&self, path: &str) -> Option<Date> {
        self.edits.get(path).copied()
    }
}

/// The repository of a project and its last commit, if the history up to there is whole.
pub(super) fn head(root: &Path) -> Option<(Repository, String)> {
    let repository = Repository::of(root)?;
    let facts = repository.line(&["rev-parse", "--is-shallow-repository", "HEAD"]).ok().flatten()?;
    let head = facts.strip_prefix("false\n")?.to_owned();
    Some((repository, head))
}

fn edits(repository: &Repository, head: &str) -> Result<BTreeMap<String, Date>> {
    let files = repository.output(&["ls-tree", "-r", "-z", "--name-only", head])?;
    let mut wanted: BTreeSet<_> = fields(&files).collect();
    let commits = ["rev-list", head, "--", "."];
    let diffs = ["diff-tree", "--stdin", "--raw", "-r", "--root", "--no-renames", "--relative", "-z"];
    let diffs = [&diffs[..], &["--format=%as", "--", "."]].concat();
    let mut answer = repository.pipe(&[&commits, &diffs])?;
    let mut edits = BTreeMap::new();
    let (mut day, mut field) = (None, Vec::new());
    while !wanted.is_empty() && answer.read_until(0, &mut field)? > 0 {
        // `2026-11-28`, a line end and `:100644 100644 OLD NEW M`, then the path, then more such pairs.
        let entry = String::from_utf8_lossy(&field);
        let entry = entry.trim_end_matches('\0');
        let (date, diff) = entry.split_once(':').unwrap_or((entry, ""));
        day = date.trim().parse::<Date>().ok().or(day);
        if !diff.is_empty() {
            field.clear();
            answer.read_until(0, &mut field)?;
            let path = String::from_utf8_lossy(field.strip_suffix(b"\0").unwrap_or(&field));
            if let Some(day) = day
                && wanted.remove(path.as_ref())
            {
                edits.insert(path.into_owned(), day);
            }
        }
        field.clear();
    }
    // The rest of the history says nothing new.
    if !wanted.is_empty() {
        answer.end()?;
    }
    Ok(edits)
}

/// The files in which a repository keeps what its last commit is.
#[derive(Debug)]
pub struct HistoryFiles {
    folder: PathBuf,
    common: PathBuf,
}

impl HistoryFiles {
    /// The files of the repository that holds the folder `root`, if there is one.
    pub fn of(root: &Path) -> Option<Self> {
        let Repository { folder, common, .. } = Repository::of(root)?;
        Some(Self { folder: folder.canonicalize().ok()?, common: common.canonicalize().ok()? })
    }

    /// The folders that hold the files, and whether all folders below do too.
    pub fn folders(&self) -> Vec<(PathBuf, bool)> {
        let mut folders = vec![(self.folder.clone(), false)];
        if self.common != self.folder {
            folders.push((self.common.clone(), false));
        }
        let below = DEEP.map(|name| self.common.join(name));
        folders.extend(below.into_iter().filter(|folder| folder.is_dir()).map(|folder| (folder, true)));
        folders
    }

    /// The stamps of the files.
    pub fn stamps(&self) -> BTreeMap<PathBuf, Stamp> {
        let folders = self.folders().into_iter();
        let entries = folders.flat_map(|(folder, is_deep)| {
            WalkDir::new(folder).max_depth(if is_deep { usize::MAX } else { 1 }).into_iter()
        });
        let files = entries.filter_map(Result::ok).filter(|entry| self.holds(entry.path()));
        let stamps =
            files.filter_map(|entry| Some((entry.path().to_owned(), Stamp::from(&entry.metadata().ok()?))));
        stamps.collect()
    }

    /// Whether `path` is a file or folder of the repository, be it one of these or another.
    pub fn are_around(&self, path: &Path) -> bool {
        path.starts_with(&self.folder) || path.starts_with(&self.common)
    }

    /// Whether `path` is one of the files.
    pub fn holds(&self, path: &Path) -> bool {
        let is_lock = path.extension().is_some_and(|extension| extension == "lock");
        let is_in = |folder: &Path, names: &[&str]| names.iter().any(|name| path == folder.join(name));
        !is_lock
            && (is_in(&self.folder, &FILES)
                || is_in(&self.common, &FILES)
                || DEEP.iter().any(|name| path.starts_with(self.common.join(name))))
    }
}

/// The files at the top of a repository on which the last commit depends (gitrepository-layout(5)).
const FILES: [&str; 3] = ["HEAD", "packed-refs", "shallow"];

/// The folders of a repository in which branches are, in either format.
const DEEP: [&str; 2] = ["refs", "reftable"];
