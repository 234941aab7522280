//! What holds for the source of sdkb itself.

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
        if path.starts_with(Path::new(ROOT).join("src/check/rules")) {
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
