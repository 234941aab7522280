//! The text of each rule is its test: marked lines of its examples are found, and nothing else is.
//!
//! A block ```` ```site ```` is a project, with `<-- rule` behind each line that is to be found. Two of them,
//! `site before` and `site after`, are a change. Every project is looked at on the same day, has settings unless
//! it brings its own, and links to hosts called `gone.…` are answered with 404. `-- path since 2026-01-31 --` is a version
//! in the history of a file; the last one is what it holds.

use std::fs;
use std::path::Path;

use sdkb::caches::Caches;
use sdkb::check::rules::RULES;
use sdkb::check::{self, Change, LinkStatuses, Rule};
use sdkb::diagnostic::{Colour, Diagnostic, all};
use sdkb::knowledge_base::KnowledgeBase;
use sdkb::model::ReadError;
use sdkb::session::Session;
use sdkb::world::MemoryWorld;
use sdkb::world::web::LinkStatus;

use crate::site::{TODAY, files, place};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/rules");

/// A block of a rule's text.
struct Example {
    world: MemoryWorld,
    /// The findings that are marked, as `path line rule`.
    marked: Vec<String>,
    is_before: bool,
}

#[test]
fn every_rule_finds_what_its_text_shows_and_nothing_else() {
    for rule in RULES {
        let stem = rule.id.replace('-', "_");
        let text =
            fs::read_to_string(Path::new(FOLDER).join(format!("{stem}.md"))).expect("a rule has a text");
        let examples = examples(&text);
        let marks = |example: &&Example| example.marked.iter().any(|mark| mark.ends_with(rule.id));
        assert!(text.starts_with(&format!("# {}\n\n", rule.id)), "{} has another title", rule.id);
        for heading in ["\n## Why\n", "\n## How to fix it\n", "\n## Examples\n"] {
            assert!(text.contains(heading), "{} lacks {heading:?}", rule.id);
        }
        assert!(examples.iter().any(|example| marks(&example)), "no example of {}", rule.id);
        assert!(examples.iter().any(|example| example.marked.is_empty()), "{} is never silent", rule.id);
        let mut messages = String::new();
        let mut before: Option<Example> = None;
        for example in examples {
            if example.is_before {
                before = Some(example);
                continue;
            }
            let mut marked = example.marked.clone();
            marked.extend(before.as_ref().map(|before| before.marked.clone()).unwrap_or_default());
            marked.sort();
            let found = run(rule, before.take(), example);
            let mut places: Vec<String> = found.iter().map(line).collect();
            places.sort();
            assert_eq!(places, marked, "{}:\n{}", rule.id, all(&found, Colour::Off));
            messages += &all(&found, Colour::Off);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("rule__{stem}"), messages);
        });
    }
}

/// All findings in an example, whatever sort of rule finds them.
fn run(rule: &Rule, before: Option<Example>, example: Example) -> Vec<Diagnostic> {
    let session = session(example.world);
    let analysis = session.analyze();
    let mut found = session.findings(&analysis).to_vec();
    if rule.id == "unreachable-link" {
        found.extend(check::external(&analysis.base, &answers(&analysis.base)));
    }
    if let Some(before) = before {
        let session = self::session(before.world);
        let was = session.analyze();
        let moved = &Default::default();
        found.extend(check::change(&Change { before: &was.base, after: &analysis.base, moved }));
    }
    found
}

fn session(world: MemoryWorld) -> Session<MemoryWorld> {
    Session::new(world, "example", Caches::for_one_build())
}

fn answers(base: &KnowledgeBase) -> LinkStatuses {
    let answer = |address: &str| match address.contains("//gone.") {
        true => LinkStatus::Refused(404),
        false => LinkStatus::Reachable,
    };
    let links = base.external_links();
    links.into_iter().map(|(address, _)| (address.to_owned(), answer(address))).collect()
}

fn line(finding: &Diagnostic) -> String {
    let place = place(finding);
    let (path_line, rest) = place.rsplit_once(':').expect("a column");
    format!("{path_line} {}", rest.split_once(' ').expect("a rule").1)
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    // Longer fences than those inside of an example.
    let mut rest = text;
    while let Some(at) = rest.find("````site") {
        let block = &rest[at + "````site".len()..];
        let (kind, block) = block.split_once('\n').expect("a block has lines");
        let end = block.find("\n````\n").expect("a block ends");
        examples.push(example(kind.trim(), &block[..=end]));
        rest = &block[end + 1 + "````".len()..];
    }
    examples
}

fn example(kind: &str, block: &str) -> Example {
    let mut world = MemoryWorld::on(TODAY);
    let mut marked = Vec::new();
    let (mut path, mut line) = (String::new(), 0);
    let mut clean = String::new();
    for text in block.lines() {
        let (text, marks) = match text.split_once("<-- ") {
            Some((text, marks)) => (text.trim_end(), marks.trim()),
            None => (text, ""),
        };
        line += 1;
        let header = text.strip_prefix("-- ").and_then(|text| text.strip_suffix(" --"));
        if let Some((link, _)) = header.and_then(|header| header.split_once(" -> ")) {
            world.read_errors.push(ReadError::new(link, "is a link to nothing"));
            let rules = marks.split(", ").filter(|rule| !rule.is_empty());
            marked.extend(rules.map(|rule| format!("{link} 1 {rule}")));
            continue;
        }
        if let Some(header) = header {
            let name = header.split(" since ").next().unwrap_or(header);
            (path, line) = (name.to_owned(), 0);
        }
        let at = line.max(1);
        marked.extend(
            marks.split(", ").filter(|rule| !rule.is_empty()).map(|rule| format!("{path} {at} {rule}")),
        );
        clean += text;
        clean.push('\n');
    }
    world.insert("sdkb.yml", "title: Example\n");
    for (path, text) in files(&clean) {
        let (path, since) =
            path.split_once(" since ").map_or((&*path, None), |(path, day)| (path, Some(day)));
        world.insert(path, text);
        if let Some(day) = since {
            world.commit(path, day.parse().expect("a day"));
        }
    }
    Example { world, marked, is_before: kind == "before" }
}
