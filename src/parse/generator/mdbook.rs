//! mdBook: <https://rust-lang.github.io/mdBook/format/configuration/general.html>.

use super::navigation::list_links;
use super::rules::{Generator, normal};
use super::settings::{Settings, join, join_file, pairs, text};
use crate::model::{Navigation, Origin, OtherPages};

pub(super) struct MdBook;

pub(super) const SETTINGS: &str = "book.toml";

impl Generator for MdBook {
    fn name(&self) -> &'static str {
        "mdBook"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let tree = settings.tree(&settings.first(folder, &[SETTINGS])?);
        let book = tree.as_ref().and_then(|tree| tree.get("book"));
        let root = join(folder, &text(book, "src").unwrap_or_else(|| "src".to_owned()))?;
        let output = tree.as_ref().and_then(|tree| tree.get("output")?.get("html"));
        let redirects = output.and_then(|output| output.get("redirect"));
        let mut navigation = Navigation::default();
        let summary = settings.text(&join_file(&root, "SUMMARY.md")).unwrap_or_default();
        list_links(&mut navigation, &summary);
        Some(Origin {
            navigation,
            // Others are parts that pages include.
            publishes_listed: true,
            generator: self.name(),
            is_below_host: true,
            base: text(output, "site-url").map(|url| normal(&url)).unwrap_or_default(),
            other_pages: OtherPages::Apart,
            title: text(book, "title"),
            redirects: pairs(redirects).iter().map(|(from, to)| (normal(from), to.clone())).collect(),
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }

    /// <https://rust-lang.github.io/mdBook/format/summary.html>
    fn lists_drafts(&self, name: &str) -> bool {
        name == "SUMMARY"
    }
}
