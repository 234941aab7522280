//! What is not published: drafts, what generators leave out, and what the settings ignore.

use crate::project::Project;

/// The pages of a site that was built, without its lists.
fn pages(project: &Project) -> Vec<String> {
    project.builds(&["--allow-errors"]);
    let site = project.path("site");
    let mut found: Vec<String> = Vec::new();
    let mut folders = vec![site.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the site is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                found.push(path.strip_prefix(&site).expect("inside").display().to_string());
            }
        }
    }
    found.retain(|path| {
        !["404.html", "index.html", "search.html"].contains(&path.as_str()) && !path.ends_with("/index.html")
    });
    found.sort();
    found
}

/// The pages before the repository is adopted, after that, and after `more` is written.
fn before_and_after(text: &str, more: &[&str]) -> Vec<String> {
    let project = Project::new(text);
    let before = pages(&project);
    assert!(project.sdkb(&["init", "--from", "."]).status.success());
    assert_eq!(pages(&project), before, "adopted");
    for (index, (path, text)) in more.iter().flat_map(|text| crate::site::files(text)).enumerate() {
        project.write(&path, &text);
        assert_eq!(pages(&project), before, "written later: {index}");
    }
    before
}

#[test]
fn drafts_stay_out_before_and_after_adoption() {
    let text = "\
-- a.md --
# A
-- b.md --
---
draft: true
---
# B
-- c.md --
---
published: false
---
# C
-- d.md --
---
draft: false
---
# D
-- e.md --
---
draft: true
title: a: b
---
# E
";
    let more = "-- f.md --\n---\ntitle: F\ndraft: True\n---\n# F\n-- g.md --\n+++\ndraft = true\n+++\n# G\n";
    assert_eq!(before_and_after(text, &[more]), ["a.html", "d.html"]);
}

#[test]
fn mkdocs_leaves_out_what_its_settings_exclude() {
    let text = "\
-- mkdocs.yml --
site_name: Ops
exclude_docs: |
  internal/
  *.tmp.md
  !keep.tmp.md
draft_docs: |
  next/
-- docs/a.md --
# A
-- docs/internal/b.md --
# B
-- docs/x.tmp.md --
# X
-- docs/keep.tmp.md --
# Keep
-- docs/next/c.md --
# C
-- docs/templates/t.md --
# T
";
    assert_eq!(
        before_and_after(text, &["-- docs/internal/later.md --\n# Later\n"]),
        ["a.html", "keep.tmp.html"]
    );
}

#[test]
fn jekyll_and_hugo_hold_back_drafts_and_what_is_of_the_future() {
    let jekyll = "\
-- _config.yml --
title: Ops
exclude: [scripts, notes.md]
-- a.md --
# A
-- _drafts/b.md --
# B
-- _posts/2020-01-02-old.md --
# Old
-- _posts/2100-01-02-new.md --
# New
-- scripts/s.md --
# S
-- notes.md --
# Notes
";
    assert_eq!(
        before_and_after(jekyll, &["-- _drafts/c.md --\n# C\n"]),
        ["_posts/2020-01-02-old.html", "a.html"]
    );
    let hugo = "\
-- hugo.toml --
title = \"Ops\"
-- content/a.md --
---
date: 2020-01-01
---
# A
-- content/b.md --
---
date: 2100-01-01
---
# B
-- content/c.md --
---
date: 2020-01-01
publishDate: 2100-01-01T10:00:00Z
---
# C
";
    let later = "-- content/d.md --\n---\ndate: 2100-05-05 10:00:00 +0100\n---\n# D\n";
    assert_eq!(before_and_after(hugo, &[later]), ["a.html"]);
    let expired = "-- content/e.md --\n---\nexpiryDate: 2020-01-01\n---\n# E\n-- content/f.md --\n---\nexpirydate: 2020-01-01T10:00:00Z\n---\n# F\n";
    assert_eq!(before_and_after(hugo, &[expired]), ["a.html"]);
    let goes_on = format!("{hugo}{}", expired.replace("2020", "2100"));
    assert_eq!(before_and_after(&goes_on, &[]), ["a.html", "e.html", "f.html"]);
    let kept = format!("{hugo}{expired}").replace("title = \"Ops\"", "title = \"Ops\"\nbuildExpired = true");
    assert_eq!(before_and_after(&kept, &[]), ["a.html", "e.html", "f.html"]);
    let ignored =
        hugo.replace("title = \"Ops\"", "title = \"Ops\"\nignoreFiles = ['\\.tmp\\.md$', '/content/old/']");
    let more = "-- content/x.tmp.md --\n# X\n-- content/old/y.md --\n# Y\n";
    assert_eq!(before_and_after(&ignored, &[more]), ["a.html"]);
    let shown = hugo.replace("title = \"Ops\"", "title = \"Ops\"\nbuildFuture = true");
    assert_eq!(before_and_after(&shown, &[]), ["a.html", "b.html", "c.html"]);
}

