//! How a project was before a change.
//!
//! The files of the work tree are read and compared here, and not by git, which would run the filters that the
//! repository names over them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;
use ring::digest::{self, Algorithm};

use super::links::Links;
use super::renames::renames;
use super::repository::Repository;
use super::snapshot::{Old, Snapshot};
use crate::world::inside;

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
    /// The submodules that were there, and whose files of that time this clone does not hold.
    pub unread: Vec<String>,
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
    let mut snapshot = Snapshot::of(repository, &commit)?;
    let unread = std::mem::take(&mut snapshot.unread);
    let mut changes = Changes { is_exact, unread, ..Changes::default() };
    let new: BTreeSet<String> = snapshot
        .known()
        .filter(|path| !snapshot.old.contains_key(*path) && now(&root.join(path)) != Now::Nothing)
        .cloned()
        .collect();
    changes.before.extend(new.iter().map(|path| (path.clone(), None)));

    let different = differences(root, &snapshot)?;
    let mut blobs = snapshot.read(different.iter().map(|(path, old, _)| (*path, *old)))?;
    let mut gone = BTreeMap::new();
    for (path, old, now) in different {
        let blob = blobs.remove(path).filter(|_| old.is_file);
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
    through_links(root, &snapshot, &mut changes)?;
    Ok(changes)
}

/// Adds what changed at the paths that lead to files through links: because the file changed, or a link.
fn through_links(root: &Path, snapshot: &Snapshot, changes: &mut Changes) -> Result<()> {
    let is_link = |path: &&String| now(&root.join(path)) == Now::Link;
    let targets = snapshot.known().filter(is_link).filter_map(|path| {
        let target = fs::read_link(root.join(path)).ok()?;
        Some((path.clone(), target.to_str()?.to_owned()))
    });
    let (then, now_links) = (Links::new(root, snapshot.links()?), Links::new(root, targets.collect()));
    if then.is_empty() && now_links.is_empty() {
        return Ok(());
    }
    let turned = then.differences(&now_links);
    let mut affected: BTreeSet<String> = turned.iter().map(|link| (*link).to_owned()).collect();
    let files: BTreeSet<&String> = snapshot.old.keys().chain(snapshot.known()).collect();
    for path in files {
        let is_changed = changes.before.contains_key(path);
        if !is_changed && turned.is_empty() {
            continue;
        }
        let ways = then.ways(path).into_iter().chain(now_links.ways(path));
        let ways = ways.filter(|way| is_changed || way.links.iter().any(|link| turned.contains(link)));
        affected.extend(ways.map(|way| way.path));
    }
    let before = |path: &String| {
        let real = then.resolve(path)?;
        if let Some(changed) = changes.before.get(&real) {
            return changed.clone();
        }
        let there = root.join(&real);
        // What git does not know counts as it is, but not at places that only a new link leads to.
        let is_own = || there.is_file() && fs::canonicalize(&there).is_ok_and(|place| place == there);
        if snapshot.old.contains_key(&real) || is_own() { inside::read(root, &real).ok() } else { None }
    };
    let found: Vec<_> = affected.iter().map(|path| (path.clone(), before(path))).collect();
    changes.before.extend(found);

    let mut moved = Vec::new();
    for (old, new) in &changes.moved {
        let new = now_links.ways(new);
        for way in then.ways(old) {
            let same = new.iter().find(|new| new.links == way.links);
            moved.extend(same.map(|new| (way.path, new.path.clone())));
        }
    }
    changes.moved.extend(moved);
    Ok(())
}

/// The files that are gone or hold something else now, if only in how their lines end.
fn differences<'a>(root: &Path, snapshot: &'a Snapshot) -> Result<Vec<(&'a String, &'a Old, Now)>> {
    let index = &snapshot.index;
    let mut different: Vec<_> = snapshot
        .old
        .par_iter()
        .filter(|(path, _)| !index.get(*path).is_some_and(|staged| staged.is_left_out))
        .map(|(path, old)| (path, old, now(&root.join(path))))
        .filter(|(path, old, now)| !holds(&root.join(path), *now, &old.id))
        .collect();
    let filtered = snapshot.filtered(different.iter().map(|(path, old, _)| (*path, *old)))?;
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
