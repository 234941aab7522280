//! The symbolic links of a project, at one time, and the paths that lead to files through them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::world::inside;

/// As many links are followed on one path, as by Linux (path_resolution(7)).
const MAX_LINKS: usize = 40;

/// The links of a project: what each says, and where it leads, by path. Paths are from the project's folder.
pub(super) struct Links<'a> {
    root: &'a Path,
    texts: BTreeMap<String, String>,
    targets: BTreeMap<String, String>,
}

/// A path that leads to a file through links.
pub(super) struct Way<'a> {
    pub(super) path: String,
    pub(super) links: Vec<&'a str>,
}

impl<'a> Links<'a> {
    /// The links of the project `root`, by path, with their texts.
    pub(super) fn new(root: &'a Path, texts: BTreeMap<String, String>) -> Self {
        let mut links = Self { root, texts, targets: BTreeMap::new() };
        let targets = links.texts.keys().filter_map(|path| {
            let target = links.resolve(path)?;
            // A link to a folder that holds it is not followed, nor one to what is not published.
            let is_loop = target.is_empty() || path.starts_with(&format!("{target}/"));
            let is_followed = !is_loop && inside::is_published(Path::new(path), Path::new(&target));
            is_followed.then(|| (path.clone(), target))
        });
        links.targets = targets.collect();
        links
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The path without links to which `path` leads, if it is in the project. Need not exist.
    pub(super) fn resolve(&self, path: &str) -> Option<String> {
        let mut place = String::new();
        let mut rest: Vec<&str> = path.split('/').rev().collect();
        let mut followed = 0;
        while let Some(part) = rest.pop() {
            let parent = place.rfind('/').unwrap_or_default();
            match part {
                "" | "." => continue,
                ".." if place.is_empty() => return None,
                ".." => {
                    place.truncate(parent);
                    continue;
                }
                _ => {}
            }
            let before = place.len();
            if !place.is_empty() {
                place.push('/');
            }
            place.push_str(part);
            let Some(text) = self.texts.get(&place) else { continue };
            followed += 1;
            if followed > MAX_LINKS {
                return None;
            }
            let target = Path::new(text);
            if target.is_absolute() {
                place.clear();
                rest.extend(target.strip_prefix(self.root).ok()?.to_str()?.split('/').rev());
            } else {
                place.truncate(before);
                rest.extend(text.split('/').rev());
            }
        }
        Some(place)
    }

    /// The paths that lead to `file` through links, which is at this path itself.
    pub(super) fn ways(&self, file: &str) -> Vec<Way<'_>> {
        let mut ways = vec![Way { path: file.to_owned(), links: Vec::new() }];
        let mut at = 0;
        while at < ways.len() {
            for (link, target) in &self.targets {
                let Way { path, links } = &ways[at];
                let rest = path
                    .strip_prefix(target.as_str())
                    .filter(|rest| rest.is_empty() || rest.starts_with('/'));
                let Some(rest) = rest.filter(|_| !links.contains(&link.as_str())) else { continue };
                let path = format!("{link}{rest}");
                if self.is_walked(&path) && inside::is_published(Path::new(&path), Path::new(file)) {
                    let links = [&[link.as_str()], &links[..]].concat();
                    ways.push(Way { path, links });
                }
            }
            at += 1;
        }
        ways.remove(0);
        ways
    }

    /// Whether a walk through the project comes along `path`: not where it would be in one folder twice.
    fn is_walked(&self, path: &str) -> bool {
        let mut places = BTreeSet::new();
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders
            .map(|folder| self.resolve(folder))
            .all(|place| place.is_some_and(|place| places.insert(place)))
    }

    /// The links that lead elsewhere in `other`, or that only one of the two has.
    pub(super) fn differences<'b>(&'b self, other: &'b Links<'_>) -> BTreeSet<&'b str> {
        let links = self.targets.keys().chain(other.targets.keys()).map(String::as_str);
        links.filter(|link| self.targets.get(*link) != other.targets.get(*link)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Links;

    fn ways(links: &[(&str, &str)], file: &str) -> Vec<String> {
        let texts = links.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let mut ways: Vec<String> =
            Links::new(Path::new("/kb"), texts).ways(file).into_iter().map(|way| way.path).collect();
        ways.sort();
        ways
    }

    #[test]
    fn files_are_reached_through_links_and_chains_of_them() {
        assert_eq!(ways(&[("a/l.md", "../n/x.md")], "n/x.md"), ["a/l.md"]);
        assert_eq!(ways(&[("a/d", "../n")], "n/x/y.md"), ["a/d/x/y.md"]);
        assert_eq!(ways(&[("a/d", "/kb/n")], "n/y.md"), ["a/d/y.md"]);
        assert_eq!(ways(&[("a/d", "../b/e/z"), ("b/e", "../n")], "n/z/y.md"), ["a/d/y.md", "b/e/z/y.md"]);
        let chain = [("a/l.md", "m.md"), ("a/m.md", "../n/x.md"), ("b", "a")];
        assert_eq!(ways(&chain, "n/x.md"), ["a/l.md", "a/m.md", "b/l.md", "b/m.md"]);
    }

    #[test]
    fn links_in_circles_out_of_the_project_and_to_hidden_files_lead_nowhere() {
        assert!(ways(&[("a/self", ".")], "a/x.md").is_empty());
        assert!(ways(&[("a/up", "..")], "a/x.md").is_empty());
        assert!(ways(&[("a/l", "m"), ("a/m", "l")], "a/x.md").is_empty());
        assert_eq!(ways(&[("a/x", "../b"), ("b/y", "../a")], "a/f.md"), ["b/y/f.md"]);
        assert!(ways(&[("a/l", "../../kb/n")], "n/x.md").is_empty());
        assert!(ways(&[("a/l", "../.n")], ".n/x.md").is_empty());
    }
}
