//! Graph to pages: what templates see, and how their bytes come about.

mod attention;
mod collected;
mod commands;
mod document;
pub mod escape;
pub mod feeds;
pub mod highlight;
pub mod html;
mod lists;
mod neighbourhood;
mod pages;
pub mod sanitize;
mod theme;
mod times;
mod values;
mod view;

pub use pages::Pages;
pub use theme::Theme;
pub use view::{
    AlertView, Card, DocumentView, Fact, FieldView, KindView, Link, PageView, SiteView, ValueView,
};
