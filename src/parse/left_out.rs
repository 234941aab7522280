//! What the generator that a repository was written for leaves out of its site: drafts, and files that its settings
//! exclude.
//!
//! Jekyll: <https://jekyllrb.com/docs/posts/#drafts>. Hugo: <https://gohugo.io/content-management/front-matter/#draft>.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use regex::Regex;

use super::generator::normal;
use crate::model::{Content, Document, HoldsBack, Node, Origin, within};
use crate::text::name::{is_markdown, stem};

/// What is left out of a site, by the settings of its generators.
#[derive(Debug)]
pub(super) struct LeftOut {
    /// Patterns of files below a folder of the project.
    patterns: Vec<(String, Gitignore)>,
    /// What the paths of files below a folder of the project are held against.
    names: Vec<(String, Vec<Regex>)>,
    /// Folders whose documents are part of the one that stands for the folder.
    bundles: BTreeSet<String>,
    /// Folders of which only those documents are published that a list names, by their addresses.
    listed: Vec<(String, BTreeSet<String>)>,
    /// Whether documents are held back until their date.
    future: bool,
    /// Whether documents are left out from the date on that they give for that.
    expired: bool,
    /// Whether posts are held back until the date in their name.
    future_posts: bool,
    now: Zoned,
}

impl LeftOut {
    /// What is left out of `files`, the paths of a project.
    pub(super) fn new(origins: &[Origin], files: &[String], now: Zoned) -> Self {
        let excludes = origins.iter().flat_map(|origin| &origin.excludes);
        let holds_back = |what| origins.iter().any(|origin| origin.holds_back == what);
        Self {
            patterns: excludes.map(|(folder, lines)| (folder.clone(), matcher(lines))).collect(),
            names: origins.iter().flat_map(|origin| &origin.excluded_names).map(regexes).collect(),
            bundles: origins.iter().flat_map(|origin| bundles(origin, files)).collect(),
            listed: origins.iter().filter_map(listed).collect(),
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
        is_excluded
            || is_markdown(path) && (self.is_in_bundle(path) || self.is_unlisted(path))
            || self.future_posts && post_date(path).is_some_and(|date| date > self.now.date())
    }

    /// Whether a document is part of another one that stands for the folder around it.
    fn is_in_bundle(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let outermost = folders.find(|folder| self.bundles.contains(*folder));
        outermost.and_then(|folder| within(folder, path)).is_some_and(|inside| !is_head_of_bundle(inside))
    }

    /// Whether a document is not in the list of those that are published.
    fn is_unlisted(&self, path: &str) -> bool {
        let mut listed = self.listed.iter();
        listed.any(|(root, pages)| {
            within(root, path).is_some_and(|inside| inside != LIST && !pages.contains(&normal(stem(inside))))
        })
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

/// The document that lists the others of its folder.
const LIST: &str = "SUMMARY.md";

/// Whether a file, from the folder of a bundle, is the document that stands for it: `index.md`, or `index.de.md`.
fn is_head_of_bundle(inside: &str) -> bool {
    let name = stem(inside);
    is_markdown(inside)
        && (name == "index" || name.strip_prefix("index.").is_some_and(|rest| !rest.contains('/')))
}

/// The folders of `origin` whose documents are part of the one that stands for the folder.
fn bundles<'a>(origin: &'a Origin, files: &'a [String]) -> impl Iterator<Item = String> + 'a {
    let folder = |path: &'a String| {
        let (folder, name) = path.rsplit_once('/')?;
        // At the top, all documents would be part of the home page.
        let is_inside =
            origin.roots.iter().any(|(root, _)| within(root, folder).is_some_and(|it| !it.is_empty()));
        (is_head_of_bundle(name) && is_inside).then(|| folder.to_owned())
    };
    files.iter().filter(|_| origin.has_bundles).filter_map(folder)
}

/// The main folder of `origin`, and the addresses of the documents in it that are published, if it has a list of them.
fn listed(origin: &Origin) -> Option<(String, BTreeSet<String>)> {
    let (root, _) = origin.roots.first().filter(|_| origin.publishes_listed)?;
    let pages: BTreeSet<String> = origin.navigation.pages.keys().cloned().collect();
    (!pages.is_empty()).then(|| (root.clone(), pages))
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

/// A field of front matter that decides whether its document is published.
struct Switch {
    /// Its name. A dot leads into a group.
    field: &'static str,
    /// The boolean with which it leaves the document out.
    hides_if: bool,
    /// Other values with which it does.
    hiding: &'static [&'static str],
    /// Other values with which it does not.
    showing: Showing,
}

/// Values of a [`Switch`] beside booleans with which a document is published.
enum Showing {
    /// These words.
    Words(&'static [&'static str]),
    /// A date, as some generators have it: that of the publication.
    Dates,
    /// Any other value.
    All,
}

/// `unlisted` is of Docusaurus, `publish` of Obsidian (<https://obsidian.md/help/publish/publish>), `permalink` of Eleventy
/// (<https://www.11ty.dev/docs/permalinks/#skip-writing-to-the-file-system>), and the build options are of Hugo
/// (<https://gohugo.io/content-management/build-options/>). A page that is to be in no list would be in those of sdkb.
const SWITCHES: [Switch; 10] = [
    Switch { field: "draft", hides_if: true, hiding: &[], showing: Showing::Words(&[]) },
    Switch { field: "unlisted", hides_if: true, hiding: &[], showing: Showing::Words(&[]) },
    Switch { field: "headless", hides_if: true, hiding: &[], showing: Showing::Words(&[]) },
    Switch { field: "published", hides_if: false, hiding: &[], showing: Showing::Dates },
    Switch { field: "publish", hides_if: false, hiding: &[], showing: Showing::Dates },
    Switch { field: "permalink", hides_if: false, hiding: &[], showing: Showing::All },
    Switch {
        field: "build.render",
        hides_if: false,
        hiding: &["never", "link"],
        showing: Showing::Words(&["always"]),
    },
    Switch {
        field: "_build.render",
        hides_if: false,
        hiding: &["never", "link"],
        showing: Showing::Words(&["always"]),
    },
    Switch {
        field: "build.list",
        hides_if: false,
        hiding: &["never"],
        showing: Showing::Words(&["always", "local"]),
    },
    Switch {
        field: "_build.list",
        hides_if: false,
        hiding: &["never"],
        showing: Showing::Words(&["always", "local"]),
    },
];

impl Switch {
    /// Whether a value publishes the document; none if that is not clear.
    fn publishes(&self, value: &str) -> Option<bool> {
        let word = bare(value);
        let shows = || match self.showing {
            Showing::Words(words) => words.contains(&word.as_str()),
            Showing::Dates => has_year(&word),
            Showing::All => true,
        };
        match boolean(&word) {
            Some(value) => Some(value != self.hides_if),
            None if self.hiding.contains(&word.as_str()) => Some(false),
            None => shows().then_some(true),
        }
    }
}

/// The field of front matter that leaves a document out, and whether it clearly does: a value that says neither yes nor no
/// leaves it out too. `field` gives the values; a dot leads into a group.
pub(super) fn unpublished_by<T: AsRef<str>>(
    field: impl Fn(&'static str) -> Option<T>,
) -> Option<(&'static str, bool)> {
    let said = || {
        SWITCHES
            .iter()
            .filter_map(|switch| Some((switch.field, switch.publishes(field(switch.field)?.as_ref()))))
    };
    let hidden = said().find(|(_, publishes)| *publishes == Some(false));
    let found = hidden.or_else(|| said().find(|(_, publishes)| publishes.is_none()));
    found.map(|(field, publishes)| (field, publishes.is_some()))
}

/// Whether a field of front matter decides whether its document is published, and nothing else.
pub(super) fn is_switch(name: &str) -> bool {
    name != "permalink" && SWITCHES.iter().any(|switch| switch.field == name)
}

/// What is expected of such a field, and the value that leaves its document out.
pub(super) fn expected(field: &str) -> (&'static str, &'static str) {
    match SWITCHES.iter().find(|switch| switch.field == field) {
        Some(Switch { hides_if: true, .. }) => ("`true` or `false`", "true"),
        Some(Switch { hiding: [], .. }) | None => ("`true` or `false`", "false"),
        Some(_) => ("`always` or `never`", "never"),
    }
}

/// Whether the front matter in `tree` leaves documents out.
pub(super) fn is_unpublished(tree: &Node) -> bool {
    unpublished_by(|field| at(tree, field).map(value)).is_some()
}

/// The text of a value, which is empty where there is none.
pub(super) fn value(node: &Node) -> &str {
    node.text().unwrap_or_default()
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
    let hidden = parts.iter().filter(|part| is_unpublished(part));
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

/// The value of a field of front matter that can't be read, by its lines.
pub(super) fn value_in_lines<'a>(front_matter: &'a str, field: &str) -> Option<&'a str> {
    // A map may stand on one line.
    let mut values = front_matter.split(['\n', ',', '{', '}']).filter_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let is_key = key.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(field);
        is_key.then(|| value.trim().trim_matches(['"', '\'']))
    });
    values.next()
}

/// Whether the value of a setting is yes.
pub(super) fn is_true(text: &str) -> bool {
    boolean(&bare(text)) == Some(true)
}

/// The boolean that a word spells to any of the generators: in YAML 1.1, and to the languages that they are written in.
fn boolean(word: &str) -> Option<bool> {
    match word {
        "true" | "yes" | "on" | "1" | "y" | "t" => Some(true),
        "false" | "no" | "off" | "0" | "n" | "f" => Some(false),
        _ => None,
    }
}

/// Whether there is a year in a text, as in all dates.
fn has_year(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_digit()).any(|digits| matches!(digits.len(), 4 | 8))
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

/// A value without what is there by a mistake: the comma or semicolon of another format.
fn bare(text: &str) -> String {
    text.trim().trim_end_matches([',', ';']).to_lowercase()
}
