//! The page of search results, which `search.js` fills.

use serde::Serialize;

use crate::render::context::Pages;
use crate::render::view::{Frame, PageView};

/// The page of search results adds nothing to its frame.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct SearchView {}

pub(super) const TEMPLATE: &str = "search.html";

impl Pages<'_> {
    pub(super) fn search_page(frame: Frame) -> PageView<SearchView> {
        PageView { frame: Frame { title: "Search".to_owned(), ..frame }, body: SearchView {} }
    }
}
