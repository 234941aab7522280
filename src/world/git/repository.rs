//! Where the repository of a project is.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository around a project.
///
/// Git itself would also take a tracked folder for a repository that holds `HEAD`, `objects/` and `refs/`: its
/// `config` would be written by the author of a pull request. Only a `.git` counts, which git refuses to track.
#[derive(Debug)]
pub(super) struct Repository {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// The folder that holds `.git`.
    pub(super) top: PathBuf,
    /// The folder of this work tree's `HEAD` and index.
    pub(super) folder: PathBuf,
    /// The folder of the branches and objects, which linked work trees share.
    pub(super) common: PathBuf,
}

impl Repository {
    /// The repository that holds the folder `root`, if there is one.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let found = root.ancestors().find_map(Self::at)?;
        Some(Self { root: root.to_owned(), ..found })
    }

    /// The repository whose files are in the folder `top`, if `top` has a `.git` of its own.
    pub(super) fn at(top: &Path) -> Option<Self> {
        Some(Self::with(top, git_folder(top)?))
    }

    /// The repository of the submodule called `name`, whose files are no longer there. Only its commits can be asked
    /// for.
    pub(super) fn of_former_module(&self, name: &str) -> Option<Self> {
        let modules = self.common.join("modules");
        let folder = fs::canonicalize(modules.join(name)).ok()?;
        let is_within = fs::canonicalize(modules).is_ok_and(|modules| folder.starts_with(modules));
        (is_within && folder.join("HEAD").is_file()).then(|| Self::with(&self.root, folder))
    }

    fn with(top: &Path, folder: PathBuf) -> Self {
        let common = text(&folder.join("commondir")).map(|way| folder.join(way.trim_end()));
        let common = common.unwrap_or_else(|| folder.clone());
        Self { root: top.to_owned(), top: top.to_owned(), folder, common }
    }

    /// The way from the folder that holds `.git` to the project: empty or `kb/`.
    pub(super) fn prefix(&self) -> String {
        let way = self.root.strip_prefix(&self.top).unwrap_or(Path::new(""));
        way.iter().fold(String::new(), |prefix, part| prefix + &part.to_string_lossy() + "/")
    }
}

/// The folder of the repository whose files are in the folder `top`: a `.git`, or the folder that a file of this
/// name leads to, as in linked work trees and submodules (gitrepository-layout(5)).
fn git_folder(top: &Path) -> Option<PathBuf> {
    let entry = top.join(".git");
    let folder = match text(&entry) {
        Some(text) => top.join(text.strip_prefix("gitdir:")?.trim()),
        None => entry,
    };
    // `HEAD` was a symbolic link in old repositories, and is one to nothing before the first commit.
    folder.join("HEAD").symlink_metadata().is_ok().then_some(folder)
}

/// The text of a file. To open a pipe would be to wait for its writer.
fn text(path: &Path) -> Option<String> {
    if path.is_file() { fs::read_to_string(path).ok() } else { None }
}
