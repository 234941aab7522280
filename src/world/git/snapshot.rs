//! What git keeps of a project, at a commit and now, in its repository and in the repositories within it.
//!
//! The files of a submodule are in a repository of its own, at the commit that the one around it names. A repository
//! that the one around it does not name has no files of before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::plumbing::{fields, user_setting};
use super::repository::Repository;

/// How deep repositories are nested, at most.
const MAX_DEPTH: usize = 16;

/// A file or symbolic link in a commit.
pub(super) struct Old {
    /// What git calls its content.
    pub(super) id: String,
    /// Whether it is a file, and no symbolic link.
    pub(super) is_file: bool,
    /// The position of its repository.
    repository: usize,
}

/// A file in the index.
pub(super) struct Staged {
    /// What git calls its content.
    pub(super) id: String,
    /// Whether a sparse checkout leaves it out.
    pub(super) is_left_out: bool,
}

/// What git keeps of a project. Paths are from the project's folder.
#[derive(Default)]
pub(super) struct Snapshot {
    /// The files of before.
    pub(super) old: BTreeMap<String, Old>,
    /// The files of now.
    pub(super) index: BTreeMap<String, Staged>,
    /// The files that are not in the index and that git does not ignore.
    untracked: Vec<String>,
    /// The submodules of before that can't be read, because neither they nor their commits are there.
    pub(super) unread: Vec<String>,
    /// The repositories, and the way to each: empty or `content/module/`.
    repositories: Vec<(Arc<Repository>, String)>,
}

impl Snapshot {
    /// The project in `repository`, before at `commit`.
    ///
    /// # Errors
    ///
    /// If git fails, or the old commit of a submodule is not there.
    pub(super) fn of(repository: Repository, commit: &str) -> Result<Self> {
        let mut snapshot = Self::default();
        snapshot.add(repository, String::new(), Some(commit), 0)?;
        Ok(snapshot)
    }

    /// Adds what is in the repository at the end of the way `prefix`, and in those within it.
    fn add(
        &mut self,
        repository: Repository,
        prefix: String,
        commit: Option<&str>,
        depth: usize,
    ) -> Result<()> {
        let repository = Arc::new(repository);
        self.repositories.push((Arc::clone(&repository), prefix.clone()));
        let mut modules = BTreeMap::new();
        if let Some(commit) = commit {
            modules = self.add_commit(&repository, &prefix, commit)?;
        }
        let staged = index(&repository, &prefix, &mut self.index)?;
        let mut nested = staged.clone();
        for path in untracked(&repository)? {
            // A repository that this one does not name.
            match path.strip_suffix('/') {
                Some(folder) => drop(nested.insert(folder.to_owned())),
                None => self.untracked.push(format!("{prefix}{path}")),
            }
        }
        nested.extend(modules.keys().cloned());
        for path in nested {
            let top = repository.root.join(&path);
            let is_plain = fs::canonicalize(&top).is_ok_and(|place| place == top);
            let (module, commit) = (Repository::at(&top).filter(|_| is_plain), modules.get(&path));
            let way = format!("{prefix}{path}");
            ensure!(depth < MAX_DEPTH, "more than {MAX_DEPTH} repositories within each other, at `{way}`");
            match (module, commit) {
                (Some(module), commit) => {
                    if let Some(commit) = commit {
                        has_commit(&module, &way, commit)?;
                    }
                    self.add(module, way + "/", commit.map(String::as_str), depth + 1)?;
                }
                // One that is not checked out has no files, before or now.
                (None, Some(commit)) if !staged.contains(&path) => {
                    self.add_former(&repository, &path, way, commit)?;
                }
                (None, _) => {}
            }
        }
        Ok(())
    }

    /// Adds the files of a submodule that is no longer there, as far as its commits are.
    fn add_former(&mut self, around: &Repository, path: &str, way: String, commit: &str) -> Result<()> {
        if let Some(module) = around.of_former_module(path)
            && has_commit(&module, &way, commit).is_ok()
        {
            let prefix = way + "/";
            let module = Arc::new(module);
            self.repositories.push((Arc::clone(&module), prefix.clone()));
            self.add_commit(&module, &prefix, commit)?;
        } else {
            self.unread.push(way);
        }
        Ok(())
    }

    /// Adds the files in a commit of the repository that was added last. Returns the submodules with the commits that it names, by path.
    fn add_commit(
        &mut self,
        repository: &Repository,
        prefix: &str,
        commit: &str,
    ) -> Result<BTreeMap<String, String>> {
        let output = repository.output(&["ls-tree", "-r", "-z", commit])?;
        let mut modules = BTreeMap::new();
        for entry in fields(&output) {
            // `100644 blob ID<tab>PATH`.
            let Some((facts, path)) = entry.split_once('\t') else { continue };
            match facts.split(' ').collect::<Vec<_>>()[..] {
                [mode, "blob", id] => {
                    let is_file = mode.starts_with("100");
                    let old = Old { id: id.to_owned(), is_file, repository: self.repositories.len() - 1 };
                    self.old.insert(format!("{prefix}{path}"), old);
                }
                [_, "commit", id] => drop(modules.insert(path.to_owned(), id.to_owned())),
                _ => {}
            }
        }
        Ok(modules)
    }

    /// The paths that git knows now, and does not ignore.
    pub(super) fn known(&self) -> impl Iterator<Item = &String> {
        self.index.keys().chain(&self.untracked)
    }

