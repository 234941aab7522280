//! MkDocs: <https://www.mkdocs.org/user-guide/configuration/>.

use super::rules::{Generator, normal};
use super::settings::{Settings, join, pairs, text};
use crate::model::{Content, Node, Origin};
use crate::text::name::stem;

pub(super) struct MkDocs;

impl Generator for MkDocs {
    fn name(&self) -> &'static str {
        "MkDocs"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &["mkdocs.yml", "mkdocs.yaml"])?;
        let tree = settings.tree(&file);
        let docs = text(tree.as_ref(), "docs_dir").unwrap_or_else(|| "docs".to_owned());
        let root = join(folder, &docs)?;
        // What MkDocs leaves out by itself.
        let mut lines = vec!["/templates/".to_owned()];
        for field in ["exclude_docs", "draft_docs"] {
            let written = text(tree.as_ref(), field).unwrap_or_default();
            lines.extend(written.lines().map(str::to_owned));
        }
        let redirects = plugin(tree.as_ref(), "redirects").map(|plugin| pairs(plugin.get("redirect_maps")));
        let redirects = redirects.unwrap_or_default();
        Some(Origin {
            generator: self.name(),
            title: text(tree.as_ref(), "site_name"),
            excludes: vec![(root.clone(), lines)],
            redirects: redirects.iter().map(|(from, to)| (normal(stem(from)), to.clone())).collect(),
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }
}

/// The settings of a plugin: `plugins: [{ redirects: … }]`, or a map of them.
fn plugin<'a>(tree: Option<&'a Node>, name: &str) -> Option<&'a Node> {
    let plugins = tree?.get("plugins")?;
    match &plugins.content {
        Content::List(items) => items.iter().find_map(|item| item.get(name)),
        _ => plugins.get(name),
    }
}
