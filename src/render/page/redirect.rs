//! A page that sends readers from an earlier address of a document to its own.

use serde::Serialize;

use crate::model::DocumentId;
use crate::render::context::Pages;
use crate::render::view::{Frame, Link, PageView};
use crate::text::address::relative;

/// What a redirect adds to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct RedirectView {
    /// Where it leads, relative to the page.
    pub target: Link,
}

pub(super) const TEMPLATE: &str = "redirect.html";

impl Pages<'_> {
    pub(super) fn redirect_page(
        &self,
        document: DocumentId,
        url: &str,
        frame: Frame,
    ) -> PageView<RedirectView> {
        let title = self.graph.documents[document].title.clone();
        let to = &self.graph.routes.documents[document];
        let target = Link { url: relative(url, to), title: title.clone() };
        PageView {
            frame: Frame { title, canonical: self.absolute(to), ..frame },
            body: RedirectView { target },
        }
    }
}
