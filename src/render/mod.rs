//! Graph to pages: what templates see, and how their bytes come about.

mod document;
pub mod escape;
pub mod feeds;
pub mod highlight;
pub mod html;
mod lists;
mod pages;
pub mod sanitize;
mod theme;
mod values;
mod view;

pub use pages::{Pages, Shared};
pub use theme::Theme;
pub use view::{
    AlertView, Card, DocumentView, Fact, FieldView, KindView, Link, PageView, SiteView, ValueView,
};
