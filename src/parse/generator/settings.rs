//! Reads what the settings of generators say.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Content, Node, Problems, Source, within};
use crate::parse::{encoding, raw_html, toml, yaml};
use crate::text::name::is_markdown;
use crate::world::World;

/// The files of a project that may be settings of a generator.
pub(super) struct Settings<'a> {
    world: &'a dyn World,
    /// What is wrong with those that were read since the last call of [`Settings::take_problems`].
    problems: RefCell<Problems>,
}

impl<'a> Settings<'a> {
    pub(super) fn new(world: &'a dyn World) -> Self {
        Self { world, problems: RefCell::default() }
    }

    /// What is wrong with the files that were read since the last call.
    pub(super) fn take_problems(&self) -> Problems {
        self.problems.take()
    }

    /// Whether there is a file at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.world.has_file(path)
    }

    /// The first of `names` that is a file in `folder`, with the folder.
    pub(super) fn first(&self, folder: &str, names: &[&str]) -> Option<String> {
        names.iter().map(|name| format!("{folder}{name}")).find(|path| self.has(path))
    }

    /// Whether `folder` holds files.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        !self.world.list(folder.trim_end_matches('/')).files.is_empty()
    }

    /// Whether `folder` holds documents.
    pub(super) fn has_documents(&self, folder: &str) -> bool {
        let files = self.world.list(folder.trim_end_matches('/')).files;
        files.iter().any(|path| is_markdown(path))
    }

    /// Up to `most` folders below `folder` that stand beside a document of the same name, as the subpages of a page do,
    /// and the folders in them. Each ends in `/`.
    pub(super) fn inner_folders(&self, folder: &str, most: usize) -> Vec<String> {
        let files = self.world.list(folder).files;
        let pages: BTreeSet<&str> = files
            .iter()
            .filter_map(|path| path.strip_suffix(".md"))
            .filter_map(|path| within(folder, path))
            .collect();
        let mut found = BTreeSet::new();
        for path in &files {
            let Some((parents, _)) = within(folder, path).and_then(|path| path.rsplit_once('/')) else {
                continue;
            };
            let first = parents.split('/').next().unwrap_or_default();
            if pages.contains(first) && parents.matches('/').count() < 2 {
                found.insert(join(&format!("{folder}/"), parents).map(|path| path + "/"));
            }
            if found.len() == most {
                break;
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The files in `folder`.
    pub(super) fn files(&self, folder: &str) -> Vec<String> {
        self.world.list(folder).files
    }

    /// The folders below `folder`, and itself, that hold files.
    pub(super) fn folders(&self, folder: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for path in &self.world.list(folder).files {
            let outer = path.match_indices('/').map(|(at, _)| &path[..at]).rev();
            for outer in outer.take_while(|outer| within(folder, outer).is_some()) {
                if !found.insert(outer.to_owned()) {
                    break;
                }
            }
        }
        found.insert(folder.to_owned());
        found
    }

    /// The ids that the templates in `folder` give as they stand, without variables.
    pub(super) fn ids_in(&self, folder: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        for path in &self.world.list(folder).files {
            let is_template = path.ends_with(".erb") || path.ends_with(".html");
            let Some(text) = self.text(path).filter(|_| is_template) else { continue };
            let ids = raw_html::tags(&text).into_iter().filter_map(|tag| tag.value(&text, "id"));
            found.extend(ids.filter(|id| !id.contains(['<', '{', '#'])));
        }
        found.into_iter().collect()
    }

    /// The folders below `folder` that hold a file called `name`, each with `/` at its end.
    pub(super) fn folders_with(&self, folder: &str, name: &str) -> Vec<String> {
        let files = self.world.list(folder).files;
        let folders = files.iter().filter_map(|path| path.strip_suffix(name));
        folders.filter(|path| path.ends_with('/')).map(str::to_owned).collect()
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        Some(self.source(path)?.text.clone())
    }

    fn source(&self, path: &str) -> Option<Arc<Source>> {
        let mut problems = Problems::default();
        let source = self.has(path).then(|| encoding::read(self.world, path, &mut problems))?;
        // What is wrong with a document is found where documents are read.
        if !is_markdown(path) {
            self.problems.borrow_mut().extend(problems);
        }
        source
    }

    /// A file of YAML or TOML as a tree.
    pub(super) fn tree(&self, path: &str) -> Option<Node> {
        let source = self.source(path)?;
        let tree = if path.ends_with(".toml") {
            toml::tree(&source.text, 0..source.text.len())
        } else if path.ends_with(".json") {
            // It is YAML but for its tabs.
            yaml::documents(&source.text.replace('\t', " ")).map(first)
        } else {
            yaml::documents(&source.text).map(first)
        };
        tree.unwrap_or_else(|problem| {
            self.problems.borrow_mut().add_syntax(&source, problem);
            None
        })
    }
}

fn first(documents: Vec<Node>) -> Option<Node> {
    documents.into_iter().next()
}

/// Lines of gitignore that leave out all but what is `wanted`; none if that is everything.
pub(super) fn only(wanted: &[String]) -> Vec<String> {
    let is_everything = |pattern: &String| matches!(pattern.as_str(), "**" | "**/*" | "**/*.md");
    if wanted.is_empty() || wanted.iter().any(is_everything) {
        return Vec::new();
    }
    let all = ["*", "!*/"].map(str::to_owned).into_iter();
    all.chain(wanted.iter().map(|pattern| format!("!/{pattern}"))).collect()
}

/// The text of a setting.
pub(super) fn text(tree: Option<&Node>, field: &str) -> Option<String> {
    tree?.get(field)?.text().map(str::to_owned)
}

/// The texts of a setting that is one value or a list.
pub(super) fn texts(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.content) {
        Some(Content::List(items)) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
        Some(Content::Scalar(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// A list of names, each perhaps with a title: `- name` or `- title: name`.
pub(super) fn names(node: Option<&Node>) -> Vec<(String, Option<String>)> {
    let Some(Content::List(items)) = node.map(|node| &node.content) else { return Vec::new() };
    let name = |item: &Node| match item.text() {
        Some(name) => Some((name.to_owned(), None)),
        None => pairs(Some(item)).pop().map(|(title, name)| (name, Some(title))),
    };
    items.iter().filter_map(name).collect()
}

/// The pairs of texts in a map.
pub(super) fn pairs(node: Option<&Node>) -> Vec<(String, String)> {
    let pairs = node.into_iter().flat_map(Node::entries);
    pairs.filter_map(|(key, value)| Some((key.text()?.to_owned(), value.text()?.to_owned()))).collect()
}

/// The texts that a program gives a setting: `name: 'text'`. Settings in a programming language are not run, so what is
/// put together there is not known.
pub(super) fn literals<'a>(code: &'a str, name: &str) -> Vec<&'a str> {
    let found = values(code, name).filter_map(|value| {
        let quote = value.chars().next().filter(|letter| matches!(letter, '\'' | '"' | '`'))?;
        value[1..].split(quote).next()
    });
    found.collect()
}

/// What stands behind each `name:` or `name =` of a program.
pub(super) fn values<'a>(code: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    code.match_indices(name).filter_map(|(at, name)| {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            return None;
        }
        let value = code[at + name.len()..].trim_start_matches(['\'', '"']).trim_start();
        Some(value.strip_prefix([':', '='])?.trim_start())
    })
}

/// The lists of texts that a program gives a setting: `name: ['text', 'other']`.
pub(super) fn literal_lists(code: &str, name: &str) -> Vec<String> {
    let lists = values(code, name).filter_map(|value| value.strip_prefix('[')?.split(']').next());
    lists.flat_map(quoted).collect()
}

/// The texts in quotes in a part of a program.
fn quoted(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['\'', '"', '`']) {
        let quote = char::from(rest.as_bytes()[at]);
        let Some((text, after)) = rest[at + 1..].split_once(quote) else { break };
        found.push(text.to_owned());
        rest = after;
    }
    found
}

/// A folder in `folder`, which is empty or ends in `/`, without `.` in it; none if it leads out of the project.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let path = crate::text::address::normalize(folder, path)?;
    Some(path.trim_end_matches('/').to_owned())
}

/// The path of a file in a folder, which is empty for that of the project.
pub(super) fn join_file(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
