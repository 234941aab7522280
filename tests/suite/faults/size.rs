//! Documents larger, longer and deeper than anybody writes, and texts that careless parsers read in the square
//! of their length.

use std::fs;

use super::Run;
use crate::project::{GOOD, Project};

/// Makes a text of about that many letters, or somewhat more.
type Absurd = fn(usize) -> String;

/// Texts that repeat something.
#[rustfmt::skip]
const ABSURD: &[(&str, Absurd)] = &[
    ("brackets", |n| "[".repeat(n)),
    ("images", |n| "![](".repeat(n)),
    ("emphasis", |n| "*a ".repeat(n)),
    ("mixed emphasis", |n| "*a_ **b ".repeat(n)),
    ("closed emphasis", |n| format!("a**b{}", "c* ".repeat(n))),
    ("strikes", |n| "~~a ".repeat(n)),
    ("comments", |n| "a <!-- ".repeat(n)),
    ("growing backticks", |n| (1..root(n)).map(|length| "`".repeat(length) + " ").collect()),
    ("single backticks", |n| "`a".repeat(n)),
    ("definitions", |n| (0..n).map(|i| format!("[r{i}]: /x{i}\n")).collect()),
    ("used definitions", |n| {
        let used: String = (0..n / 10).map(|i| format!("[r{i}] ")).collect();
        (0..n / 10).map(|i| format!("[r{i}]: https://a.example/{i}\n")).collect::<String>() + "\n" + &used
    }),
    ("undefined references", |n| (0..n).map(|i| format!("[r{i}] ")).collect()),
    ("open titles", |n| "[a]: b \"\n".repeat(n)),
    ("lines", |n| "a\n".repeat(n)),
    ("wide table", |n| format!("|{}\n|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n))),
    ("short rows", |n| format!("|{}\n|{}\n{}", "a|".repeat(n / 10), "-|".repeat(n / 10), "|b|\n".repeat(n / 10))),
    ("footnotes", |n| (0..n / 10).map(|i| format!("[^{i}]: a[^{}]\n\n", i + 1)).collect::<String>() + "[^0]\n"),
    ("nested footnotes", |n| (0..n / 10).map(|i| format!("[^{i}]:")).collect()),
    ("open destinations", |n| "[a](<b".repeat(n)),
    ("open parentheses", |n| "[a](b".repeat(n)),
    ("nested links", |n| format!("{}a{}", "[".repeat(n / 2), "](b)".repeat(n / 2))),
    ("addresses", |n| "http://".repeat(n)),
    ("mail addresses", |n| "a@b".repeat(n)),
    ("wiki links", |n| "[[a|".repeat(n)),
    ("wiki links in code", |n| "[[`".repeat(n)),
    ("broken wiki links", |n| "[[nope]] ".repeat(n / 100)),
    ("shortcodes", |n| "{{< a ".repeat(n)),
    ("lines of shortcodes", |n| "{{% a\n".repeat(n)),
    ("callouts", |n| "!!! note\n".repeat(n)),
    ("nested callouts", |n| (0..root(n)).map(|depth| "    ".repeat(depth) + "!!! note\n").collect()),
    ("folded callouts", |n| "??? note \"a\n".repeat(n)),
    ("tabs", |n| "=== \"a\"\n".repeat(n)),
    ("growing colons", |n| (3..root(n)).map(|length| ":".repeat(length) + " note\n").collect()),
    ("quotes", |n| "> ".repeat(n) + "a"),
    ("quotes and lists", |n| "> - ".repeat(n) + "a"),
    ("nested lists", |n| (0..root(n)).map(|depth| "  ".repeat(depth) + "- a\n").collect()),
    ("lists in a line", |n| "- ".repeat(n) + "a"),
    ("lazy lines", |n| format!("{}a\n{}", ">".repeat(500), "b\n".repeat(n / 100))),
    ("alerts", |n| "> [!NOTE]\n".repeat(n)),
    ("open elements", |n| "<div>".repeat(n)),
    ("open blocks", |n| "<div>\n\n".repeat(n)),
    ("open tags", |n| "<a x=\"".repeat(n)),
    ("attributes", |n| format!("<a {}>", "x=1 ".repeat(n))),
    ("declarations", |n| "<![CDATA[<? <!A ".repeat(n)),
    ("tables in tables", |n| "<table>".repeat(n)),
    ("foreign elements", |n| "<svg><a>".repeat(n)),
    ("wrong end tags", |n| "<i>a</b><b><p>".repeat(n / 20)),
    ("entities", |n| "&amp &#".repeat(n)),
    ("headings", |n| "# a\n\n# a-1\n\n".repeat(n / 10)),
    ("anchors", |n| format!("# a {}", "{#b ".repeat(n))),
    ("contents", |n| "[TOC]\n\n".repeat(n / 10)),
    ("fences", |n| "```\n".repeat(n)),
    ("growing fences", |n| (3..root(n)).map(|length| "`".repeat(length) + "\n").collect()),
    ("backslashes", |n| "\\".repeat(n)),
    ("carriage returns", |n| "\r\n".repeat(n)),
    ("accents", |n| format!("a{}", "\u{301}".repeat(n))),
    ("words", |n| (0..n / 2).map(|i| format!("w{i}x{} ", i * 7919 % 100_003)).collect()),
    ("one identifier", |n| "aB_".repeat(n)),
    ("placeholders", |n| shell((0..n / 5).map(|i| format!("<n{i}> ")).collect())),
    ("open angles", |n| shell("<".repeat(n))),
    ("variables", |n| shell("a=$b\n".repeat(n / 2))),
    ("substitutions", |n| shell("$A$(".repeat(n))),
    ("quoted substitutions", |n| shell("\"$(`'".repeat(n))),
    ("here-documents", |n| shell("<<A\n".repeat(n / 10))),
    ("prompts", |n| shell("$ a \\\n".repeat(n / 2))),
    ("nested code", |n| format!("```json\n{}\n```\n", "[".repeat(n / 10))),
    ("blocks of commands", |n| "## A\n\n```sh\nrm $a <b>\n```\n".repeat(n / 20)),
];

/// As many lines, each longer than the last, as there are about `n` letters in all.
fn root(n: usize) -> usize {
    (2 * n).isqrt()
}

fn shell(commands: String) -> String {
    format!("```sh\n{commands}\n```\n")
}

#[test]
fn absurd_texts_are_built() {
    let mut text = GOOD.to_owned();
    for (name, absurd) in ABSURD {
        text += &format!("-- content/handbook/{name}.md --\n{}\n", absurd(1_000));
    }
    let project = Project::new(&text);
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    for (name, _) in ABSURD {
        assert!(project.path(&format!("site/handbook/{name}.html")).is_file(), "{name}");
    }
}

#[test]
#[ignore = "takes minutes"]
fn absurd_texts_of_a_megabyte_are_built() {
    for (_, absurd) in ABSURD {
        let project = Project::new(GOOD);
        project.write("content/handbook/d.md", &absurd(200_000));
        Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    }
}

#[test]
#[ignore = "takes minutes"]
fn the_largest_files_are_built_and_larger_ones_are_refused() {
    let paragraph =
        "The checkout writes a line an order. See [the runbook](b.md) and `kubectl get pods`.\n\n";
    let project = Project::new(GOOD);
    let text = format!("# Large\n\n{}", paragraph.repeat((50 << 20) / paragraph.len()));
    project.write("content/handbook/d.md", &text);
    Run::sdkb(&project, &["check"]).ends_with(0);
    project.write("content/handbook/d.md", &paragraph.repeat((65 << 20) / paragraph.len()));
    Run::sdkb(&project, &["check"]).ends_with(1).says("the file is larger than 64 MB");
    for fields in [
        (0..1_000_000).map(|i| format!("k{i}: v\n")).collect::<String>(),
        format!("tags:\n{}", "- t\n".repeat(1_000_000)),
    ] {
        project.write("content/handbook/d.md", &format!("---\n{fields}---\n# Many fields\n"));
        Run::sdkb(&project, &["check"]).ends_with(0);
        project.write("content/handbook/d.md", &format!("---\n{fields}"));
        Run::sdkb(&project, &["check"]).ends_with(1).says("front matter is not closed");
    }
}

#[test]
#[ignore = "takes minutes"]
fn lines_of_ten_megabytes_are_built() {
    long_lines(10 << 20);
}

#[test]
fn long_lines_are_built_and_quoted_in_part() {
    long_lines(200_000);
}

fn long_lines(length: usize) {
    let project = Project::new(GOOD);
    let long = "w".repeat(length);
    project.write("content/d.md", &format!("# {}\n\n{long}\n", "word ".repeat(length / 5)));
    Run::sdkb(&project, &["build"]).ends_with(0);
    for text in [
        format!("[a]({long})\n"),
        format!("[[{long}]]\n"),
        format!("[a](handbook/b.md#{long})\n"),
        format!("---\nkind: runbook\nservices: [{long}]\nnew: x\n---\n"),
        format!("---\nkind: runbook\n{}: 1\n---\n", &long[..1_000]),
        format!("---\nreviewed: {long}\nkind: runbook\n---\n"),
    ] {
        project.write("content/d.md", &text);
        let run = Run::sdkb(&project, &["check"]).ends_with(1);
        assert!(run.text.len() < 10_000, "{} bytes of {}", run.text.len(), run.start());
    }
}

#[test]
fn absurd_front_matter_settings_and_kinds_are_one_finding() {
    let bomb = (1..12).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| {
        text + &format!("a{i}: &a{i} [*a{j}, *a{j}, *a{j}]\n", j = i - 1)
    });
    let chain = (1..40)
        .fold("a0: &a0 [x]\n".to_owned(), |text, i| text + &format!("a{i}: &a{i} [*a{j}]\n", j = i - 1));
    let nested = |open: &str, close: &str| format!("a: {}x{}\n", open.repeat(10_000), close.repeat(10_000));
    let blocks: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let deep = "nested too deeply";
    for (fields, message) in [
        (bomb, "the aliases make the file too large"),
        (chain, deep),
        (nested("[", "]"), deep),
        (nested("[", ""), deep),
        (nested("{a: ", "}"), deep),
        (nested("? ", ""), "invalid YAML"),
        (format!("a:\n{}\n", "- ".repeat(10_000)), deep),
        (blocks, deep),
    ] {
        let front_matter = format!("---\n{fields}---\n");
        for (path, text) in
            [("content/d.md", &front_matter), ("kinds/drill.md", &front_matter), ("sdkb.yml", &fields)]
        {
            let project = Project::new(GOOD);
            project.write(path, text);
            let run =
                Run::sdkb(&project, &["check"]).ends_with(1).says(message).says(&format!("--> {path}:"));
            assert_eq!(run.text.matches("error[").count(), 1, "{path}: {}", run.start());
        }
    }
    let toml = format!("+++\na = {}\n+++\n", "[".repeat(10_000));
    let dots = format!("+++\n{} = 1\n+++\n", vec!["a"; 10_000].join("."));
    for text in [toml, dots] {
        let project = Project::new(GOOD);
        project.write("content/d.md", &text);
        Run::sdkb(&project, &["check"]).ends_with(1).says(deep).says(": 1 error\n");
    }
}

#[test]
fn thousands_of_wrong_fields_are_told() {
    let project = Project::new(GOOD);
    let unknown: String = (0..1_000).map(|i| format!("k{i}: v\n")).collect();
    let twice = "k0: v\n".repeat(1_000);
    fs::write(project.path("sdkb.yml"), unknown + &twice).expect("files can be written");
    Run::sdkb(&project, &["check"]).ends_with(1).says("unknown field `k999`").says("2000 errors");
}
