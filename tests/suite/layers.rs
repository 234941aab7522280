//! That imports run downward, and in no circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::engine::files;

/// The floors of the source, from the ground up. A module may import modules of floors below its own.
const FLOORS: &[&[&str]] = &[
    &["text", "cache_slot"],
    &["model"],
    &["world", "diagnostic"],
    &["parse"],
    &["graph"],
    &["knowledge_base"],
    &["report"],
    &["check"],
    &["render", "search", "author"],
    &["caches"],
    &["site"],
    &["pipeline"],
    &["session"],
    &["serve", "adopt"],
    &["cli"],
    &["main"],
];

/// A module by the names that lead to it, such as `["render", "view"]`.
type Names = Vec<String>;

/// The modules of the crate.
#[derive(Default)]
struct Source {
    modules: BTreeMap<Names, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    text: String,
    /// What it offers under another path: a name, and the path that it stands for.
    exports: BTreeMap<String, Names>,
}

/// A name that a file takes from another one.
struct Import {
    from: Names,
    to: Names,
    place: String,
}

impl Source {
    fn read() -> Self {
        let mut source = Self::default();
        for file in files("src", ".rs") {
            let file =
                file.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below the root").to_string_lossy();
            let mut path: Names = file
                .trim_start_matches("src/")
                .trim_end_matches(".rs")
                .split('/')
                .map(str::to_owned)
                .collect();
            if path.iter().any(|name| name == "tests") || path == ["lib"] {
                continue;
            }
            path.retain(|name| name != "mod");
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&*file))
                .expect("source is text");
            let module = Module { file: file.into_owned(), text: code(&text), exports: BTreeMap::new() };
            source.modules.insert(path, module);
        }
        source.modules.entry(Vec::new()).or_default();
        let paths: Vec<Names> = source.modules.keys().cloned().collect();
        for path in paths {
            let exports = uses(&source.modules[&path].text).into_iter().filter(|found| found.is_public);
            let exports =
                exports.filter_map(|found| Some((found.name, source.absolute(&path, &found.path)?)));
            let exports: BTreeMap<String, Names> = exports.collect();
            source.modules.get_mut(&path).expect("it is there").exports = exports;
        }
        source
    }

    /// A path from the root of the crate; none for one into another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Names> {
        let is_relative = |name: &String| ["crate", "self", "super"].contains(&name.as_str());
        let first = path.first()?;
        let is_child = || self.modules.contains_key(&[module, std::slice::from_ref(first)].concat());
        if !is_relative(first) {
            return is_child().then(|| [module, path].concat());
        }
        let above = path.iter().take_while(|name| *name == "super").count();
        let base = if first == "crate" { &[] } else { &module[..module.len() - above] };
        let rest = path.iter().skip_while(|name| is_relative(name));
        Some(base.iter().chain(rest).cloned().collect())
    }

    /// The module that defines what `path` names, through whatever offers it; and whether that is an item in it.
    fn home(&self, path: &[String]) -> (Names, bool) {
        let mut module = Names::new();
        for (at, name) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            if self.modules.contains_key(&child) {
                module = child;
            } else if let Some(export) = self.modules[&module].exports.get(name) {
                return self.home(&[export.as_slice(), &path[at + 1..]].concat());
            } else {
                return (module, true);
            }
        }
        (module, false)
    }

    /// What the file of a module takes from others, by `use` or in place.
    fn imports(&self, from: &Names) -> Vec<Import> {
        let module = &self.modules[from];
        let mut found: Vec<(usize, Names)> = Vec::new();
        let mut modules: BTreeMap<String, Names> = BTreeMap::new();
        for used in uses(&module.text).into_iter().filter(|used| !used.is_public) {
            let Some(path) = self.absolute(from, &used.path) else { continue };
            if self.home(&path).1 {
                found.push((used.at, path));
            } else {
                modules.insert(used.name, path);
            }
        }
        for (at, written) in paths(&module.text) {
            let path = match modules.get(&written[0]) {
                Some(path) => Some([path.as_slice(), &written[1..]].concat()),
                None => self.absolute(from, &written),
            };
            found.extend(path.filter(|path| self.home(path).1).map(|path| (at, path)));
        }
        let imports = found.into_iter().map(|(at, path)| Import {
            from: from.clone(),
            to: self.home(&path).0,
            place: format!(
                "{}:{}: `{}`",
                module.file,
                module.text[..at].matches('\n').count() + 1,
                path.join("::")
            ),
        });
        imports.filter(|import| import.to != *from && !import.to.is_empty()).collect()
    }
}

