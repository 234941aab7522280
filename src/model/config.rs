//! The settings of a project: `sdkb.yml`.

use std::sync::Arc;

use globset::GlobMatcher;

use super::{Location, Node, Source};

/// The settings of a project. `src/model/schema/config.yml` says what each is for.
#[derive(Debug)]
pub struct Config {
    /// Where the settings are written; nothing in a project without `sdkb.yml`.
    pub source: Option<Arc<Source>>,
    /// The name of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The public address, ending in `/`.
    pub base_url: Option<String>,
    /// The language of the content, as in `en`.
    pub language: String,
    /// Where the project's files can be read on the web, ending in `/`.
    pub repository: Option<String>,
    /// The folder of the documents; empty for the project's own folder.
    pub content: String,
    /// The folder of files that are published as they are.
    pub static_files: String,
    /// The folder that the site is written to.
    pub out: String,
    /// The name of the theme.
    pub theme: String,
    /// Files that are no part of the knowledge base.
    pub ignore: Vec<GlobMatcher>,
    /// Kinds and defaults by path.
    pub collections: Vec<Collection>,
}

/// What holds for the documents whose path matches.
#[derive(Debug)]
pub struct Collection {
    /// Paths from the content folder.
    pub path: GlobMatcher,
    /// The kind of these documents.
    pub kind: Option<(String, Location)>,
    /// Front matter that they have unless they say otherwise.
    pub defaults: Option<Node>,
}
