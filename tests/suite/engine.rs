//! What holds for the source of sdkb itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every file below a folder of the repository whose name ends in `ending`.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn no_kind_is_known_by_name() {
    let kinds: Vec<String> = files("kinds", ".md")
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        // A page is also what a site is made of.
        .filter(|kind| !kind.starts_with('_') && kind != "page")
        .collect();
    assert!(kinds.len() >= 9);
    for path in files("src", ".rs") {
        // Files of other tools have words of their own.
        let is_other = ["src/check/rules", "src/parse/source"]
            .iter()
            .chain(DATA_REPORTS)
            .any(|folder| path.starts_with(Path::new(ROOT).join(folder)));
        if is_other {
            continue;
        }
        let text = fs::read_to_string(&path).expect("source is text");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for (number, line) in code.enumerate() {
            for kind in &kinds {
                assert!(!line.contains(&format!("\"{kind}\"")), "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}

/// Templates that serve every kind ask for what kinds say of themselves: a kind, a state of a document or a rank that a
/// template compares with is data of a kind's file. `tools.html` holds pieces for single kinds.
#[test]
fn shared_templates_compare_with_no_word_of_a_kind() {
    let mut site = crate::site::Site::new("-- a.md --\n# A\n");
    let analysis = site.analyze();
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for kind in &analysis.base.kinds.all {
        words.insert(&kind.id);
        for field in &kind.fields {
            if field.states.is_some() || field.ranks {
                words.extend(field.choices.iter().map(String::as_str));
            }
        }
        words.extend(kind.fields.iter().filter(|field| field.hide_in_lists).map(|field| field.name.as_str()));
    }
    assert!(
        ["incident", "investigating", "deprecated", "tier-1", "caused_by"]
            .iter()
            .all(|word| words.contains(word))
    );
    // Fields of every kind, and words of the frame: colours as the system has them.
    let is_shared = |word: &str| ["tags", "status", "page", "system"].contains(&word);
    for path in files("themes/default/templates", ".html") {
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        if folder != Some("templates") || path.ends_with("tools.html") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("templates are text");
        for (number, line) in text.lines().enumerate() {
            for word in line.split('"').skip(1).step_by(2).filter(|word| !is_shared(word)) {
                let is_known = words.contains(word) && !line.contains(&format!("without={{[\"{word}\"]}}"));
                assert!(!is_known, "{}:{}: `{word}`", path.display(), number + 1);
            }
        }
    }
}

/// What readers see of a kind on pages that serve every kind comes from the file of the kind.
#[test]
fn shared_templates_show_no_name_of_a_kind() {
    let mut site = crate::site::Site::new("-- a.md --\n# A\n");
    let analysis = site.analyze();
    // Words of the frame, whatever kinds there are.
    let is_shared = |word: &str| matches!(word, "page" | "pages" | "service" | "services");
    let kinds = analysis
        .base
        .kinds
        .all
        .iter()
        .flat_map(|kind| [kind.label.to_lowercase(), kind.plural.to_lowercase()]);
    let kinds: BTreeSet<String> = kinds.filter(|name| !is_shared(name)).collect();
    assert!(kinds.contains("runbook") && kinds.contains("incidents"));
    let comment = regex::Regex::new(r"(?s)\{#.*?#\}|without=\{\[[^\]]*\]\}").expect("it is a pattern");
    let mut checked = 0;
    for path in files("themes/default/templates", ".html") {
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        // Pieces for single kinds, and examples of what to ask the search for.
        if folder != Some("templates") || path.ends_with("tools.html") || path.ends_with("search.html") {
            continue;
        }
        checked += 1;
        let text = fs::read_to_string(&path).expect("templates are text");
        let text = comment.replace_all(&text, "").to_lowercase();
        let words: BTreeSet<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
        let named = kinds.iter().find(|kind| words.contains(kind.as_str()));
        assert_eq!(named, None, "{}", path.display());
    }
    assert!(checked > 8);
}

/// Reports on the sets of data that sdkb comes with, whose columns have names.
const DATA_REPORTS: &[&str] = &[
    "src/report/deployments.rs",
    "src/report/objectives.rs",
    "src/report/reports/delivery.rs",
    "src/report/reports/slo.rs",
];

/// Code that works with documents, apart from the words that happen to be names of fields too.
const WITH_DOCUMENTS: &[(&str, &[&str])] = &[
    ("src/author/draft.rs", &[]),
    ("src/author/place.rs", &[]),
    ("src/author/questions.rs", &[]),
    ("src/check", &[]),
    ("src/cli/new.rs", &["started"]),
    ("src/graph", &["alerts"]),
    ("src/knowledge_base.rs", &[]),
    ("src/model/document.rs", &[]),
    ("src/model/kind.rs", &["id", "url"]),
    ("src/model/value.rs", &[]),
    // The kind has to be known before its fields are. Other generators call the summary `description`, and the day on
    // which a page is published `date`.
    ("src/parse/document.rs", &["kind", "description", "date"]),
    ("src/parse/fields.rs", &[]),
    ("src/parse/suppression.rs", &[]),
    ("src/render/card.rs", &[]),
    ("src/render/collected.rs", &[]),
    ("src/render/commands.rs", &[]),
    ("src/render/lists.rs", &[]),
    ("src/render/neighbourhood.rs", &[]),
    ("src/render/page", &["template", "type", "url"]),
    ("src/render/times.rs", &[]),
    ("src/render/values.rs", &[]),
    ("src/report", &[]),
    ("src/search/document.rs", &[]),
    ("src/search/facets.rs", &[]),
    ("src/search/files.rs", &["alerts", "kind"]),
    ("src/search/sections.rs", &[]),
];

/// The engine asks for the field with a role, which kinds give to fields as data.
#[test]
fn no_field_is_known_by_name() {
    let mut site = crate::site::Site::new("-- a.md --\n# A\n");
    let analysis = site.analyze();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut levels: Vec<_> = analysis.base.kinds.all.iter().map(|kind| kind.fields.as_slice()).collect();
    while let Some(fields) = levels.pop() {
        names.extend(fields.iter().map(|field| field.name.as_str()));
        levels.extend(fields.iter().map(|field| field.fields.as_slice()));
    }
    assert!(names.len() > 80 && names.contains("last_reviewed"));
    for (place, words) in WITH_DOCUMENTS {
        let place = Path::new(ROOT).join(place);
        let paths = files("src", ".rs").into_iter().filter(|path| path.starts_with(&place));
        let is_on_data = |path: &PathBuf| DATA_REPORTS.iter().any(|report| path.ends_with(report));
        let paths: Vec<PathBuf> = paths.filter(|path| !is_on_data(path)).collect();
        assert!(!paths.is_empty(), "{}", place.display());
        for path in paths {
            let text = fs::read_to_string(&path).expect("source is text");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines().enumerate();
            for (number, line) in code.filter(|(_, line)| !line.trim_start().starts_with("//")) {
                // Every second part stands in quotes.
                for text in line.split('"').skip(1).step_by(2) {
                    let is_field = text.split('.').all(|name| names.contains(name)) && !words.contains(&text);
                    assert!(!is_field, "{}:{}: {line}", path.display(), number + 1);
                }
            }
        }
    }
}

/// Code that decodes, shows, filters or searches asks what a type says of itself, so that a new type is one file and
/// the lists beside it. A single type may be asked by its name: `FieldType::Date.read(text)`.
#[test]
fn field_types_are_told_apart_in_their_own_files_only() {
    let is_name = |rest: &str| rest.starts_with(|first: char| first.is_ascii_uppercase());
    let mut asked = 0;
    for path in files("src", ".rs") {
        if path.starts_with(Path::new(ROOT).join("src/model")) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("source is text");
        for (number, line) in text.lines().enumerate() {
            let place = format!("{}:{}: {line}", path.display(), number + 1);
            assert!(!line.contains("Scalar::"), "{place}");
            for rest in line.split("FieldType::").skip(1).filter(|rest| is_name(rest)) {
                let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
                assert!(rest[end..].starts_with('.') || rest.starts_with("ALL"), "{place}");
                asked += 1;
            }
        }
    }
    assert!(asked > 0);
}

#[test]
fn files_hold_one_idea() {
    for path in files("src", ".rs") {
        let lines = fs::read_to_string(&path).expect("source is text").lines().count();
        assert!(lines <= 450, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_field_has_help() {
    let mut site = crate::site::Site::new("-- a.md --\n# A\n");
    let analysis = site.analyze();
    for kind in &analysis.base.kinds.all {
        assert!(!kind.summary.is_empty() && !kind.template.is_empty(), "{}", kind.id);
        let required = kind.fields.iter().filter(|field| field.required).count();
        assert!(required <= 4, "{} requires {required} fields", kind.id);
        let mut levels = vec![kind.fields.as_slice()];
        while let Some(fields) = levels.pop() {
            for field in fields {
                assert!(!field.help.is_empty(), "{}.{} has no help", kind.id, field.name);
                levels.push(&field.fields);
            }
        }
    }
}

#[test]
fn rules_are_in_order_and_named_like_their_files() {
    let ids: Vec<&str> = sdkb::check::rules::RULES.iter().map(|rule| rule.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let named: Vec<String> = files("src/check/rules", ".rs")
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.replace('_', "-")))
        .filter(|name| name != "mod")
        .collect();
    assert_eq!(ids, named);
}

#[test]
fn the_readme_maps_every_folder_of_the_source() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README is text");
    for entry in fs::read_dir(Path::new(ROOT).join("src")).expect("the source is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            assert!(readme.contains(&format!("`src/{name}/`")), "the README does not name src/{name}/");
        }
    }
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
        let is_here = link.contains("://") || Path::new(ROOT).join(link).exists();
        assert!(is_here, "the README links to {link}");
    }
    for line in readme.lines().filter_map(|line| line.strip_prefix("| `")) {
        let path = line.split('`').next().unwrap_or_default();
        assert!(Path::new(ROOT).join(path).exists(), "the README names {path}");
    }
}
