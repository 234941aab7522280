//! Eleventy: <https://www.11ty.dev/docs/permalinks/>, <https://www.11ty.dev/docs/config/>.

use super::jekyll::liquid;
use super::rules::{Generator, Page};
use super::settings::{Settings, join, literals, values};
use crate::model::{Origin, OtherPages, within};
use crate::parse::left_out::is_unpublished;

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
        let unpublished = unpublished_by_data(settings, &root);
        Some(Origin {
            generator: self.name(),
            statics: vec![join(folder, ".")?, join(folder, "public")?, join(folder, "static")?],
            excludes: vec![
                (join(folder, ".")?, lines.clone()),
                (root.clone(), lines),
                (root.clone(), unpublished),
            ],
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

/// Lines for the folders and documents that files of data leave out: `posts/posts.json`, `posts/one.11tydata.js`:
/// <https://www.11ty.dev/docs/data-template-dir/>.
fn unpublished_by_data(settings: &Settings<'_>, root: &str) -> Vec<String> {
    const ENDINGS: [&str; 4] = [".11tydata.json", ".11tydata.js", ".11tydata.mjs", ".11tydata.cjs"];
    let line = |path: String| {
        let inside = within(root, &path)?;
        if let Some(stem) = ENDINGS.iter().find_map(|ending| inside.strip_suffix(ending)) {
            let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
            let is_folder = folder.rsplit('/').next() == Some(name) && !name.is_empty();
            let hidden = if is_folder { format!("/{folder}/") } else { format!("/{stem}.*") };
            return is_unpublished_by(settings, &path).then_some(hidden);
        }
        let (folder, name) = inside.strip_suffix(".json")?.rsplit_once('/')?;
        let is_folder = folder.rsplit('/').next() == Some(name);
        (is_folder && is_unpublished_by(settings, &path)).then(|| format!("/{folder}/"))
    };
    settings.files(root).into_iter().filter_map(line).collect()
}

/// Whether a file of data leaves out the documents that it is for. A program is not run.
fn is_unpublished_by(settings: &Settings<'_>, path: &str) -> bool {
    if path.ends_with(".json") {
        return settings.tree(path).is_some_and(|tree| is_unpublished(&tree));
    }
    let code = settings.text(path).unwrap_or_default();
    values(&code, "permalink").any(|value| value.starts_with("false"))
}
