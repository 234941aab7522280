//! MkDocs: <https://www.mkdocs.org/user-guide/configuration/>.

use super::fnmatch;
use super::navigation::{list_folder, name_folder};
use super::rules::{Generator, normal};
use super::settings::{Settings, join, join_file, names, pairs, text, texts};
use crate::model::{Content, Navigation, Node, Origin};
use crate::text::name::{is_markdown, stem};

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
            // A text of several lines, or a list of them.
            let written = trees.iter().find_map(|tree| tree.get(field));
            lines.extend(texts(written).iter().flat_map(|text| text.lines()).map(str::to_owned));
        }
        let plugins = trees.iter().find_map(|tree| tree.get("plugins"));
        let excluded = plugin(plugins, "exclude").map(|plugin| excluded_names(&root, plugin));
        let redirects = plugin(plugins, "redirects").map(|plugin| pairs(plugin.get("redirect_maps")));
        let redirects = redirects.unwrap_or_default();
        let mut navigation = Navigation::default();
        if let Some(nav) = tree.as_ref().and_then(|tree| tree.get("nav")) {
            list(&mut navigation, &root, nav);
        }
        list_folders(&mut navigation, settings, &root);
        Some(Origin {
            generator: self.name(),
            title: said("site_name"),
            navigation,
            excludes: vec![(root.clone(), lines)],
            excluded_names: vec![(root.clone(), excluded.unwrap_or_default())],
            base: trees.iter().find_map(base).unwrap_or_default(),
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

/// The path of `site_url`, which may have a variable of the environment before it: `!ENV [URL, 'https://…']`.
fn base(tree: &Node) -> Option<String> {
    let urls = texts(tree.get("site_url"));
    let (_, rest) = urls.last()?.split_once("://")?;
    Some(rest.split_once('/').map_or_else(String::new, |(_, path)| normal(path)))
}

/// Adds what `nav` lists, in its order. Returns the addresses of the pages.
fn list(navigation: &mut Navigation, root: &str, node: &Node) -> Vec<String> {
    match &node.content {
        Content::Scalar(path) => list_page(navigation, path, None),
        Content::List(items) => items.iter().flat_map(|item| list(navigation, root, item)).collect(),
        Content::Map(entries) => {
            let mut addresses = Vec::new();
            for (key, value) in entries {
                let title = key.text().unwrap_or_default();
                match value.text() {
                    Some(path) => addresses.extend(list_page(navigation, path, Some(title))),
                    None => {
                        let inner = list(navigation, root, value);
                        name_folder(navigation, root, title, &inner);
                        addresses.extend(inner);
                    }
                }
            }
            addresses
        }
        Content::Null => Vec::new(),
    }
}

/// Adds a page. Returns its address; nothing for a link to elsewhere.
fn list_page(navigation: &mut Navigation, path: &str, title: Option<&str>) -> Vec<String> {
    let address = is_markdown(path).then(|| normal(stem(path)));
    if let Some(address) = &address {
        navigation.list(address.clone(), title.map(str::to_owned));
    }
    Vec::from_iter(address)
}

/// Adds what the files of the plugin `awesome-pages` list:
/// <https://lukasgeiter.github.io/mkdocs-awesome-nav/> and its forerunner.
fn list_folders(navigation: &mut Navigation, settings: &Settings<'_>, root: &str) {
    for folder in settings.folders(root) {
        let files = [".pages", ".nav.yml"].map(|name| join_file(&folder, name));
        let Some(tree) = files.iter().find_map(|path| settings.tree(path)) else { continue };
        let listed = ["nav", "arrange"].iter().find_map(|field| tree.get(field));
        list_folder(navigation, root, &folder, &names(listed));
        if let Some(title) = text(Some(&tree), "title") {
            navigation.folders.entry(folder).or_default().title = Some(title);
        }
    }
}

/// The settings of a plugin: `plugins: [{ redirects: … }]`, or a map of them.
fn plugin<'a>(plugins: Option<&'a Node>, name: &str) -> Option<&'a Node> {
    let plugins = plugins?;
    match &plugins.content {
        Content::List(items) => items.iter().find_map(|item| item.get(name)),
        _ => plugins.get(name),
    }
}

/// What the plugin `exclude` leaves out: <https://github.com/apenwarr/mkdocs-exclude>. Its paths count from the documents.
fn excluded_names(root: &str, plugin: &Node) -> Vec<String> {
    let globs = texts(plugin.get("glob"));
    let globs = globs.iter().map(|pattern| format!("{}{}$", fnmatch::start(root), fnmatch::regex(pattern)));
    let expressions = texts(plugin.get("regex"));
    let expressions = expressions.iter().map(|pattern| format!("{}(?:{pattern})", fnmatch::start(root)));
    globs.chain(expressions).collect()
}
