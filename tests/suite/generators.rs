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
title: What we run
old_paths: [/start.html]
---
# <%= current_page.data.title %>
[a](/manual/restart.html) [b](manual/restart.html#don-39-t-panic) [c](/manual/restart) [d](/old/page.html) [e](/start.html#what-we-run)
![x](/images/a.png) [gone](/manual/gone.html)
-- source/manual/restart.html.md --
---
title: Restart
---
## Don't panic
### Kafka
[home](/) [kafka](#don-t-panic-kafka) ![x](images/a.png) [attribute](x_<%= name %>.html)
[made](apps.csv)
-- source/manual/apps.csv.erb --
<%= apps %>
-- source/images/a.png --
png
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
