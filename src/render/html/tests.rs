use proptest::prelude::*;

use super::*;
use crate::model::event::EventRole;
use crate::parse::markdown::scan;
use crate::text::escape;

/// What a test's links lead to: what they say, unless they say `broken`.
fn targets(body: &Body) -> Vec<Target> {
    let target = |target: &str| Target {
        href: (!target.contains("broken")).then(|| target.to_string()),
        text: Some(format!("Title of {target}")),
        note: Some("no such \"file\"".into()),
        external: target.contains("://"),
        is_page: false,
        is_download: target.ends_with(".pdf"),
    };
    body.links.iter().map(|link| target(&link.target)).collect()
}

fn plain(language: &str, code: &str) -> String {
    let mut out = format!("{language}:");
    escape::text(code, &mut out);
    out
}

fn render(text: &str) -> String {
    let body = scan(text, 0);
    super::body(text, 0, &body, false, &targets(&body), &plain)
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(render(text).trim_end(), *expected, "{text}");
    }
}

const BACK: &str = "class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back to the text\">↩</a>";

#[test]
fn blocks_are_written_as_html() {
    check(&[
        (
            "a & *b* **c** ~~d~~ `<e>`\nf  \ng",
            "<p>a &amp; <em>b</em> <strong>c</strong> <del>d</del> <code>&lt;e&gt;</code>\nf<br>\ng</p>",
        ),
        ("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>"),
        (
            "Lag\n: behind\n\nLead\n: ahead\n",
            "<dl>\n<dt>Lag</dt>\n<dd>behind</dd>\n<dt>Lead</dt>\n<dd>ahead</dd>\n</dl>",
        ),
        (
            "Is $a_b*c*$ `$d`, $`e`$ or $5 and $10?",
            "<p>Is <code class=\"math\">$a_b*c*$</code> <code>$d</code>, <code class=\"math\">$`e`$</code> or $5 and $10?</p>",
        ),
        ("$a$ <b>c</b>", "<p><code class=\"math\">$a$</code> <b>c</b></p>"),
        ("a :rocket: `:rocket:` ==b==", "<p>a 🚀 <code>:rocket:</code> <mark>b</mark></p>"),
        ("> a\n***", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>"),
        (
            "- [ ] a\n- [x] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"Open\"> a</li>\n<li class=\"task\">\
             <input type=\"checkbox\" disabled checked aria-label=\"Done\"> b</li>\n</ul>",
        ),
        (
            "|a|b|\n|:-|-:|\n|`c\\|d`|e|",
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n<thead><tr><th class=\"left\">a</th>\
             <th class=\"right\">b</th></tr></thead>\n<tbody><tr><td class=\"left\"><code>c|d</code></td><td class=\"right\">e</td>\
             </tr>\n</tbody></table></div>",
        ),
    ]);
}

#[test]
fn headings_have_anchors_and_start_below_the_title() {
    let anchor =
        |id: &str| format!(" <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a>");
    let expected = format!(
        "<h2 id=\"a\">A{}</h2>\n<h2 id=\"b\">B{}</h2>\n<h3 id=\"b-1\">B{}</h3>",
        anchor("a"),
        anchor("b"),
        anchor("b-1")
    );
    check(&[("# A\n## B\n### B", &expected)]);
    let text = "<!-- x -->\n# A [x](y)\n\n[b](c)\n## D\n";
    let body = scan(text, 0);
    let html = super::body(text, 0, &body, true, &targets(&body), &plain);
    assert_eq!(html, format!("<p><a href=\"c\">b</a></p>\n<h2 id=\"d\">D{}</h2>\n", anchor("d")));
}

#[test]
fn code_is_a_figure_with_its_language() {
    check(&[
        (
            "```Bash title=\"x & y\"\na < b\n\nc\n```",
            "<figure class=\"code\" data-lang=\"Bash\" data-shell=\"\"><figcaption>Bash <span class=\"code-title\">x &amp; y</span></figcaption><pre tabindex=\"0\"><code>Bash:a &lt; b\n\nc\n\
             </code></pre></figure>",
        ),
        (
            "```title=x\na\n```",
            "<figure class=\"code\"><figcaption> <span class=\"code-title\">x</span></figcaption><pre tabindex=\"0\"><code>:a\n</code></pre></figure>",
        ),
        ("    a", "<figure class=\"code\"><pre tabindex=\"0\"><code>:a</code></pre></figure>"),
        (
            "```{.\"><b}\n```",
            "<figure class=\"code\" data-lang=\"&quot;&gt;&lt;b\"><figcaption>\"&gt;&lt;b</figcaption><pre tabindex=\"0\"><code>\"><b:</code></pre></figure>",
        ),
    ]);
}

#[test]
fn callouts_have_a_title() {
    check(&[
        (
            "> [!WARNING]\n> **a**",
            "<aside class=\"callout callout-warning\" role=\"note\">\n<p class=\"callout-title\">Warning</p>\n\
             <p><strong>a</strong></p>\n</aside>",
        ),
        (
            "!!! danger \"Mind `this`\"\n    - a\n",
            "<aside class=\"callout callout-caution\" role=\"note\">\n<p class=\"callout-title\">Mind <code>this</code></p>\n\
             <ul>\n<li>a</li>\n</ul>\n</aside>",
        ),
        (
            "{{< hint tip >}}a{{< /hint >}}",
            "<aside class=\"callout callout-tip\" role=\"note\">\n<p class=\"callout-title\">Tip</p>\n<p>a</p>\n</aside>",
        ),
        (
            "- a\n\n    !!! note\n        b",
            "<ul>\n<li><p>a</p>\n<aside class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n\
             <p>b</p>\n</aside>\n</li>\n</ul>",
        ),
    ]);
}

#[test]
fn links_lead_to_their_targets() {
    check(&[
        ("[a *b*](c \"d\")", "<p><a href=\"c\" title=\"d\">a <em>b</em></a></p>"),
        (
            "<https://a.org/?b&c>",
            "<p><a href=\"https://a.org/?b&amp;c\" rel=\"noopener external\">https://a.org/?b&amp;c</a></p>",
        ),
        ("[a](broken)", "<p><span class=\"broken\" title=\"no such &quot;file&quot;\">a</span></p>"),
        (
            "[[a]] [[b|c *d*]] [[broken]]",
            "<p><a href=\"a\">Title of a</a> <a href=\"b\">c <em>d</em></a> \
             <span class=\"broken\" title=\"no such &quot;file&quot;\">Title of broken</span></p>",
        ),
        ("![a *b* [c](d)](e 'f')", "<p><img src=\"e\" alt=\"a b c\" title=\"f\" loading=\"lazy\"></p>"),
        (
            "![](broken) ![a](broken)",
            "<p><span class=\"broken\" title=\"no such &quot;file&quot;\">broken</span> \
             <span class=\"broken\" title=\"no such &quot;file&quot;\">a</span></p>",
        ),
        ("[![a](b)](c)", "<p><a href=\"c\"><img src=\"b\" alt=\"a\" loading=\"lazy\"></a></p>"),
        ("[[1]](c) [[ -f x ]]", "<p><a href=\"c\">[1]</a> [[ -f x ]]</p>"),
    ]);
    // The caller gave too few targets: no link is better than a wrong one.
    let text = "[a](b)";
    assert_eq!(
        super::body(text, 0, &scan(text, 0), false, &[], &plain),
        "<p><span class=\"broken\">a</span></p>\n"
    );
}

#[test]
fn raw_html_is_sanitised_with_its_links_replaced() {
    check(&[
        ("a <kbd>b</kbd> <pod-name> <!-- c -->", "<p>a <kbd>b</kbd> &lt;pod-name&gt; </p>"),
        (
            "<a href=b&amp;c>d</a> <a href='https://e.org'>f</a>",
            "<p><a href=\"b&amp;c\">d</a> <a href=\"https://e.org\" rel=\"noopener external\">f</a></p>",
        ),
        (
            "<p>\n<img src=\"broken\" alt=\"a\">\n</p>",
            "<p>\n<img class=\"broken\" title=\"no such &quot;file&quot;\" alt=\"a\">\n</p>",
        ),
        (
            "<details>\n<summary>a</summary>\n\n**b**\n\n</details>",
            "<details>\n<summary>a</summary>\n<p><strong>b</strong></p>\n</details>",
        ),
        ("a<script>alert(1)</script><b onclick=x style=y>c</b>", "<p>a<b>c</b></p>"),
        ("<!-- a -->\n\n<!-- b\n\nc -->\nd", "<p>d</p>"),
    ]);
}

#[test]
fn what_is_written_survives_sanitising() {
    let text = "# A\n\n- [x] a[^1]\n\n```sh\nb\n```\n\n|a|\n|:-:|\n|b|\n\n> [!TIP]\n> c\n\n[d](https://e.org) ![f](g) [h](broken)\n\n[^1]: i\n";
    let plain = render(text);
    let sanitised = render(&format!("{text}\n<br>\n"));
    let normal = |html: &str| {
        // Attributes come in another order, and booleans with a value.
        let mut words: Vec<_> = html
            .replace(['<', '>'], " ")
            .replace("=\"\"", "")
            .split_whitespace()
            .map(str::to_string)
            .collect();
        words.retain(|word| word != "br");
        words.sort();
        words
    };
    assert_eq!(normal(&plain), normal(&sanitised));
}

#[test]
fn footnotes_stand_at_the_end_and_lead_back() {
    check(&[(
        "a[^x] b[^x]\n\n[^x]: c [d](e)\n[^unused]: f\n\ng[^missing]",
        &format!(
            "<p>a<sup class=\"footnote\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> b<sup class=\"footnote\">\
             <a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup></p>\n<p>g[^missing]</p>\n\
             <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\"><p>c <a href=\"e\">d</a> <a {BACK} <a {}</p></li>\n\
             </ol>\n</section>",
            BACK.replace("fnref-1", "fnref-1-2")
        ),
    )]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn any_text_is_rendered_with_all_its_links_and_without_style(text in crate::parse::markdown::tests::markdown(), drop in any::<bool>()) {
        let body = scan(&text, 0);
        let rewritten = crate::parse::gfm(&text);
        let numbers: Vec<_> = events(&rewritten, 0)
            .nodes
            .iter()
            .flat_map(|node| match &node.role {
                EventRole::Link(link) => vec![*link],
                EventRole::Html(links) => links.iter().map(|link| link.link).collect(),
                _ => Vec::new(),
            })
            .collect();
        prop_assert_eq!(numbers, (0..body.links.len()).collect::<Vec<_>>());
        let html = super::body(&text, 0, &body, drop, &targets(&body), &plain);
        prop_assert!(!html.contains("<script") && !html.contains("style="));
    }
}

#[test]
fn destructive_commands_are_marked() {
    for (info, expected) in [
        (
            "sh",
            r#" data-destructive="rm -rf"><figcaption>sh <strong class="danger">Destructive: rm -rf</strong></figcaption>"#,
        ),
        ("sh harmless", "><figcaption>sh</figcaption>"),
        ("{.sh .harmless}", "><figcaption>sh</figcaption>"),
        ("text", "><figcaption>text</figcaption>"),
        (
            "text destructive",
            r#" data-destructive=""><figcaption>text <strong class="danger">Destructive</strong></figcaption>"#,
        ),
    ] {
        let html = render(&format!("```{info}\nrm -rf x\n```"));
        assert!(html.contains(expected), "{info}\n{html}");
    }
    let beside_html = render("<b>x</b>\n\n```sh\nrm -rf x\n```");
    assert!(beside_html.contains(r#"data-destructive="rm -rf""#), "{beside_html}");
}

#[test]
fn a_command_comes_with_what_is_said_right_before_it() {
    for (text, expected) in [
        ("a\n\nb `c`:\n\n```sh\nd\n```\n\ne", "<p>b <code>c</code>:</p>\n<figure"),
        ("1. a\n\n   ```sh\n   d\n   ```\n2. b", "<p>a</p>\n<figure"),
        ("- a\n  - b [c](x.md)\n    ```sh\n    d\n    ```\n    e\n- f", "b <a href=\"x.md\">c</a><figure"),
        ("# T\n```sh\nd\n```\na", "<figure"),
        ("a\n- b\n\n```sh\nd\n```", "<figure"),
        ("a[^n]\n\n```sh\nd\n```\n\n[^n]: b", "<figure"),
    ] {
        let body = scan(text, 0);
        let html = first_command(&body, &targets(&body), &plain);
        assert!(html.starts_with(expected), "{text}\n{html}");
        assert!(html.ends_with("</figure>\n") && html.matches("<figure").count() == 1, "{text}\n{html}");
    }
}

#[test]
fn tabs_that_follow_each_other_are_one_group() {
    check(&[
        (
            "## A\n\n=== \"B `c`\"\n    d\n=== \"E\"\n    f\n\ng\n",
            "<h2 id=\"a\">A <a class=\"anchor\" href=\"#a\" aria-label=\"Link to this section\">#</a></h2>\n<div class=\"tabs\">\n\
             <section class=\"tab\">\n<h3 class=\"tab-title\">B <code>c</code></h3>\n<p>d</p>\n</section>\n<section class=\"tab\">\n\
             <h3 class=\"tab-title\">E</h3>\n<p>f</p>\n</section>\n</div>\n<p>g</p>",
        ),
        (
            "<TabItem label=\"a\">\n\n=== \"b\"\n    > c\n\n</TabItem>\n",
            "<div class=\"tabs\">\n<section class=\"tab\">\n<h3 class=\"tab-title\">a</h3>\n<div class=\"tabs\">\n<section class=\"tab\">\n\
             <h4 class=\"tab-title\">b</h4>\n<blockquote>\n<p>c</p>\n</blockquote>\n</section>\n</div>\n</section>\n</div>",
        ),
    ]);
}

#[test]
fn footnotes_lead_back_to_what_is_on_the_page() {
    for text in ["[^a]: see[^b]\n\n[^b]: x", "c[^a]\n\n[^a]: x\n\n[^a]: y[^a]", "a[^a]\n\n[^a]: b[^a]"] {
        let html = render(text);
        let mut links = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        assert!(links.all(|anchor| html.contains(&format!(" id=\"{anchor}\""))), "{text}\n{html}");
    }
    assert_eq!(render("a[^a]\n\n[^a]: b[^a]").matches("footnote-back").count(), 2);
    assert!(!render("[^a]: see[^b]\n\n[^b]: x").contains("footnote-back"));
}
