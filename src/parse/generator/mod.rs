//! The generators that a repository may have been written for, a file each: how one is recognised, where its documents
//! and static files are, and at which addresses they stand on its site.
//!
//! To add one, write its file and name it in `GENERATORS`.

mod astro;
mod azure_wiki;
mod docusaurus;
mod eleventy;
mod fnmatch;
mod gitbook;
mod github_wiki;
mod hugo;
mod jekyll;
mod mdbook;
mod middleman;
mod mkdocs;
mod navigation;
mod obsidian;
mod rules;
mod settings;
mod sphinx;
mod vitepress;

use rules::Generator;
pub use rules::{Page, normal};
use settings::Settings;

use crate::model::{NavigationEntry, Origin, Problems, position};
use crate::world::World;

static GENERATORS: [&dyn Generator; 15] = [
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
    &github_wiki::GitHubWiki,
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

/// More books than this are examples.
const MOST_BOOKS: usize = 40;

/// Fields of front matter in which generators keep addresses, places and names. A dot leads into a group.
pub const KEYS: [&str; 16] = [
    "categories",
    "date",
    "id",
    "linkTitle",
    "nav_order",
    "old_paths",
    "order",
    "permalink",
    "redirect_from",
    "sidebar.label",
    "sidebar.order",
    "sidebar_label",
    "sidebar_position",
    "slug",
    "url",
    "weight",
];

/// The sites that other generators make of a project. Where its settings say where its `content` is, only the folders
/// around that are looked at.
pub(super) fn origins(world: &dyn World, content: Option<&str>, problems: &mut Problems) -> Vec<Origin> {
    let settings = Settings::new(world);
    let around = |content: &str| {
        let ends = content.match_indices('/').map(|(at, _)| at).chain([content.len()]);
        let folders: Vec<String> = ends.map(|end| format!("{}/", &content[..end])).collect();
        std::iter::once(String::new()).chain(folders).collect::<Vec<_>>()
    };
    let mut folders = match content {
        Some(content) if !content.is_empty() => around(content),
        _ => FOLDERS.map(str::to_owned).to_vec(),
    };
    let usual = folders.len();
    // Books stand anywhere.
    for folder in
        settings.folders_with(content.unwrap_or_default(), mdbook::SETTINGS).into_iter().take(MOST_BOOKS)
    {
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let mut found: Vec<Origin> = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        let mut here = GENERATORS.iter().filter_map(|generator| {
            // Files that are none of its settings have no problems.
            settings.take_problems();
            generator.origin(&settings, folder)
        });
        let Some(origin) = here.next() else { continue };
        let is_inner = at >= usual;
        let origin = Origin { is_inner, ..origin };
        // The outer settings know of the folders in theirs.
        if !found.iter().any(|known| known.roots.first() == origin.roots.first()) {
            found.push(origin);
            problems.extend(settings.take_problems());
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

/// Whether an address is what the generator of `origin` puts in the place of one that leads nowhere.
pub fn is_broken(origin: &Origin, address: &str) -> bool {
    of(origin).is_some_and(|generator| generator.is_broken(address))
}

/// The place and the name of a page in the navigation of `origin`.
pub fn navigation(origin: &Origin, page: &Page<'_>) -> NavigationEntry {
    let Some(generator) = of(origin) else { return NavigationEntry::default() };
    let addresses = generator.addresses(origin, page);
    let listed = addresses.iter().find_map(|address| origin.navigation.pages.get(&normal(address)));
    let value = |fields: &[&'static str]| fields.iter().find_map(|field| page.values(field).next());
    let mut entry = listed.cloned().unwrap_or_default();
    entry.position = entry.position.or_else(|| position(value(generator.place_fields())?));
    entry.title = entry.title.or_else(|| value(generator.name_fields()).map(str::to_owned));
    entry
}

/// What `origin` calls a page, whatever its text is called: by the name of its file.
pub fn title(origin: &Origin, name: &str) -> Option<String> {
    of(origin).filter(|generator| generator.is_titled_by_file())?.label(name)
}

/// What `origin` calls a file or a folder that has no title, by its name.
pub fn label(origin: &Origin, name: &str) -> Option<String> {
    of(origin)?.label(name)
}

/// Whether links without an address stand for chapters that are still to be written, in the file called `name`.
pub fn lists_drafts(origin: &Origin, name: &str) -> bool {
    of(origin).is_some_and(|generator| generator.lists_drafts(name))
}

/// Where a link leads that has a variable in it, as an address of the site of `origin`.
pub fn resolved(origin: &Origin, target: &str) -> Option<String> {
    of(origin)?.resolved(target)
}

/// The address of the page that stands for a translation that there is not.
pub fn untranslated(origin: &Origin, address: &str) -> Option<String> {
    of(origin)?.untranslated(address)
}

/// The fields of front matter that leave a document of `origin` out if they are true.
pub fn hiding_fields(origin: &Origin) -> &'static [&'static str] {
    of(origin).map_or(&[], |generator| generator.hiding_fields())
}

fn of(origin: &Origin) -> Option<&'static dyn Generator> {
    GENERATORS.iter().find(|generator| generator.name() == origin.generator).copied()
}