#[test]
fn what_is_left_out_may_be_said_for_many_at_once() {
    let mkdocs = "\
-- mkdocs.yml --
INHERIT: common/base.yml
-- common/base.yml --
site_name: X
INHERIT: ../mkdocs.yml
exclude_docs: internal/
-- docs/a.md --
# A
";
    assert_eq!(before_and_after(mkdocs, &["-- docs/internal/b.md --\n# B\n"]), ["a.html"]);
    let jekyll = "\
-- _config.yml --
title: X
defaults:
  - scope: { path: internal }
    values: { published: false }
  - scope: { path: '', type: posts }
    values: { draft: true }
  - scope: { path: '' }
    values: { layout: page }
-- a.md --
# A
";
    let more = "-- internal/b.md --\n# B\n-- _posts/2020-01-02-c.md --\n# C\n";
    assert_eq!(before_and_after(jekyll, &[more]), ["a.html"]);
    let hugo = "\
-- hugo.toml --
title = 'X'
-- content/a.md --
# A
-- content/wip/_index.md --
---
cascade:
  draft: true
---
-- content/parts/_index.md --
+++
[[cascade]]
  [cascade.build]
  render = 'never'
  [cascade.target]
  path = '/parts/old/**'
+++
";
    let more = "-- content/wip/b/index.md --\n# B\n-- content/parts/old/c.md --\n# C\n";
    assert_eq!(before_and_after(hugo, &[more]), ["a.html"]);
    assert!(pages(&Project::new(&hugo.replace("draft: true", "draft: false"))).len() == 1);
}

#[test]
fn generators_leave_out_files_by_name() {
    let jekyll = "\
-- _config.yml --
title: Ops
include: [_pages]
collections:
  guides: { output: true }
-- a.md --
# A
-- _pages/b.md --
# B
-- _guides/c.md --
# C
-- _posts/2020-01-02-d.md --
# D
";
    let kept = ["_guides/c.html", "_pages/b.html", "_posts/2020-01-02-d.html", "a.html"];
    assert_eq!(before_and_after(jekyll, &["-- _internal/e.md --\n# E\n-- docs/_f.md --\n# F\n"]), kept);
    for (text, hidden) in [
        (
            "-- docs/.vitepress/config.mts --\nexport default { srcExclude: ['**/TODO.md', \"wip/**\"] }\n-- docs/a.md --\n# A\n",
            "-- docs/x/TODO.md --\n# X\n-- docs/wip/y.md --\n# Y\n",
        ),
        (
            "-- docusaurus.config.js --\nmodule.exports = { docs: { path: 'docs', exclude: ['wip/*.md'] } };\n-- docs/a.md --\n# A\n",
            "-- docs/wip/y.md --\n# Y\n",
        ),
        (
            "-- docs/conf.py --\nextensions = ['myst_parser']\nexclude_patterns = [\n    '_build',\n    'wip/*',\n]\n-- docs/a.md --\n# A\n",
            "-- docs/_build/x.md --\n# X\n-- docs/wip/y.md --\n# Y\n",
        ),
        (
            "-- astro.config.mjs --\nexport default {};\n-- src/content/docs/a.md --\n# A\n",
            "-- src/content/docs/_x.md --\n# X\n-- src/content/docs/_y/z.md --\n# Z\n",
        ),
    ] {
        assert_eq!(before_and_after(text, &[hidden]).len(), 1, "{text}");
    }
}

