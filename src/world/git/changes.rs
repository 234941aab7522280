//! How a project was before a change.
//!
//! The files of the work tree are read and compared here, and not by git, which would run the filters that the
//! repository names over them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;
use ring::digest::{self, Algorithm};

use super::plumbing::{fields, user_setting};
use super::renames::renames;
use super::repository::Repository;

/// What became of the files of a project since a revision. Paths are from the project's folder.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files that changed, with what they held before; nothing for those that did not exist.
    pub before: BTreeMap<String, Option<Vec<u8>>>,
    /// Files that are called differently now: from old path to new.
    pub moved: BTreeMap<String, String>,
    /// Whether it is known where the project and the revision parted, so that what others did since does not
    /// count.
    pub is_exact: bool,
}

/// What changed in the folder `root` since it parted from `revision`, whether or not it is committed.
///
/// # Errors
///
/// If `root` is in no repository, or the repository does not hold the revision.
pub fn changes(root: &Path, revision: &str) -> Result<Changes> {
    let Some(repository) = Repository::of(root) else {
        bail!(
            "`{}` is in no git repository\nhelp: without one there is nothing to compare with",
            root.display()
        );
    };
    let (commit, is_exact) = base(&repository, revision)?;
    let (old, index) = (tree(&repository, &commit)?, index(&repository)?);
    let mut changes = Changes { is_exact, ..Changes::default() };
    let known = index.keys().cloned().chain(untracked(&repository)?);
    let new: BTreeSet<String> =
        known.filter(|path| !old.contains_key(path) && now(&root.join(path)) != Now::Nothing).collect();
    changes.before.extend(new.iter().map(|path| (path.clone(), None)));

    let different = differences(&repository, &old, &index)?;
    let blobs = different.iter().filter(|(_, old, _)| old.is_file).map(|(path, old, _)| (*path, &old.id));
    let mut blobs = read(&repository, blobs.collect())?;
    let mut gone = BTreeMap::new();
    for (path, _, now) in different {
        let blob = blobs.remove(path);
        match (&blob, now) {
            (Some(blob), Now::File) if is_same_text(blob, &content(&root.join(path))) => continue,
            (Some(blob), Now::Nothing) => drop(gone.insert(path.clone(), blob.clone())),
            _ => {}
        }
        changes.before.insert(path.clone(), blob);
    }
    // What is more than twice as long as all that is gone is nothing of it.
    let longest = gone.values().map(Vec::len).max().unwrap_or_default() as u64 * 2;
    let is_candidate = |path: &String| {
        let found = root.join(path).symlink_metadata();
        found.is_ok_and(|found| found.is_file() && found.len() <= longest)
    };
    let candidates = new.into_iter().filter(is_candidate).map(|path| {
        let content = content(&root.join(&path));
        (path, content)
    });
    changes.moved = renames(&gone, &candidates.collect());
    Ok(changes)
}

/// The files of `old` that are gone or hold something else now, if only in how their lines end.
fn differences<'a>(
    repository: &Repository,
    old: &'a BTreeMap<String, Old>,
    index: &BTreeMap<String, Staged>,
) -> Result<Vec<(&'a String, &'a Old, Now)>> {
    let mut different: Vec<_> = old
        .par_iter()
        .filter(|(path, _)| !index.get(*path).is_some_and(|staged| staged.is_left_out))
        .map(|(path, old)| (path, old, now(&repository.root.join(path))))
        .filter(|(path, old, now)| !holds(&repository.root.join(path), *now, &old.id))
        .collect();
    let filtered = filtered(repository, different.iter().map(|(path, ..)| path.as_str()))?;
    // What a filter makes of a file can't be told without running it.
    different.retain(|(path, old, now)| {
        let is_staged = index.get(*path).is_none_or(|staged| staged.id != old.id);
        *now == Now::Nothing || is_staged || !filtered.contains(*path)
    });
    Ok(different)
}

/// The commit from which the project and `revision` went different ways, or the revision itself where the history
/// is too short to know, and whether it is known.
fn base(repository: &Repository, revision: &str) -> Result<(String, bool)> {
    let name = format!("{revision}^{{commit}}");
    let commit = repository.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    let Some(commit) = commit else {
        let what = match revision.strip_prefix("origin/") {
            Some(branch) => format!("+refs/heads/{branch}:refs/remotes/origin/{branch}"),
            None => revision.to_owned(),
        };
        let is_shallow = repository.line(&["rev-parse", "--is-shallow-repository"])?;
        let help = if is_shallow.is_some_and(|answer| answer == "true") {
            format!("this is a shallow clone: fetch it first with `git fetch --depth=1 origin {what}`")
        } else {
            "name a commit, branch or tag; `git fetch` brings those of the remote".to_owned()
        };
        bail!("there is no revision `{revision}` in this repository\nhelp: {help}");
    };
    // What others changed there in the meantime is not of this change's doing.
    Ok(match repository.line(&["merge-base", &commit, "HEAD"]) {
        Ok(Some(base)) => (base, true),
        _ => (commit, false),
    })
}

