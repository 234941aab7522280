//! The site that another generator makes of a repository.

use super::Navigation;

/// The site that another generator makes of documents of a project. Paths are from the project's folder; addresses are
/// from the root of that site, without `/` at either end and without `.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The name of the generator, as its users write it.
    pub generator: &'static str,
    /// Folders of documents, and the address under which each stands on the site. The first is the main one.
    pub roots: Vec<(String, String)>,
    /// Whether it is found by its settings alone, in a folder where no site is looked for: the project is more than it.
    pub is_inner: bool,
    /// Whether double brackets hold the text of a link before its page: `[[text|page]]`.
    pub has_text_before_page: bool,
    /// Folders of files that stand at the root of the site.
    pub statics: Vec<String>,
    /// Folders in which the path of a document is looked for that is not there from the folder of the link.
    pub searched: Vec<String>,
    /// Addresses that lead on, and where to.
    pub redirects: Vec<(String, String)>,
    /// Folders of documents with the pattern of their addresses, in the generator's own words.
    pub patterns: Vec<(String, String)>,
    /// What is left out: lines of gitignore, each list with the folder that it counts from.
    pub excludes: Vec<(String, Vec<String>)>,
    /// Regular expressions of files that are left out, each list with the folder whose files they are about. They see
    /// paths from the project's folder with a `/` before them.
    pub excluded_names: Vec<(String, Vec<String>)>,
    /// Which documents are held back until their date.
    pub holds_back: HoldsBack,
    /// Whether documents are left out from the date on that their front matter gives for that.
    pub drops_expired: bool,
    /// Whether the documents below one called `index` are part of it.
    pub has_bundles: bool,
    /// Whether only those documents are published that the navigation lists.
    pub publishes_listed: bool,
    /// The name of the site.
    pub title: Option<String>,
    /// The order and the names of pages, as far as the settings say.
    pub navigation: Navigation,
    /// Where there may be pages of which no document tells.
    pub other_pages: OtherPages,
    /// The address of the site on its host, if the settings say one.
    pub base: String,
    /// Whether the site usually is one of several on its host, below an address that the settings do not say.
    pub is_below_host: bool,
    /// Anchors that its layouts give every page.
    pub anchors: Vec<String>,
    /// Whether ids count from the folder of their document.
    pub has_ids_in_folders: bool,
    /// Whether the anchors of all documents are known in each: labels of MyST and Sphinx.
    pub has_labels: bool,
    /// Whether text that is folded has an anchor by its summary.
    pub has_anchors_of_summaries: bool,
    /// Whether layouts may show a list in the front matter under a heading that is called like its field.
    pub has_anchors_of_fields: bool,
    /// Whether aliases are other names of a document, and no addresses: as in a vault of Obsidian.
    pub has_names_for_aliases: bool,
}

/// Where a site may have pages that programs or data make.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OtherPages {
    /// Nowhere.
    #[default]
    None,
    /// In folders of their own.
    Apart,
    /// Anywhere.
    Anywhere,
}

/// Which documents a generator holds back until their date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum HoldsBack {
    /// None.
    #[default]
    None,
    /// All, until the date in their front matter.
    Documents,
    /// Posts, until the date in their name.
    Posts,
}

impl Origin {
    /// The root that holds the file at `path`, and the path in it.
    pub fn root_of<'a>(&'a self, path: &'a str) -> Option<(&'a (String, String), &'a str)> {
        let inside = |root: &'a (String, String)| Some((root, within(&root.0, path)?));
        self.roots.iter().filter_map(inside).min_by_key(|(_, rest)| rest.len())
    }
}

/// The path in `folder` of what stands at `path`; none if it stands elsewhere.
pub fn within<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}