#[test]
fn a_draft_that_is_left_out_is_said() {
    let project = Project::new(crate::project::GOOD);
    project.write("content/handbook/d.md", "---\ndraft: true\n---\n# D\n");
    let text = project.checks(&[], 0);
    assert!(
        text.contains("note: 1 document is left out as drafts, such as `content/handbook/d.md`"),
        "{text}"
    );
}

#[test]
fn patterns_mean_what_they_mean_to_git() {
    const FILES: [&str; 5] =
        ["drafts/a.md", "x/drafts/b.md", "archive-2020/c.md", "x/archive-1/d.md", "keep.md"];
    for (patterns, kept) in [
        ("[drafts/]", &["archive-2020/c", "keep", "x/archive-1/d"][..]),
        ("[drafts]", &["archive-2020/c", "keep", "x/archive-1/d"]),
        ("[/drafts]", &["archive-2020/c", "keep", "x/archive-1/d", "x/drafts/b"]),
        ("['**/drafts']", &["archive-2020/c", "keep", "x/archive-1/d"]),
        ("['archive-*']", &["drafts/a", "keep", "x/drafts/b"]),
        ("[content/drafts/**]", &["archive-2020/c", "keep", "x/archive-1/d", "x/drafts/b"]),
        ("[drafts/**]", &["archive-2020/c", "keep", "x/archive-1/d", "x/drafts/b"]),
        ("['*.md', '!keep.md']", &["keep"]),
        ("['x/*', '!x/drafts/']", &["archive-2020/c", "drafts/a", "keep", "x/drafts/b"]),
        ("['{drafts,archive-*}']", &["keep"]),
        ("['*', '!*/', '!keep.md', '!a.md']", &["drafts/a", "keep"]),
        ("[./drafts]", &["archive-2020/c", "keep", "x/archive-1/d"]),
    ] {
        let project = Project::new(&format!("-- sdkb.yml --\nignore: {patterns}\n"));
        for file in FILES {
            project.write(&format!("content/{file}"), "# X\n");
        }
        let kept: Vec<String> = kept.iter().map(|page| format!("{page}.html")).collect();
        assert_eq!(pages(&project), kept, "{patterns}");
        assert!(!project.checks(&[], 0).contains("unmatched-pattern"), "{patterns}");
    }
}

#[test]
fn nothing_brings_back_a_file_of_a_folder_that_is_left_out() {
    let text = "-- sdkb.yml --\nignore: PATTERNS\n-- content/index.md --\n# X\n-- content/docs/keep.md --\n# X\n\
                -- content/docs/lost.md --\n# X\n";
    for (patterns, message) in [
        (
            "[docs/, '!docs/keep.md']",
            "`docs/` leaves out the folder with all in it: write `docs/*` in its place",
        ),
        ("['**/docs', '!keep.md']", "`**/docs` leaves out the folder with all in it: write `**/docs/*`"),
        ("[content/docs, '!content/docs/**']", "`content/docs` leaves out the folder"),
    ] {
        let project = Project::new(&text.replace("PATTERNS", patterns));
        assert_eq!(pages(&project), Vec::<String>::new(), "{patterns}");
        let found = crate::project::stdout(&project.sdkb(&["check"]));
        assert!(found.contains(message) && found.contains("brings nothing back"), "{patterns}: {found}");
    }
    let project = Project::new(
        "-- sdkb.yml --\nignore: ['*.bak', static/secret.txt]\n-- content/index.md --\n# X\n-- static/x.bak --\nx\n-- static/secret.txt --\nx\n",
    );
    assert!(!project.checks(&[], 0).contains("unmatched-pattern"));
    for patterns in
        ["['docs/*', '!docs/keep.md']", "['docs/**', '!docs/keep.md']", "[docs/lost.md, '!docs/keep.md']"]
    {
        let project = Project::new(&text.replace("PATTERNS", patterns));
        assert_eq!(pages(&project), ["docs/keep.html"], "{patterns}");
        assert!(!project.checks(&[], 0).contains("unmatched-pattern"), "{patterns}");
    }
}

