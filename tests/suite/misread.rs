//! Text that is read otherwise than its author meant it: found where it is, once, and not where it is right.

use crate::project::Project;
use crate::site::Site;

const SETTINGS: &str = "\
-- sdkb.yml --
title: Test
rules: { orphan-document: off, missing-section: off, no-owner: off, unreachable-owner: off, unmet-expectation: off, broken-link: off, missing-image: off }
-- content/index.md --
# Index
-- content/runbooks/index.md --
# Runbooks
";

/// What is found in a document of this text, `line:column: severity: message [rule]`.
fn found(project: &Project, path: &str, text: &str) -> Vec<String> {
    project.write(path, text);
    let prefix = format!("{path}:");
    let lines = project.findings();
    lines.iter().map(|line| line.strip_prefix(&prefix).unwrap_or(line).to_owned()).collect()
}

/// `line:column: ` of the mark in `text`, and the text without it.
fn marked(text: &str) -> (String, String) {
    let at = text.find('⟦').unwrap_or_else(|| panic!("no mark in {text}"));
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (format!("{line}:{column}: "), text.replace('⟦', ""))
}

/// Expects one finding with `message` at the mark of each text.
fn finds(path: &str, cases: &[(&str, &str)]) {
    let project = Project::new(SETTINGS);
    let mut wrong = Vec::new();
    for (text, message) in cases {
        let (place, text) = marked(text);
        let found = found(&project, path, &text);
        if found.len() != 1 || !found[0].starts_with(&place) || !found[0].contains(message) {
            wrong.push(format!("{text}\n{place}{message}\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn finds_nothing(path: &str, texts: &[&str]) {
    let project = Project::new(SETTINGS);
    let mut wrong = Vec::new();
    for text in texts {
        let found = found(&project, path, text);
        if found != [""; 0] {
            wrong.push(format!("{text}\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What `sdkb check --fix` makes of each text.
fn fixes(path: &str, cases: &[(&str, &str)]) {
    let project = Project::new(SETTINGS);
    for (text, fixed) in cases {
        project.write(path, text);
        project.sdkb(&["check", "--fix"]);
        assert_eq!(project.read(path), *fixed, "{text}");
    }
}

#[test]
fn what_no_reader_sees_is_found() {
    finds(
        "content/handbook/a.md",
        &[
            ("# A\n\n⟦<!-- todo\n\nThe rest.\n", "a comment that does not end"),
            ("# A\n\n- x\n\n  ⟦<!-- todo\n", "a comment that does not end"),
            ("# A\n\n<div>\n⟦<!-- todo\n</div>\n", "a comment that does not end"),
            ("# A\n\nx[^1]\n\n[^1]: One.\n\n⟦[^1]: Two.\n", "`[^1]:` is defined twice"),
            ("# A\n\n[x]\n\n[x]: /a\n⟦[X]: /b\n", "`[X]:` is defined twice"),
            ("# A\n\n[x y]\n\n[x y]: /a\n\n> - ⟦[X  Y]:\n>   /b 'T'\n", "`[X  Y]:` is defined twice"),
            ("# A\n\n[Straße]\n\n[straße]: /a\n\ntext\n\n⟦[STRASSE]: </b>\n", "`[STRASSE]:` is defined"),
            ("# A\n\nx\n\n⟦[^1]: One.\n", "nothing refers to the footnote `[^1]`"),
            ("# A\n\n| a | b |\n|---|---|\n| 1 | 2 | ⟦3 |\n", "the table has no column for `3`"),
            ("# A\n\n| a |\n|---|\n| `x | ⟦y` |\n", "the table has no column for"),
            ("# A\n\n| a | b |\n⟦|---|\n| 1 | 2 |\n", "a row of dashes that makes no table"),
            ("# A\n\nx\n\n> | a | b |\n> ⟦|---|---|---|\n", "a row of dashes that makes no table"),
            ("# A\n\nx⟦\u{202e}y\n", "direction mark U+202E"),
            ("# A\n\n```\nx⟦\u{2066}y\n```\n", "direction mark U+2066"),
            ("# A\n\n## B 1\n\nx\n\n<h2 ⟦id=\"b-1\">C</h2>\n", "the id `b-1` is given twice"),
            ("# A\n\n<a id=\"b-1\"></a>\n\nx\n\n⟦## B 1\n", "the id `b-1` is given twice"),
            ("# A\n\n<a id=\"x\"></a>\n\ntext\n\n<a ⟦id=\"x\"></a>\n", "the id `x` is given twice"),
        ],
    );
    finds_nothing(
        "content/handbook/a.md",
        &[
            "# A\n\n<!-- a -->\n\n<!-->\n\n`<!--` x <!-- b -->\n\n```\n<!--\n```\n",
            "# A\n\nx[^1] y[^1]\n\n[^1]: One, as[^two].\n[^two]: Two.\n",
            "# A\n\n| a | b |\n|---|---|\n| 1 \\| 2 | 3 | |\n| 4 |\n",
            "# A\n\nRun `a | b`\n\n```\n| a | b |\n|---|\n```\n",
            "# A\n\n[x] [y]\n\n[x]: /a\n[y]: /b\n\n[x]: /a\n[X]: </a>\n",
            "# A\n\n[x]\n\n[x]: https://x.example\n\n`[x]: b`\n\n```\n[x]: /b\n```\n\n<p>\n[x]: /b\n</p>\n",
            "# A\n\n[x]: https://x.example\n\n- \\[x]: b\n- `x` [x]: text\n\ntext\n[x]: more\n",
            "# A\n\nx “y” – z\n",
            "# A\n\n<a id=\"b\"></a>\n\n## B\n\n## <a id=\"c\"></a>C\n",
        ],
    );
}

#[test]
fn the_search_finds_what_the_page_shows() {
    let text = "# A\n\nx[^1]\n\n[^1]: Seen.\n\n[^1]: Second.\n\n[^2]: Unused.\n\n## B\n\nAfter.\n";
    let mut site = Site::new("").write("pages/a.md", text);
    let analysis = site.analyze();
    let sections = &analysis.base.graph.documents.raw[0].body.sections;
    let texts: Vec<&str> = sections.iter().map(|section| &*section.text).collect();
    assert_eq!(texts, ["", "x Seen.", "After."]);
}

#[test]
fn links_that_are_none_are_found() {
    finds(
        "content/handbook/a.md",
        &[
            ("# A\n\nSee [z](⟦guide/set up.md) now.\n", "`guide/set up.md` is no address of a link"),
            ("# A\n\nSee ![z](⟦a b.png \"T\").\n", "`a b.png` is no address of a link"),
            ("# A\n\nSee the ⟦[plan] (gone.md) now.\n", "`[plan] (gone.md)` is no link"),
            ("# A\n\n- ⟦[plan]  (https://x.example/a)\n", "`[plan]  (https://x.example/a)` is no link"),
            ("# A\n\nSee ⟦(the plan)[gone.md].\n", "`(the plan)[gone.md]` is no link"),
            (
                "# A\n\nSee ⟦(the plan)[https://x.example/a].\n",
                "`(the plan)[https://x.example/a]` is no link",
            ),
            ("# A\n\n⟦##\u{a0}Heading\n", "the blank behind `##`"),
            ("# A\n\ntext\n⟦-\u{a0}item\n", "the blank behind `-`"),
            ("# A\n\n⟦1.\u{a0}item\n", "the blank behind `1.`"),
            ("# A\n\n- ⟦*\u{3000}item\n", "the blank behind `*`"),
            ("# A\n\nSee ⟦[y](a.md \"title\" extra).\n", "`[y](a.md \"title\" extra)` is no link"),
            ("# A\n\nSee ⟦[y](https://x.example/a b).\n", "is no link"),
            ("# A\n\nSee ⟦[y]( https://x.example/a b).\n", "is no link"),
            ("# A\n\nSee [y](⟦../my docs/) and [z](a).\n", "`../my docs/` is no address of a link"),
            ("# A\n\nSee ⟦[g](x.md\n\nand more\n", "`[g](x.md` is no link"),
            ("# A\n\n- ⟦[g](x.md\n- and more\n", "`[g](x.md` is no link"),
            ("# A\n\ntext\n⟦[def]: index.md\n\n[def]\n", "`[def]: index.md` is text, and defines nothing"),
            ("# A\n\ntext\n⟦[def]: https://x.example/a\n\n[Def]\n", "is text, and defines nothing"),
        ],
    );
    finds_nothing(
        "content/handbook/a.md",
        &[
            "# A\n\narray[i](x y), [a](the other one), f[0](a, b.md) and `[z](a b.md)`.\n",
            "# A\n\n[a](<a b.md>) [b](a.md \"T\") [c](a.md\n\"T\") [d](a.md 'T') [e](a.md (T))\n",
            "# A\n\n[1] (see below), f(x)[0], f(a.md)[b.md] and `[a] (b.md)` (a)[b], [x] (a b.md).\n",
            "# A\n\n[x] (index.md)\n\n[x]: index.md\n",
            "# A\n\n5\u{a0}km -\u{a0}x and\u{a0}#\u{a0}y\n",
            "# A\n\n[x]\n\n[x]: index.md\n",
            "# A\n\ntext\n[Note]: see index.md for more\n",
            "# A\n\n\\[z](guide/set up.md) and\n\n\\[z](guide/set up.md)\n",
        ],
    );
    fixes(
        "content/handbook/a.md",
        &[
            ("# A\n\n[z](set up.md \"T\")\n", "# A\n\n[z](<set up.md> \"T\")\n"),
            ("# A\n\n[z] (a.md) (y)[b.md]\n", "# A\n\n[z](a.md) [y](b.md)\n"),
            ("# A\n\n##\u{a0}B\n", "# A\n\n## B\n"),
        ],
    );
}

#[test]
fn syntax_of_other_tools_is_found() {
    finds(
        "content/handbook/a.md",
        &[
            ("# A\n\n![p](x.png)⟦{ width=200 }\n", "readers see `{ width=200 }` as it is written"),
            ("# A\n\n[p](https://x.example)⟦{target=\"_blank\"}.\n", "`{target=\"_blank\"}`"),
            ("# A\n\n`x`⟦{: title=\"a b\" }\n", "`{: title=\"a b\" }`"),
            ("# A\n\n## B ⟦{ data-toc-label=\"x\" }\n", "`{ data-toc-label=\"x\" }`"),
            ("# A\n\n⟦{ width=200 }\n", "`{ width=200 }`"),
            ("# A\n\nx ⟦{/* comment */} y\n", "`{/* comment */}`"),
            ("# A\n\n⟦{/*comment*/}\n", "`{/*comment*/}`"),
            ("# A\n\n⟦{/* a\nb */}\n", "`{/* a`"),
            ("# A\n\n```⟦{include} file\n```\n", "readers see the directive `{include}` as code"),
            ("# A\n\n```⟦{figure} a.png\n:width: 3\n```\n", "as code"),
            ("# A\n\nSee ⟦{ref}`x`.\n", "`{ref}`x`` as it is written"),
            ("# A\n\n⟦{::comment}\nx\n{:/comment}\n", "`{::comment}`"),
            ("# A\n\n⟦<Card title=\"x\">body</Card>\n", "`<Card title=\"x\">`"),
            ("# A\n\n⟦<MyComp/>\n", "`<MyComp/>`"),
            ("# A\n\n- ⟦<MyComp />\n", "`<MyComp />`"),
            ("# A\n\n> ⟦<Card title=\"x\">\n> y\n", "`<Card title=\"x\">`"),
            ("# A\n\n- ⟦<Tabs>\n  x\n  </Tabs>\n", "`<Tabs>`"),
            ("# A\n\n> ⟦<Steps>x</Steps>\n", "`<Steps>`"),
            ("# A\n\n⟦<Card\n  title=\"x\"\n  other={y}>\n\ntext\n", "`<Card`"),
            ("# A\n\n⟦<MyComp\n  a=\"b\"\n/>\n", "`<MyComp`"),
            ("# A\n\n⟦{code:bash}\nls\n{code}\n", "readers see `{code:bash}`"),
            ("# A\n\n⟦{warning}\nStop.\n{warning}\n", "readers see `{warning}`"),
            ("# A\n\n⟦h2. Steps\n", "readers see `h2. Steps`"),
            ("# A\n\n⟦[NOTE]\n====\nStop.\n====\n", "readers see `[NOTE]`"),
            ("# A\n\n⟦.. note:: Stop\n", "readers see `.. note:: Stop`"),
            ("# A\n\n⟦{{% foo %}}\n", "unknown shortcode `foo`"),
            ("# A\n\n⟦{{% note %}}\n\nx\n", "the shortcode `note` does not end"),
            ("# A\n\n⟦{{< warning >}} x\n", "the shortcode `warning` does not end"),
        ],
    );
    finds_nothing(
        "content/handbook/a.md",
        &[
            "# A\n\nFor {a=1} and {x=2, y=3}, GET /users/{id}`x` and `{a}` {b}.\n",
            "# A\n\n`up`{job} is {a=1} and up{job=\"x\"} too.\n",
            "# A\n\nUse <Hostname>, <Not set> and a <B.\n",
            "# A\n\n```{.python}\nx\n```\n\n``` { #x }\n```\n",
            "# A\n\n{{% note %}}\nx\n{{% /note %}}\n",
            "# A\n\n`{/* x */}` and `` {ref}`x` ``\n",
        ],
    );
}

#[test]
fn elements_may_have_attributes_without_values() {
    let page = |text: &str| Site::new("").write("pages/a.md", text).build().page("pages/a.html").to_owned();
    for text in [
        "<div markdown>\n\n*inner*\n\n</div>\n",
        "<div v-pre>\n\n*inner*\n\n</div>\n",
        "<details markdown>\n<summary>S</summary>\n\n*inner*\n\n</details>\n",
        "<section foo>\n\n*inner*\n\n</section>\n",
        "A <span v-pre>*inner*</span> text.\n",
        "<div foo><div bar>\n\n*inner*\n\n</div></div>\n",
    ] {
        let page = page(text);
        assert!(page.contains("<em>inner</em>"), "{text}\n{page}");
        for tag in ["&lt;div", "&lt;/div", "&lt;details", "&lt;section", "&lt;span"] {
            assert!(!page.contains(tag), "{text}\n{page}");
        }
    }
    for (text, shown) in [
        ("Put `x` into <code here> and go.\n", "&lt;code here&gt;"),
        ("Copy <path to file> away.\n", "&lt;path to file&gt;"),
        ("See <details here> for it.\n", "&lt;details here&gt;"),
        ("<code here> and <code>x</code>\n", "&lt;code here&gt;"),
    ] {
        let page = page(text);
        assert!(page.contains(shown), "{text}\n{page}");
    }
}

#[test]
fn front_matter_that_is_misread_is_found() {
    finds(
        "content/handbook/a.md",
        &[
            ("---\ntags: ⟦a, b, c\n---\n# A\n", "`a, b, c` is one text of `tags`"),
            ("---\ntags: ⟦incident response, p1\n---\n# A\n", "is one text of `tags`"),
            ("---\naliases: ⟦old/path, other/path\n---\n# A\n", "is one text of `aliases`"),
            ("---\nkeywords: ⟦\"5xx, errors\"\n---\n# A\n", "is one text of `keywords`"),
            ("---\ntitle: ⟦!important text\n---\n# A\n", "`!important` is a type of YAML"),
            ("---\ntitle: ⟦&co text\n---\n# A\n", "`&co` is an anchor of YAML"),
            ("---\ntags: [⟦“a, b”, c]\n---\n# A\n", "`“` is no quote of YAML"),
            ("---\ntitle: ⟦“A”\n---\n# A\n", "`“` is no quote of YAML"),
            ("---\ntags:\n- a\n ⟦- b\n---\n# A\n", "this item is part of the text above"),
            ("---\ntags: a\n  ⟦- b\n---\n# A\n", "this item is part of the text above"),
            ("⟦{\n  \"title\": \"A\"\n}\n\n# A\n", "front matter that is read as text"),
            ("⟦---yaml\ntitle: A\n---\n# A\n", "front matter that is read as text"),
            ("⟦----\ntitle: A\n----\n# A\n", "front matter that is read as text"),
            ("---\n⟦title:Foo\n---\n# A\n", "front matter that is read as text"),
            ("---\n⟦title： Foo\nsummary:x\n---\n# A\n", "front matter that is read as text"),
            ("<!-- lint off -->\n⟦---\ntitle: A\n---\n# A\n", "front matter that is read as text"),
            ("# yaml-language-server: x\n⟦---\ntitle: A\n---\n", "front matter that is read as text"),
        ],
    );
    finds_nothing(
        "content/handbook/a.md",
        &[
            "---\nquestions: Why is it slow, and what now?\n---\n# A\n",
            "---\nquestions: Well, how do I know?\n---\n# A\n",
            "---\ntags: [a, b]\nsummary: a, b, c\n---\n# A\n",
            "---\ntitle: “A” and “B”\nsummary: the “a” of b\n---\n# A\n",
            "---\ntags:\n  - a\n  - b\n---\n# A\n",
            "---\nsummary: |\n  - a\n    - b\n---\n# A\n",
            "---\nhead:\n  - - meta\n    - name: x\n---\n# A\n",
            "---\ntitle: !!str 5\n---\n# A\n",
            "# Title\n\n---\ntitle: A\n\n---\n",
            "{ x } is a set\n",
            "---\nhttps://x.example\n---\n",
            "---\nNote: it is text\n---\n# A\n",
            "---\nA line of text.\n---\n",
        ],
    );
    fixes(
        "content/handbook/a.md",
        &[
            ("---\ntags: a, b c, d\n---\n# A\n", "---\ntags: [a, b c, d]\n---\n# A\n"),
            (
                "---\naliases: \"old/x, old/y\"\n---\n# A\n",
                "---\naliases: [\"old/x\", \"old/y\"]\n---\n# A\n",
            ),
            ("---\ntitle: !important text\n---\n# A\n", "---\ntitle: \"!important text\"\n---\n# A\n"),
            ("---\ntags: [“a, b”]\n---\n# A\n", "---\ntags: [\"a, b\"]\n---\n# A\n"),
            ("---\ntags:\n- a\n - b\n---\n# A\n", "---\ntags:\n- a\n- b\n---\n# A\n"),
            ("{\n  \"title\": \"A\"\n}\n\n# A\n", "---\n{\n  \"title\": \"A\"\n}\n---\n\n# A\n"),
            ("---yaml\ntitle: A\n---\n# A\n", "---\ntitle: A\n---\n# A\n"),
            ("---\ntitle:Foo\ntags:[a]\n---\n# A\n", "---\ntitle: Foo\ntags: [a]\n---\n# A\n"),
            ("<!-- x -->\n---\ntitle: A\n---\n# A\n", "---\ntitle: A\n---\n<!-- x -->\n# A\n"),
            ("# x: y\n---\ntitle: A\n---\n", "---\n# x: y\ntitle: A\n---\n"),
        ],
    );
}

#[test]
fn one_cause_is_one_finding() {
    let project = Project::new(SETTINGS);
    let service = "---\nkind: servce\ntier: tier-1\n---\n# Shop\n";
    project.write("content/handbook/shop.md", service);
    project.write("content/runbooks/a.md", "---\nservices: [shop]\n---\n# A\n");
    let lines = project.findings();
    assert!(lines.len() == 1 && lines[0].contains("[unknown-kind]"), "{lines:#?}");
    project.remove("content/handbook/shop.md");
    project.write("content/services/shop.md", "---\nowner: shop\n---\n# Shop\n");
    project.write("content/squads/shop.md", "# Shop\n");
    project.write("content/runbooks/a.md", "---\nservice: [shop]\n---\n# A\n");
    let lines = project.findings();
    assert!(lines.len() == 1 && lines[0].contains("unknown field `service`"), "{lines:#?}");
    project.write("content/runbooks/a.md", "---\nservices: [shop]\n---\n# A\n");
    for (text, message) in [
        ("kind: thing\nfields:\n  a: { type: text, hlep: x }\n", "unknown field `hlep`"),
        (
            "kind: thing\nfields:\n  a: { type: choice, choises: [a, b], help: x }\n",
            "unknown field `choises`",
        ),
        ("kind: thing\nfields:\n  a: { tpye: choice, choices: [a, b], help: x }\n", "unknown field `tpye`"),
        (
            "kind: thing\nfields:\n  a: { type: object, feilds: { b: { help: x } }, help: x }\n",
            "unknown field `feilds`",
        ),
        ("kind: thing\nexpect:\n  - { feild: title, because: x }\n", "unknown field `feild`"),
    ] {
        project.write("kinds/thing.md", &format!("---\n{text}---\n"));
        let lines = project.findings();
        assert!(lines.len() == 1 && lines[0].contains(message), "{text}\n{lines:#?}");
    }
    project.remove("kinds/thing.md");
    let settings = project.read("sdkb.yml");
    project.write("sdkb.yml", &format!("{settings}collections: [{{ paht: 'handbook/**', kind: page }}]\n"));
    let lines = project.findings();
    assert!(lines.len() == 1 && lines[0].contains("unknown field `paht`"), "{lines:#?}");
}

#[test]
fn front_matter_that_is_read_as_text_breaks_no_other_rule() {
    let project = Project::new(SETTINGS);
    for text in [
        "---yaml\nowner: web\n---\n# A\n",
        "----\nowner: web\n----\n# A\n",
        "---\nowner:web\n---\n# A\n",
        "\n---\nowner: web\n---\n# A\n",
    ] {
        // A service has fields that are required.
        project.write("content/services/a.md", text);
        let findings = project.findings();
        assert!(matches!(&findings[..], [one] if one.contains("read as text")), "{text}\n{findings:#?}");
    }
}
