//! What the generator that a repository was written for leaves out of its site: drafts, and files that its settings
//! exclude.
//!
//! MkDocs: <https://www.mkdocs.org/user-guide/configuration/#exclude_docs>. Jekyll:
//! <https://jekyllrb.com/docs/configuration/options/> and <https://jekyllrb.com/docs/posts/#drafts>. Hugo:
//! <https://gohugo.io/content-management/front-matter/#draft>.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::config::normal;
use super::generator;
use crate::model::{Content, Node};
use crate::world::World;

/// Files that hold the settings of Hugo.
const HUGO: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
];

/// What is left out of a site, by the settings of its generator.
#[derive(Debug)]
pub(super) struct LeftOut {
    /// Patterns of files below a folder of the project.
    patterns: Vec<(String, Gitignore)>,
    /// Whether documents are held back until their date.
    future: bool,
    /// Whether posts are held back until the date in their name.
    future_posts: bool,
    now: Zoned,
}

impl LeftOut {
    pub(super) fn new(world: &dyn World) -> Self {
        let mut patterns = Vec::new();
        let setting = |file: &str, field: &str| generator::setting(world, file, field);
        let text = |node: Option<Node>| node.as_ref().and_then(Node::text).map(str::to_owned);
        if world.has_file("mkdocs.yml") {
            let folder = text(setting("mkdocs.yml", "docs_dir")).and_then(|folder| normal(&folder));
            // What MkDocs leaves out by itself.
            let mut lines = "/templates/\n".to_owned();
            for field in ["exclude_docs", "draft_docs"] {
                lines += &text(setting("mkdocs.yml", field)).unwrap_or_default();
                lines.push('\n');
            }
            patterns.push((folder.unwrap_or_else(|| "docs".to_owned()), matcher(lines.lines())));
        }
        let is_jekyll = world.has_file("_config.yml");
        if is_jekyll {
            let excluded = setting("_config.yml", "exclude");
            let lines = excluded.iter().flat_map(|node| match &node.content {
                Content::List(items) => items.iter().filter_map(Node::text).collect(),
                _ => node.text().into_iter().collect::<Vec<_>>(),
            });
            // Paths count from the project's folder, and so do their patterns.
            let lines: Vec<String> = lines.map(|line| format!("/{}", line.trim_start_matches('/'))).collect();
            let lines = lines.iter().map(String::as_str).chain(["_drafts/"]);
            patterns.push((String::new(), matcher(lines)));
        }
        let says = |file: &str, field: &str| text(setting(file, field)).is_some_and(|text| is_true(&text));
        let hugo = HUGO.iter().find(|file| world.has_file(file));
        Self {
            patterns,
            future: hugo.is_some_and(|file| !says(file, "buildFuture")),
            future_posts: is_jekyll && !says("_config.yml", "future"),
            now: world.now(),
        }
    }

    /// Whether the file at `path`, from the project's folder, is left out by its place.
    pub(super) fn file(&self, path: &str) -> bool {
        let is_excluded = self.patterns.iter().any(|(folder, patterns)| {
            let inside = match folder.as_str() {
                "" => Some(path),
                folder => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
            };
            inside.is_some_and(|inside| patterns.matched_path_or_any_parents(inside, false).is_ignore())
        });
        is_excluded || self.future_posts && post_date(path).is_some_and(|date| date > self.now.date())
    }

    /// Whether a document is held back until `date`, which its front matter gives.
    pub(super) fn until(&self, date: &str) -> bool {
        if !self.future {
            return false;
        }
        match (date.parse::<Timestamp>(), date.get(..10).map(str::parse::<Date>)) {
            (Ok(moment), _) => moment > self.now.timestamp(),
            (_, Some(Ok(day))) => day > self.now.date(),
            _ => false,
        }
    }
}

/// The date in the name of a post of Jekyll.
fn post_date(path: &str) -> Option<Date> {
    let (folders, name) = path.rsplit_once('/')?;
    let is_post = folders.split('/').any(|folder| folder == "_posts");
    name.get(..10).filter(|_| is_post)?.parse().ok()
}

fn matcher<'a>(lines: impl Iterator<Item = &'a str>) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        // A pattern that its own generator would not take either excludes nothing.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether front matter asks for a document to be left out. `field` gives its values.
pub(super) fn is_unpublished<'a>(field: impl Fn(&str) -> Option<&'a str>) -> bool {
    let is_false = |text: &str| ["false", "no", "off"].contains(&text.trim().to_lowercase().as_str());
    field("draft").is_some_and(is_true) || field("published").is_some_and(is_false)
}

/// The same of front matter that can't be read, by its lines.
pub(super) fn seems_unpublished(front_matter: &str) -> bool {
    let value = |name: &str| {
        let mut values = front_matter.lines().filter_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            (key.trim() == name).then(|| value.trim().trim_matches(['"', '\'']))
        });
        values.next()
    };
    is_unpublished(value)
}

fn is_true(text: &str) -> bool {
    ["true", "yes", "on"].contains(&text.trim().to_lowercase().as_str())
}