#[test]
fn patterns_and_settings_that_mean_nothing_are_found() {
    let project = Project::new(crate::project::GOOD);
    let settings = project.read("sdkb.yml");
    for (line, finding) in [
        ("ignore: [drafts/]", "no file matches `drafts/`"),
        ("collections: [{ path: handbok/**, kind: page }]", "help: did you mean `handbook/**`?"),
        (
            "collections: [{ path: content/handbook/**, kind: page }]",
            "paths count from `content`: write `handbook/**`",
        ),
        (
            "edit_url: 'https://x.example/{file}'",
            "`edit_url` is an address with `{file}`, not one with `{path}`",
        ),
        ("language: English please", "`language` is `English please`, not the tag of a language"),
        ("language: english", "`language` is `english`, not the tag of a language"),
        ("out: .", "`out` is `.`, not a folder below the project's own"),
        ("static: ./", "`static` is `./`, not a folder below the project's own"),
    ] {
        project.write("sdkb.yml", &format!("{settings}{line}\n"));
        let output = project.sdkb(&["check"]);
        let text = crate::project::stdout(&output);
        assert!(text.contains(finding), "{line}: {text}");
    }
    for line in [
        "language: zh-Hant-TW",
        "language: de",
        "report_url: 'https://x.example/?t={title}&p={path}&u={url}'",
    ] {
        project.write("sdkb.yml", &format!("{settings}{line}\n"));
        project.checks(&["--deny", "warnings"], 0);
    }
    project.write(
        "sdkb.yml",
        &format!("{settings}collections: [{{ path: content/handbook/**, kind: page }}]\n"),
    );
    project.checks(&["--fix", "--deny", "warnings"], 0);
    assert!(project.read("sdkb.yml").contains("{ path: handbook/**, kind: page }"));
}

#[test]
fn drafts_are_drafts_however_they_are_written() {
    for front_matter in [
        "unlisted: true",
        "headless: true",
        "publish: false",
        "draft: y",
        "draft: Y",
        "draft: t",
        "published: n",
        "draft: true;",
        "build: { list: never }",
        "permalink: false",
        "build: { render: never }",
        "_build:\n  render: false\n  list: never",
        "Draft: true",
        "draft: 'yes'",
        "published: 0",
        "draft: true,",
        "draft:true",
        "\"draft\": true",
    ] {
        let text = format!("-- index.md --\n# Home\n-- a.md --\n---\n{front_matter}\n---\n# A\n");
        assert_eq!(pages(&Project::new(&text)), Vec::<String>::new(), "{front_matter}");
    }
    for head in [
        "{ \"title\": \"A\", \"draft\": true }\n",
        "{\n  \"draft\": true\n}\n",
        "<!-- by hand -->\n---\ndraft: true\n---\n",
        ";;;\n\"draft\": true\n;;;\n",
        "\n---\ndraft: true\n---\n",
    ] {
        let text = format!("-- index.md --\n# Home\n-- a.md --\n{head}# A\n");
        assert_eq!(pages(&Project::new(&text)), Vec::<String>::new(), "{head}");
    }
    for front_matter in [
        "draft: false",
        "draft: n",
        "published: true",
        "published: 2024-01-02",
        "publish: Jan 2, 2024",
        "drafted: true",
        "build: { list: local, render: always }",
        "permalink: /a",
        "hidden: true",
        "ignored: true",
    ] {
        let text = format!("-- index.md --\n# Home\n-- a.md --\n---\n{front_matter}\n---\n# A\n");
        assert_eq!(pages(&Project::new(&text)), ["a.html"], "{front_matter}");
    }
}

