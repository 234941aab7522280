//! Graph to pages: what templates see, and how their bytes come about.

mod attention;
mod collected;
mod commands;
mod document;
pub mod feeds;
pub mod highlight;
pub mod html;
mod lists;
mod neighbourhood;
mod page_cache;
mod pages;
pub mod sanitize;
mod theme;
mod times;
mod values;
mod view;

pub use page_cache::PageCache;
pub use pages::{Pages, Shared};
pub use theme::{OversizedTemplates, Theme, ThemeCache};
pub use view::{
    AlertView, Attention, Caption, Card, Collected, CollectedItem, Deadline, DocumentView, Drawing,
    DurationView, Expected, FacetChoice, FacetView, Fact, FieldView, Gap, Group, KindView, Link, Moment,
    MomentView, Neighbourhood, Node, Opening, OwnerView, PageView, Ready, Record, ReviewView, SiteView,
    SourceView, TocEntry, ValueView,
};