/// A file in a commit.
struct Old {
    id: String,
    /// Whether it is a file, and no symbolic link.
    is_file: bool,
}

/// The files in a commit, without modules.
fn tree(repository: &Repository, commit: &str) -> Result<BTreeMap<String, Old>> {
    let output = repository.output(&["ls-tree", "-r", "-z", commit])?;
    let entries = fields(&output).filter_map(|entry| {
        // `100644 blob ID<tab>PATH`.
        let (facts, path) = entry.split_once('\t')?;
        let [mode, "blob", id] = facts.split(' ').collect::<Vec<_>>()[..] else { return None };
        Some((path.to_owned(), Old { id: id.to_owned(), is_file: mode.starts_with("100") }))
    });
    Ok(entries.collect())
}

/// A file in the index.
struct Staged {
    id: String,
    /// Whether a sparse checkout leaves it out.
    is_left_out: bool,
}

/// The files in the index, without modules.
fn index(repository: &Repository) -> Result<BTreeMap<String, Staged>> {
    let output = repository.output(&["ls-files", "--stage", "-t", "-z"])?;
    let entries = fields(&output).filter_map(|entry| {
        // `H 100644 ID STAGE<tab>PATH`.
        let (facts, path) = entry.split_once('\t')?;
        let [tag, mode, id, _] = facts.split(' ').collect::<Vec<_>>()[..] else { return None };
        let staged = Staged { id: id.to_owned(), is_left_out: tag == "S" };
        (mode != "160000").then(|| (path.to_owned(), staged))
    });
    Ok(entries.collect())
}

/// The files that are not in the index and that git does not ignore.
fn untracked(repository: &Repository) -> Result<Vec<String>> {
    let mut arguments = vec!["ls-files", "--others", "--exclude-standard", "-z"];
    // What a user ignores everywhere.
    let ignored = user_setting("core.excludesFile").filter(|file| Path::new(file).is_file());
    let ignored = ignored.map(|file| format!("--exclude-from={file}"));
    arguments.extend(ignored.as_deref());
    Ok(fields(&repository.output(&arguments)?).map(|path| path.into_owned()).collect())
}

/// Those of `paths` of which git keeps something else than what the work tree holds (gitattributes(5)).
fn filtered<'a>(repository: &Repository, paths: impl Iterator<Item = &'a str>) -> Result<BTreeSet<String>> {
    let input: Vec<u8> = paths.flat_map(|path| path.bytes().chain([0])).collect();
    if input.is_empty() {
        return Ok(BTreeSet::new());
    }
    let arguments = ["check-attr", "--stdin", "-z", "filter", "ident", "working-tree-encoding"];
    let output = repository.ask(&arguments, input)?.unwrap_or_default();
    let fields: Vec<_> = fields(&output).collect();
    let entries = fields.as_chunks().0.iter();
    let set = entries.filter(|[_, _, value]| !matches!(value.as_ref(), "unspecified" | "unset"));
    Ok(set.map(|[path, ..]| path.clone().into_owned()).collect())
}

/// The contents of files at an earlier time, by path.
fn read(repository: &Repository, blobs: Vec<(&String, &String)>) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    if blobs.is_empty() {
        return Ok(contents);
    }
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
    Ok(contents)
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    File,
    Link,
    /// Nothing that git keeps.
    Nothing,
}

fn now(path: &Path) -> Now {
    match path.symlink_metadata() {
        Ok(found) if found.is_file() => Now::File,
        Ok(found) if found.is_symlink() => Now::Link,
        _ => Now::Nothing,
    }
}

/// Whether the file or link at `path` has the content that git calls `id`.
fn holds(path: &Path, now: Now, id: &str) -> bool {
    // Repositories use one of two hashes, which differ in length.
    let hash = if id.len() == 64 { &digest::SHA256 } else { &digest::SHA1_FOR_LEGACY_USE_ONLY };
    let found = match now {
        Now::File => File::open(path).and_then(|file| object_id(hash, file.metadata()?.len(), file)),
        Now::Link => fs::read_link(path).and_then(|target| {
            let target = target.to_string_lossy();
            object_id(hash, target.len() as u64, target.as_bytes())
        }),
        Now::Nothing => return false,
    };
    found.is_ok_and(|found| found == id)
}

/// What git calls a file of this content: the hash of `blob SIZE`, a zero byte and the content.
fn object_id(hash: &'static Algorithm, size: u64, mut content: impl Read) -> io::Result<String> {
    let mut context = digest::Context::new(hash);
    context.update(format!("blob {size}\0").as_bytes());
    let mut buffer = vec![0; size.clamp(1, 64 << 10) as usize];
    loop {
        match content.read(&mut buffer)? {
            0 => break,
            count => context.update(&buffer[..count]),
        }
    }
    Ok(context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The bytes of a file; none if it is gone by now.
fn content(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

/// Whether two files have the same lines, however those end: git may have converted the ends.
fn is_same_text(a: &[u8], b: &[u8]) -> bool {
    fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
        text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
    lines(a).eq(lines(b))
}
