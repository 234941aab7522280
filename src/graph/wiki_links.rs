//! What links in double brackets lead to.

use super::Resolution;
use super::links::{LinkProblem, LinkTarget};
use super::lookup::nearest;
use super::resolver::{Resolver, split_anchor};
use crate::model::{DocumentId, Link};
use crate::text::address::normalize;

impl Resolver<'_> {
    /// A link in double brackets that has its text first, where the wiki has it so. Some authors write the page first.
    pub(super) fn piped_wiki(&self, from: DocumentId, target: &str, link: &Link) -> Option<LinkTarget> {
        self.origins.of(from).filter(|origin| origin.has_text_before_page)?;
        let behind = self.documents[from].source.text.get(link.span.end as usize..)?;
        let (page, _) = behind.trim_start().strip_prefix('|')?.split_once("]]")?;
        let found = self.wiki(from, page.trim());
        let is_unknown = matches!(found, LinkTarget::Broken(LinkProblem::NoDocument { .. }));
        let turned = is_unknown.then(|| self.wiki(from, target));
        Some(turned.filter(|turned| !matches!(turned, LinkTarget::Broken(_))).unwrap_or(found))
    }

    pub(super) fn wiki(&self, from: DocumentId, target: &str) -> LinkTarget {
        let (id, anchor) = split_anchor(target);
        // A path of headings ends at the one that is meant.
        let anchor = anchor.map(|anchor| anchor.rsplit('#').next().unwrap_or(anchor));
        if id.is_empty() {
            return self.document(from, anchor);
        }
        match self.ids.find(id, &[], self.kinds) {
            Resolution::Found(document) => self.document(document, anchor),
            Resolution::Ambiguous(candidates) => {
                let paths = candidates.iter().map(|index| (*index, self.documents[*index].stem.as_str()));
                // A project that has an owner for its ids says which one it means.
                let is_foreign = self.config.source.is_none() || self.origins.of(from).is_some();
                match nearest(self.documents[from].folder(), paths).filter(|_| is_foreign) {
                    Some(document) => self.document(document, anchor),
                    None => LinkTarget::Broken(LinkProblem::Ambiguous(candidates)),
                }
            }
            Resolution::Missing | Resolution::WrongKind(_) => match self.by_wiki_name(from, id) {
                Some(LinkTarget::Document { document, .. }) => self.document(document, anchor),
                Some(other) => other,
                None => LinkTarget::Broken(LinkProblem::NoDocument { id: id.to_owned() }),
            },
        }
    }

    /// What wikis and vaults of notes take in double brackets beside ids: titles, paths, and the bare names
    /// of files.
    pub(super) fn by_wiki_name(&self, from: DocumentId, name: &str) -> Option<LinkTarget> {
        let by_name =
            self.ids.find_loosely(name).map(|document| LinkTarget::Document { document, anchor: None });
        let by_path = || self.locate(&normalize(self.documents[from].folder(), name)?);
        let by_title_of_path = || {
            let last = name.rsplit('/').next().filter(|last| *last != name)?;
            let document = self.ids.find_loosely(last)?;
            Some(LinkTarget::Document { document, anchor: None })
        };
        let by_file_name = || {
            let paths = self.names.get(name)?.iter().map(|path| (path, path.as_str()));
            let path = nearest(self.documents[from].folder(), paths)?;
            Some(LinkTarget::File { path: path.clone(), anchor: None })
        };
        by_name.or_else(by_path).or_else(by_title_of_path).or_else(by_file_name)
    }
}
