//! GitBook: <https://gitbook.com/docs/getting-started/git-sync/content-configuration>.

use super::rules::{Generator, normal};
use super::settings::{Settings, join, pairs, text};
use crate::model::{Origin, OtherPages};

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
        Some(Origin {
            generator: self.name(),
            redirects: redirects.iter().map(|(from, to)| (normal(from), to.clone())).collect(),
            roots: vec![(root, String::new())],
            // A site may have several spaces.
            other_pages: OtherPages::Apart,
            ..Origin::default()
        })
    }
}