#[test]
fn what_says_neither_yes_nor_no_leaves_out_and_is_found() {
    let draft = |value: &str| format!("`draft` is {value}, not `true` or `false` [invalid-syntax]");
    for (front_matter, place, expected) in [
        ("draft: yes please", "2:8", draft("`yes please`")),
        ("draft: WIP", "2:8", draft("`WIP`")),
        ("Draft: 2026-12-01", "2:8", draft("`2026-12-01`")),
        ("draft:", "2:6", draft("no single value")),
        ("draft: [true]", "2:8", draft("no single value")),
        (
            "published: never",
            "2:12",
            "`published` is `never`, not `true` or `false` [invalid-syntax]".to_owned(),
        ),
        ("publish: draft", "2:10", "`publish` is `draft`, not `true` or `false` [invalid-syntax]".to_owned()),
        (
            "build: { render: nope }",
            "2:18",
            "`build.render` is `nope`, not `always` or `never` [invalid-syntax]".to_owned(),
        ),
    ] {
        let text = format!("-- index.md --\n# Home\n-- a.md --\n---\n{front_matter}\n---\n# A\n");
        let project = Project::new(&text);
        assert_eq!(project.findings(), [format!("a.md:{place}: error: {expected}")], "{front_matter}");
        assert_eq!(pages(&project), Vec::<String>::new(), "{front_matter}");
    }
    // The mistake in the front matter is the cause, and is found where it is.
    let project =
        Project::new("-- index.md --\n# Home\n-- a.md --\n---\ndraft: WIP\ntitle: a: b\n---\n# A\n");
    let findings = project.findings();
    assert!(matches!(&findings[..], [one] if one.ends_with("[invalid-syntax]")), "{findings:?}");
    assert_eq!(pages(&project), Vec::<String>::new());
}

