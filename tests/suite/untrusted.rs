//! Content that anybody may propose: files beside documents, and HTML in them.

use crate::site::Site;

const SCRIPTED: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script>\
                        <path d=\"M0 0\"/><a href=\"javascript:alert(3)\"><g/></a></svg>";

#[test]
fn files_that_run_are_published_only_if_a_setting_allows_it_and_then_to_be_downloaded() {
    let site = Site::adopted(
        "-- content/a.md --\n# A\n[m](m.pdf) [M](M.PDF#page=2) [h](x/h.html) [x](x/x.xml) [j](j.js) [p](p.php.txt)\n\
         <a href=\"m.pdf\">raw</a> ![](m.pdf) <img src=\"m.pdf\" alt=\"shown\"> [t](t.txt)\n\
         -- content/m.pdf --\n%PDF\n-- content/M.PDF --\n%PDF\n-- content/x/h.html --\n<script>1</script>\n\
         -- content/x/x.xml --\n<x/>\n-- content/j.js --\n1\n-- content/p.php.txt --\n<?php\n-- content/t.txt --\n<b>\n\
         -- static/google.html --\nsite\n",
    );
    let columns = [5, 16, 34, 48, 61, 71].map(|column| format!("content/a.md 2:{column} active-file"));
    let mut site = site.check();
    for place in &columns {
        site = site.finds(place);
    }
    site = site.finds("a.md 3:10 active-file").finds("a.md 3:29 active-file").finds("a.md 3:46 active-file");
    let site = site.finds_nothing_else().build();
    let site = site
        .has("a.html", "<span class=\"broken\" title=\"This file is not published\">m</span>")
        .has("a.html", "<a href=\"t.txt\">t</a>")
        .lacks("a.html", "m.pdf\"");
    let site = ["m.pdf", "M.PDF", "x/h.html", "x/x.xml", "j.js", "p.php.txt", "_headers"]
        .into_iter()
        .fold(site, Site::has_no_page);
    let site = site.has("google.html", "site").edit(
        "sdkb.yml",
        "title: Test\n",
        "title: Test\ndownloads: [.PDF, html]\n",
    );
    let site = site.check().finds("2:48 active-file").finds("2:61 active-file").finds("2:71 active-file");
    site.finds_nothing_else()
        .build()
        .has("a.html", "<a href=\"m.pdf\" download=\"\">m</a>")
        .has("a.html", "<a href=\"M.PDF#page%3D2\" download=\"\">M</a>")
        .has("a.html", "<a href=\"m.pdf\" download=\"\">raw</a>")
        .has("a.html", "shown")
        .lacks("a.html", "src=\"m.pdf\"")
        .has("m.pdf", "%PDF")
        .has("_headers", "/x/h.html\n  content-disposition: attachment\n  content-security-policy: sandbox\n")
        .lacks("_headers", "google")
        .write("static/_headers", "own")
        .build()
        .has("_headers", "own");
}

#[test]
fn endings_of_downloads_are_endings() {
    let site = Site::adopted("-- content/a.md --\n# A\n").edit(
        "sdkb.yml",
        "title: Test\n",
        "title: Test\ndownloads: [docs/*.pdf]\n",
    );
    site.check().finds("sdkb.yml 2:13 invalid-value");
}

#[test]
fn files_that_hosts_take_for_settings_and_files_without_an_ending_are_looked_at() {
    let site = Site::adopted(
        "-- content/a.md --\n# A\n[h](_headers) [r](x/_redirects) [n](NOTES) [l](LICENSE) [c](page.conf2)\n\
         -- content/_headers --\n/*\n-- content/x/_redirects --\n/ x\n-- content/NOTES --\n\n <!doctype html>\n\
         -- content/LICENSE --\nMIT\n-- content/page.conf2 --\n%PDF-1\n",
    );
    let site = site.check().finds("2:5 active-file").finds("2:19 active-file").finds("2:37 active-file");
    let site = site.finds("2:61 active-file").finds_nothing_else().build().has("LICENSE", "MIT");
    let site = ["_headers", "x/_redirects", "NOTES", "page.conf2"].into_iter().fold(site, Site::has_no_page);
    // What was read once is read again when it changes.
    let site = site.write("content/NOTES", "plain").write("content/LICENSE", "<html>");
    let site = site.check().finds("2:5 active-file").finds("2:19 active-file").finds("2:48 active-file");
    site.finds("2:61 active-file").finds_nothing_else().build().has("NOTES", "plain").has_no_page("LICENSE");
}

