//! The generators that a repository may have been written for, a file each: how one is recognised, where its documents
//! and static files are, and at which addresses they stand on its site.
//!
//! To add one, write its file and name it in `GENERATORS`.

mod astro;
mod azure_wiki;
mod docusaurus;
mod eleventy;
mod gitbook;
mod hugo;
mod jekyll;
mod mdbook;
mod middleman;
mod mkdocs;
mod obsidian;
mod rules;
mod settings;
mod sphinx;
mod vitepress;

use rules::Generator;
pub use rules::{Page, normal};
use settings::Settings;

use crate::model::Origin;
use crate::world::World;

static GENERATORS: [&dyn Generator; 14] = [
    &docusaurus::Docusaurus,
    &vitepress::VitePress,
    &vitepress::VuePress,
    &mkdocs::MkDocs,
    &middleman::Middleman,
    &astro::Astro,
    &eleventy::Eleventy,
    &jekyll::Jekyll,
    &hugo::Hugo,
    &mdbook::MdBook,
    &gitbook::GitBook,
    &sphinx::Sphinx,
    &azure_wiki::AzureWiki,
    &obsidian::Obsidian,
];

/// Folders in which a repository keeps the site about it, beside its own.
const FOLDERS: [&str; 22] = [
    "",
    "content/",
    "doc/",
    "docs/",
    "docs/docs/",
    "docs/source/",
    "docs/src/",
    "docs-site/",
    "documentation/",
    "Documentation/",
    "doc/source/",
    "handbook/",
    "packages/docs/",
    "site/",
    "src/",
    "vault/",
    "web/",
    "website/",
    "wiki/",
    "Wiki/",
    "www/",
    "book/",
];

/// Fields of front matter in which generators keep addresses.
pub const KEYS: [&str; 8] =
    ["categories", "date", "id", "old_paths", "permalink", "redirect_from", "slug", "url"];

/// The sites that other generators make of a project. Where its settings say where its `content` is, only the folders
/// around that are looked at.
pub(super) fn origins(world: &dyn World, content: Option<&str>) -> Vec<Origin> {
    let settings = Settings::new(world);
    let around = |content: &str| {
        let ends = content.match_indices('/').map(|(at, _)| at).chain([content.len()]);
        let folders: Vec<String> = ends.map(|end| format!("{}/", &content[..end])).collect();
        std::iter::once(String::new()).chain(folders).collect::<Vec<_>>()
    };
    let folders = match content {
        Some(content) if !content.is_empty() => around(content),
        _ => FOLDERS.map(str::to_owned).to_vec(),
    };
    let mut found: Vec<Origin> = Vec::new();
    for folder in &folders {
        let mut here = GENERATORS.iter().filter_map(|generator| generator.origin(&settings, folder));
        let Some(origin) = here.next() else { continue };
        // The outer settings know of the folders in theirs.
        if !found.iter().any(|known| known.roots.first() == origin.roots.first()) {
            found.push(origin);
        }
    }
    found
}

/// The addresses of a document of `origin` below `base`, where its root stands; the one that pages link from first.
pub fn addresses(origin: &Origin, base: &str, page: &Page<'_>) -> Vec<String> {
    let own = of(origin).map_or_else(Vec::new, |generator| generator.addresses(origin, page));
    let mut addresses: Vec<String> = own
        .into_iter()
        .map(|address| match address.strip_prefix('/') {
            Some(from_root) => normal(from_root),
            None => normal(&format!("{base}/{address}")),
        })
        .collect();
    addresses.extend(["redirect_from", "old_paths"].into_iter().flat_map(|key| page.values(key)).map(normal));
    addresses
}

/// Where a link leads that has a variable in it, as an address of the site of `origin`.
pub fn resolved(origin: &Origin, target: &str) -> Option<String> {
    of(origin)?.resolved(target)
}

/// The address of the page that stands for a translation that there is not.
pub fn untranslated(origin: &Origin, address: &str) -> Option<String> {
    of(origin)?.untranslated(address)
}

fn of(origin: &Origin) -> Option<&'static dyn Generator> {
    GENERATORS.iter().find(|generator| generator.name() == origin.generator).copied()
}
