//! No visible word of a document is lost, on its page and in the index of the search.

use ammonia::Builder;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Event, Options, Parser, html};
use sdkb::parse;
use sdkb::search::sections::{Section, sections};

use crate::site::Site;

/// The words that a browser shows of HTML.
pub(crate) fn words(html: &str) -> Vec<String> {
    // Elements that are blocks part words, and others do not.
    let parted = html.replace("<", " \u{1}<").replace(">", ">\u{1} ");
    let text = Builder::empty().clean(&parted).to_string();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    let is_word = |part: &str| part.chars().any(char::is_alphanumeric);
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| is_word(part));
    parts.map(str::to_owned).collect()
}

/// The words of the reference reading: GitHub's markdown, with the tags that GitHub disallows as text.
fn reference(markdown: &str) -> Vec<String> {
    words(&reference_html(markdown))
}

pub(crate) fn reference_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        Event::Html(html) => Event::Html(allowed(&html).into()),
        Event::InlineHtml(html) => Event::InlineHtml(allowed(&html).into()),
        other => other,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// <https://github.github.com/gfm/#disallowed-raw-html-extension->
fn allowed(html: &str) -> String {
    const DISALLOWED: [&str; 11] = [
        "title",
        "textarea",
        "style",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "script",
        "plaintext",
        // Not there, but what is in them is not shown.
        "noscript",
        "template",
    ];
    let mut out = String::new();
    for (at, part) in html.split('<').enumerate() {
        let name = part.trim_start_matches('/').to_ascii_lowercase();
        let is_disallowed = DISALLOWED.iter().any(|tag| {
            name.strip_prefix(tag).is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '/', '>']))
        });
        if at > 0 {
            out.push_str(if is_disallowed { "&lt;" } else { "<" });
        }
        out.push_str(part);
    }
    out
}

/// The first word of `wanted` that is not in `found`, in that order. What touches may be one word or several.
fn lost<'a>(wanted: &'a [String], found: &[String]) -> Option<&'a String> {
    let found = found.concat();
    let mut rest = found.as_str();
    let lost = wanted.iter().find(|word| match rest.split_once(word.as_str()) {
        Some((_, after)) => {
            rest = after;
            false
        }
        None => true,
    })?;
    // Browsers put what is misplaced in a table before it: then there are at least as many of each word.
    let is_there = |word: &String| {
        found.matches(word.as_str()).count() >= wanted.iter().filter(|other| *other == word).count()
    };
    (!wanted.iter().all(is_there)).then_some(lost)
}

fn page(markdown: &str) -> Vec<String> {
    let built = Site::new("").write("pages/a.md", markdown).build();
    words(main_part(built.page("pages/a.html")))
}

pub(crate) fn main_part(page: &str) -> &str {
    let (_, page) = page.split_once("<main").expect("a page has a main part");
    page.split_once("</main>").expect("which ends").0
}

/// The words of the headings and texts of the index.
pub(crate) fn index(markdown: &str) -> Vec<String> {
    words(&index_text(markdown).replace('&', "&amp;").replace('<', "&lt;"))
}

fn index_text(markdown: &str) -> String {
    let mut site = Site::new("").write("pages/a.md", markdown);
    let analysis = site.analyze();
    let document = &analysis.base.graph.documents.raw[0];
    let title = document.title.clone();
    let sections = sections(document);
    let heading = |section: &Section<'_>| section.heading.map_or("", |it| &it.text).to_owned();
    let texts = sections.map(|section| format!("{} {}", heading(&section), section.text()));
    std::iter::once(title).chain(texts).collect::<Vec<_>>().join(" ")
}

