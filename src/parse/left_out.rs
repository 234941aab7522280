//! What the generator that a repository was written for leaves out of its site: drafts, and files that its settings
//! exclude.
//!
//! Jekyll: <https://jekyllrb.com/docs/posts/#drafts>. Hugo: <https://gohugo.io/content-management/front-matter/#draft>.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::model::{HoldsBack, Origin, within};

/// What is left out of a site, by the settings of its generators.
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
    pub(super) fn new(origins: &[Origin], now: Zoned) -> Self {
        let excludes = origins.iter().flat_map(|origin| &origin.excludes);
        let holds_back = |what| origins.iter().any(|origin| origin.holds_back == what);
        Self {
            patterns: excludes.map(|(folder, lines)| (folder.clone(), matcher(lines))).collect(),
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

fn matcher(lines: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        // A pattern that its own generator would not take either excludes nothing.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether front matter asks for a document to be left out. `field` gives its values.
pub(super) fn is_unpublished<'a>(field: impl Fn(&str) -> Option<&'a str>) -> bool {
    let is_false = |text: &str| ["false", "no", "off", "0"].contains(&bare(text).as_str());
    field("draft").is_some_and(is_true) || field("published").is_some_and(is_false)
}

/// The same of front matter that can't be read, by its lines.
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
