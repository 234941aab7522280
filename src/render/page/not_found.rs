//! The page that the host shows where there is none.

use serde::Serialize;

use crate::render::context::Pages;
use crate::render::view::{Frame, PageView};

/// The page adds nothing to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct NotFoundView {}

pub(super) const TEMPLATE: &str = "404.html";

impl Pages<'_> {
    pub(super) fn not_found_page(&self, frame: Frame) -> PageView<NotFoundView> {
        // The host shows this page at any address, so its links begin at the root of the host.
        let root = self.base.config.base_url.as_deref().and_then(|base| base.split_once("://"));
        let root = root.and_then(|(_, rest)| Some(rest[rest.find('/')?..].to_owned()));
        let frame = Frame { title: "Page not found".to_owned(), root: root.unwrap_or_default(), ..frame };
        PageView { frame, body: NotFoundView {} }
    }
}
