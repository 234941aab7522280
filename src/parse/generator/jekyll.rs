//! Jekyll: <https://jekyllrb.com/docs/structure/>, <https://jekyllrb.com/docs/permalinks/>,
//! <https://jekyllrb.com/docs/collections/>.

use super::fnmatch;
use super::rules::{Generator, Page};
use super::settings::{Settings, join, text, texts};
use crate::model::{Content, HoldsBack, Node, Origin, OtherPages};
use crate::parse::left_out::{is_true, is_unpublished};

pub(super) struct Jekyll;

impl Generator for Jekyll {
    fn name(&self) -> &'static str {
        "Jekyll"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &["_config.yml", "_config.yaml", "_config.toml"])?;
        let tree = settings.tree(&file);
        let root = join(folder, &text(tree.as_ref(), "source").unwrap_or_else(|| ".".to_owned()))?;
        let collections = tree.as_ref().and_then(|tree| tree.get("collections"));
        let patterns = collections.into_iter().flat_map(|node| node.entries());
        let patterns = patterns.filter_map(|(name, settings)| {
            let pattern = text(Some(settings), "permalink")?;
            Some((format!("_{}", name.text()?), pattern))
        });
        let posts = text(tree.as_ref(), "permalink").map(|pattern| ("_posts".to_owned(), pattern));
        // Of the names that begin with an underscore, it reads those that the settings name, and makes pages of a
        // collection if that is asked for.
        let has_output =
            |settings: &Node| text(Some(settings), "output").is_some_and(|value| is_true(&value));
        let with_output = collections.into_iter().flat_map(|node| node.entries());
        let with_output = with_output.filter(|(_, settings)| has_output(settings));
        let named = with_output.filter_map(|(name, _)| Some(format!("_{}", name.text()?)));
        let included = texts(tree.as_ref().and_then(|tree| tree.get("include")));
        let mut excluded = texts(tree.as_ref().and_then(|tree| tree.get("exclude")));
        excluded.retain(|pattern| !included.contains(pattern));
        let mut excluded_names: Vec<String> =
            excluded.iter().flat_map(|pattern| names(&root, pattern)).collect();
        let mut lines = vec!["_*".to_owned()];
        let read = named.chain(["_posts".to_owned()]).chain(included);
        lines.extend(read.map(|name| format!("!{}", name.trim_matches('/'))));
        for hidden in unpublished_by_default(tree.as_ref()) {
            match hidden {
                Hidden::Line(line) => lines.push(line),
                Hidden::Below(path) => excluded_names.extend(names(&root, &path)),
            }
        }
        let shows_future = text(tree.as_ref(), "future").is_some_and(|value| is_true(&value));
        Some(Origin {
            generator: self.name(),
            title: text(tree.as_ref(), "title"),
            patterns: patterns.chain(posts).collect(),
            excludes: vec![(root.clone(), lines)],
            excluded_names: vec![(root.clone(), excluded_names)],
            holds_back: if shows_future { HoldsBack::None } else { HoldsBack::Posts },
            statics: vec![root.clone()],
            roots: vec![(root, String::new())],
            // Plugins and pages of HTML.
            other_pages: OtherPages::Apart,
            has_anchors_of_fields: true,
            ..Origin::default()
        })
    }

    fn addresses(&self, origin: &Origin, page: &Page<'_>) -> Vec<String> {
        let mut own: Vec<String> = page.values("permalink").map(str::to_owned).collect();
        if let Some((folders, rest)) = collection(page.path) {
            let folder = folders.rsplit('/').next().unwrap_or_default();
            let pattern = origin.patterns.iter().find(|(of, _)| of == folder).map(|(_, pattern)| pattern);
            own.extend(pattern.map(|pattern| filled(pattern, folder, rest, page)));
            own.push(format!("{}/{rest}", folders.replace('_', "")));
            if folder == "_posts" {
                let usual = ["/:categories/:year/:month/:day/:title", "/:year/:month/:day/:title"];
                own.extend(usual.map(|pattern| filled(pattern, folder, rest, page)));
            }
        }
        own.push(page.path.to_owned());
        own
    }

    fn place_fields(&self) -> &'static [&'static str] {
        &["nav_order", "weight", "order"]
    }

    fn resolved(&self, target: &str) -> Option<String> {
        liquid(target)
    }
}

