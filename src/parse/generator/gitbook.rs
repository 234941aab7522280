//! GitBook: <https://gitbook.com/docs/getting-started/git-sync/content-configuration>.

use super::navigation::list_links;
use super::rules::{Generator, normal};
use super::settings::{Settings, join, join_file, pairs, text};
use crate::model::{Navigation, Origin, OtherPages};

pub(super) struct GitBook;

impl Generator for GitBook {
    fn name(&self) -> &'static str {
        "GitBook"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &[".gitbook.yaml", ".gitbook.yml"]);
        let has_assets = || settings.has_folder(&format!("{folder}.gitbook/assets"));
        if file.is_none() && !(settings.has(&format!("{folder}SUMMARY.md")) && has_assets()) {
            return None;
        }
        let tree = file.and_then(|file| settings.tree(&file));
        let root = join(folder, &text(tree.as_ref(), "root").unwrap_or_else(|| ".".to_owned()))?;
        let redirects = pairs(tree.as_ref().and_then(|tree| tree.get("redirects")));
        let structure = tree.as_ref().and_then(|tree| tree.get("structure"));
        let summary = text(structure, "summary").unwrap_or_else(|| "SUMMARY.md".to_owned());
        let summary = settings.text(&join_file(&root, summary.trim_start_matches("./"))).unwrap_or_default();
        let mut navigation = Navigation::default();
        list_links(&mut navigation, &summary);
        Some(Origin {
            navigation,
            generator: self.name(),
            redirects: redirects.iter().map(|(from, to)| (normal(from), to.clone())).collect(),
            roots: vec![(root, String::new())],
            // A site may have several spaces.
            other_pages: OtherPages::Apart,
            has_anchors_of_summaries: true,
            ..Origin::default()
        })
    }

    fn hiding_fields(&self) -> &'static [&'static str] {
        &["hidden"]
    }

    fn is_broken(&self, address: &str) -> bool {
        address.trim_start_matches('/').starts_with("broken/")
    }
}
