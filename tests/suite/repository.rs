//! The invariant of [`crate::words`] on a repository that nobody prepared.
//!
//! ```sh
//! SDKB_REPOSITORY=/path/to/repository cargo test --test suite repository -- --ignored --nocapture
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sdkb::model::LinkForm;

use crate::site::Site;
use crate::words::{index, main_part, reference_html, words};

/// What a page or its reference reading has.
#[derive(Debug, Default)]
struct Counts {
    words: usize,
    blocks: usize,
    tables: usize,
    pictures: usize,
}

impl Counts {
    fn of(html: &str) -> Self {
        let tags = |name: &str| html.matches(&format!("<{name}")).count();
        Self { words: words(html).len(), blocks: tags("pre"), tables: tags("table"), pictures: tags("img") }
    }

    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.blocks += other.blocks;
        self.tables += other.tables;
        self.pictures += other.pictures;
    }
}

#[test]
#[ignore = "needs a repository"]
#[expect(clippy::print_stdout, reason = "what it finds is for people to judge")]
fn nothing_of_a_repository_is_lost() {
    let folder = std::env::var_os("SDKB_REPOSITORY").expect("SDKB_REPOSITORY names a folder");
    let (mut total, mut documents, mut losses) = (Counts::default(), 0, 0);
    for path in files(Path::new(&folder)) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let mut site = Site::new("").write("pages/a.md", text.as_str());
        let analysis = site.analyze();
        let Some(document) = analysis.base.graph.documents.first() else { continue };
        let pictures = document.body.links.iter();
        let pictures =
            pictures.filter(|link| matches!(link.form, LinkForm::Image | LinkForm::HtmlImage)).count();
        let reference = reference_html(&text[document.body_start..]);
        let built = site.build();
        let page = main_part(built.page("pages/a.html"));
        let (wanted, shown) = (Counts::of(&reference), Counts::of(page));
        let wanted_words = words(&reference);
        let mut lacks: Vec<String> = Vec::new();
        lacks.extend(missing(&wanted_words, &words(page)).map(|words| format!("{words} on the page")));
        lacks.extend(missing(&wanted_words, &index(&text)).map(|words| format!("{words} in the index")));
        for (name, wanted, shown) in [
            ("blocks of code", wanted.blocks, shown.blocks),
            ("tables", wanted.tables, shown.tables),
            ("pictures", wanted.pictures, pictures),
        ] {
            lacks.extend((shown < wanted).then(|| format!("{shown} of {wanted} {name}")));
        }
        if !lacks.is_empty() {
            println!("{}: {}", path.display(), lacks.join(", "));
        }
        documents += 1;
        losses += usize::from(!lacks.is_empty());
        total.add(&wanted);
    }
    println!("{documents} documents, {total:?}, {losses} with a loss");
}

/// The words of which there are fewer in `found` than in `wanted`. What touches may be one word or several.
fn missing(wanted: &[String], found: &[String]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in wanted {
        *counts.entry(word).or_default() += 1;
    }
    let found = found.concat();
    let missing = counts.into_iter().filter(|(word, count)| found.matches(word).count() < *count);
    let missing: Vec<String> = missing.map(|(word, _)| format!("`{word}`")).collect();
    (!missing.is_empty()).then(|| missing.join(" "))
}

/// The documents in a folder, by path.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let (path, kind) = (entry.path(), entry.file_type().expect("a type"));
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !is_hidden {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