/// Expressions for the files that an entry of `exclude` leaves out: those that the pattern matches, what is in folders
/// that it matches, and what begins with it. See `Jekyll::EntryFilter#glob_include?`.
fn names(root: &str, pattern: &str) -> Vec<String> {
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
    if pattern.is_empty() {
        return Vec::new();
    }
    let start = fnmatch::start(root);
    let matched = format!("{start}{}(?:/|$)", fnmatch::regex(pattern.trim_end_matches('/')));
    vec![matched, format!("{start}{}", regex::escape(pattern))]
}

/// What the settings leave out by default.
enum Hidden {
    /// Documents by a line of gitignore.
    Line(String),
    /// Documents whose path begins so, or matches.
    Below(String),
}

/// The documents that the settings leave out by default: `defaults: [{ scope: …, values: … }]`.
fn unpublished_by_default(tree: Option<&Node>) -> Vec<Hidden> {
    let defaults = match tree.and_then(|tree| Some(&tree.get("defaults")?.content)) {
        Some(Content::List(defaults)) => defaults.as_slice(),
        _ => &[],
    };
    let hidden = defaults.iter().filter(|node| node.get("values").is_some_and(is_unpublished));
    let hidden = hidden.map(|node| {
        let scope = |field| text(node.get("scope"), field).unwrap_or_default();
        match (scope("path").trim_matches('/'), scope("type").as_str()) {
            ("", "" | "pages") => Hidden::Line("*".to_owned()),
            ("", sort) => Hidden::Line(format!("_{sort}/")),
            (path, _) => Hidden::Below(path.to_owned()),
        }
    });
    hidden.collect()
}

/// The folders up to that of a collection, whose name begins with `_`, and the path in it.
fn collection(path: &str) -> Option<(&str, &str)> {
    let mut ends = path.match_indices('/').map(|(at, _)| at);
    let end = ends.find(|end| path[..*end].rsplit('/').next().is_some_and(|name| name.starts_with('_')))?;
    Some((&path[..end], &path[end + 1..]))
}

/// A pattern of addresses with what a document says.
fn filled(pattern: &str, folder: &str, rest: &str, page: &Page<'_>) -> String {
    let pattern = match pattern {
        "date" => "/:categories/:year/:month/:day/:title",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title",
        "none" => "/:categories/:title",
        pattern => pattern,
    };
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let date = name.get(..10).filter(|date| date.bytes().filter(|byte| *byte == b'-').count() == 2);
    let title = if date.is_some() { name.get(11..).unwrap_or(name) } else { name };
    let title = page.values("slug").next().unwrap_or(title);
    let mut parts = date.unwrap_or_default().splitn(3, '-');
    let [year, month, day] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let categories: Vec<&str> = page.values("categories").flat_map(str::split_whitespace).collect();
    let values = [
        (":collection", folder.trim_start_matches('_')),
        (":categories", &categories.join("/")),
        (":output_ext", ""),
        (":year", year),
        (":month", month),
        (":day", day),
        (":title", title),
        (":slug", title),
        (":name", title),
        (":path", rest),
    ];
    values.iter().fold(pattern.to_owned(), |address, (name, value)| address.replace(name, value))
}

/// The address that a link of Liquid means: `{{ site.baseurl }}/x`, `{{ '/x' | relative_url }}`, `{% link x.md %}`.
pub(super) fn liquid(target: &str) -> Option<String> {
    let target = target.trim();
    if let Some(inner) = target.strip_prefix("{%") {
        let mut words = inner.split_whitespace();
        let is_link = matches!(words.next(), Some("link" | "post_url" | "page"));
        let path = words.next().filter(|_| is_link)?.trim_matches(['\'', '"']);
        return Some(format!("/{}", path.trim_start_matches('/')));
    }
    let (inner, rest) = target.strip_prefix("{{")?.split_once("}}")?;
    let inner = inner.trim();
    let quoted = inner.strip_prefix(['\'', '"']).and_then(|inner| inner.split(['\'', '"']).next());
    let address = match quoted {
        Some(path) => format!("{path}{rest}"),
        None if inner.to_lowercase().contains("base") => rest.to_owned(),
        None => return None,
    };
    (!address.contains("{{")).then(|| format!("/{}", address.trim_start_matches('/')))
}
