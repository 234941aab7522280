//! Eleventy: <https://www.11ty.dev/docs/permalinks/>, <https://www.11ty.dev/docs/config/>.

use super::jekyll::liquid;
use super::rules::{Generator, Page};
use super::settings::{Settings, join, literals};
use crate::model::{Origin, OtherPages};

pub(super) struct Eleventy;

const SETTINGS: [&str; 5] = [
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
];

impl Generator for Eleventy {
    fn name(&self) -> &'static str {
        "Eleventy"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let code = settings.text(&settings.first(folder, &SETTINGS)?)?;
        let input = literals(&code, "input").first().map_or(".", |path| *path);
        let root = join(folder, input)?;
        let ignored = settings.text(&format!("{folder}.eleventyignore")).unwrap_or_default();
        let mut lines: Vec<String> = ignored.lines().map(str::to_owned).collect();
        lines.extend(["_includes/", "_layouts/", "_data/"].map(str::to_owned));
        Some(Origin {
            generator: self.name(),
            statics: vec![join(folder, ".")?, join(folder, "public")?, join(folder, "static")?],
            excludes: vec![(join(folder, ".")?, lines.clone()), (root.clone(), lines)],
            roots: vec![(root, String::new())],
            other_pages: OtherPages::Apart,
            has_anchors_of_fields: true,
            ..Origin::default()
        })
    }

    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        let written = page.values("permalink").filter(|address| !address.contains("{{"));
        written.map(str::to_owned).chain([page.path.to_owned()]).collect()
    }

    fn place_fields(&self) -> &'static [&'static str] {
        &["order", "weight"]
    }

    fn resolved(&self, target: &str) -> Option<String> {
        liquid(target)
    }
}
