//! What content can't do to a reader of our output: a terminal, a log, a CI system, an XML parser.

use std::fs;

use proptest::prelude::*;
use sdkb::diagnostic::Colour;
use sdkb::diagnostic::format::{Findings, Format};
use sdkb::text::control::printable;

use crate::project::{Project, command, stderr, stdout};
use crate::site::Site;

/// Front matter and text that quote every sort of letter that is not text.
const HOSTILE: &str = "\
-- sdkb.yml --
title: \"T\\n::stop-commands::tok\\e[31m\\u009b\"
base_url: \"https://x.example/a<b&'c/\"
description: \"\\u202e\\u0001\"
-- kinds/drill.md --
---
kind: drill
label: \"D\\e[1m\"
summary: \"S\\n::add-mask::x\\u009d\\u2028\"
---
-- content/services/a.md --
---
title: \"A\\u0007\\uFFFE]]>\"
owner: \"p\\n::stop-commands::tok\\n##vso[task.x]y\\n##teamcity[z]\"
status: \"\\e[2J\\u202e\\u200b\\U000E0041\"
---
## ##[error]x
a\u{1b}[31m\u{9b}\u{85}\u{c}\u{202e}\tb [x](gone.md) pay\u{200d}ments ##[stop-commands]tok
-- content/incidents/i.md --
---
title: \"I\\e[31m<&\\\"'\"
date: 2026-05-01
---
[y](z\u{1b}.md)
";

fn hostile() -> Project {
    let project = Project::new(HOSTILE);
    if cfg!(unix) {
        project.write("content/f\u{1b}[31m\n::debug::x\u{202e}.md", "# F\n[y](gone.md)\n");
    }
    project
}

/// Fails if a text is more than text to a terminal or a CI system. `commands` are those that it may hold.
fn is_text(text: &str, commands: &[&str]) {
    for line in text.split('\n') {
        let mut before = ' ';
        for letter in line.chars() {
            // Scripts and emoji that join letters need that.
            let joins = std::mem::replace(&mut before, letter).is_ascii() && letter == '\u{200d}';
            let is_bad = letter.is_control()
                || joins
                || matches!(letter, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
                || matches!(letter, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
            assert!(!is_bad, "{letter:?} in {line:?}");
        }
        assert!(!["##[", "##vso[", "##teamcity["].iter().any(|mark| line.contains(mark)), "{line}");
        let is_ours = commands.iter().any(|command| line.starts_with(command));
        let is_command = line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':'));
        assert!(is_ours || !is_command, "{line}");
    }
}

#[test]
fn nothing_that_is_written_is_more_than_text() {
    let project = hostile();
    for args in [
        &["check"] as &[&str],
        &["check", "--fix", "--dry-run"],
        &["check", "--format", "json"],
        &["check", "--format", "gitlab"],
        &["check", "--format", "sarif"],
        &["check", "--format", "junit"],
        &["check", "--format", "rdjson"],
        &["check", "--baseline", "known.txt", "--write-baseline"],
        &["check", "--since", "x\n::stop-commands::tok\u{1b}[2J"],
        &["build"],
        &["build", "--allow-errors"],
        &["new"],
        &["new", "drill\n::stop-commands::tok\u{9b}"],
        &["new", "drill", "x", "--set", "a\n::stop-commands::tok\u{1b}=b"],
        &["explain", "x\n::stop-commands::tok\u{1b}"],
        &["schema"],
        &["--x\n::stop-commands::tok\u{1b}[2J\u{9b}"],
        &["build", "--project", "x\n::stop-commands::tok\u{1b}"],
    ] {
        let output = project.sdkb(args);
        assert_ne!(output.status.code(), Some(101), "{args:?}");
        let text = stdout(&output) + "\n" + &stderr(&output);
        assert!(text.len() > 20, "{args:?}: {text}");
        is_text(&text, &[]);
    }
    is_text(&project.read("known.txt"), &[]);
    let github = project.sdkb(&["check", "--format", "github"]);
    is_text(&stdout(&github), &["::error file=", "::warning file="]);
    fs::remove_file(project.path("sdkb.yml")).expect("it is there");
    let output = project.sdkb(&["init", "--from", "."]);
    assert!(output.status.success(), "{}", stderr(&output));
    is_text(&stdout(&output), &[]);
}

#[test]
fn a_terminal_gets_our_colours_and_no_others() {
    let forced = command(&hostile().path("")).arg("check").env("CLICOLOR_FORCE", "1").output();
    let text = stdout(&forced.expect("sdkb runs"));
    assert!(text.contains("\u{1b}[1m") && text.contains("\\u{1b}[31m"), "{text}");
    assert!(!text.contains("\u{1b}[31m") && !text.contains("\u{1b}[2J"), "{text}");
    is_text(&text.replace('\u{1b}', "ESC"), &[]);
}

#[test]
fn a_line_with_escapes_is_marked_where_it_is_wrong() {
    let text = Site::new("-- a.md --\nx\u{1b}[0m\ty\u{202e} [x](gone.md) z\n")
        .check()
        .finds("a.md 1:2 misread-text")
        .finds("a.md 1:14 broken-link")
        .messages();
    let (_, text) = text.split_once("\n\n").expect("two findings");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], " --> a.md:1:14", "{text}");
    let source =
        lines.iter().position(|line| line.starts_with("1 | x\\u{1b}[0m    y\\u{202e} [")).expect(text);
    let (start, end) = (lines[source + 1].find('^'), lines[source + 1].rfind('^'));
    let marked = start.zip(end).map(|(start, end)| &lines[source][start..=end]);
    assert_eq!(marked, Some("gone.md"), "{text}");
}