    /// The symbolic links of before, with their texts. Those that a sparse checkout leaves out are in no project.
    pub(super) fn links(&self) -> Result<BTreeMap<String, String>> {
        let is_there = |path: &String| !self.index.get(path).is_some_and(|staged| staged.is_left_out);
        let links = self.old.iter().filter(|(path, old)| !old.is_file && is_there(path));
        let texts = self.read(links)?.into_iter();
        Ok(texts.filter_map(|(path, text)| Some((path, String::from_utf8(text).ok()?))).collect())
    }

    /// The contents of files at an earlier time, by path.
    pub(super) fn read<'a>(
        &self,
        files: impl Iterator<Item = (&'a String, &'a Old)>,
    ) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut contents = BTreeMap::new();
        for (at, files) in by_repository(files) {
            let blobs = files.into_iter().map(|(path, old)| (path, &old.id)).collect();
            read(&self.repositories[at].0, blobs, &mut contents)?;
        }
        Ok(contents)
    }

    /// Those of `files` of which git keeps something else than what the work tree holds (gitattributes(5)).
    pub(super) fn filtered<'a>(
        &self,
        files: impl Iterator<Item = (&'a String, &'a Old)>,
    ) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for (at, files) in by_repository(files) {
            let (repository, prefix) = &self.repositories[at];
            let paths = files.into_iter().filter_map(|(path, _)| path.strip_prefix(prefix.as_str()));
            let input: Vec<u8> = paths.flat_map(|path| path.bytes().chain([0])).collect();
            let arguments = ["check-attr", "--stdin", "-z", "filter", "ident", "working-tree-encoding"];
            let output = repository.ask(&arguments, input)?.unwrap_or_default();
            let fields: Vec<_> = fields(&output).collect();
            let entries = fields.as_chunks().0.iter();
            let set = entries.filter(|[_, _, value]| !matches!(value.as_ref(), "unspecified" | "unset"));
            found.extend(set.map(|[path, ..]| format!("{prefix}{path}")));
        }
        Ok(found)
    }
}

/// Files by the positions of their repositories.
fn by_repository<'a>(
    files: impl Iterator<Item = (&'a String, &'a Old)>,
) -> BTreeMap<usize, Vec<(&'a String, &'a Old)>> {
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for (path, old) in files {
        groups.entry(old.repository).or_default().push((path, old));
    }
    groups
}

/// Fails where a submodule does not hold the commit that it was at.
fn has_commit(module: &Repository, way: &str, commit: &str) -> Result<()> {
    let name = format!("{commit}^{{commit}}");
    let found = module.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    let short = &commit[..commit.len().min(12)];
    ensure!(
        found.is_some(),
        "this clone does not hold the old commit `{short}` of the submodule `{way}`\nhelp: `git -C {way} fetch origin {commit}` brings it"
    );
    Ok(())
}

/// Adds the files in the index. Returns the submodules.
fn index(
    repository: &Repository,
    prefix: &str,
    index: &mut BTreeMap<String, Staged>,
) -> Result<BTreeSet<String>> {
    let output = repository.output(&["ls-files", "--stage", "-t", "-z"])?;
    let mut modules = BTreeSet::new();
    for entry in fields(&output) {
        // `H 100644 ID STAGE<tab>PATH`.
        let Some((facts, path)) = entry.split_once('\t') else { continue };
        match facts.split(' ').collect::<Vec<_>>()[..] {
            [_, "160000", ..] => drop(modules.insert(path.to_owned())),
            [tag, _, id, _] => {
                let staged = Staged { id: id.to_owned(), is_left_out: tag == "S" };
                index.insert(format!("{prefix}{path}"), staged);
            }
            _ => {}
        }
    }
    Ok(modules)
}

/// The files that are not in the index and that git does not ignore. Repositories end with a slash.
fn untracked(repository: &Repository) -> Result<Vec<String>> {
    let mut arguments = vec!["ls-files", "--others", "--exclude-standard", "-z"];
    // What a user ignores everywhere.
    let ignored = user_setting("core.excludesFile").filter(|file| Path::new(file).is_file());
    let ignored = ignored.map(|file| format!("--exclude-from={file}"));
    arguments.extend(ignored.as_deref());
    Ok(fields(&repository.output(&arguments)?).map(|path| path.into_owned()).collect())
}

/// Reads the contents of files at an earlier time.
fn read(
    repository: &Repository,
    blobs: Vec<(&String, &String)>,
    contents: &mut BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    let input = blobs.iter().flat_map(|(_, id)| id.bytes().chain(*b"\n")).collect();
    let mut answer = repository.run(&["cat-file", "--batch"], input)?;
    for (path, _) in blobs {
        let mut head = String::new();
        answer.read_line(&mut head)?;
        // `ID blob SIZE`, or `ID missing`.
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let Some(size) = size.filter(|_| !head.is_empty()) else {
            answer.end()?;
            bail!(
                "this clone does not hold the old `{path}`\nhelp: in a partial clone, `git fetch --refetch --no-filter` brings all that is missing"
            );
        };
        let mut bytes = Vec::new();
        answer.by_ref().take(size + 1).read_to_end(&mut bytes)?;
        bytes.pop();
        contents.insert(path.clone(), bytes);
    }
    answer.end()?;
    Ok(())
}