#[test]
fn drawings_are_published_without_what_runs() {
    let site = Site::adopted(
        "-- content/a.md --\n# A\n![d](d.svg) [d](d.SVG) ![e](e.svg)\n-- static/s.svg --\n<svg onload=\"1\"/>\n",
    );
    let site = site
        .write("content/d.svg", SCRIPTED)
        .write("content/d.SVG", SCRIPTED)
        .write("content/e.svg", "<svg onload=1>");
    let site = site.check().finds("d.svg 1:41 unsafe-drawing").finds("d.SVG 1:41 unsafe-drawing");
    let site = site.finds("a.md 2:29 active-file").finds_nothing_else().build();
    let safe = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/><a><g/></a></svg>";
    assert_eq!([site.page("d.svg"), site.page("d.SVG")], [safe, safe]);
    let site = site.has_no_page("e.svg").has("s.svg", "onload");
    // A drawing that changes is looked at again.
    let site = site.write("content/d.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.check().finds("d.SVG 1:41 unsafe-drawing").finds("a.md 2:29 active-file").finds_nothing_else();
}

#[test]
fn raw_html_has_nothing_that_styles_and_scripts_of_the_theme_look_for() {
    let site = Site::new(
        "-- a.md --\n# A\n\n<figure class=\"code\" data-lang=\"sh\" data-shell data-destructive=\"x\"><pre><code>kubectl get pods\
         <span class=\"unseen\">; touch x</span> <span class=\"slot\" data-name=\"pod\" data-in=\"raw\" data-takes=\"any\" \
         data-not=\"x\" data-first=\"x\" data-end=\"x\" data-quote data-inner=\"x\" data-why=\"x\">y</span></code></pre></figure>\n\n<div class=\"offscreen\" id=\"_main\">\n\n```sh\nls <pod> # \"a\" <b>\n```\n\n</div>\n\n\
         ## H\n\n| a |\n|:-:|\n| b[^1] |\n\n> [!NOTE]\n> n\n\n- [ ] t\n\n=== \"One\"\n\n    x\n\n[^1]: f\n\n\
         <pre class=\"0\"></pre><a class=\"anchor\">y</a>\n",
    );
    let site = site.build();
    let page = site.page("a.html");
    let body = &page[page.find("<article").or(page.find("class=\"prose")).expect("a body")..];
    let body = &body[..body.find("</article>").or(body.find("</main>")).expect("an end")];
    assert!(!body.contains("unseen") && !body.contains("offscreen") && !body.contains("_main\""), "{body}");
    for own in ["class=\"code\"", "class=\"slot\"", "data-name=", "data-shell=", "data-lang="] {
        assert_eq!(body.matches(own).count(), 1, "{own}:\n{body}");
    }
    for foreign in ["data-in=", "=\"x\"", "data-quote", "data-destructive"] {
        assert!(!body.contains(foreign), "{foreign}:\n{body}");
    }
    for own in [
        "<figure class=\"code\" data-lang=\"sh\" data-shell=\"\"><figcaption>sh</figcaption><pre tabindex=\"0\"><code>",
        "class=\"slot\" data-name=\"pod\"",
        "<a class=\"anchor\" href=\"#h\"",
        "class=\"center\"",
        "class=\"table\"",
        "class=\"footnotes\"",
        "class=\"callout callout-note\"",
        "class=\"task\"",
        "class=\"tabs\"",
        "<pre></pre><a>y</a>",
    ] {
        assert!(body.contains(own), "{own}:\n{body}");
    }
    assert!(!page.contains("sdkb-0") && !page.contains("class=\"sdkb-"), "{page}");
}

#[test]
fn headings_take_no_id_of_the_page_around_the_text() {
    let site = Site::adopted(
        "-- content/a.md --\n# A\n[i](#__init__) [m](#_main) [x](#_message)\n\n## `__init__`\n\n## _main\n\n\
         ## X {#_message}\n\n## Y {#y}\n",
    );
    let site = site.check().finds("2:32 broken-anchor").finds_nothing_else().build();
    let page = site.page("a.html");
    let body = &page[page.find("<article").expect("a body")..page.find("</article>").expect("an end")];
    assert!(!body.contains("id=\"_"), "{body}");
    for own in ["href=\"#init__\"", "id=\"init__\"", "href=\"#main\"", "id=\"main\"", "id=\"x\"", "id=\"y\""]
    {
        assert!(body.contains(own), "{own}:\n{body}");
    }
}

#[test]
fn links_lead_to_no_place_that_raw_html_can_t_have() {
    let site = Site::adopted(
        "-- content/a.md --\n# A\n<b id=\"_main\">x</b><b id=\"b\">x</b> [m](#_main) [b](#b)\n",
    );
    site.check().finds("2:40 broken-anchor");
}
