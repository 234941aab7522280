//! Hugo: <https://gohugo.io/configuration/all/#ignorefiles>, <https://gohugo.io/getting-started/directory-structure/>, <https://gohugo.io/content-management/urls/>.

use super::rules::{Generator, Page, normal};
use super::settings::{Settings, join, only, text, texts};
use crate::model::{Content, HoldsBack, Node, Origin, OtherPages, within};
use crate::parse::left_out::is_true;

pub(super) struct Hugo;

const SETTINGS: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.toml",
];

/// A folder that stands for another one, with the language of its pages if these are below it.
struct Mount {
    source: String,
    target: String,
    language: Option<String>,
}

/// The folders of languages, and those that modules mount:
/// <https://gohugo.io/configuration/module/#mounts>, <https://gohugo.io/configuration/languages/>.
fn mounts(settings: &Settings<'_>, folder: &str, tree: Option<&Node>) -> Vec<Mount> {
    let part = |name: &str| {
        let files = ["toml", "yaml", "yml"].map(|ending| format!("{folder}config/_default/{name}.{ending}"));
        files.iter().find_map(|path| settings.tree(path))
    };
    let (languages, module) = (part("languages"), part("module"));
    let languages = languages.as_ref().or_else(|| tree?.get("languages"));
    let module = module.as_ref().or_else(|| tree?.get("module"));
    let mut found = Vec::new();
    for (name, language) in languages.into_iter().flat_map(Node::entries) {
        let source = text(Some(language), "contentDir");
        found.extend(source.zip(name.text()).map(|(source, name)| Mount {
            source,
            target: "content".to_owned(),
            language: Some(name.to_owned()),
        }));
    }
    let mounts = match module.and_then(|module| module.get("mounts")).map(|mounts| &mounts.content) {
        Some(Content::List(mounts)) => mounts.as_slice(),
        _ => &[],
    };
    found.extend(mounts.iter().filter_map(|mount| {
        let field = |name: &str| text(Some(mount), name);
        Some(Mount { source: field("source")?, target: normal(&field("target")?), language: field("lang") })
    }));
    found
}

impl Generator for Hugo {
    fn name(&self) -> &'static str {
        "Hugo"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &SETTINGS)?;
        let tree = settings.tree(&file);
        let content = text(tree.as_ref(), "contentDir").unwrap_or_else(|| "content".to_owned());
        let root = join(folder, &content)?;
        // Others call their settings so too.
        let is_hugo = file.contains("hugo.") || settings.has_documents(&root);
        if !is_hugo {
            return None;
        }
        let main = text(tree.as_ref(), "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
        let mut roots = vec![(root.clone(), String::new())];
        let mut statics = vec![join(folder, "static")?];
        for Mount { source, target, language } in mounts(settings, folder, tree.as_ref()) {
            let Some(source) = join(folder, &source) else { continue };
            if target == "static" {
                statics.push(source);
            } else if let Some(base) = within("content", &target).or((target == "content").then_some("")) {
                let own = language.map(|language| (language == main, normal(&format!("{language}/{base}"))));
                let bases = match own {
                    Some((false, own)) => vec![own],
                    Some((true, own)) => vec![base.to_owned(), own],
                    None => vec![base.to_owned()],
                };
                let has_documents = settings.has_documents(&source);
                roots.extend(bases.into_iter().filter(|_| has_documents).map(|base| (source.clone(), base)));
            }
        }
        let is_set = |field: &str| text(tree.as_ref(), field).is_some_and(|value| is_true(&value));
        let ignored = texts(tree.as_ref().and_then(|tree| tree.get("ignoreFiles")));
        let mut excludes = vec![(join(folder, ".")?, vec!["/archetypes/".to_owned(), "/themes/".to_owned()])];
        excludes.extend(excluded_by_mounts(folder, tree.as_ref()));
        Some(Origin {
            generator: self.name(),
            title: text(tree.as_ref(), "title"),
            has_names_for_aliases: is_set("disableAliases"),
            holds_back: if is_set("buildFuture") { HoldsBack::None } else { HoldsBack::Documents },
            drops_expired: !is_set("buildExpired"),
            excluded_names: vec![(root.clone(), ignored)],
            excludes,
            has_bundles: true,
            statics,
            roots,
            // Taxonomies, and what a module brings.
            other_pages: OtherPages::Apart,
            ..Origin::default()
        })
    }

    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        let (folder, name) = page.name();
        let mut own: Vec<String> =
            page.values("url").map(|url| format!("/{}", url.trim_start_matches('/'))).collect();
        own.extend(page.values("slug").map(|slug| format!("{folder}/{slug}")));
        let name = if name == "_index" { "index" } else { name };
        own.push(format!("{folder}/{name}"));
        own.push(format!("{folder}/{name}").to_lowercase().replace(' ', "-"));
        // `page.de` is the German one.
        if let Some((plain, language)) = name.rsplit_once('.')
            && matches!(language.len(), 2 | 5)
        {
            let plain = if plain == "_index" { "index" } else { plain };
            own.push(format!("{folder}/{plain}"));
            own.push(format!("{language}/{folder}/{plain}"));
        }
        own
    }

    fn place_fields(&self) -> &'static [&'static str] {
        &["weight"]
    }

    fn name_fields(&self) -> &'static [&'static str] {
        &["linkTitle"]
    }
}

/// What mounts leave out of their folders: <https://gohugo.io/configuration/module/#mounts>.
fn excluded_by_mounts(folder: &str, tree: Option<&Node>) -> Vec<(String, Vec<String>)> {
    let mounts = tree.and_then(|tree| tree.get("module")?.get("mounts")).map(|node| &node.content);
    let Some(Content::List(mounts)) = mounts else { return Vec::new() };
    let lines = mounts.iter().filter_map(|mount| {
        let source = join(folder, &text(Some(mount), "source")?)?;
        let mut lines = only(&texts(mount.get("includeFiles")));
        lines.extend(texts(mount.get("excludeFiles")).iter().map(|path| format!("/{path}")));
        let files = texts(mount.get("files"));
        let (out, wanted): (Vec<String>, Vec<String>) =
            files.into_iter().partition(|path| path.starts_with('!'));
        lines.extend(only(&wanted));
        lines.extend(out.iter().map(|path| format!("/{}", path[1..].trim_start())));
        Some((source, lines))
    });
    lines.collect()
}
