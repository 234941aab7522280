//! `docs/reference.md` says what the schemas say.
//!
//! `UPDATE=1 cargo test reference` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use sdkb::author::{data_set, holds};
use sdkb::diagnostic::Severity;
use sdkb::model::{Field, Kind};
use sdkb::parse::schema;

const INTRODUCTION: &str = "\
# Reference

Made from `src/model/schema/`, `kinds/` and `datasets/`. Change those, and run `UPDATE=1 cargo test reference`.

- [Settings: sdkb.yml](#settings-sdkbyml)
- [Kinds](#kinds)
- [Your own kinds](#your-own-kinds)
- [Data](#data)
- [Your own sets of data](#your-own-sets-of-data)
- [Rules](#rules)
";

#[test]
fn the_reference_is_current() {
    let mut site = crate::site::Site::new("-- a.md --\n# A\n");
    let analysis = site.analyze();
    let mut text = INTRODUCTION.to_owned();
    text += "\n## Settings: sdkb.yml\n\nAll of them are optional.\n\n";
    table(&mut text, &schema::CONFIG, "");
    text += "\n## Kinds\n\nEvery document may have these fields:\n\n";
    let common = ["id", "kind", "title", "summary", "status", "tags", "aliases", "keywords", "questions"];
    let common = [common.as_slice(), &["weight", "links", "review"]].concat();
    let kinds = &analysis.base.kinds.all;
    let of = |kind: &Kind, is_common: bool| -> Vec<Arc<Field>> {
        let fields = kind.fields.iter();
        let own = |field: &&Arc<Field>| common.contains(&field.name.as_str()) == is_common;
        fields.filter(own).cloned().collect()
    };
    table(&mut text, &of(&analysis.base.kinds.fallback(), true), "");
    for kind in kinds {
        write!(text, "\n### {}\n\n{} Folder: `{}/`.", kind.plural, kind.summary, kind.folder)
            .expect("text grows");
        if !kind.sections.is_empty() {
            write!(text, " Sections: {}.", kind.sections.join(", ")).expect("text grows");
        }
        text += "\n\n";
        table(&mut text, &of(kind, false), "");
    }
    text += "\n## Your own kinds\n\nA file in the project's `kinds/` adds a kind, or adds to the built-in one of the same\n\
             name. Its front matter says this, and its text is what a new document begins with:\n\n";
    table(&mut text, &schema::KIND, "");
    text += "\nEach entry of `fields` says this:\n\n";
    table(&mut text, &schema::FIELD, "");

    text += "\n## Data\n\nRows in the folder of data files, as [data.md](data.md) says.\n";
    for set in &analysis.base.data.sets.all {
        let columns = data_set(set);
        let columns = columns.split_once("\n\n").map_or("", |(_, columns)| columns);
        let end = columns.rfind("|\n").map_or(columns.len(), |at| at + 2);
        write!(text, "\n### {}\n\n{}", set.id, &columns[..end]).expect("text grows");
    }
    text += "\n## Your own sets of data\n\nA file in the project's `datasets/` adds a set, or adds to the built-in one of the same\n\
             name. Its front matter says this, and its text is what `sdkb explain` prints beneath the columns:\n\n";
    table(&mut text, &schema::DATASET, "");

    text += "\n## Rules\n\nWhat `sdkb check` and `sdkb build` find. [check.md](check.md) says how to weigh them.\n\n| rule | severity | finds |\n| --- | --- | --- |\n";
    for rule in sdkb::check::rules::RULES {
        let severity = if rule.severity == Severity::Error { "error" } else { "warning" };
        let page = format!("../src/check/rules/{}.md", rule.id.replace('-', "_"));
        writeln!(text, "| [`{}`]({page}) | {severity} | {} |", rule.id, rule.summary()).expect("text grows");
    }

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("the file can be written");
    }
    assert!(
        fs::read_to_string(&path).expect("the file is there") == text,
        "run `UPDATE=1 cargo test reference`"
    );
}

fn table(text: &mut String, fields: &[Arc<Field>], outer: &str) {
    if outer.is_empty() {
        text.push_str("| field | holds | meaning |\n| --- | --- | --- |\n");
    }
    for field in fields {
        let name = format!("{outer}{}", field.name);
        let required = if field.required { ", required" } else { "" };
        let help = field.help.replace('|', "\\|");
        writeln!(text, "| `{name}` | {}{required} | {help} |", holds(field)).expect("text grows");
        let nested = if field.many { format!("{name}[].") } else { format!("{name}.") };
        table(text, &field.fields, &nested);
    }
}