#[test]
fn text_in_angle_brackets_is_text() {
    for text in [
        "Run <script name> on the primary.\n\n## Mitigation\n\nPromote the replica.",
        "<script name>\n\n## Mitigation\n\nPromote the replica.",
        "- <hostname>\n- <not set>\n- <title>\n- <textarea> more\n\nafter",
        "Copy <path to file> to <image name>, <line number> of <g>, <text>, <mi> and <desc here>.",
        "| a | b |\n|---|---|\n| <style> | <not set> |\n| <iframe> | <xmp> x |\n\nafter",
        "# The <title> of <script>\n\nafter",
        "<style>\n\nafter",
        "<noscript>\nin\n\nafter",
        "<plaintext>\n\n## after",
        "<title>of it</title> after",
        "<textarea>of it</textarea>\n\nafter",
        "<template>in it</template> after",
        "<select><option>a<option>b</select> after",
        "Enter the <code> from the <source>, in <time>, then <input>.",
        "<details>\n<summary>What <script name> does</summary>\n\nafter <details here>\n\n</details>",
        "<div>Run <script name> now</div>\n\nafter",
        "<table><tr><td><not set></td></tr></table>\n\nafter",
        "> <hostname>\n> - <script x>\n>   in\n\nafter",
        "<!DOCTYPE thing>\n\n<?php echo ?> after <![CDATA[data]]> end",
        "</script> </not> after",
        "<div class=\"never closed\n\nafter",
        "<svg viewBox='0 0 1 1'><path d='M0'/><text>Drawn</text></svg> after",
        "<math><script name> in <title> it</math> after",
        "<not <b>set</b>> after <b>bold</b>",
        "a <b c <d> e",
        "<Card.Item name=x>\n\nafter\n\n</Card.Item>",
        "&lt;script&gt; `<script>` after\n\n```\n<script>\n```\n\n    <style>\n\nend",
        "[<script x>](https://a.example) *<style>* after",
    ] {
        let wanted = reference_of_text(text);
        assert_eq!(lost(&wanted, &page(text)), None, "page of {text}\n{:?}", page(text));
        assert_eq!(lost(&wanted, &index(text)), None, "index of {text}\n{:?}", index(text));
    }
}

/// All words of a text of which every letter is meant to be seen, but for HTML.
fn reference_of_text(text: &str) -> Vec<String> {
    const HTML: [&str; 18] = [
        "<b>",
        "</b>",
        "<math>",
        "</math>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<div>",
        "</div>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<svg viewBox='0 0 1 1'><path d='M0'/><text>",
        "</text></svg>",
        "<select><option>",
        "<option>",
        "</select>",
        "https://a.example",
    ];
    let text = HTML.iter().fold(text.to_owned(), |text, html| text.replace(html, " "));
    words(&text.replace("&lt;", "<").replace("&gt;", ">").replace('&', "&amp;").replace('<', "&lt;"))
}

fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "\n",
        "\n",
        "\n\n",
        " ",
        "one ",
        "two",
        "- ",
        "> ",
        "# ",
        "* ",
        "    ",
        "| a | b |\n|---|---|\n| c | d |\n",
        "```\n",
        "`",
        "*",
        "**",
        "~~",
        "[x](#)",
        "[^1]",
        ": ",
        "\n: ",
        "==",
        "$",
        "$$",
        "$$\n",
        "$x_1$",
        "$`a`$",
        "\\",
        "%%",
        "&lt;",
        "&",
        "<",
        ">",
        "</",
        "/>",
        "\"",
        "'",
        "=",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<td>",
        "<table>",
        "</table>",
        "<tr>",
        "<p>",
        "<li>",
        "<details>",
        "</details>",
        "<script",
        "<script name>",
        "<style x",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<iframe>",
        "<xmp>",
        "<noscript>",
        "<plaintext>",
        "<not set>",
        "<path to file>",
        "<hostname>",
        "<svg>",
        "</svg>",
        "<math>",
        "<g>",
        "<mi>",
        "<foreignObject>",
        "<select>",
        "</select>",
        "<option>",
        "<template>",
        "<a href=\"x\">",
        "</a>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<img alt=x>",
        "<!-- c -->",
        "<?php",
        "?>",
        "<!X>",
        "<frameset>",
        "<body>",
        "<button>",
        "<form>",
        "<h2>",
        "</h2>",
        "<video>",
        "<object>",
        "<caption>",
        "<col>",
        "<ruby>",
        "<rt>",
        "é漢",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(16), ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_any_markdown_is_lost(text in pieces()) {
        // A title is needed: without one, the first heading is it, and stands elsewhere.
        let markdown = format!("# T\n\n{text}");
        let wanted = reference(&markdown);
        let page = page(&markdown);
        prop_assert_eq!(lost(&wanted, &page), None, "{:?}\nis {:?}\nwithout {:?}", markdown, page, wanted);
        let index = index(&markdown);
        prop_assert_eq!(lost(&wanted, &index), None, "{:?}\nis {:?}\nwithout {:?}", markdown, index, wanted);
    }
}

