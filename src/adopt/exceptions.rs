//! What is something else than the folder that it is in, and folders whose own name says what they are.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobMatcher, escape};

use super::folders::{Group, Survey, beneath};
use super::items::{Item, Role, position};
use crate::diagnostic::article;
use crate::model::{Kind, KindId};

/// Documents that nothing speaks for are named one by one up to this number.
const MOST_OUTLIERS: usize = 10;

impl Survey<'_> {
    /// Documents that are what their folder is about: `services/*/README.md`.
    pub(super) fn stand_ins(&self) -> Vec<Group> {
        let mut found: BTreeMap<(String, KindId), Vec<&Item<'_>>> = BTreeMap::new();
        for item in self.items.iter().filter(|item| item.role == Role::StandIn) {
            let (folders, name) = item.path.rsplit_once('/').unwrap_or(("", item.path));
            let Some((above, _)) = folders.rsplit_once('/') else { continue };
            let above_name = above.rsplit('/').next().unwrap_or(above);
            let Some(kind) = self.kinds.by_folder(above_name) else { continue };
            let is_canonical = above_name.eq_ignore_ascii_case(&kind.folder);
            if !is_canonical && item.own_points(position(self.kinds, kind)) == 0 {
                continue;
            }
            found
                .entry((format!("{}/*/{name}", escape(above)), position(self.kinds, kind)))
                .or_default()
                .push(item);
        }
        let untold =
            found.into_iter().filter(|((_, kind), items)| items.iter().any(|item| item.current != *kind));
        untold.map(|((pattern, kind), items)| self.group(pattern, kind, &items)).collect()
    }

    /// Documents that would get a kind with their folder and are none of it.
    pub(super) fn exceptions(&self, groups: &[Group]) -> Vec<Group> {
        let covers: Vec<(&Group, GlobMatcher)> =
            groups.iter().filter_map(|group| Some((group, glob(&group.pattern)?))).collect();
        let mut heads = Vec::new();
        let mut exceptions = Vec::new();
        for item in self.items.iter().filter(|item| !item.document.states_kind) {
            let covering = covers.iter().find(|(_, glob)| glob.is_match(item.path)).map(|(group, _)| *group);
            let kind: &Kind = covering.map_or(&self.kinds.all[item.current], |group| &group.kind);
            let is_new = covering.is_some() && !kind.extra_fields;
            match item.role {
                Role::Head if is_new => heads.push(item),
                Role::Template if !kind.extra_fields => {
                    exceptions.push(self.page(exact(item.path), 1, "a template"))
                }
                Role::Member if is_new && item.points(position(self.kinds, kind)) == 0 => {
                    let because = format!("nothing of {} in it", article(&kind.id));
                    exceptions.push(self.page(exact(item.path), 1, because));
                }
                _ => {}
            }
        }
        if exceptions.len() > MOST_OUTLIERS {
            exceptions.retain(|group| group.because == "a template");
        }
        let mut all = self.heads(&heads);
        all.extend(exceptions);
        all
    }

    /// Documents about those in their folders: by one pattern for many, where it means no other document.
    fn heads(&self, heads: &[&Item<'_>]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for item in heads {
            let name = item.path.rsplit('/').next().unwrap_or(item.path);
            let pattern = format!("**/{name}");
            let is_same = |other: &&Item<'_>| other.path.rsplit('/').next() == Some(name);
            let number = heads.iter().copied().filter(is_same).count();
            let means_others = self.items.iter().filter(is_same).any(|other| other.role == Role::Member);
            if number < 2 || means_others {
                groups.push(self.page(exact(item.path), 1, "about the documents in its folder"));
            } else if !groups.iter().any(|known| known.pattern == pattern) {
                groups.push(self.page(pattern, number, "about the documents in their folders"));
            }
        }
        groups
    }

    /// Folders whose name says the kind of their documents, or seems to.
    pub(super) fn named(&self, groups: &[Group]) -> Vec<Group> {
        let covers: Vec<GlobMatcher> = groups.iter().filter_map(|group| glob(&group.pattern)).collect();
        let mut named: BTreeMap<(String, KindId), Vec<&Item<'_>>> = BTreeMap::new();
        for item in &self.items {
            let is_covered = covers.iter().any(|glob| glob.is_match(item.path));
            if is_covered || self.kinds.all[item.current].extra_fields || item.document.states_kind {
                continue;
            }
            let folders: Vec<&str> = item.document.folder().split('/').collect();
            let at = folders.iter().position(|folder| self.kinds.by_folder(folder).is_some());
            let folder = folders[..at.map_or(0, |at| at + 1)].join("/");
            named.entry((folder, item.current)).or_default().push(item);
        }
        let named =
            named.into_iter().map(|((folder, kind), items)| match self.doubt(&folder, kind, &items) {
                Some(because) => self.page(beneath(&folder), items.len(), because),
                None => Group { is_new: false, ..self.group(beneath(&folder), kind, &items) },
            });
        named.collect()
    }

    /// Why documents are none of the kind that the name of their folder says.
    fn doubt(&self, folder: &str, kind: KindId, items: &[&Item<'_>]) -> Option<String> {
        let of = &self.kinds.all[kind];
        // What the text says, or the file's name, beyond a word that many texts have.
        let best = items.iter().map(|item| item.own_points(kind)).max().unwrap_or_default();
        let name = folder.rsplit('/').next().unwrap_or(folder);
        // Another name of the folder, or its singular, is a word that other folders have too.
        let is_canonical = name.eq_ignore_ascii_case(&of.folder);
        let telling = items.iter().filter(|item| item.own_points(kind) > 0).count();
        if of.date_field.is_some()
            && best < super::evidence::ENOUGH
            && !items.iter().any(|item| item.has_day())
        {
            return Some(format!("no text like that of {}, and no date", article(&of.id)));
        }
        (!is_canonical && telling * 4 < items.len()).then(|| match telling {
            0 => format!("nothing of {} in any of them", article(&of.id)),
            _ => format!("hardly anything of {} in most of them", article(&of.id)),
        })
    }
}

/// The pattern of one document.
fn exact(path: &str) -> String {
    match path.strip_suffix(".md") {
        Some(stem) => format!("{}.md", escape(stem)),
        None => format!("{}.*", escape(path.rsplit_once('.').map_or(path, |(stem, _)| stem))),
    }
}

fn glob(pattern: &str) -> Option<GlobMatcher> {
    GlobBuilder::new(pattern).literal_separator(true).build().ok().map(|glob| glob.compile_matcher())
}
