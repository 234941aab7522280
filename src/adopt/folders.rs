//! Folders whose documents look alike, and what they are.
//!
//! A folder gets a kind where most of its documents look like that kind and hardly any like another; else its
//! parts are looked at one by one. Folders in it that show nothing of the kind are excepted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use globset::escape;

use super::evidence::{CLEAR, Sign};
use super::items::{Item, Role, is_below, items, position, upward};
use crate::diagnostic::article;
use crate::model::{Document, Kind, KindId, Kinds, PerDocument};

/// Documents that are of one kind, and why.
#[derive(Debug, Clone)]
pub struct Group {
    /// The pattern of their paths, from the content folder.
    pub pattern: String,
    /// What they are.
    pub kind: Arc<Kind>,
    /// How many they are.
    pub documents: usize,
    /// What speaks for it: "section `Timeline` in 12 of 14".
    pub because: String,
    /// Whether the settings have to say it. Else the name of the folder does.
    pub is_new: bool,
}

/// What the folders of a project are, by the documents in them. `content` is the folder that holds all. The first
/// that matches a path counts.
pub(super) fn groups(documents: &PerDocument<Arc<Document>>, kinds: &Kinds, content: &str) -> Vec<Group> {
    let survey = Survey { items: items(documents, kinds, content), kinds };
    let mut found = Vec::new();
    survey.decide("", &mut found);
    let mut found = survey.merge(found);
    let mut groups = survey.stand_ins();
    groups.extend(survey.exceptions(&found));
    groups.append(&mut found);
    groups.extend(survey.named(&groups));
    groups
}

/// The documents of a project, looked at one by one.
pub(super) struct Survey<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) kinds: &'a Kinds,
}

