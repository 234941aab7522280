//! Graph to pages: what templates see, and how their bytes come about.

mod attention;
mod card;
mod collected;
mod commands;
mod context;
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
mod unused_files;
mod values;
mod view;

pub use context::{Pages, Shared};
pub use page_cache::PageCache;
pub use theme::{OversizedTemplates, Theme, ThemeCache};
pub use view::{
    AlertView, Attention, CachedValue, Caption, Card, Collected, CollectedItem, Deadline, DocumentView,
    Drawing, DurationView, Expected, FacetChoice, FacetView, Fact, FieldView, Gap, Group, KindView, Link,
    Moment, MomentView, Neighbourhood, Node, Opening, OwnerView, PageView, Record, ReviewView, SiteView,
    SourceView, TocEntry, ValueView,
};
