//! What a generator says about its sites.

use super::settings::Settings;
use crate::model::Origin;

/// A generator of static sites.
pub(super) trait Generator: Sync {
    /// Its name, as its users write it.
    fn name(&self) -> &'static str;

    /// The site in `folder`, which is empty or ends in `/`, if its settings are there.
    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin>;

    /// The addresses of a document in its root, the one that pages link from first.
    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        vec![page.path.to_owned()]
    }

    /// The address of a page in the main language, which stands for a translation that there is not.
    fn untranslated(&self, _address: &str) -> Option<String> {
        None
    }

    /// The fields of front matter that say the place of a page among others.
    fn place_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// The fields of front matter that leave a page out if they are true, beside those that do so everywhere.
    fn hiding_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// The fields of front matter with the name of a page in lists.
    fn name_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// What the site calls a file or a folder that has no title, by its name; nothing if it has no way of its own.
    fn label(&self, _name: &str) -> Option<String> {
        None
    }

    /// Whether the names of files are the titles of pages, whatever stands in them.
    fn is_titled_by_file(&self) -> bool {
        false
    }

    /// Whether an address is what the generator puts in the place of one that leads nowhere.
    fn is_broken(&self, _address: &str) -> bool {
        false
    }

    /// Whether links without an address stand for chapters that are still to be written, in the file called `name`.
    fn lists_drafts(&self, _name: &str) -> bool {
        false
    }

    /// Where a link leads that has a variable in it, as an address of the site.
    fn resolved(&self, _target: &str) -> Option<String> {
        None
    }
}

/// A document, as a generator sees it.
pub struct Page<'a> {
    /// The path in its root, without the ending.
    pub path: &'a str,
    /// The values of its front matter under [`super::KEYS`], by key.
    pub keys: &'a [(&'static str, String)],
}

impl Page<'_> {
    /// The values under a key.
    pub(super) fn values<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k str> {
        self.keys.iter().filter(move |(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    /// The name of its file, and the folder.
    pub(super) fn name(&self) -> (&str, &str) {
        self.path.rsplit_once('/').unwrap_or(("", self.path))
    }
}

/// An address without what hosts do not mind: `/` around it, `index`, and `.html`.
pub fn normal(address: &str) -> String {
    let address = address.trim_matches('/');
    let address = address.strip_suffix(".html").or_else(|| address.strip_suffix(".htm")).unwrap_or(address);
    let address = match address.rsplit_once('/') {
        _ if address == "index" => "",
        Some((folder, "index")) => folder,
        _ => address,
    };
    // A document of one root may stand at the address of another.
    address.replace("//", "/").trim_matches('/').to_owned()
}
