//! The documents of a project and what speaks for the kind of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::evidence::{self, Case, Sign};
use crate::model::{Document, Kind, KindId, Kinds, PerDocument};
use crate::parse::front_matter::front_matter;

/// A document and what speaks for its kind.
pub(super) struct Item<'a> {
    pub(super) document: &'a Document,
    /// Its path from the content folder.
    pub(super) path: &'a str,
    cases: Vec<Case>,
    /// The kind that it looks like.
    pub(super) wanted: Option<KindId>,
    /// The kind that it has without any collection.
    pub(super) current: KindId,
    /// What it is in its folder.
    pub(super) role: Role,
}

/// What a document is among those in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// One of them.
    Member,
    /// It is about them: a README in a folder of documents.
    Head,
    /// It is what the folder is about, in a folder of such folders: `services/checkout/README.md`.
    StandIn,
    /// Others are to be written after it.
    Template,
}

impl Item<'_> {
    /// What speaks for a kind.
    pub(super) fn signs(&self, kind: KindId) -> Option<&BTreeSet<Sign>> {
        self.cases.iter().find(|case| case.kind == kind).map(|case| &case.signs)
    }

    /// How much speaks for a kind.
    pub(super) fn points(&self, kind: KindId) -> u32 {
        self.cases.iter().find(|case| case.kind == kind).map_or(0, |case| case.points)
    }

    /// Whether its text shows something of the kind.
    pub(super) fn shows(&self, kind: KindId) -> bool {
        self.signs(kind).is_some_and(|signs| signs.iter().any(Sign::is_inside))
    }

    /// Whether nothing but names speaks for a kind: of the document, and of the folder around it.
    pub(super) fn is_only_named(&self, kind: KindId) -> bool {
        let is_name = |sign: &Sign| matches!(sign, Sign::Title | Sign::FolderEnd(_));
        self.signs(kind).is_some_and(|signs| signs.iter().all(is_name))
    }

    /// How much speaks for a kind apart from the folder.
    pub(super) fn own_points(&self, kind: KindId) -> u32 {
        let own = self.signs(kind).into_iter().flatten();
        own.filter(|sign| !matches!(sign, Sign::Folder(_) | Sign::FolderEnd(_))).map(Sign::points).sum()
    }

    /// Whether its name or its front matter says on which day something happened.
    pub(super) fn has_day(&self) -> bool {
        let is_day = |key: &str| key.to_lowercase().contains("date") || key.contains("time");
        let tree = front_matter(&self.document.source.text).tree;
        let mut keys = tree.iter().flat_map(|tree| tree.entries()).filter_map(|(key, _)| key.text());
        self.cases.iter().any(|case| case.signs.contains(&Sign::Day)) || keys.any(is_day)
    }

    /// Whether it is in `folder`, at any depth.
    pub(super) fn is_below(&self, folder: &str) -> bool {
        is_below(self.document.folder(), folder)
    }
}

/// Whether a folder is another or in it.
pub(super) fn is_below(inner: &str, folder: &str) -> bool {
    let rest = inner.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A folder and those above it, up to the content folder.
pub(super) fn upward(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| match folder.rsplit_once('/') {
        Some((up, _)) => Some(up),
        None => (!folder.is_empty()).then_some(""),
    })
}

/// The position of a kind among all.
pub(super) fn position(kinds: &Kinds, kind: &Kind) -> KindId {
    kinds.position(&kind.id).unwrap_or(KindId::from(0))
}

/// Looks at the documents one by one. `content` is the folder that holds all.
pub(super) fn items<'a>(
    documents: &'a PerDocument<Arc<Document>>,
    kinds: &Kinds,
    content: &str,
) -> Vec<Item<'a>> {
    let items = documents.iter().map(|document| {
        let cases = evidence::cases(document, kinds);
        let current = position(kinds, &document.kind);
        let wanted = match document.states_kind {
            true => Some(current),
            false => evidence::verdict(&cases).map(|case| case.kind),
        };
        let path = document.source.path.strip_prefix(content).unwrap_or(&document.source.path);
        let path = path.trim_start_matches('/');
        Item { document, path, cases, wanted, current, role: Role::Member }
    });
    let mut items: Vec<Item<'_>> = items.collect();
    let roles: Vec<Role> = items.iter().map(|item| role(item, &items, kinds)).collect();
    items.iter_mut().zip(roles).for_each(|(item, role)| item.role = role);
    items
}

fn role(item: &Item<'_>, items: &[Item<'_>], kinds: &Kinds) -> Role {
    let kind = item.wanted.unwrap_or(item.current);
    if is_template(item.path) && !is_template(&kinds.all[kind].id) {
        return Role::Template;
    }
    if !item.document.is_index {
        return Role::Member;
    }
    let folder = item.document.folder();
    let mut others =
        items.iter().filter(|other| !std::ptr::eq(*other, item) && other.is_below(folder)).peekable();
    let has_others = others.peek().is_some();
    let above = folder.rsplit_once('/').map(|(above, _)| above.rsplit('/').next().unwrap_or(above));
    let kind_above = above.and_then(|above| kinds.by_folder(above)).filter(|kind| !kind.extra_fields);
    if let Some(kind) = kind_above {
        let kind = position(kinds, kind);
        if others.all(|other| other.wanted != Some(kind)) {
            return Role::StandIn;
        }
    }
    if has_others { Role::Head } else { Role::Member }
}

fn is_template(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    evidence::words(name).iter().any(|word| word == "template")
}