impl Survey<'_> {
    /// Documents below a folder that are no more than one of those in their folder.
    fn below(&self, folder: &str) -> Vec<&Item<'_>> {
        let is_meant = |item: &&Item<'_>| item.role == Role::Member && item.is_below(folder);
        self.items.iter().filter(is_meant).collect()
    }

    /// What most of the documents look like, where hardly any look like something else.
    fn majority(&self, items: &[&Item<'_>]) -> Option<KindId> {
        let mut counts: BTreeMap<KindId, usize> = BTreeMap::new();
        for wanted in items.iter().filter_map(|item| item.wanted) {
            *counts.entry(wanted).or_default() += 1;
        }
        let (&kind, &count) = counts.iter().max_by_key(|(_, count)| **count)?;
        let others = counts.values().sum::<usize>() - count;
        // What a single document looks like may be chance, and so may a word in the names of a few.
        let is_confirmed = |item: &&Item<'_>| item.wanted == Some(kind) && !item.is_only_named(kind);
        let is_clear = |item: &&Item<'_>| item.points(kind) >= CLEAR && item.shows(kind);
        let mut confirmed = items.iter().copied().filter(|item| is_confirmed(item)).peekable();
        let is_sure = match confirmed.peek() {
            Some(_) => count > 1 || confirmed.any(|item| is_clear(&item)),
            None => count > 2,
        };
        (is_sure && count * 10 >= items.len() * 6 && others * 10 <= items.len()).then_some(kind)
    }

    /// Gives `folder` a kind, or else its parts.
    fn decide(&self, folder: &str, groups: &mut Vec<Group>) {
        let below = self.below(folder);
        let children = children(&below, folder);
        if let Some(whole) =
            self.majority(&below).and_then(|kind| self.whole(folder, &below, &children, kind))
        {
            groups.extend(whole);
            return;
        }
        for child in &children {
            self.decide(child, groups);
        }
        let direct: Vec<&Item<'_>> =
            below.into_iter().filter(|item| item.document.folder() == folder).collect();
        if let Some(kind) = self.majority(&direct)
            && !children.is_empty()
            && direct.iter().any(|item| item.current != kind)
        {
            let head = if folder.is_empty() { String::new() } else { format!("{}/", escape(folder)) };
            groups.push(self.group(format!("{head}*.md"), kind, &direct));
        }
    }

    /// All that is below `folder` as one kind, but for folders that stand out. Nothing where only a part of it is
    /// meant, or needs to be told.
    fn whole(
        &self,
        folder: &str,
        below: &[&Item<'_>],
        children: &BTreeSet<String>,
        kind: KindId,
    ) -> Option<Vec<Group>> {
        let strays = self.strays(folder, below, kind);
        let is_stray = |item: &Item<'_>| strays.iter().any(|stray| item.is_below(stray));
        let meant: Vec<&Item<'_>> = below.iter().filter(|item| !is_stray(item)).copied().collect();
        let untold = meant.iter().filter(|item| item.current != kind).count();
        let holds = |child: &&String| meant.iter().any(|item| item.is_below(child));
        let is_here = meant.iter().any(|item| item.document.folder() == folder && item.wanted == Some(kind));
        let says_kind = |folder: &str| {
            let mut names = folder.split('/');
            names.any(|name| self.kinds.by_folder(name).is_some_and(|of| position(self.kinds, of) == kind))
        };
        // Where one part has them all, only a few are not told by their folder, or inner folders are called like the
        // kind, the parts are meant.
        let is_narrow = !is_here && children.iter().filter(holds).count() < 2;
        let is_part = !says_kind(folder)
            && (is_narrow || meant.iter().all(|item| says_kind(item.document.folder())))
            || folder.is_empty() && !strays.is_empty()
            || untold > 0 && untold * 5 < meant.len() && !children.is_empty();
        if is_part {
            return None;
        }
        let mut groups = Vec::new();
        for stray in &strays {
            let items = self.below(stray);
            if untold > 0 || items.iter().any(|item| item.current == kind) {
                let of = article(&self.kinds.all[kind].id);
                let because = format!("hardly anything of {of}, unlike the documents around it");
                groups.push(self.page(beneath(stray), items.len(), because));
            }
        }
        groups.extend((untold > 0).then(|| self.group(beneath(folder), kind, &meant)));
        Some(groups)
    }

    /// The outermost folders below `folder` that show hardly anything of the kind.
    fn strays<'b>(&self, folder: &str, below: &[&'b Item<'_>], kind: KindId) -> Vec<&'b str> {
        let folders: BTreeSet<&str> = below.iter().flat_map(|item| upward(item.document.folder())).collect();
        let mut strays: Vec<&str> = Vec::new();
        for inner in folders.into_iter().filter(|inner| inner.len() > folder.len()) {
            let is_known = strays.iter().any(|stray| is_below(inner, stray));
            if !is_known && is_stray(inner, below, kind) {
                strays.push(inner);
            }
        }
        strays
    }

    /// Documents as a kind, and what speaks for it.
    pub(super) fn group(&self, pattern: String, kind: KindId, items: &[&Item<'_>]) -> Group {
        let kind_of = Arc::clone(&self.kinds.all[kind]);
        let because = because(items, kind, &kind_of);
        Group { pattern, kind: kind_of, documents: items.len(), because, is_new: true }
    }

    /// Documents that are none of a kind.
    pub(super) fn page(&self, pattern: String, documents: usize, because: impl Into<String>) -> Group {
        let kind = self.kinds.fallback();
        Group { pattern, kind, documents, because: because.into(), is_new: true }
    }

    /// Writes folders of the same name at many places as one.
    fn merge(&self, groups: Vec<Group>) -> Vec<Group> {
        let last = |group: &Group| {
            let folder = group.pattern.strip_suffix("/**").filter(|_| !group.kind.extra_fields)?;
            folder.rsplit_once('/').map(|(_, name)| name.to_owned())
        };
        let mut merged: Vec<Group> = Vec::new();
        for group in &groups {
            let same =
                groups.iter().filter(|other| last(other).is_some() && last(other) == last(group)).count();
            let Some(name) = last(group).filter(|_| same > 2) else {
                merged.push(group.clone());
                continue;
            };
            let is_in = |item: &&Item<'_>| {
                item.role == Role::Member
                    && item.document.folder().split('/').any(|folder| escape(folder) == name)
            };
            let items: Vec<&Item<'_>> = self.items.iter().filter(is_in).collect();
            let kind = position(self.kinds, &group.kind);
            let pattern = format!("**/{name}/**");
            if items.iter().any(|item| item.wanted.is_some_and(|wanted| wanted != kind)) {
                merged.push(group.clone());
            } else if !merged.iter().any(|known| known.pattern == pattern) {
                merged.push(self.group(pattern, kind, &items));
            }
        }
        merged
    }
}

/// Whether the documents of a folder show hardly anything of what those around it do.
fn is_stray(folder: &str, around: &[&Item<'_>], kind: KindId) -> bool {
    let (inside, outside): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
        around.iter().copied().partition(|item| item.is_below(folder));
    let showing = |items: &[&Item<'_>]| items.iter().filter(|item| item.shows(kind)).count();
    // A few that are in the right folder may just be unfinished.
    let is_told = inside.len() < 3 && inside.iter().all(|item| item.current == kind);
    let hardly = showing(&inside) * 4 <= inside.len();
    !is_told && hardly && showing(&outside) > 0 && showing(&outside) * 10 >= outside.len() * 6
}

/// The folders right below `folder` in which there are documents.
fn children(below: &[&Item<'_>], folder: &str) -> BTreeSet<String> {
    let child = |item: &&Item<'_>| {
        let inner = item.document.folder();
        let rest =
            if folder.is_empty() { Some(inner) } else { inner.strip_prefix(folder)?.strip_prefix('/') };
        let name = rest?.split('/').next().filter(|name| !name.is_empty())?;
        Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
    };
    below.iter().filter_map(child).collect()
}

/// The pattern of all that is in a folder.
pub(super) fn beneath(folder: &str) -> String {
    if folder.is_empty() { "**".to_owned() } else { format!("{}/**", escape(folder)) }
}

/// Signs that a sentence about a folder names.
const MOST_SIGNS: usize = 3;

/// What speaks for a kind in some documents, most frequent first.
fn because(items: &[&Item<'_>], kind: KindId, of: &Kind) -> String {
    let mut counts: BTreeMap<&Sign, usize> = BTreeMap::new();
    for sign in items.iter().filter_map(|item| item.signs(kind)).flatten() {
        *counts.entry(sign).or_default() += 1;
    }
    // A guide has commands too, and who reads the pattern sees the folder.
    let says_more = |sign: &Sign| !matches!(sign, Sign::Folder(_) | Sign::Commands);
    let mut counts: Vec<(&Sign, usize)> = counts.into_iter().filter(|(sign, _)| says_more(sign)).collect();
    counts.sort_by_key(|(sign, count)| (std::cmp::Reverse(*count), *sign));
    counts.retain(|(_, count)| count * 4 >= items.len());
    let parts = counts.iter().take(MOST_SIGNS).enumerate().map(|(index, (sign, count))| {
        let all = if index == 0 { format!(" of {}", items.len()) } else { String::new() };
        format!("{} in {count}{all}", sign.phrase(of))
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "the name of the folder".to_owned() } else { parts.join(", ") }
}
