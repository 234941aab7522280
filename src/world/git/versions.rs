//! What files held at an earlier time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use super::history::head;
use super::repository::Repository;

/// The bytes that the files at some paths held at the ends of some days; nothing for those that were not there, or whose
/// history is not known. Equal versions are the same `Arc`.
pub fn contents_on(root: &Path, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>> {
    let Some((repository, head)) = head(root) else { return vec![None; wanted.len()] };
    let contents = contents(&repository, &head, wanted);
    contents.unwrap_or_else(|_| vec![None; wanted.len()])
}

fn contents(repository: &Repository, head: &str, wanted: &[(&str, Date)]) -> Result<Vec<Option<Arc<[u8]>>>> {
    // A name with a line end can't be asked for.
    let paths: BTreeSet<&str> =
        wanted.iter().map(|(path, _)| *path).filter(|path| !path.contains('\n')).collect();
    let mut commits: BTreeMap<&str, Vec<(Date, String)>> = BTreeMap::new();
    for path in paths {
        commits.insert(path, commits_of(repository, head, path)?);
    }
    let version = |(path, day): &(&str, Date)| {
        let commits = commits.get(path)?;
        let (_, commit) = commits.iter().find(|(date, _)| date <= day)?;
        Some(format!("{commit}:{}{path}", repository.prefix()))
    };
    let versions: Vec<Option<String>> = wanted.iter().map(version).collect();
    let read = read(repository, versions.iter().flatten().collect())?;
    Ok(versions.into_iter().map(|version| read.get(&version?).cloned()).collect())
}

/// The commits that changed a file, each with its day, the newest first.
fn commits_of(repository: &Repository, head: &str, path: &str) -> Result<Vec<(Date, String)>> {
    let output = repository.output(&["rev-list", "--format=%as %H", head, "--", path])?;
    let text = String::from_utf8_lossy(&output);
    // `commit ID` comes before each line of the format.
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    Ok(lines.filter_map(|(day, commit)| Some((day.parse().ok()?, commit.to_owned()))).collect())
}

/// The bytes of versions of files, by their names.
fn read(repository: &Repository, names: BTreeSet<&String>) -> Result<BTreeMap<String, Arc<[u8]>>> {
    let input = names.iter().flat_map(|name| name.bytes().chain(*b"\n")).collect();
    let mut answer = repository.run(&["cat-file", "--batch"], input)?;
    let mut found = BTreeMap::new();
    let mut known: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    for name in names {
        let mut head = String::new();
        answer.read_line(&mut head)?;
        // `ID blob SIZE`, or `NAME missing`.
        let facts: Vec<&str> = head.trim_end().split(' ').collect();
        let [id, "blob", size] = facts[..] else { continue };
        let size: u64 = size.parse()?;
        let mut bytes = Vec::new();
        answer.by_ref().take(size + 1).read_to_end(&mut bytes)?;
        bytes.pop();
        let bytes = known.entry(id.to_owned()).or_insert_with(|| bytes.into());
        found.insert(name.clone(), Arc::clone(bytes));
    }
    answer.end()?;
    Ok(found)
}
