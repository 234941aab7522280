//! What git knows of a project: when files were changed, and how the project was before a change.
//!
//! Asks the `git` command, which is wherever a repository is, and never changes anything. `plumbing` says how
//! this is safe in a stranger's repository.

mod changes;
mod history;
mod links;
mod plumbing;
mod renames;
mod repository;
mod snapshot;
mod versions;

pub use changes::{Changes, changes};
pub use history::{History, HistoryFiles};
pub use versions::contents_on;

use std::path::Path;

use repository::Repository;

/// The way from the folder of the repository that `root` is in to `root`: empty or `kb/`.
pub fn prefix(root: &Path) -> String {
    Repository::of(root).map(|repository| repository.prefix()).unwrap_or_default()
}

/// Where the repository that `root` is in was cloned from, and its main branch there.
pub fn origin(root: &Path) -> Option<(String, String)> {
    let repository = Repository::of(root)?;
    let line = |arguments: &[&str]| repository.line(arguments).ok().flatten();
    let remote = line(&["config", "--get", "remote.origin.url"])?;
    let main = line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
    let main = main.and_then(|main| main.strip_prefix("origin/").map(str::to_owned));
    let branch = main.or_else(|| line(&["symbolic-ref", "--quiet", "--short", "HEAD"]))?;
    Some((remote, branch))
}