#[test]
fn formulas_are_shown_as_they_are_written() {
    for formula in [
        "$x_1 + y_2$",
        "$\\frac{a_1}{b_2} * \\{c * d\\}$",
        "$$\\sum_{i=0}^n a_i \\\\ b*c*$$",
        "$`a_b * c_d`$",
        "$a \\$ b_c_$",
    ] {
        for around in [
            "Let F be.",
            "# The F of it",
            "- F\n- x",
            "> F",
            "| a |\n|---|\n| F |",
            "*of* F.",
            "[F](a.md)",
            "a[^1]\n\n[^1]: F",
        ] {
            let markdown = format!("# T\n\n{}\n", around.replace('F', formula));
            let built = Site::new("").write("pages/a.md", markdown.as_str()).build();
            let page = built.page("pages/a.html");
            assert!(page.contains(&format!("<code class=\"math\">{formula}</code>")), "{markdown}\n{page}");
            let index = index_text(&markdown);
            assert!(index.contains(formula), "{markdown}\n{index}");
        }
    }
    for (block, shown) in [
        ("$$\na_1 * b\n- c_1\n= d\n$$\n", "a_1 * b\n- c_1\n= d\n"),
        ("$$ a_1 * b\n+ c_1 * d $$\n", " a_1 * b\n+ c_1 * d \n"),
        ("```math\na_1 * b\n```\n", "a_1 * b\n"),
        ("$$\n\\\\ a &= b\n## no heading\n$$\n", "\\\\ a &amp;= b\n## no heading\n"),
    ] {
        let quoted = |text: &str| text.lines().map(|line| format!("> {line}\n")).collect::<String>();
        let indented = |text: &str| {
            format!("- x\n{}", text.lines().map(|line| format!("  {line}\n")).collect::<String>())
        };
        let callout = |text: &str| {
            format!("!!! note\n{}", text.lines().map(|line| format!("    {line}\n")).collect::<String>())
        };
        for markdown in
            [block.to_owned(), format!("text\n{block}text"), quoted(block), indented(block), callout(block)]
        {
            // In a quotation, what follows the first sign on its line is read as text.
            if markdown.starts_with("> $$ ") {
                continue;
            }
            let built = Site::new("").write("pages/a.md", format!("# T\n\n{markdown}\n")).build();
            let page = built.page("pages/a.html");
            assert!(page.contains(&format!("<code>{shown}</code>")), "{markdown}\n{page}");
        }
    }
    for text in [
        "costs $5 and $10",
        "$HOME/$USER and $PATH:$HOME",
        "${A}_x_${B} $(a) or $(b)",
        "$$ alone, or\n\n$$ twice",
    ] {
        Site::new("").write("pages/a.md", text).build().lacks("pages/a.html", "class=\"math\"");
    }
}

#[test]
fn titles_of_code_are_on_the_page_and_in_the_index() {
    for info in [
        "yaml title=\"deploy.yml\"",
        "{.yaml name=deploy.yml}",
        "yaml {filename='deploy.yml'}",
        "yaml [deploy.yml]",
        "title=deploy.yml",
    ] {
        let markdown = format!("# T\n\n```{info}\na: 1\n```\n");
        Site::new("")
            .write("pages/a.md", markdown.as_str())
            .build()
            .has("pages/a.html", "<span class=\"code-title\">deploy.yml</span>");
        assert!(index_text(&markdown).contains("deploy.yml a: 1"), "{info}");
    }
}

#[test]
fn reading_again_ends() {
    for text in
        ["<script x>\n\n", "<a b>\n", "- <host>\n", "<script <script ", "<b <i ", "<x y='", "<!x ", "<?x\n"]
    {
        let text = text.repeat(200_000 / text.len());
        let read = parse::gfm(&text);
        assert!(read.text.len() >= text.len());
    }
}

#[test]
fn bare_addresses_are_linked_whole() {
    let text = "# A\n\nhttps://github.com/acme/shop/blob/main/app/__init__.py\n\n\
        - https://grafana.example.com/d/abc?var-env=prod|stage&from=now-1h, or\n- https://status.example.com#incidents\n";
    Site::new("")
        .write("a.md", text)
        .check()
        .finds_nothing_else()
        .build()
        .has("a.html", "href=\"https://github.com/acme/shop/blob/main/app/__init__.py\"")
        .has("a.html", "href=\"https://grafana.example.com/d/abc?var-env=prod|stage&amp;from=now-1h\"")
        .has("a.html", "href=\"https://status.example.com#incidents\"");
}

#[test]
fn what_stands_for_a_picture_has_no_links() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    Site::new("")
        .write("x.svg", picture)
        .write("a.md", "# A\n\n![a [nested](gone.md) ![b](c.png) d](x.svg) [e](x.svg)\n")
        .check()
        .finds_nothing_else()
        .build()
        .has("a.html", "alt=\"a nested b d\"");
}

