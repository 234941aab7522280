//! mdBook: <https://rust-lang.github.io/mdBook/format/configuration/general.html>.

use super::navigation::list_links;
use super::rules::{Generator, normal};
use super::settings::{Settings, join, join_file, pairs, text};
use crate::model::{Navigation, Origin};

pub(super) struct MdBook;

impl Generator for MdBook {
    fn name(&self) -> &'static str {
        "mdBook"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let tree = settings.tree(&settings.first(folder, &["book.toml"])?);
        let book = tree.as_ref().and_then(|tree| tree.get("book"));
        let root = join(folder, &text(book, "src").unwrap_or_else(|| "src".to_owned()))?;
        let redirects = tree.as_ref().and_then(|tree| tree.get("output")?.get("html")?.get("redirect"));
        let mut navigation = Navigation::default();
        let summary = settings.text(&join_file(&root, "SUMMARY.md")).unwrap_or_default();
        list_links(&mut navigation, &summary);
        Some(Origin {
            navigation,
            // Others are parts that pages include.
            publishes_listed: true,
            generator: self.name(),
            title: text(book, "title"),
            redirects: pairs(redirects).iter().map(|(from, to)| (normal(from), to.clone())).collect(),
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }
}