#[test]
fn a_patch_of_plain_text_is_written_as_it_is() {
    let project = Project::new(
        "-- sdkb.yml --\ntitle: T\n-- content/squads/payments.md --\n# P\n-- content/services/a.md --\n---\nowner: payment\n---\n:::note[a::b]\nA\n:::\n",
    );
    let patch = stdout(&project.sdkb(&["check", "--fix", "--dry-run"]));
    assert!(
        patch.contains("\n-owner: payment\n+owner: payments\n") && patch.contains("\n :::note[a::b]\n"),
        "{patch}"
    );
}

#[test]
fn xml_is_well_formed_whatever_the_content() {
    let project = hostile();
    let junit = stdout(&project.sdkb(&["check", "--format", "junit"]));
    let junit = roxmltree::Document::parse(&junit).unwrap_or_else(|error| panic!("{error}: {junit}"));
    let cases = junit.descendants().filter(|node| node.has_tag_name("testcase")).count();
    let suite = junit.descendants().find(|node| node.has_tag_name("testsuite")).expect("a suite");
    assert_eq!(suite.attribute("tests"), Some(cases.to_string().as_str()));
    project.builds(&["--allow-errors"]);
    for (file, element, wanted) in [
        ("site/incidents/feed.xml", "title", "I\u{fffd}[31m<&\"'"),
        ("site/sitemap.xml", "loc", "https://x.example/a<b&'c/services/a.html"),
        ("site/opensearch.xml", "Description", "\u{202e}\u{fffd}"),
    ] {
        let text = project.read(file);
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}: {text}"));
        let texts: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == element).collect();
        assert!(texts.iter().any(|node| node.text() == Some(wanted)), "{file}: {text}");
    }
}

#[test]
fn there_is_one_door_to_the_terminal() {
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.ends_with("cli/terminal.rs")
            {
                let text = fs::read_to_string(&path).expect("a file");
                for way in ["io::stdout", "io::stderr", "print!(", "println!(", "anstream::"] {
                    assert!(!text.contains(way), "{} writes by itself: {way}", path.display());
                }
            }
        }
    }
}

/// Text of pieces that terminals, parsers and CI systems take for something else.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n::stop-commands::x\n"),
        Just("##vso["),
        Just("##"),
        Just("["),
        Just("\u{1b}[31m"),
        Just("\u{1b}]0;x\u{7}"),
        Just("\u{9b}2J"),
        Just("\u{202e}"),
        Just("\u{200d}"),
        Just("\u{2028}"),
        Just("\u{feff}"),
        Just("\u{fffe}"),
        Just("]]>"),
        Just("<&\"'>"),
        Just("é"),
        Just("a b"),
        Just("\r"),
        Just("\t"),
        Just("\0"),
    ];
    let piece = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_place_stays_text(title in pieces(), owner in pieces(), name in pieces(), body in pieces(), base in pieces()) {
        let quoted = |text: &str| serde_json::to_string(text).expect("it can be written");
        let settings = format!("title: {}\nbase_url: {}\n", quoted(&title), quoted(&format!("https://x.example/{base}")));
        let service = format!("---\ntitle: {}\nowner: {}\n---\n{body} [x](gone.md) {body}\n", quoted(&title), quoted(&owner));
        let incident = format!("---\ntitle: {}\ndate: 2026-05-01\n---\n", quoted(&title));
        let mut site = Site::new("")
            .write("sdkb.yml", settings)
            .write(&format!("services/{}.md", name.replace('/', "")), service)
            .write("incidents/i.md", incident);
        let analysis = site.analyze();
        let diagnostics = site.findings(&analysis);
        let findings = Findings { diagnostics, known: 0, documents: 2, prefix: "", rules: &[] };
        for format in [Format::Human, Format::Json, Format::Gitlab, Format::Sarif, Format::Junit, Format::Rdjson] {
            let text = format.write(&findings, Colour::Off);
            is_text(&text, &[]);
            prop_assert_eq!(printable(&text), text.as_str());
        }
        is_text(&Format::Github.write(&findings, Colour::Off), &["::error file=", "::warning file="]);
        let junit = Format::Junit.write(&findings, Colour::Off);
        prop_assert!(roxmltree::Document::parse(&junit).is_ok(), "{junit}");
        for (url, bytes) in site.build().into_pages().iter().filter(|(url, _)| url.ends_with(".xml")) {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            prop_assert!(roxmltree::Document::parse(text).is_ok(), "{url}: {text}");
        }
    }
}

#[test]
fn what_is_copied_from_code_can_be_seen() {
    let body = "# A\n\nRun `ls\u{2066}` or:\n\n```sh\nkubectl get pods\u{202e} # \u{200b}x\n```\n\n```\na\tb\u{7f}\n```\n";
    for body in [body.to_owned(), body.replace('\n', "\r\n")] {
        let built = Site::new("").write("a.md", body).build();
        let pieces = built.page("a.html").split('<');
        let page: String =
            pieces.map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
        for shown in ["Run ls\\u{2066} or", "kubectl get pods\\u{202e} # \\u{200b}x\n", "a\tb\\u{7f}\n"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
    }
}