#[test]
fn a_colon_without_a_blank_defines_nothing() {
    for (text, shown) in [
        ("Restart.\n\n:warning: Never.\n\n:fire: Call.\n", &["<p>⚠️ Never.", "<p>🔥 Call."][..]),
        ("List of ports\n:8080 web\n:9090 metrics\n", &[":8080 web", ":9090 metrics"]),
        ("Usage\n::method\n", &["::method"]),
        ("- item\n  :rocket: lift\n", &["🚀 lift"]),
        ("> Quote\n>\n> :rocket: lift\n", &["🚀 lift"]),
        ("1. item\n\n   :rocket: lift\n", &["🚀 lift"]),
        ("Text\n\n:::\n", &[":::"]),
        ("Term\n:\u{a0}text\n", &[":\u{a0}text"]),
    ] {
        let built = Site::new("").write("pages/a.md", format!("# T\n\n{text}")).build();
        let page = main_part(built.page("pages/a.html"));
        assert!(!page.contains("<dl>"), "{text}\n{page}");
        for part in shown {
            assert!(page.contains(part), "{text}\n{page}");
        }
    }
    for text in ["Term\n: One\n: Two\n", "Term\n\n:   One\n", "Term\n:\tOne\n\nOther\n: One\n\n:x: y\n"] {
        let built = Site::new("").write("pages/a.md", format!("# T\n\n{text}")).build();
        assert!(built.page("pages/a.html").contains("<dt>Term</dt>"), "{text}");
    }
}

#[test]
fn labels_of_footnotes_do_not_mind_case() {
    for (reference, label) in [("[^Note]", "[^note]"), ("[^STRASSE]", "[^straße]"), ("[^Σας]", "[^σας]")]
    {
        let text = format!("# T\n\nA{reference}, b{label}.\n\n{label}: Third.\n");
        let site = Site::new("").write("a.md", text.as_str());
        let built = site.check().finds_nothing_else().build();
        assert_eq!(built.page("a.html").matches("Third.").count(), 1, "{text}");
        assert_eq!(index(&text).iter().filter(|word| *word == "Third").count(), 1, "{text}");
    }
}

#[test]
fn code_and_comments_of_templates_are_not_shown() {
    let template = "# H\n\n<%# SECRET %>\n\nVisible <%= \"SECRET\" %> end.\n\n<%\n  # multi SECRET\n%>\n\n\
        <% if x %>\nCond <%% kept.\n<% end %>\n\n- a <%- \"SECRET\" -%>\n\n```sh\nls <%= \"SECRET\" %>\n```\n";
    let built = Site::new("").write("a.html.md.erb", template).build();
    let page = main_part(built.page("a.html")).to_owned();
    assert!(!page.contains("SECRET") && !page.contains("%&gt;"), "{page}");
    for part in ["Visible", "end.", "Cond", "&lt;%% kept", "<li>a", "ls"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // Elsewhere it is text.
    Site::new("")
        .write("a.md", "# T\n\nWrite <%= name %> there.\n")
        .build()
        .has("a.html", "&lt;%= name %&gt;");
}

#[test]
fn comments_of_liquid_are_not_shown_wherever_they_stand() {
    for (text, shown) in [
        ("A {% comment %} SECRET {% endcomment %} B", "A  B"),
        ("A {%- comment -%} SECRET {%- endcomment -%} B", "A  B"),
        ("{% comment %} SECRET {% endcomment %}\n\nB", "B"),
        ("A {% # SECRET %} B", "A  B"),
        ("A {% comment %} SECRET\nSECRET\n\nSECRET {% endcomment %} B", "B"),
        ("- A {% comment %} SECRET {% endcomment %} B", "A  B"),
        ("> A {% comment %} SECRET\n> SECRET {% endcomment %} B", "B"),
    ] {
        let built = Site::new("").write("a.md", format!("# T\n\n{text}\n\nAfter.\n")).build();
        let page = main_part(built.page("a.html")).to_owned();
        assert!(!page.contains("SECRET") && !page.contains("comment %}"), "{text}\n{page}");
        assert!(page.contains(shown) && page.contains("After."), "{text}\n{page}");
    }
    for text in ["A {% comment %} B", "`{% comment %} x {% endcomment %}`"] {
        let built = Site::new("").write("a.md", format!("# T\n\n{text}\n")).build();
        assert!(built.page("a.html").contains("{% comment %}"), "{text}");
    }
}