/// Source without comments and without its own tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().map(|line| {
        let comment = line.find("//").filter(|at| !line[..*at].contains('"'));
        &line[..comment.unwrap_or(line.len())]
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A name that a `use` brings in.
struct Use {
    at: usize,
    name: String,
    path: Names,
    is_public: bool,
}

/// Where the `use` statements of code stand, and whether they are public.
fn statements(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("use ") {
        let before = text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at].trim();
        if before.is_empty() || before.starts_with("pub") {
            let end = text[at..].find(';').map_or(text.len(), |end| at + end);
            found.push((at..end, !before.is_empty()));
        }
    }
    found
}

fn uses(text: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for (range, is_public) in statements(text) {
        expand(&text[range.start + 4..range.end], &[], &mut |path, name| {
            found.push(Use { at: range.start, name: name.to_owned(), path: path.to_vec(), is_public });
        });
    }
    found
}

/// Calls `add` with each path in a tree of a `use`, and the name that it gets.
fn expand(tree: &str, before: &[String], add: &mut impl FnMut(&[String], &str)) {
    let tree = tree.trim();
    if let Some(inner) = tree.strip_prefix('{').and_then(|tree| tree.strip_suffix('}')) {
        let mut depth = 0;
        let parts = inner.split(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            letter == ',' && depth == 0
        });
        parts.filter(|part| !part.trim().is_empty()).for_each(|part| expand(part, before, add));
    } else if let Some((first, rest)) = tree.split_once("::") {
        expand(rest, &[before, &[first.trim().to_owned()]].concat(), add);
    } else {
        let (item, name) = tree.split_once(" as ").unwrap_or((tree, tree));
        match item {
            "self" => add(before, before.last().map_or("", String::as_str)),
            item => add(&[before, &[item.to_owned()]].concat(), name),
        }
    }
}

/// Paths of several names in code but for `use` statements, each with where it stands.
fn paths(text: &str) -> Vec<(usize, Names)> {
    let statements = statements(text);
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let words = text.split(|letter: char| !is_word(letter));
    let words = words.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word));
    let words = words.filter(|(at, word)| {
        word.contains("::")
            && !word.starts_with(':')
            && !statements.iter().any(|(range, _)| range.contains(at))
    });
    let names = |word: &str| word.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
    words.map(|(at, word)| (at, names(word))).collect()
}

fn imports() -> Vec<Import> {
    let source = Source::read();
    source.modules.keys().flat_map(|module| source.imports(module)).collect()
}

#[test]
fn imports_run_downward() {
    let floor = |path: &Names| {
        let floor = FLOORS.iter().position(|rooms| rooms.contains(&path[0].as_str()));
        floor.unwrap_or_else(|| panic!("`{}` stands on no floor", path[0]))
    };
    let all = imports();
    assert!(all.len() > 1_000, "{} imports", all.len());
    let upward = all.iter().filter(|import| !import.from.is_empty() && import.from[0] != import.to[0]);
    let upward = upward.filter(|import| floor(&import.from) <= floor(&import.to));
    let upward: Vec<&str> = upward.map(|import| import.place.as_str()).collect();
    assert!(upward.is_empty(), "these imports run upward or sideways:\n{}", upward.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let all = imports();
    let mut next: BTreeMap<&Names, BTreeSet<&Names>> = BTreeMap::new();
    for import in &all {
        next.entry(&import.from).or_default().insert(&import.to);
    }
    let leads = |from: &Names, to: &Names| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(path) = open.pop() {
            for &path in next.get(path).into_iter().flatten().filter(|path| seen.insert(**path)) {
                open.push(path);
            }
        }
        seen.contains(to)
    };
    let in_circle = all.iter().filter(|import| leads(&import.to, &import.from));
    let places: BTreeSet<&str> = in_circle.map(|import| import.place.as_str()).collect();
    let places: Vec<&str> = places.into_iter().collect();
    assert!(places.is_empty(), "these imports are part of a circle of files:\n{}", places.join("\n"));
}
