//! What every page has.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::body::{title_anchor, toc};
use crate::model::field_type::day;
use crate::model::{DocumentId, Role};
use crate::render::context::Pages;
use crate::render::view::{Frame, Link, Moment, SourceView};
use crate::text::address::href;

impl Pages<'_> {
    /// The frame of the page at `url`, as far as that alone decides it.
    pub(super) fn frame(&self, url: &str) -> Frame {
        let root = "../".repeat(url.matches('/').count());
        Frame { root, url: href(url), canonical: self.absolute(url), ..Frame::default() }
    }

    /// The public address of the page at `url`.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        let url = url.strip_suffix("index.html").unwrap_or(url);
        self.base.config.base_url.as_ref().map(|base| format!("{base}{}", href(url)))
    }

    /// `frame` with the text of the index document that introduces the page.
    pub(super) fn introduced(
        &self,
        frame: Frame,
        introduction: Option<DocumentId>,
        title: Option<&str>,
    ) -> Frame {
        let Some(index) = introduction else { return frame };
        let document = &self.graph.documents[index];
        // A page with a title of its own keeps the heading of the text, unless that says the same.
        let title = title.unwrap_or(&document.title);
        let (html, toc) = (self.html(index, title), toc(document, title));
        let source = Some(self.source(index));
        Frame {
            facts: self.values(index).facts(&document.fields, &document.kind.fields),
            title: document.title.clone(),
            description: document.summary.clone(),
            anchor: title_anchor(document, title),
            lead: document.text_of(Role::Summary).unwrap_or_default().to_owned(),
            html,
            toc,
            source,
            ..frame
        }
    }

    /// Where a document comes from, and what can be done about it there.
    pub(super) fn source(&self, index: DocumentId) -> SourceView {
        let (document, config) = (&self.graph.documents[index], &self.base.config);
        let path = document.source.path.to_string();
        let url = &self.graph.routes.documents[index];
        let filled = |pattern: &Option<String>| {
            let pattern = pattern.as_ref()?.replace("{path}", &href(&path));
            let title = utf8_percent_encode(&document.title, NON_ALPHANUMERIC).to_string();
            let url = self.absolute(url).unwrap_or_else(|| href(url));
            let url = utf8_percent_encode(&url, NON_ALPHANUMERIC).to_string();
            Some(pattern.replace("{title}", &title).replace("{url}", &url))
        };
        let changed = self.world.edited(&path);
        SourceView {
            url: config.repository.as_ref().map(|base| format!("{base}{}", href(&path))),
            edit: filled(&config.edit_url),
            report: filled(&config.report_url),
            changed: changed.map(|date| Moment { text: day(date), iso: date.to_string() }),
            path,
        }
    }

    /// The page of an alert.
    pub(super) fn alert_link(&self, name: &str) -> Link {
        let url = self.graph.routes.alerts.get(name).map(|url| href(url)).unwrap_or_default();
        Link { title: name.to_owned(), url }
    }
}
