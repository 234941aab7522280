//! Repositories that another generator makes a site of: links mean what they mean there.

use crate::project::{Project, stderr};

/// The errors in a repository that nobody prepared, without their severity. They are the same once it is adopted, where
/// rules about kinds come to them.
fn errors(text: &str) -> Vec<String> {
    let project = Project::new(text);
    let before = links(&project);
    project.builds(&["--allow-errors"]);
    assert!(project.sdkb(&["init", "--from", "."]).status.success());
    project.checks(&[], 0);
    let settings = project.read("sdkb.yml").replace("baseline: known-findings.txt\n", "");
    project.write("sdkb.yml", &settings);
    assert_eq!(links(&project), before, "adopted");
    before
}

/// What is found about links, without its severity.
fn links(project: &Project) -> Vec<String> {
    let rules = ["[broken-link]", "[broken-anchor]", "[missing-image]"];
    let is_about_links = |line: &&String| rules.iter().any(|rule| line.ends_with(rule));
    project.findings().iter().filter(is_about_links).map(|line| line.replace("error: ", "")).collect()
}

/// What `sdkb check` notes beside findings.
fn notes(text: &str) -> Vec<String> {
    let said = stderr(&Project::new(text).sdkb(&["check"]));
    said.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

#[test]
fn docusaurus() {
    let text = "\
-- website/docusaurus.config.js --
module.exports = { title: 'Ops', presets: [['classic', { docs: { routeBasePath: '/guide' } }]] };
-- website/docs/intro.md --
---
id: start
slug: /welcome
---
# Intro
[a](/docs/tasks/restart) [b](/guide/tasks/restart) [c](./tasks/restart) [d](/docs/tasks/restore/)
[post](/blog/2026/03/04/outage) [plugin](/metrics/today) ![x](/img/a.png) [gone](/docs/gone) ![y](/img/b.png)
-- website/docs/tasks/01-restart.mdx --
import Tabs from '@theme/Tabs';

# Restart
[up](/docs/welcome) [beside](restore) [file](./02-restore/index.md)
-- website/docs/tasks/02-restore/index.md --
---
id: index
---
# Restore
-- website/docs/tasks/index.md --
---
id: index
---
# Tasks
-- website/docs/_part.md --
[left out](gone.md)
-- website/blog/2026-03-04-outage.md --
# Outage
-- website/static/img/a.png --
png
";
    assert_eq!(
        errors(text),
        [
            "website/docs/intro.md:7:82: no file or page `/docs/gone` [broken-link]",
            "website/docs/intro.md:7:99: no image `/img/b.png` [missing-image]",
        ]
    );
    let notes = notes(text);
    assert!(
        notes.contains(&"links in website/docs are read as Docusaurus reads them".to_owned()),
        "{notes:?}"
    );
    let page =
        "1 link may lead to pages that no document makes and are not checked, such as `/metrics/today`";
    assert!(notes.iter().any(|note| note.starts_with(page)), "{notes:?}");
}

#[test]
fn docusaurus_looks_for_files_in_its_folders() {
    let text = "\
-- docusaurus.config.js --
module.exports = { title: 'Ops' };
-- docs/intro.md --
# Intro
-- docs/sub/guide.md --
# Guide
[a](intro.md) [b](sub/other.md#steps) [c](docs/intro.md) [gone](./intro.md) [no](gone.md) [none](intro.md#none)
<img src={shot} /> <img src={require('./shot.png').default} />
-- docs/sub/other.md --
# Other
## Steps
";
    assert_eq!(
        errors(text),
        [
            "docs/sub/guide.md:2:65: no file or page `./intro.md` [broken-link]",
            "docs/sub/guide.md:2:82: no file or page `gone.md` [broken-link]",
            "docs/sub/guide.md:2:106: no section `#none` in `docs/intro.md` [broken-anchor]",
        ]
    );
    let notes = notes(text);
    assert!(notes.iter().any(|note| note.starts_with("1 link has variables")), "{notes:?}");
}

#[test]
fn components_are_no_text_of_headings() {
    let text = "\
-- .vitepress/config.ts --
export default { title: 'Ops' }
-- index.md --
# Home
[a](./config#input) [b](./config#resolve-conditions) [c](./config#beta-mode) [gone](./config#badge)
-- config.md --
# Config
## input <NonInheritBadge />
## resolve.conditions <Badge type=\"warning\" text=\"x\" />
## <my-icon name=\"a\"></my-icon> beta mode
";
    assert_eq!(errors(text), ["index.md:2:93: no section `#badge` in `config.md` [broken-anchor]"]);
}

#[test]
fn comments_of_liquid_hold_no_links() {
    let text = "\
-- _config.yml --
title: Ops
-- index.md --
# Home
See {% comment %}[x](#TODO){% endcomment %}[gone](#one). {%- comment -%} [x](#TODO) {%- endcomment -%}
a {% comment %} [x](#TODO)
[x](#TODO)
[x](#TODO) {% endcomment %} [gone](#two)
`{% comment %}` [gone](#three)
";
    let errors = errors(text);
    let expected = ["#one", "#two", "#three"];
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    for (error, anchor) in errors.iter().zip(expected) {
        assert!(error.contains(&format!("no section `{anchor}`")), "{errors:?}");
    }
}

#[test]
fn addresses_of_programs_are_counted() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
-- docs/index.md --
# Home
[a](adguard:add?x=1) [b](tg://resolve) [gone](hhttps://x.org) [port](localhost:8080/x)
";
    assert_eq!(
        errors(text),
        [
            "docs/index.md:2:47: pages can't link to `hhttps://x.org` [broken-link]",
            "docs/index.md:2:70: pages can't link to `localhost:8080/x` [broken-link]",
        ]
    );
    let notes = notes(text);
    let expected =
        "2 links open programs and are not published, such as `adguard:add?x=1` in `docs/index.md`";
    assert!(notes.contains(&expected.to_owned()), "{notes:?}");
}

#[test]
fn front_matter_may_have_aliases() {
    let text = "\
-- hugo.toml --
title = 'Ops'
-- content/_index.md --
---
title: A
version: &v v3.5
linkTitle: *v
base: &b { weight: 1 }
params: { <<: *b }
---
[gone](gone.md)
";
    let project = Project::new(text);
    let findings = project.findings();
    assert_eq!(findings, ["content/_index.md:8:8: error: no file or page `gone.md` [broken-link]"]);
}

#[test]
fn mkdocs_with_lists_of_attributes() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
-- docs/index.md --
# Home
[1](a.md#a1) [2](a.md#a2) [3](a.md#a3) [4](a.md#a4) [5](a.md#a5) [6](a.md#a6) [7](a.md#a7)
[8](a.md#a8) [9](a.md#a9) [gone](a.md#b1) [gone](a.md#b2)
-- docs/a.md --
# A
## One { #a1 data-toc-label=\"x y\" }
## Two { id=a2 }
## Three { id=\"a3\" .c }
A paragraph.
{ #a4 .c }

- item { #a5 }
- a [link](index.md){ .c #a6 } and [](){ #a7 } more

| a |
|---|
| b { #a8 } |

``` { .sh #a9 }
ls { #b1 }
```
GET /x/{#b2}/y
";
    assert_eq!(
        errors(text),
        [
            "docs/index.md:3:38: no section `#b1` in `docs/a.md` [broken-anchor]",
            "docs/index.md:3:54: no section `#b2` in `docs/a.md` [broken-anchor]",
        ]
    );
    // What is no attribute list here is text.
    let findings = Project::new(text).findings();
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert!(findings[0].contains("readers see `{#b2}` as it is written"), "{findings:?}");
}

#[test]
fn hugo_with_references() {
    let text = "\
-- hugo.yaml --
title: Ops
-- content/docs/a/_index.md --
# A
[a]({{< relref \"faq\" >}}) [b]({{< ref \"docs/c/rules\" >}}) [c]({{< relref path=\"faq.md#why\" >}}) [d]({{% relref \"c\" %}})
[gone]({{< relref \"gone\" >}}) [two]({{< ref \"twice\" >}}) [no](faq)
-- content/docs/what/faq.md --
# FAQ
## Why
-- content/docs/c/_index.md --
# C
-- content/docs/c/rules.md --
# Rules
-- content/docs/c/twice.md --
# One
-- content/docs/what/twice.md --
# Two
";
    let errors = errors(text);
    let expected = ["`gone`", "`twice`", "`faq`"];
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    assert!(errors.iter().zip(expected).all(|(error, target)| error.contains(target)), "{errors:?}");
}

#[test]
fn hugo_with_mounts_and_languages() {
    let text = "\
-- hugo.yaml --
title: Ops
module:
  mounts:
    - { source: content/en, target: content }
    - { source: assets/pics, target: static }
-- content/en/_index.md --
----------
title: Home
----------
[a](/blog/) [b](/blog/one/) ![x](/blog/y.png) ![z](/z.png) [c](/blog/one/#breaking-) [gone](/blog/gone/) ![gone](/blog/g.png)
-- content/en/blog/_index.md --
# Blog
-- content/en/blog/y.png --
png
-- content/en/blog/one.md --
# One
## Breaking ⚠️
-- assets/pics/z.png --
png
";
    let expected = [
        "content/en/_index.md:4:93: no file or page `/blog/gone/` [broken-link]",
        "content/en/_index.md:4:114: no image `/blog/g.png` [missing-image]",
    ];
    assert_eq!(errors(text), expected);
    let mounts = "module:\n  mounts:\n    - { source: content/en, target: content }\n";
    let text = text.replace(mounts, "languages: { en: { contentDir: content/en } }\nmodule:\n  mounts:\n");
    assert_eq!(errors(&text), expected);
}

#[test]
fn mdbook_in_any_folder() {
    let text = "\
-- README.md --
# Project
-- tools/docs/book/book.toml --
[book]
title = \"Ops\"
[output.html]
site-url = \"/ops/\"
-- tools/docs/book/src/SUMMARY.md --
# Summary
- [A](a/a.md)
- [B](c/b.md)
-- tools/docs/book/src/a/a.md --
[b](/c/b.md) [c](/ops/c/b.html) [gone](/c/gone.md) [gone](/ops/c/gone.html)
-- tools/docs/book/src/c/b.md --
# B
";
    let errors = errors(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].ends_with("no file or page `/c/gone.md` [broken-link]"), "{errors:?}");
}

#[test]
fn mkdocs_below_an_address() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
site_url: !ENV [URL, 'https://ops.example/documentation/']
-- docs/index.md --
# Home
[a](/documentation/sub/b/) [b](/documentation/) [gone](/documentation/sub/c/) [gone](/documentation/sub/b.md)
-- docs/sub/b.md --
# B
";
    assert_eq!(
        errors(text),
        [
            "docs/index.md:2:56: no file or page `/documentation/sub/c/` [broken-link]",
            "docs/index.md:2:86: no file or page `/documentation/sub/b.md` [broken-link]",
        ]
    );
}

#[test]
fn mdbook_is_one_of_several_on_its_host() {
    let text = "\
-- book.toml --
[book]
title = \"Ops\"
-- src/SUMMARY.md --
# Summary
- [Restart](a/restart.md)
- [Restore]()
-- src/a/restart.md --
# Restart
[a](../../std/index.html) [b](../../../../reference/x.html#y) <a href=\"/master/\">c</a>
[gone](../std/gone.html) [gone](../../std/gone.md) [gone](/a/gone.html)
";
    assert_eq!(
        errors(text),
        [
            "src/a/restart.md:3:8: no file or page `../std/gone.html` [broken-link]",
            "src/a/restart.md:3:33: no file or page `../../std/gone.md` [broken-link]",
            "src/a/restart.md:3:59: no file or page `/a/gone.html` [broken-link]",
        ]
    );
    let notes = notes(text);
    let draft = "1 link without an address is for a chapter still to be written, in `src/SUMMARY.md`";
    assert!(notes.contains(&draft.to_owned()), "{notes:?}");
    let expected = "2 links lead out of the site and are not checked, such as `../../std/index.html` in `src/a/restart.md`";
    assert!(notes.contains(&expected.to_owned()), "{notes:?}");
}

#[test]
fn vitepress_and_vuepress() {
    let text = "\
-- docs/.vitepress/config.mts --
export default { title: 'Ops' }
-- docs/index.md --
# Home
[a](/guide/start) [b](/guide/start.html#build-minify) [c](/guide/) ![x](/a.svg) [gone](/guide/gone)
-- docs/guide/index.md --
# Guide
-- docs/guide/start.md --
# Start
## build.minify %{#minify}%
## build.minify
[home](/) [self](#minify)
-- docs/public/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
";
    assert_eq!(errors(text), ["docs/index.md:2:88: no file or page `/guide/gone` [broken-link]"]);
    let vuepress = text
        .replace(".vitepress/config.mts", ".vuepress/config.js")
        .replace("docs/public", "docs/.vuepress/public");
    assert_eq!(errors(&vuepress).len(), 1, "{:?}", errors(&vuepress));
}

#[test]
fn middleman_with_tech_docs() {
    let text = "\
-- config/tech-docs.yml --
service_name: Ops
redirects:
  old/page.html: /manual/restart.html
-- source/index.html.md.erb --
---
title: What 'we' run
old_paths: [/start.html]
---
# <%= current_page.data.title %>
[a](/manual/restart.html) [b](manual/restart.html#don-39-t-panic) [c](/manual/restart) [d](/old/page.html) [e](/start.html#what-39-we-39-run)
![x](/images/a.png) [gone](/manual/gone.html)
-- source/manual/restart.html.md --
---
title: Restart
---
## Don't panic
### Kafka
#### Old
[home](/) [old](#don-t-panic-kafka-old) [layout](#header) [gem](/#content) [ruby](#{repo.url}) [kafka](#don-t-panic-kafka) ![x](images/a.png) [attribute](x_<%= name %>.html)
[made](apps.csv)
-- source/manual/apps.csv.erb --
<%= apps %>
-- source/images/a.png --
png
-- source/layouts/manual.html.erb --
<h1 id='header'><%= yield %></h1><p id=\"<%= x %>\"></p>
-- source/_partial.html.md --
[left out](gone.html)
";
    assert_eq!(
        errors(text),
        ["source/index.html.md.erb:7:28: no file or page `/manual/gone.html` [broken-link]"]
    );
    let project = Project::new(text);
    project.builds(&["--allow-errors"]);
    assert!(project.path("site/manual/restart.html").is_file());
    // A program may make any page.
    let proxied = format!("{text}-- config.rb --\nApps.each {{ |app|\n  proxy app.path, 'app.html'\n}}\n");
    assert_eq!(errors(&proxied), Vec::<String>::new());
}

#[test]
fn azure_wiki() {
    let text = "\
-- Wiki/Runbooks.md --
[a](/Runbooks/Restart-%2D-web) [b](/Runbooks/Disk-full) [c](/Runbooks/Disk full) ![x](/.attachments/a.png) [gone](/Runbooks/Gone)
-- Wiki/Runbooks/.order --
Disk-full
-- Wiki/Runbooks/Disk-full.md --
Text
[[_TOC_]]
-- Wiki/Runbooks/Restart-%2D-web.md --
Text
-- Wiki/.attachments/a.png --
png
-- src/README.md --
# Source
";
    let errors = errors(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].ends_with("no file or page `/Runbooks/Gone` [broken-link]"), "{errors:?}");
}

#[test]
fn github_wiki() {
    let text = "\
-- Home.md --
[[Build guide|Build-process]] [[Build process]] [[Build-process|the guide]] [[guide|build-process#steps]]
[a](Build-process) [[Release|Make-a-release]] [[Gone]] [gone](Gone) [[guide|Build-process#none]]
-- Build-process.md --
## Steps
-- _Sidebar.md --
[[Home]]
";
    let errors = errors(text);
    let expected = [
        "no document `Make-a-release` [broken-link]",
        "no document `Gone` [broken-link]",
        "no file or page `Gone` [broken-link]",
        "no section `#none` in `Build-process.md` [broken-anchor]",
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    assert!(errors.iter().zip(expected).all(|(error, expected)| error.ends_with(expected)), "{errors:?}");
}

#[test]
fn jekyll() {
    let text = "\
-- _config.yml --
title: Ops
exclude: [spec]
collections:
  docs: { output: true, permalink: '/:collection/:path/' }
permalink: '/news/:year/:month/:title/'
-- index.md --
# Home
[a](/docs/restart/) [b]({{ site.baseurl }}/docs/restart/#steps) [c]({{ '/docs/restart/' | relative_url }}) [d]({% link _docs/restart.md %})
[post](/news/2024/03/outage/) [old](/old-restart/) [perma](/how/) [v]({{ site.repository }}/issues) [gone]({{ site.baseurl }}/docs/gone/)
-- _docs/restart.md --
---
redirect_from: [/old-restart/]
---
# Restart
{: #top-of-it}
## Steps
[self](#top-of-it)
-- _posts/2024-03-04-outage.md --
# Outage
-- how.md --
---
permalink: /how/
---
# How
-- spec/a.md --
[left out](gone.md)
-- _includes/b.md --
[left out](gone.md)
";
    assert_eq!(
        errors(text),
        ["index.md:3:108: no file or page `{{ site.baseurl }}/docs/gone/` [broken-link]"]
    );
    let notes = notes(text);
    assert!(
        notes.iter().any(|note| note.starts_with("1 link has variables and are not checked")),
        "{notes:?}"
    );
}

#[test]
fn eleventy() {
    let text = "\
-- .eleventy.js --
module.exports = () => ({ dir: { input: \"pages\", output: \"_site\" } });
-- .eleventyignore --
pages/draft.md
-- pages/index.md --
---
title: Home
---
# Home
[a](/tools/) [b](/guides/restart/) [c](/old/) [d](/guides/restart/#m-and-ie) [e]({% page \"/tools/\" %}) [gone](/tools/gone/)
[layout](/tools/#questions) [no list](/tools/#redirect_from)
-- pages/tools.md --
---
redirect_from: /old/
questions:
  - ops
---
# Tools
-- pages/r.md --
---
permalink: /guides/restart/
---
# Restart
## M&IE
-- pages/draft.md --
[left out](gone.md)
";
    assert_eq!(
        errors(text),
        [
            "pages/index.md:5:111: no file or page `/tools/gone/` [broken-link]",
            "pages/index.md:6:46: no section `#redirect_from` in `pages/tools.md` [broken-anchor]",
        ]
    );
}

#[test]
fn hugo_in_a_folder() {
    let text = "\
-- site/hugo.yaml --
title: Ops
-- site/content/_index.md --
# Home
[a](/docs/restart/) [b](/guides/how/) ![x](/img/a.png) [c](docs/restart) [gone](/docs/gone/)
-- site/content/docs/Restart.md --
# Restart
-- site/content/docs/how.md --
---
url: /guides/how/
---
# How
-- site/static/img/a.png --
png
-- site/archetypes/docs.md --
[left out](gone.md)
";
    assert_eq!(errors(text), ["site/content/_index.md:2:81: no file or page `/docs/gone/` [broken-link]"]);
}

#[test]
fn mkdocs_and_mdbook_with_redirects() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
plugins:
  - search
  - redirects:
      redirect_maps: { 'old.md': 'restart.md' }
-- docs/index.md --
# Home
[a](restart.md) [b](/old/) [c](restart/) [gone](gone.md)
-- docs/restart.md --
# Restart
";
    assert_eq!(errors(text), ["docs/index.md:2:49: no file or page `gone.md` [broken-link]"]);
    let text = "\
-- book.toml --
[book]
title = \"Ops\"
src = \"pages\"
[output.html.redirect]
\"/old.html\" = \"restart.html\"
-- pages/SUMMARY.md --
# Summary
[Restart](restart.md)
-- pages/restart.md --
# Restart
[a](/old.html) [b](restart.html) [gone](gone.html)
";
    assert_eq!(errors(text), ["pages/restart.md:2:41: no file or page `gone.html` [broken-link]"]);
}

#[test]
fn gitbook() {
    let text = "\
-- .gitbook.yaml --
root: ./docs/
redirects:
  old: restart.md
-- docs/README.md --
# Home
[a](restart.md#id-1.-stop-it) [b](/old) ![x](.gitbook/assets/a.png) [gone](gone.md)
[folded](restart.md#how-do-i-stop-it) [other space](/guides/x) [dead](/broken/pages/abc) [none](restart.md#how)
-- docs/restart.md --
# Restart
## 1. Stop it
<details>
<summary><strong>How do I</strong> stop it?</summary>

So.
</details>
-- docs/.gitbook/assets/a.png --
png
";
    assert_eq!(
        errors(text),
        [
            "docs/README.md:2:76: no file or page `gone.md` [broken-link]",
            "docs/README.md:3:71: no file or page `/broken/pages/abc` [broken-link]",
            "docs/README.md:3:107: no section `#how` in `docs/restart.md` [broken-anchor]",
        ]
    );
}

#[test]
fn sphinx_with_myst() {
    let text = "\
-- docs/source/conf.py --
project = 'Ops'
extensions = ['myst_parser']
-- docs/source/index.md --
# Home
[](#restart:web) [b](restart-web) [c](#table-of-it) [d](schema_hub.x) [e](old.rst) [gone](#no-label) [file](gone.md)
[other project](inv:dc#support:encrypt) [own](project:how/restart.md#web) [gone](path:gone.md) [x](javascript:x)
-- docs/source/old.rst --
Old
-- docs/source/how/restart.md --
(restart:web)=
# Restart

(restart-web)=
## Web

```{list-table}
:name: table-of-it
```
";
    assert_eq!(
        errors(text),
        [
            "docs/source/index.md:2:91: no section `#no-label` in this document [broken-anchor]",
            "docs/source/index.md:2:109: no file or page `gone.md` [broken-link]",
            "docs/source/index.md:3:82: no file or page `path:gone.md` [broken-link]",
            "docs/source/index.md:3:100: pages can't link to `javascript:x` [broken-link]",
        ]
    );
    let project = Project::new(text);
    project.builds(&["--allow-errors"]);
    assert!(project.read("site/index.html").contains("href=\"how/restart.html#restart%3Aweb\""));
}

#[test]
fn astro_with_starlight() {
    let text = "\
-- docs/astro.config.mjs --
export default { integrations: [starlight({ title: 'Ops' })] };
-- docs/src/content/docs/index.mdx --
# Home
[a](/guides/restart/) [b](/how/) ![x](/a.png) [gone](/guides/gone/)
-- docs/src/content/docs/guides/restart.md --
# Restart
-- docs/src/content/docs/guides/how.md --
---
slug: how
---
# How
-- docs/src/content/docs/de/index.md --
# Start
[fallback](/de/guides/restart/) [gone](/de/guides/gone/)
-- docs/public/a.png --
png
";
    assert_eq!(
        errors(text),
        [
            "docs/src/content/docs/de/index.md:2:40: no file or page `/de/guides/gone/` [broken-link]",
            "docs/src/content/docs/index.mdx:2:54: no file or page `/guides/gone/` [broken-link]",
        ]
    );
}

#[test]
fn obsidian() {
    let text = "\
-- .obsidian/app.json --
{}
-- a/Home.md --
---
aliases: [Start]
---
# Home
[[Notes#Day#Morning]] [[Start]] ![[pic.png]] [[Gone]]
-- a/Notes.md --
---
aliases: [Diary]
---
## Day
### Morning
-- a/pic.png --
png
-- b/Notes.md --
---
aliases: [Diary]
---
# Other
-- b/pic.png --
png
";
    assert_eq!(errors(text), ["a/Home.md:5:48: no document `Gone` [broken-link]"]);
}

#[test]
fn a_forge_alone_knows_no_other_addresses() {
    let text = "\
-- README.md --
# Home
[a](/docs/restart) [b](#m-and-ie) [c](docs/restart.html.md)
## M&IE
-- docs/restart.md --
# Restart
";
    assert_eq!(errors(text).len(), 2, "{:?}", errors(text));
}

#[test]
fn what_is_right_for_its_generator_is_no_finding() {
    let azure = "\
-- .order --
Home
-- Home.md --
[[_TOSP_]]

![i](/.attachments/x.png =500x) ![j](/.attachments/x.png =50%x20) ![k](/.attachments/x.png =x40)

a [b](Home) = 500x) and a =5x)
-- .attachments/x.png --
png
";
    let project = Project::new(azure);
    assert_eq!(project.findings(), Vec::<String>::new());
    project.builds(&[]);
    let page = project.read("site/Home.html");
    assert_eq!(page.matches("<img").count(), 3, "{page}");
    assert!(!page.contains("TOSP") && !page.contains("=500x") && page.contains("a =5x)"), "{page}");
    let book = "\
-- book.toml --
[book]
-- src/SUMMARY.md --
# Summary
- [A](a.md)
- [Draft]()
-- src/a.md --
# A
[empty]()
";
    let findings = Project::new(book).findings();
    assert!(matches!(&findings[..], [one] if one.starts_with("src/a.md:2:")), "{findings:?}");
}

#[test]
fn addresses_that_name_no_host_are_found() {
    let text = "# A\n\n[a](http:/x.example) [b](//services/website.md) [c](https:x) [d](//cdn.example/x) [e](//localhost/x)\n";
    let project = Project::new(&format!("-- a.md --\n{text}"));
    let findings = project.findings();
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert!(findings.iter().all(|line| line.contains("is not a whole address")), "{findings:?}");
}
