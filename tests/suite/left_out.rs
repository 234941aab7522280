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
    for front_matter in
        ["draft: false", "published: true", "drafted: true", "build: { list: never }", "permalink: /a"]
    {
        let text = format!("-- index.md --\n# Home\n-- a.md --\n---\n{front_matter}\n---\n# A\n");
        assert_eq!(pages(&Project::new(&text)), ["a.html"], "{front_matter}");
    }
}
