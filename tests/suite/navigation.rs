//! The order and the names that another generator gives to pages and folders are those of lists here.

use crate::site::Site;

/// What the page at `url` lists: headings of groups, folders and documents, in their order.
fn listed(text: &str, url: &str) -> Vec<String> {
    let site = Site::new(text).build();
    let mut found = Vec::new();
    let (_, content) = site.page(url).split_once("<header class=\"page-head\">").expect("a page has a head");
    for line in content.lines() {
        let item = line.contains("class=\"row-title\"") || line.starts_with("<li><a href");
        let text = match (item, line.strip_prefix("<h2").and_then(|rest| rest.split_once('>'))) {
            (true, _) => line.split("</a>").next().and_then(|line| line.rsplit('>').next()),
            (false, Some((_, heading))) => heading.split('<').next(),
            (false, None) => None,
        };
        found.extend(text.map(str::to_owned));
    }
    found
}

#[test]
fn mkdocs_lists_pages_in_nav() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
nav:
  - index.md
  - The web: web/restart.md
  - Network:
      - net/index.md
      - net/tls.md
      - Names: net/dns.md
  - web/a.md
-- docs/index.md --
# Home
-- docs/web/a.md --
# A
-- docs/web/aa.md --
# Not listed
-- docs/web/restart.md --
# Restart the web
-- docs/net/dns.md --
# DNS
-- docs/net/index.md --
---
title: The net
---
-- docs/net/tls.md --
# TLS
";
    assert_eq!(listed(text, "web/index.html"), ["Pages", "The web", "A", "Not listed"]);
    assert_eq!(listed(text, "net/index.html"), ["Pages", "TLS", "Names"]);
    let pages = listed(text, "pages/index.html");
    assert_eq!(pages[..5], ["Web", "The web", "A", "Not listed", "Network"], "{pages:?}");
    // The page says what its own heading says.
    let site = Site::new(text).build();
    assert!(site.page("web/restart.html").contains(">Restart the web</h1>"));
    // Its own weight is the author's last word.
    let weighed = text.replace("# Not listed", "---\nweight: -1\n---\n# Not listed");
    assert_eq!(listed(&weighed, "web/index.html"), ["Pages", "Not listed", "The web", "A"]);
}

#[test]
fn folders_of_mkdocs_list_what_is_in_them() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
-- docs/index.md --
# Home
-- docs/a/.pages --
title: All about A
nav: [z.md, ..., Last: b.md, y]
-- docs/a/b.md --
# B
-- docs/a/c.md --
# C
-- docs/a/z.md --
# Z
-- docs/a/x/1.md --
# One
-- docs/a/y/1.md --
# Two
";
    let found = listed(text, "a/index.html");
    assert_eq!(found, ["Folders", "X", "Y", "Pages", "Z", "C", "Last"]);
    assert!(Site::new(text).build().page("a/index.html").contains("<h1>All about A</h1>"));
}

#[test]
fn summaries_list_pages() {
    for settings in ["-- book.toml --\n[book]\nsrc = \"docs\"\n", "-- .gitbook.yaml --\nroot: ./docs/\n"] {
        let text = "\
-- docs/SUMMARY.md --
# Summary
- [Second thing](b/z.md)
    - [First](b/a.md)
- [Other](a/x.md)
-- docs/b/a.md --
# A
-- docs/b/z.md --
# Z
-- docs/a/x.md --
# X
";
        let text = format!("{settings}{text}");
        assert_eq!(listed(&text, "b/index.html"), ["Pages", "Second thing", "First"]);
        let pages = listed(&text, "pages/index.html");
        let order: Vec<&String> = pages.iter().filter(|name| name.len() == 1).collect();
        assert_eq!(order, ["B", "A"], "{pages:?}");
    }
}

#[test]
fn docusaurus_orders_by_number_position_and_category() {
    let text = "\
-- docusaurus.config.js --
module.exports = { title: 'Ops' };
-- docs/intro.md --
# Intro
-- docs/web/_category_.json --
{
\t\"label\": \"The web\",
\t\"position\": 2
}
-- docs/web/02-a.md --
# A
-- docs/web/01-z-last.md --
No heading.
-- docs/web/m.md --
---
sidebar_position: 1.5
sidebar_label: Middle
---
# M
-- docs/03-net/x.md --
# X
-- docs/1-start/x.md --
# X
";
    assert_eq!(listed(text, "web/index.html"), ["Pages", "Z last", "Middle", "A"]);
    let pages = listed(text, "pages/index.html");
    let groups = ["Start", "The web", "Net"];
    let found: Vec<&str> = pages.iter().map(String::as_str).filter(|name| groups.contains(name)).collect();
    assert_eq!(found, groups, "{pages:?}");
}