#[test]
fn defaults_of_a_collection_leave_out_documents_with_any_front_matter() {
    let documents = "\
-- content/index.md --
# Home
-- content/x/a.md --
# A
-- content/x/b.md --
---
title: B
---
# B
-- content/x/c.md --
---
---
# C
-- content/x/d.md --
{ \"title\": \"D\" }
# D
-- content/x/e.md --
---
title: a: b
---
# E
";
    for (defaults, kind) in [
        ("draft: true", "page"),
        ("published: false", "page"),
        ("Draft: y", "page"),
        ("build: { render: never }", "page"),
        ("draft: true", "runbook"),
    ] {
        let collection = format!("{{ path: 'x/**', kind: {kind}, defaults: {{ {defaults} }} }}");
        let text = format!("-- sdkb.yml --\ntitle: T\ncollections:\n  - {collection}\n{documents}");
        assert_eq!(pages(&Project::new(&text)), Vec::<String>::new(), "{defaults}");
    }
    let settings = "title: T\ncollections:\n  - { path: 'x/**', kind: runbook, defaults: { draft: true } }\n";
    let shown = "---\nservices: []\ndraft: false\n---\n# F\n";
    let project =
        Project::new(&format!("-- sdkb.yml --\n{settings}{documents}-- content/x/f.md --\n{shown}"));
    let findings = project.findings();
    assert!(!findings.iter().any(|line| line.contains("unknown-field")), "{findings:?}");
    let pages = pages(&project);
    assert_eq!(pages.iter().filter(|url| !url.starts_with("reports/")).collect::<Vec<_>>(), ["x/f.html"]);
    // One value, one finding.
    project.write("sdkb.yml", &settings.replace("draft: true", "draft: WIP"));
    let findings = project.findings();
    let found = findings.iter().filter(|line| line.contains("`draft` is `WIP`")).count();
    assert_eq!(found, 1, "{findings:?}");
}

#[test]
fn settings_of_a_generator_that_cannot_be_read_are_found() {
    for (path, text, document) in [
        ("mkdocs.yml", "site_name: My: site\nexclude_docs: |\n  secret/\n", "docs/a.md"),
        ("mkdocs.yml", "site_name: A\n  nav:\n- x\n", "docs/a.md"),
        ("docs/.pages", "nav: [a\n", "docs/a.md"),
        ("_config.yml", "title: My: site\nexclude: [private/]\n", "a.md"),
        ("hugo.toml", "title = \"x\nignoreFiles = [\"secret\"]\n", "content/a.md"),
        ("book.toml", "[book\n", "src/a.md"),
        (".gitbook.yaml", "root: [a\n", "a.md"),
        ("docs/_category_.json", "{ \"label\": \n", "docs/a.md"),
        ("config/tech-docs.yml", "service_name: a: b\n", "source/a.md"),
        ("_config.yml", "title: caf\u{fffd}\n", "a.md"),
    ] {
        let project = Project::new(&format!("-- {document} --\n# A\n"));
        match path {
            "docs/.pages" => project.write("mkdocs.yml", "site_name: A\n"),
            "docs/_category_.json" => project.write("docusaurus.config.js", "module.exports = {};\n"),
            _ => {}
        }
        project.write(path, text);
        if text.contains('\u{fffd}') {
            std::fs::write(project.path(path), b"title: caf\xe9\n").expect("it can be written");
        }
        let findings = project.findings();
        assert!(
            matches!(&findings[..], [one] if one.starts_with(path) && one.ends_with("[invalid-syntax]")),
            "{path}: {findings:?}"
        );
    }
    // Anchors, tags and several documents are what these generators take, and other files of the name are none of theirs.
    for (path, text) in [
        ("mkdocs.yml", "x: &x [a, b]\ny: *x\nz: !!python/name:a.b\nw: !ENV [A, b]\n"),
        ("_config.yml", "---\na: &a { b: c }\nd:\n  <<: *a\n"),
        ("config.toml", "no toml"),
    ] {
        let project = Project::new(&format!("-- a.md --\n# A\n-- docs/b.md --\n# B\n-- {path} --\n{text}"));
        assert_eq!(project.findings(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn generators_leave_out_by_every_way_that_they_have() {
    for (settings, kept, hidden) in [
        (
            "-- mkdocs.yml --\nsite_name: A\nexclude_docs:\n  - secret/\n  - priv.md\n-- docs/a.md --\n# A\n",
            "",
            "-- docs/secret/x.md --\n# X\n-- docs/priv.md --\n# P\n",
        ),
        (
            "-- mkdocs.yml --\nplugins:\n  - exclude: { glob: ['secret/*', '*.tmp.md'], regex: 'wip_\\d' }\n-- docs/a.md --\n# A\n",
            "-- docs/x/secret/y.md --\n# Y\n",
            "-- docs/secret/x/y.md --\n# X\n-- docs/x/y.tmp.md --\n# Y\n-- docs/wip_1.md --\n# W\n",
        ),
        (
            "-- _config.yml --\ncollections:\n  secrets: { output: false }\n  plain: {}\n  guides: { output: true }\n-- _guides/a.md --\n# A\n",
            "",
            "-- _secrets/x.md --\n# X\n-- _plain/z.md --\n# Z\n",
        ),
        ("-- _config.yml --\ncollections: [plain]\n-- a.md --\n# A\n", "", "-- _plain/z.md --\n# Z\n"),
        (
            "-- _config.yml --\nexclude: [priv, '*.draft.md', /top, 'x/[ab].md']\ndefaults:\n  - { scope: { path: wip }, values: { published: false } }\n-- a.md --\n# A\n",
            "-- x/priv.md --\n# P\n-- x/c.md --\n# C\n",
            "-- private-notes.md --\n# P\n-- sub/a.draft.md --\n# D\n-- top/x.md --\n# X\n-- x/a.md --\n# XA\n-- wip-2/y.md --\n# Y\n",
        ),
        (
            "-- hugo.toml --\ntitle = 'X'\n[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = 'priv/*'\n-- content/a.md --\n# A\n",
            "-- content/b/index.md --\n---\ntitle: B\n---\n-- content/c/_index.md --\n---\ntitle: C\n---\n-- content/c/d.md --\n# D\n",
            "-- content/priv/x.md --\n# X\n-- content/b/part.md --\n# Part\n-- content/b/deep/part.md --\n# Part\n-- content/e.md --\n---\nunpublishdate: 2001-01-01\n---\n# E\n-- content/f.md --\n---\npubDate: 2100-01-01\n---\n# F\n-- content/g/index.md --\n---\nheadless: true\n---\n-- content/g/h.md --\n# H\n",
        ),
        (
            "-- hugo.toml --\n[module]\nmounts = [{ source = 'content', target = 'content', files = ['! priv/**', 'a.md', 'x/**'] }]\n-- content/a.md --\n# A\n",
            "-- content/x/y.md --\n# Y\n",
            "-- content/priv/x.md --\n# X\n-- content/other.md --\n# O\n",
        ),
        (
            "-- config.rb --\n\n-- source/a.html.md --\n# A\n",
            "",
            "-- source/b.html.md --\n---\nignored: true\n---\n# B\n",
        ),
        (
            "-- .eleventy.js --\nmodule.exports = {};\n-- posts/posts.json --\n{ \"permalink\": false }\n-- x/y.11tydata.json --\n{ \"permalink\": false }\n-- x/z.11tydata.js --\nmodule.exports = { permalink: false };\n-- a.md --\n# A\n",
            "-- x/x.11tydata.json --\n{ \"permalink\": \"/{{ page.fileSlug }}/\" }\n-- x/k.md --\n# K\n",
            "-- posts/p.md --\n# P\n-- x/y.md --\n# Y\n-- x/z.md --\n# Z\n",
        ),
        (
            "-- docs/.vuepress/config.js --\nmodule.exports = { pagePatterns: ['**/*.md', '!private/**'] }\n-- docs/a.md --\n# A\n",
            "",
            "-- docs/private/x.md --\n# X\n",
        ),
        (
            "-- book.toml --\n[book]\n-- src/SUMMARY.md --\n# Summary\n- [A](a.md)\n- [B](b/README.md)\n-- src/a.md --\n# A\n-- src/b/README.md --\n# B\n",
            "",
            "-- src/fragment.md --\n# F\n-- src/b/c.md --\n# C\n",
        ),
        (
            "-- .gitbook.yaml --\nroot: ./\n-- SUMMARY.md --\n- [A](a.md)\n-- a.md --\n# A\n",
            "",
            "-- b.md --\n---\nhidden: true\n---\n# B\n",
        ),
    ] {
        let before = pages(&Project::new(&format!("{settings}{kept}")));
        let after = before_and_after(&format!("{settings}{kept}"), &[hidden]);
        assert_eq!(after, before, "{settings}");
        let count = settings.matches(".md --").count() + kept.matches(".md --").count();
        let lists = ["index.md --", "README.md --", "SUMMARY.md --"];
        let lists: usize =
            lists.iter().map(|name| settings.matches(name).count() + kept.matches(name).count()).sum();
        assert!(after.len() >= count - lists, "{settings}: {after:?}");
    }
}

#[test]
fn references_to_what_is_left_out_say_so() {
    let project = Project::new(crate::project::GOOD);
    let before = project.findings().len();
    project.write("content/services/d.md", "---\ndraft: true\n---\n# D\n");
    project.write("content/handbook/x.md", "# X\n\n[[d]] [d](../services/d.md) [e](../services/d.html)\n");
    project.write("content/runbooks/x.md", "---\nservices: [d]\n---\n# X\n");
    let text = project.checks(&[], 1);
    let help = "help: `content/services/d.md` is left out of the site: publish it, or lead elsewhere";
    assert_eq!(text.matches(help).count(), 4, "{before} {text}");
}

#[test]
fn static_files_are_published_or_found() {
    let project = Project::new("-- sdkb.yml --\ntitle: T\n-- content/index.md --\n# H\n[p](p.md)\n");
    project.write("content/p.md", "---\naliases: [old]\n---\n# P\n");
    for path in [".nojekyll", ".well-known/security.txt", "plain.txt", ".DS_Store"] {
        project.write(&format!("static/{path}"), "x");
    }
    project.checks(&["--deny", "warnings"], 0);
    project.builds(&[]);
    for path in [".nojekyll", ".well-known/security.txt", "plain.txt"] {
        assert!(project.path("site").join(path).is_file(), "{path}");
    }
    assert!(!project.path("site/.DS_Store").exists());
    for path in ["p.html", "old.html", "index.html"] {
        project.write(&format!("static/{path}"), "x");
        let findings = project.findings();
        let expected = format!(
            "static/{path}:1:1: error: the site has a page at `{path}`, and not this file [duplicate-url]"
        );
        assert!(findings.contains(&expected), "{findings:?}");
    }
}
