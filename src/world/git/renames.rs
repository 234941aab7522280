//! Which files were renamed: those that are gone and those that are new, by how much of their content is the same.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cache_slot::fingerprint;

/// More pairs than this are only compared as wholes, as with git's `diff.renameLimit`.
const MAX_PAIRS: usize = 1000 * 1000;

/// A renamed file has at least this much of its content in common with the old one, of 100.
const MIN_SIMILARITY: u64 = 50;

/// Longer lines are compared in parts, in bytes.
const MAX_LINE: usize = 64;

/// The files in `old` that are now called as one in `new`, from old path to new.
pub(super) fn renames(
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
) -> BTreeMap<String, String> {
    let (old, new) = (described(old), described(new));
    let may_be_similar = old.len() * new.len() <= MAX_PAIRS;
    let pairs = old.par_iter().flat_map_iter(|old| new.iter().map(move |new| (old, new)));
    let mut pairs: Vec<(u64, bool, &str, &str)> = pairs
        .filter_map(|(old, new)| {
            let similarity = if may_be_similar || old.hash == new.hash { old.similarity(new) } else { 0 };
            (similarity >= MIN_SIMILARITY).then(|| (similarity, old.name() == new.name(), old.path, new.path))
        })
        .collect();
    // The most similar first, and of those the ones that keep their file name.
    pairs.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let (mut moved, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, old, new) in pairs {
        if !moved.contains_key(old) && taken.insert(new) {
            moved.insert(old.to_owned(), new.to_owned());
        }
    }
    moved
}

/// A file as it is compared.
struct File<'a> {
    path: &'a str,
    size: u64,
    hash: u64,
    /// The hashes and sizes of its lines, in order of the hashes.
    lines: Vec<(u64, u64)>,
}

/// The files of `contents`. An empty one is as any other, and is left out.
fn described(contents: &BTreeMap<String, Vec<u8>>) -> Vec<File<'_>> {
    let files = contents.par_iter().filter(|(_, content)| !content.is_empty()).map(|(path, content)| {
        let lines = content.split_inclusive(|byte| *byte == b'\n').flat_map(|line| {
            let line = line.strip_suffix(b"\r\n").unwrap_or(line);
            // Files without lines have parts too.
            line.strip_suffix(b"\n")
                .unwrap_or(line)
                .chunks(MAX_LINE)
                .map(|part| (fingerprint(&part), part.len() as u64))
        });
        let mut lines: Vec<_> = lines.collect();
        let hash = fingerprint(&lines);
        lines.sort_unstable();
        File { path, size: lines.iter().map(|(_, size)| size).sum(), hash, lines }
    });
    files.collect()
}

impl File<'_> {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// How much of the longer file is in the other one too, of 100.
    fn similarity(&self, other: &File) -> u64 {
        let (longer, shorter) = (self.size.max(other.size), self.size.min(other.size));
        if self.hash == other.hash {
            return 100;
        }
        if shorter * 100 < longer * MIN_SIMILARITY {
            return 0;
        }
        let (mut common, mut others) = (0, other.lines.iter().peekable());
        for line in &self.lines {
            while others.next_if(|other| *other < line).is_some() {}
            if others.next_if_eq(&line).is_some() {
                common += line.1;
            }
        }
        common * 100 / longer.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::renames;

    fn moved(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<(String, String)> {
        let files = |files: &[(&str, &str)]| {
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
        };
        renames(&files(old), &files(new)).into_iter().collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn a_renamed_file_is_half_the_same() {
        let text = "one line\nanother line\na third line\na fourth line\n";
        let edited = text.replace("a third line", "something else");
        assert_eq!(moved(&[("a", text)], &[("b", text)]), [pair("a", "b")]);
        assert_eq!(moved(&[("a", text)], &[("b", &edited), ("c", "one line\n")]), [pair("a", "b")]);
        assert_eq!(moved(&[("a", text)], &[("b", &text.replace('\n', "\r\n"))]), [pair("a", "b")]);
        assert!(moved(&[("a", text)], &[("b", "one line\nnothing of it\nnor of that\n")]).is_empty());
        assert!(moved(&[("a", "")], &[("b", "")]).is_empty());
    }

    #[test]
    fn each_file_is_renamed_once_and_keeps_its_name_if_it_can() {
        let old = [("x/a", "same\n"), ("x/b", "same\n"), ("x/c", "same\n")];
        let new = [("y/b", "same\n"), ("y/d", "same\n")];
        assert_eq!(moved(&old, &new), [pair("x/a", "y/d"), pair("x/b", "y/b")]);
    }
}
