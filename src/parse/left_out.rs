//! What the generator that a repository was written for leaves out of its site: drafts, and files that its settings
//! exclude.
//!
//! Jekyll: <https://jekyllrb.com/docs/posts/#drafts>. Hugo: <https://gohugo.io/content-management/front-matter/#draft>.

use std::cmp::Ordering;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use regex::Regex;

use crate::model::{Content, Document, HoldsBack, Node, Origin, within};

/// What is left out of a site, by the settings of its generators.
#[derive(Debug)]
pub(super) struct LeftOut {
    /// Patterns of files below a folder of the project.
    patterns: Vec<(String, Gitignore)>,
    /// What the paths of files below a folder of the project are held against.
    names: Vec<(String, Vec<Regex>)>,
    /// Whether documents are held back until their date.
    future: bool,
    /// Whether documents are left out from the date on that they give for that.
    expired: bool,
    /// Whether posts are held back until the date in their name.
    future_posts: bool,
    now: Zoned,
}

impl LeftOut {
    pub(super) fn new(origins: &[Origin], now: Zoned) -> Self {
        let excludes = origins.iter().flat_map(|origin| &origin.excludes);
        let holds_back = |what| origins.iter().any(|origin| origin.holds_back == what);
        Self {
            patterns: excludes.map(|(folder, lines)| (folder.clone(), matcher(lines))).collect(),
            names: origins.iter().flat_map(|origin| &origin.excluded_names).map(regexes).collect(),
            expired: origins.iter().any(|origin| origin.drops_expired),
            future: holds_back(HoldsBack::Documents),
            future_posts: holds_back(HoldsBack::Posts),
            now,
        }
    }

    /// Whether the file at `path`, from the project's folder, is left out by its place.
    pub(super) fn file(&self, path: &str) -> bool {
        let is_excluded = self.patterns.iter().any(|(folder, patterns)| {
            within(folder, path)
                .is_some_and(|inside| patterns.matched_path_or_any_parents(inside, false).is_ignore())
        });
        let is_excluded = is_excluded
            || self.names.iter().any(|(folder, names)| {
                within(folder, path).is_some() && names.iter().any(|name| name.is_match(&format!("/{path}")))
            });
        is_excluded || self.future_posts && post_date(path).is_some_and(|date| date > self.now.date())
    }

    /// Whether a document is not shown yet or no more, by the dates that its front matter gives.
    pub(super) fn at_this_time(&self, document: &Document) -> bool {
        let is = |date: &Option<String>, order| {
            date.as_deref().and_then(|date| self.compared(date)) == Some(order)
        };
        self.future && is(&document.published_on, Ordering::Greater)
            || self.expired
                && (is(&document.expires_on, Ordering::Less) || is(&document.expires_on, Ordering::Equal))
    }

    /// Whether a date is past or to come.
    fn compared(&self, date: &str) -> Option<Ordering> {
        match (date.parse::<Timestamp>(), date.get(..10).map(str::parse::<Date>)) {
            (Ok(moment), _) => Some(moment.cmp(&self.now.timestamp())),
            (_, Some(Ok(day))) => Some(day.cmp(&self.now.date())),
            _ => None,
        }
    }
}

/// The date in the name of a post of Jekyll.
fn post_date(path: &str) -> Option<Date> {
    let (folders, name) = path.rsplit_once('/')?;
    let is_post = folders.split('/').any(|folder| folder == "_posts");
    name.get(..10).filter(|_| is_post)?.parse().ok()
}

fn regexes((folder, patterns): &(String, Vec<String>)) -> (String, Vec<Regex>) {
    (folder.clone(), patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect())
}

pub(super) fn matcher(lines: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        // A pattern that its own generator would not take either excludes nothing.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether front matter asks for a document to be left out. `field` gives its values; a dot leads into a group.
///
/// `unlisted` is of Docusaurus, `permalink` of Eleventy (<https://www.11ty.dev/docs/permalinks/#skip-writing-to-the-file-system>),
/// and the build options are of Hugo (<https://gohugo.io/content-management/build-options/>).
pub(super) fn is_unpublished<T: AsRef<str>>(field: impl Fn(&str) -> Option<T>) -> bool {
    let is_false = |text: &str| ["false", "no", "off", "0"].contains(&bare(text).as_str());
    let is_unrendered = |text: &str| is_false(text) || ["never", "link"].contains(&bare(text).as_str());
    let says = |names: &[&str], means: &dyn Fn(&str) -> bool| {
        names.iter().any(|name| field(name).is_some_and(|text| means(text.as_ref())))
    };
    says(&["draft", "unlisted", "headless"], &is_true)
        || says(&["published", "permalink"], &is_false)
        || says(&["build.render", "_build.render"], &is_unrendered)
}

/// The folders and files that the head of a section leaves out, as lines of gitignore from the content folder:
/// <https://gohugo.io/content-management/front-matter/#cascade-1>.
pub(super) fn hidden_below(stem: &str, front_matter: &Node) -> Vec<String> {
    let Some(folder) = stem.strip_suffix("_index") else { return Vec::new() };
    let Some(cascade) = at(front_matter, "cascade") else { return Vec::new() };
    let parts = match &cascade.content {
        Content::List(parts) => parts.as_slice(),
        _ => std::slice::from_ref(cascade),
    };
    let hidden = parts.iter().filter(|part| is_unpublished(|field| at(part, field).and_then(Node::text)));
    let hidden = hidden.map(|part| {
        let target = ["target.path", "_target.path"].iter().find_map(|field| at(part, field)?.text());
        target.map_or_else(|| format!("/{folder}**"), str::to_owned)
    });
    hidden.collect()
}

/// The value of a field whatever the case of its name, as Hugo reads it. A dot leads into a group.
pub(super) fn at<'a>(tree: &'a Node, field: &str) -> Option<&'a Node> {
    field.split('.').try_fold(tree, |node, name| {
        let mut entries = node.entries().iter();
        let found = entries.find(|(key, _)| key.text().is_some_and(|key| key.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value)
    })
}

/// Whether front matter that can't be read asks for a document to be left out, by its lines.
pub(super) fn seems_unpublished(front_matter: &str) -> bool {
    let value = |name: &str| {
        // A map may stand on one line.
        let mut values = front_matter.split(['\n', ',', '{', '}']).filter_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            let is_key = key.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(name);
            is_key.then(|| value.trim().trim_matches(['"', '\'']))
        });
        values.next()
    };
    is_unpublished(value)
}

pub(super) fn is_true(text: &str) -> bool {
    ["true", "yes", "on", "1"].contains(&bare(text).as_str())
}

/// The front matter of a file, also where it is none to us: in JSON, behind a comment, or with a mistake in its fence.
pub(super) fn head(text: &str, body_start: usize) -> &str {
    if body_start > 0 {
        return &text[..body_start];
    }
    let mut start = text;
    while let Some((_, rest)) =
        start.trim_start().strip_prefix("<!--").and_then(|rest| rest.split_once("-->"))
    {
        start = rest;
    }
    let start = start.trim_start_matches(['\u{feff}', ' ', '\r', '\n']);
    let fences = [("---", "\n---"), ("+++", "\n+++"), (";;;", "\n;;;"), ("{", "\n}")];
    let end =
        fences.iter().find(|(open, _)| start.starts_with(open)).and_then(|(_, close)| start.find(close));
    let end = end.unwrap_or_else(|| start.find('\n').filter(|_| start.starts_with('{')).unwrap_or(0));
    &start[..end]
}

/// A value without what is there by a mistake: the comma of another format.
fn bare(text: &str) -> String {
    text.trim().trim_end_matches(',').to_lowercase()
}
