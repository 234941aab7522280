use proptest::prelude::*;

use super::*;
use crate::model::Link;

/// Every link as `form target`, after checking that its span is its destination or what stands for it.
fn links(text: &str) -> String {
    let body = scan(text, 0);
    let show = |link: &Link| format!("{:?} {} @{}", link.form, link.target, &text[link.span.range()]);
    body.links.iter().map(show).collect::<Vec<_>>().join("; ")
}

#[test]
fn the_span_of_a_link_is_its_destination() {
    for (text, expected) in [
        ("[a](x.md)", "Link x.md @x.md"),
        ("é [a]( <b c.md> \"t (x)\") é", "Link b c.md @b c.md"),
        ("[a](x\\_y.md) [b](a&amp;b)", "Link x_y.md @x\\_y.md; Link a&b @a&amp;b"),
        ("[a \\] `]` <b title=\"]\"> &#93;](x(y).md)", "Link x(y).md @x(y).md"),
        ("[ ](x) []()", "Link x @x; Link  @"),
        ("[a\nb\\\n](x)", "Link x @x"),
        ("![a [b](c)](d)", "Image d @d"),
        ("[![a](b)](c)", "Link c @c; Image b @b"),
        ("> > [a](\n> > x.md)", "Link x.md @x.md"),
        ("- [a](x)\r\n- [b](y)\r\n", "Link x @x; Link y @y"),
        (
            "[a][B c] [b  C][] [b c]\n\n[B C]: <x y.md> 't'",
            "Link x y.md @x y.md; Link x y.md @x y.md; Link x y.md @x y.md",
        ),
        ("> [a]\n>\n> [a]:\n> x.md", "Link x.md @x.md"),
        ("![a][b]\n\n[b]: b.png", "Image b.png @b.png"),
        ("[a][missing] [b]", ""),
        (
            "<https://a.org/x> <a@b.org>",
            "Link https://a.org/x @https://a.org/x; Link mailto:a@b.org @a@b.org",
        ),
        ("| a |\n|---|\n| [x](y\\|z) |", "Link y|z @y\\|z"),
        ("`[a](b)` \\[a](b)", ""),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn bare_addresses_are_links_where_they_are_text() {
    for (text, expected) in [
        ("see https://a.org/x_y_z.", "Link https://a.org/x_y_z @https://a.org/x_y_z"),
        ("é www.a.org", "Link http://www.a.org @www.a.org"),
        ("https://a.org/?a=1&amp;b=2 c", "Link https://a.org/?a=1&b=2 @https://a.org/?a=1&amp;b=2"),
        ("[https://a.org](b) ![https://a.org](c)", "Link b @b; Image c @c"),
        ("<a href=b>https://a.org</a> https://b.org", "HtmlLink b @b; Link https://b.org @https://b.org"),
        ("`https://a.org`\n\n    https://a.org\n\n```\nhttps://a.org\n```", ""),
        ("# https://a.org/**b**", "Link https://a.org/**b @https://a.org/**b"),
        ("https://<host>/x", ""),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn wiki_links_are_told_from_shell() {
    for (text, expected) in [
        ("é [[a]] [[k/b|text]] [[c#d]]", "Wiki a @a; Wiki k/b @k/b; Wiki c#d @c#d"),
        ("| a |\n|---|\n| [[b\\|c]] |", "Wiki b @b"),
        ("![[a.png]]", "Image a.png @a.png"),
        ("[[ -f x ]] [[ \"$a\" == b ]] [[:alpha:]] [[$x|y]]", ""),
        ("[[1]](http://a.org)", "Link http://a.org @http://a.org"),
        ("`[[a]]`", ""),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn raw_html_has_links_and_anchors() {
    for (text, expected) in [
        ("<p>\n<a href=\"é&amp;x.md\">a</a>\n</p>", "HtmlLink é&x.md @é&amp;x.md"),
        ("> <p>\n> <img alt=\"\n> é\" src='a b.png'>\n> </p>", "HtmlImage a b.png @a b.png"),
        ("a <img src=x.png> <video src=v.mp4>", "HtmlImage x.png @x.png; HtmlImage v.mp4 @v.mp4"),
        ("<!-- <a href=x> --> a <!-- <a href=y> -->", ""),
        ("<script src=x></script>\n<link href=y>", ""),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
    let body = scan("<a name=\"top\"></a> <b id=x>\n\n<div id='é'>\n\n<meta name=y>", 0);
    assert_eq!(body.anchors, ["top", "x", "é"]);
}

#[test]
fn links_in_other_dialects_are_found_where_they_are() {
    for (text, expected) in [
        ("!!! note \"[t](t.md)\"\n    é [a](b.md)\n", "Link t.md @t.md; Link b.md @b.md"),
        ("!!! note\r\n\tis\r\n\thttps://a.org\r\n", "Link https://a.org @https://a.org"),
        ("[a]({{< relref \"é.md#b\" >}} \"t\")", "Link é.md#b @é.md#b"),
        ("=== \"A\"\n    <img src=x.png>\n", "HtmlImage x.png @x.png"),
        ("{{< hint >}}[a][b]{{< /hint >}}\n\n[b]: c.md", "Link c.md @c.md"),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let text = "---\ntitle: é\n---\n# T\n\n[a](b) {{< x >}}\n";
    let body = scan(text, text.find("# T").unwrap());
    assert_eq!(&text[body.links[0].span.range()], "b");
    assert_eq!(&text[body.shortcodes[0].span.range()], "{{< x >}}");
    assert_eq!(&text[body.headings[0].span.range()], "# T\n");
    let empty = Body { sections: vec![crate::model::Section::default()], ..Body::default() };
    assert_eq!(scan(text, 1_000), empty);
}

#[test]
fn anchors_have_the_short_codes_of_emoji() {
    let body = scan("## :rocket: Launch\n\n## Done :+1:\n", 0);
    let headings: Vec<_> = body.headings.iter().map(|it| (it.text.as_str(), it.slug.as_str())).collect();
    assert_eq!(headings, [("🚀 Launch", "rocket-launch"), ("Done 👍", "done-1")]);
}

#[test]
fn headings_have_levels_texts_and_anchors() {
    let text = "# A `b` *c* & [d](e)\n\n## X\n\nX\n---\n### Y {#own .z}\n#### GET /users/{id}\n##### ![alt](x) é\n\
                ###### Z {: #z2 }\n";
    let headings: Vec<_> =
        scan(text, 0).headings.iter().map(|it| format!("{} {} #{}", it.level, it.text, it.slug)).collect();
    let expected = [
        "1 A b c & d #a-b-c--d",
        "2 X #x",
        "2 X #x-1",
        "3 Y #own",
        "4 GET /users/{id} #get-usersid",
        "5 é #é",
        "6 Z #z2",
    ];
    assert_eq!(headings, expected);
}

#[test]
fn the_title_is_a_first_heading_of_level_one() {
    for (text, expected) in [
        ("# A *b*\n\ntext", Some("A b")),
        ("<!-- c -->\n\nA\n===\n", Some("A")),
        ("text\n\n# A", Some("A")),
        ("## A\n\n# B", None),
        ("", None),
    ] {
        assert_eq!(scan(text, 0).title.as_deref(), expected, "{text}");
    }
}

#[test]
fn the_summary_is_the_first_paragraph_that_says_something() {
    let long = "word ".repeat(100);
    for (text, expected) in [
        ("# A\n\n[![b](c)](d) ![e](f)\n\nSome **bold**\ntext.\n\nMore.", "Some bold text."),
        ("> quote\n\n- item\n\n| a |\n|---|\n\n```\ncode\n```\n\n{{< toc >}}\n\nText `x`", "Text x"),
        ("---\n\n42\n\né", "é"),
    ] {
        assert_eq!(scan(text, 0).summary.as_deref(), Some(expected), "{text}");
    }
    assert_eq!(scan("# A\n\n- b", 0).summary, None);
    let summary = scan(&long, 0).summary.unwrap();
    assert!(summary.ends_with("word…") && summary.chars().count() <= 201, "{summary}");
    assert_eq!(scan(&"é".repeat(1_000), 0).summary.unwrap().chars().count(), 200);
}

#[test]
fn long_runs_of_marks_are_read_in_linear_time() {
    #[rustfmt::skip]
    let pieces = [
        "[", "*", "!!! ", "!!! note\n", "{{<", "{{< hint >}}\n", ":::note\n", "<a href=", "> ", ">", "[[", "![", "`",
        "[a](", "<!--", "[^1]", "[[a]](b)", "`a`[", "https://", "www.a.", "# a\n", "- ", "|", "_a", "<div>\n\n",
        "==x ", "==x== ", "[a]({{ ", "{/*", ":key ", ":key: ", "<Aa> ", "<Tabs>", "<TabItem value='a'>", "%%", "(a)=\n",
        "{: #a }\n", ":name: a\n", "a\n: b\n",
        "$", "$$", "$a ", "$$\n", "$$a\n", "$a$ ", "$$a\n\n", "$`a`$", "$[a](b)$", "[a]: b\n[a]: c\n", "> [a]:\n", "*a\n[a]: b\n",
        "```a title=\"\n```\n", "```title=x title=\n",
    ];
    for piece in pieces {
        // A quadratic reading would take minutes.
        scan(&piece.repeat(100_000 / piece.len()), 0);
    }
}

/// Text of pieces that mean something to the parser, alone or together.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let pieces = prop::sample::select(vec![
        "[a](b.md)", "[a][b]", "[b]: c.md", "![a](b)", "[[a]]", "[[a|b]]", "[[ a ]]", "<https://a.org>",
        "https://a.org/x", "www.a.org", "<a href=x>", "</a>", "<img src='y'>", "<div>", "</div>", "<!-- c -->",
        "<p", "`", "```", "*", "**", "~~", "[^1]", "[^1]: ", "# ", "## a {#b}", "- ", "1. ", "- [ ] ", "> ",
        "> [!NOTE]\n", "| a | b |\n|---|--:|\n", "|", "!!! note \"t\"", "=== \"a\"", ":::note", ":::",
        "{{< ref \"x\" >}}", "{{< hint >}}", "{{< /hint >}}", "{{< x >}}", "[[1]](c)", "&amp;", "\\", "    ", "\t",
        "$", "$$", "$a_b$", "$$\n", "\n", "\n\n", "\r\n", "é", "a", " ", "(", ")", "]", "[", "!", "\"", "\u{0}",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn any_text_can_be_read_and_every_span_lies_in_it(text in markdown(), start in 0..40_usize) {
        let start = (0..=start.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let body = scan(&text, start);
        let links = body.links.iter().map(|link| link.span);
        let headings = body.headings.iter().map(|heading| heading.span);
        let shortcodes = body.shortcodes.iter().map(|shortcode| shortcode.span);
        for span in links.chain(headings).chain(shortcodes) {
            prop_assert!(span.range().start >= start && text.get(span.range()).is_some());
        }
    }
}
