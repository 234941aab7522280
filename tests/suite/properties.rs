//! What holds for any input.

use proptest::prelude::*;
use sdkb::parse::{front_matter, markdown, shell};

use crate::site::Site;

/// Text that is likelier than noise to go wrong: pieces of front matter and markdown in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n".to_owned()),
        Just("title: a\n".to_owned()),
        Just("services: [a, b\n".to_owned()),
        Just("  - x: {y: [1, ~]}\n".to_owned()),
        Just("# Heading\n".to_owned()),
        Just("[[a|b]] [c](d.md#e) ![f](g.png)\n".to_owned()),
        Just("<a href='x.md'>".to_owned()),
        Just("!!! note\n    text\n".to_owned()),
        Just("{{< ref \"a.md\" >}}".to_owned()),
        Just("```bash\n$ x\n".to_owned()),
        Just("> [!NOTE]\n> a\n".to_owned()),
        Just("| a | b |\n|---|---|\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("é漢\u{202e}😀".to_owned()),
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Commands in the making, with places for values.
fn commands() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "ls ",
        "$A",
        "${B}",
        "<pod>",
        "${C%.*}",
        "'",
        "\"",
        "`",
        "$(",
        ")",
        "(",
        "((",
        "{",
        "}",
        "\\",
        "\n",
        "\n",
        " ",
        "<<EOF\n",
        "<<-'X'\n",
        "EOF\n",
        "X\n",
        "; ",
        "| ",
        "&& ",
        "# it's\n",
        "$ ",
        "# ",
        "> ",
        "case a in ",
        "esac ",
        "if ",
        "fi ",
        "[[ ",
        "]] ",
        "é",
        "$'",
        "=",
        "<(",
        "a@b:~# ",
        "\t",
        "!x",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn parsing_never_panics_and_spans_lie_in_the_text(text in pieces()) {
        let found = front_matter::front_matter(&text);
        prop_assert!(text.is_char_boundary(found.body_start));
        if let Some(tree) = &found.tree {
            let mut nodes = vec![tree];
            while let Some(node) = nodes.pop() {
                prop_assert!(text.get(node.span.range()).is_some(), "{node:?}");
                nodes.extend(node.entries().iter().flat_map(|(key, value)| [key, value]));
            }
        }
        if let Some(problem) = &found.problem {
            prop_assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        let body = markdown::scan(&text, found.body_start);
        for link in &body.links {
            prop_assert!(text.get(link.span.range()).is_some(), "{link:?}");
        }
        for heading in &body.headings {
            prop_assert!(text.get(heading.span.range()).is_some(), "{heading:?}");
        }
    }

    #[test]
    fn commands_are_read_whole_wherever_they_stand(code in commands(), fence in prop_oneof![Just("sh"), Just("console")]) {
        let script = shell::read(fence, &code).expect("it is a language of commands");
        let mut end = 0;
        for token in script.tokens() {
            prop_assert_eq!(token.span.start, end);
            end = token.span.end;
        }
        prop_assert_eq!(end, code.len());
        let mut end = 0;
        for slot in script.slots() {
            prop_assert!(end <= slot.span.start && slot.span.end <= code.len(), "{slot:?}");
            end = slot.span.end;
        }
        let text = format!("- a\n\n  > ~~~{fence}\n{}  > ~~~\n", code.lines().map(|line| format!("  > {line}\n")).collect::<String>());
        for block in &markdown::scan(&text, 0).commands {
            let unfilled = shell::read(fence, &block.code).expect("it is a language of commands").unfilled();
            for (place, _) in unfilled {
                prop_assert_eq!(&text[block.locate(&text, place.clone()).range()], &block.code[place]);
            }
        }
    }

    #[test]
    fn any_text_is_a_page(text in pieces()) {
        let mut site = Site::adopted("").write("runbooks/a.md", text.clone()).write("b.md", text);
        let analysis = site.analyze();
        for finding in site.findings(&analysis) {
            prop_assert!(!sdkb::diagnostic::render(finding, sdkb::diagnostic::Colour::Off).is_empty());
        }
        let caches = sdkb::caches::Caches::for_one_build();
        let world = sdkb::world::MemoryWorld::default();
        let built = sdkb::pipeline::site(&analysis);
        for url in &built.urls(&caches) {
            prop_assert!(built.get(url, &world, &caches).is_ok(), "{url}");
        }
    }
}

#[test]
fn two_builds_of_the_example_are_equal() {
    let build = || {
        let world =
            sdkb::world::DiskWorld::open(env!("CARGO_MANIFEST_DIR").as_ref()).expect("the repository");
        let session = sdkb::session::Session::new(world, "x", sdkb::caches::Caches::for_one_build());
        let analysis = session.analyze();
        crate::site::pages(&session, &analysis)
    };
    assert!(build() == build());
}