#[test]
fn programs_of_settings_list_pages() {
    let documents = "\
-- docs/guide/a.md --
# A
-- docs/guide/b.md --
# B
-- docs/guide/c.md --
# C
";
    let sidebar = "sidebar: [{ text: 'The guide', items: [\n{ text: 'Bee', link: '/guide/b' },\n{ text: 'Sea', link: '/guide/c.html' }] }]";
    let vitepress = format!(
        "-- docs/.vitepress/config.ts --\nexport default {{ nav: [{{ text: 'x', link: '/guide/a' }}], {sidebar} }}\n{documents}"
    );
    assert_eq!(listed(&vitepress, "guide/index.html"), ["Pages", "Bee", "Sea", "A"]);
    assert!(Site::new(&vitepress).build().page("guide/index.html").contains("<h1>The guide</h1>"));
    let docusaurus = format!(
        "-- docusaurus.config.js --\nmodule.exports = {{}}\n-- sidebars.js --\nmodule.exports = {{ s: ['guide/c', {{ type: 'doc', id: 'guide/b', label: 'Bee' }}] }}\n{documents}"
    );
    assert_eq!(listed(&docusaurus, "guide/index.html"), ["Pages", "C", "Bee", "A"]);
    let documents = documents
        .replace("docs/", "src/content/docs/")
        .replace("# A", "---\nsidebar: { order: 1 }\n---\n# A");
    let astro = format!(
        "-- astro.config.mjs --\nexport default {{ integrations: [starlight({{ sidebar: ['guide/c', {{ slug: 'guide/b', label: 'Bee' }}] }})] }}\n{documents}"
    );
    // Places in folders and in the list are compared.
    assert_eq!(listed(&astro, "src/content/docs/guide/index.html"), ["Pages", "C", "A", "Bee"]);
}

#[test]
fn names_of_files_are_titles_in_wikis() {
    let text = "\
-- Wiki/Start.md --
# Something else
-- Wiki/Run-books.md --
All of them.
-- Wiki/Run-books/.order --
Restart-%2D-web
Disk-full
-- Wiki/Run-books/Disk-full.md --
# How to empty a disk
-- Wiki/Run-books/Restart-%2D-web.md --
Text
";
    assert_eq!(listed(text, "Run-books/index.html"), ["Pages", "Restart - web", "Disk full"]);
    let site = Site::new(text).build();
    let page = site.page("Run-books/Disk-full.html");
    assert!(page.contains("<h1>Disk full</h1>") && page.contains("How to empty a disk"), "{page}");
    let vault = "\
-- .obsidian/app.json --
{}
-- a/On call - who.md --
# Rota
-- a/Named.md --
---
title: By its author
---
";
    assert_eq!(listed(vault, "a/index.html"), ["Pages", "By its author", "On call - who"]);
}

#[test]
fn fields_of_front_matter_say_the_order() {
    for (settings, root, field) in [
        ("-- _config.yml --\ntitle: Ops\n", "", "nav_order"),
        ("-- hugo.toml --\ntitle = 'Ops'\n", "content/", "weight"),
        ("-- config/tech-docs.yml --\nservice_name: Ops\n", "source/", "weight"),
        ("-- .eleventy.js --\nmodule.exports = {}\n", "", "order"),
    ] {
        // What is beside an `index.md` of Hugo is no page.
        let index = if root == "content/" { "_index" } else { "index" };
        let text = format!(
            "{settings}-- {root}b/a.md --\n---\n{field}: 10\n---\n# A\n-- {root}b/b.md --\n---\n{field}: 9\n---\n# B\n-- {root}b/{index}.md --\n---\n{field}: 1\n---\n# Folder\n-- {root}a/c.md --\n# C\n"
        );
        assert_eq!(listed(&text, "b/index.html"), ["Pages", "B", "A"], "{settings}");
        let pages = listed(&text, "pages/index.html");
        let place = |name: &str| pages.iter().position(|item| item == name);
        assert!(place("B") < place("C"), "{settings} {pages:?}");
    }
}

#[test]
fn numbers_of_files_are_their_order_anywhere() {
    let text = "\
-- guide/10-last.md --
# A
-- guide/9-first.md --
# Z
-- guide/404.md --
# Not found
";
    assert_eq!(listed(text, "guide/index.html"), ["Pages", "Z", "A", "Not found"]);
}
