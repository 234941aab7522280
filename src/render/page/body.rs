//! The text of a document on a page.

use crate::graph::{Attachment, LinkProblem, LinkTarget};
use crate::model::{Document, DocumentId};
use crate::render::context::Pages;
use crate::render::html::{self, Target};
use crate::render::view::TocEntry;
use crate::text::address::{href, relative};

impl Pages<'_> {
    /// The body of a document as it stands on a page with this title.
    pub(super) fn html(&self, index: DocumentId, title: &str) -> String {
        let document = &self.graph.documents[index];
        let targets = self.targets(index, &self.graph.routes.documents[index]);
        html::body(
            &document.source.text,
            document.body_start,
            &document.body,
            document.body.title_heading(title).is_some(),
            &targets,
            &|language, code| self.code.highlight(language, code).to_string(),
        )
    }

    /// Where the links of a document lead from the page at `url`.
    pub(in crate::render) fn targets(&self, index: DocumentId, url: &str) -> Vec<Target> {
        self.graph.links[index].iter().map(|target| self.target(url, target)).collect()
    }

    fn target(&self, url: &str, target: &LinkTarget) -> Target {
        let to = |path: &str| Target { href: Some(relative(url, path)), ..Target::default() };
        match target {
            LinkTarget::Document { document, anchor } => {
                let mut link = relative(url, &self.graph.routes.documents[*document]);
                if let Some(anchor) = anchor {
                    let own = self.graph.routes.documents[*document] == url;
                    link = format!("{}#{}", if own { "" } else { &link }, href(anchor));
                }
                let text = Some(self.graph.documents[*document].title.clone());
                Target { href: Some(link), text, is_page: true, ..Target::default() }
            }
            LinkTarget::Page { url: page } => to(page),
            LinkTarget::File { path, anchor } => {
                let attachment = self.graph.attachments.get(path);
                if let Some(Attachment::Withheld(_)) = attachment {
                    return Target {
                        note: Some("This file is not published".to_owned()),
                        ..Target::default()
                    };
                }
                let is_download = attachment == Some(&Attachment::Download);
                let anchor = anchor.as_ref().map(|anchor| format!("#{}", href(anchor))).unwrap_or_default();
                // No image shows what is to be downloaded.
                let href = Some(relative(url, path) + &anchor);
                Target { href, is_download, is_page: is_download, ..Target::default() }
            }
            LinkTarget::Static { path } => to(path),
            LinkTarget::External(address) => {
                Target { href: Some(address.clone()), external: true, ..Target::default() }
            }
            LinkTarget::Undecided(_) => {
                Target { note: Some("Where this leads is not known here".to_owned()), ..Target::default() }
            }
            LinkTarget::Broken(problem) => {
                let note = match problem {
                    LinkProblem::NotPublished => "This file is no part of the site",
                    LinkProblem::NoAnchor { .. } | LinkProblem::NoSection { .. } => {
                        "This section does not exist"
                    }
                    LinkProblem::Unsafe => "This address is not safe",
                    LinkProblem::Ambiguous(_) => "Several documents have this name",
                    LinkProblem::NoFile | LinkProblem::NoDocument { .. } | LinkProblem::Empty => {
                        "This page does not exist"
                    }
                };
                Target { note: Some(note.to_owned()), ..Target::default() }
            }
        }
    }
}

/// The anchor of the first heading, where the title of the page stands for it.
pub(super) fn title_anchor(document: &Document, title: &str) -> String {
    document.body.title_heading(title).map(|heading| heading.slug.clone()).unwrap_or_default()
}

/// The headings of a document on a page with this title.
pub(super) fn toc(document: &Document, title: &str) -> Vec<TocEntry> {
    let skipped = usize::from(document.body.title_heading(title).is_some());
    let headings = document.body.headings.iter().skip(skipped);
    let entries = headings.filter(|heading| heading.level <= 3).map(|heading| TocEntry {
        level: heading.level.max(2),
        title: heading.text.clone(),
        anchor: heading.slug.clone(),
    });
    entries.collect()
}
