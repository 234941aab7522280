//! MkDocs: <https://www.mkdocs.org/user-guide/configuration/>.

use super::rules::{Generator, normal};
use super::settings::{Settings, join, pairs, text};
use crate::model::{Content, Node, Origin};
use crate::text::name::stem;

pub(super) struct MkDocs;

/// More files than this do not build on each other, but go round in a circle.
const MOST_SETTINGS: usize = 8;

impl Generator for MkDocs {
    fn name(&self) -> &'static str {
        "MkDocs"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &["mkdocs.yml", "mkdocs.yaml"])?;
        let trees = inherited(settings, &file);
        let tree = trees.first();
        let said = |field: &str| trees.iter().find_map(|tree| text(Some(tree), field));
        let docs = said("docs_dir").unwrap_or_else(|| "docs".to_owned());
        let root = join(folder, &docs)?;
        // What MkDocs leaves out by itself.
        let mut lines = vec!["/templates/".to_owned()];
        for field in ["exclude_docs", "draft_docs"] {
            let written = said(field).unwrap_or_default();
            lines.extend(written.lines().map(str::to_owned));
        }
        let redirects = plugin(tree, "redirects").map(|plugin| pairs(plugin.get("redirect_maps")));
        let redirects = redirects.unwrap_or_default();
        Some(Origin {
            generator: self.name(),
            title: said("site_name"),
            excludes: vec![(root.clone(), lines)],
            redirects: redirects.iter().map(|(from, to)| (normal(stem(from)), to.clone())).collect(),
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }
}

/// The settings in `file` and those that it builds on, from the nearest:
/// <https://www.mkdocs.org/user-guide/configuration/#configuration-inheritance>.
fn inherited(settings: &Settings<'_>, file: &str) -> Vec<Node> {
    let mut trees = Vec::new();
    let mut next = Some(file.to_owned());
    while let Some(path) = next.filter(|_| trees.len() < MOST_SETTINGS) {
        let Some(tree) = settings.tree(&path) else { break };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        next = text(Some(&tree), "INHERIT").and_then(|parent| join(folder, &parent));
        trees.push(tree);
    }
    trees
}

/// The settings of a plugin: `plugins: [{ redirects: … }]`, or a map of them.
fn plugin<'a>(tree: Option<&'a Node>, name: &str) -> Option<&'a Node> {
    let plugins = tree?.get("plugins")?;
    match &plugins.content {
        Content::List(items) => items.iter().find_map(|item| item.get(name)),
        _ => plugins.get(name),
    }
}
