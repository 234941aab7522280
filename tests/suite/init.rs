//! `sdkb init`: a knowledge base to start from, and settings for markdown that is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::project::{Project, command, stderr, stdout};

/// An empty project.
fn empty() -> Project {
    let project = Project::new("");
    fs::create_dir(project.path("")).expect("folders can be made");
    project
}

/// Runs `sdkb` in the project, which ends with `code`. Returns what it says.
fn runs(project: &Project, args: &[&str], code: i32) -> String {
    let output = project.sdkb(args);
    let text = stdout(&output) + &stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    text
}

/// The paths of all files in the project, but for those of git.
fn files(project: &Project) -> BTreeSet<String> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if path.ends_with(".git") => {}
                true => walk(&path, root, found),
                false => {
                    let path = path.strip_prefix(root).expect("inside");
                    found.insert(path.to_string_lossy().into_owned());
                }
            }
        }
    }
    let (mut found, root) = (BTreeSet::new(), project.path(""));
    walk(&root, &root, &mut found);
    found
}

/// Adopts the project. Returns the settings and the report.
fn adopts(project: &Project) -> (String, String) {
    let report = runs(project, &["init", "--from", "."], 0);
    (project.read("sdkb.yml"), report)
}

/// Part of a text from a line that begins with `start`.
fn from<'a>(text: &'a str, start: &str) -> &'a str {
    let at = text.find(&format!("\n{start}")).unwrap_or_else(|| panic!("no {start:?} in {text}"));
    &text[at + 1..]
}

#[test]
fn a_new_knowledge_base_has_nothing_wrong_with_it() {
    let project = empty();
    insta::assert_snapshot!("init", runs(&project, &["init"], 0));
    project.checks(&["--deny", "warnings"], 0);
    project.builds(&[]);
    assert!(project.path("site/alerts/WebsiteErrorRateHigh.html").is_file());
    assert!(project.read("site/index.html").contains("<title>Kb</title>"), "the folder's name is the title");
}

#[test]
fn a_new_knowledge_base_does_not_grow_stale_by_itself() {
    let project = empty();
    runs(&project, &["init"], 0);
    let mut later = command(&project.path(""));
    later.args(["check", "--deny", "warnings"]).env("SOURCE_DATE_EPOCH", "1900000000");
    let output: Output = later.output().expect("sdkb runs");
    assert!(output.status.success(), "{}", stdout(&output));
}

#[test]
fn all_that_the_new_settings_say_in_comments_is_true() {
    let project = empty();
    runs(&project, &["init"], 0);
    let settings = project.read("sdkb.yml");
    let is_setting = |line: &str| {
        let name: String =
            line.chars().take_while(|letter| letter.is_lowercase() || *letter == '_').collect();
        !name.is_empty() && line[name.len()..].starts_with(':') || line.starts_with("  - ")
    };
    let lines =
        settings.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line));
    let told: Vec<&str> = lines.collect();
    assert!(told.iter().filter(|line| !line.starts_with('#')).count() > 7, "{told:#?}");
    project.write("sdkb.yml", &told.join("\n"));
    project.write("content/how-to/restart.md", "---\nservices: [website]\n---\n# Restart\n");
    let text = project.checks(&[], 0);
    assert!(
        text.contains("restart.md") && text.contains("missing-section") && !text.contains("sdkb.yml"),
        "{text}"
    );
}

#[test]
fn a_folder_is_made_and_named_in_what_comes_next() {
    let project = empty();
    let text = runs(&project, &["init", "new/acme-operations"], 0);
    assert!(
        text.contains("to `new/acme-operations`") && text.contains("  cd new/acme-operations\n"),
        "{text}"
    );
    assert!(project.read("new/acme-operations/sdkb.yml").contains("\ntitle: Acme operations\n"));
    let text = runs(&project, &["init", "it's: new"], 0);
    assert!(text.contains("  cd 'it'\\''s: new'\n"), "{text}");
    assert!(project.read("it's: new/sdkb.yml").contains("title: \"It's: new\"\n"));
    runs(&project, &["check", "--project", "it's: new", "--deny", "warnings"], 0);
}

#[test]
fn a_fresh_repository_is_free_to_use() {
    let project = Project::new("-- README.md --\n# Ours\n-- CONTRIBUTING.md --\n# How\n-- LICENSE --\nMIT\n");
    project.commit();
    runs(&project, &["init"], 0);
    assert_eq!(project.read("README.md"), "# Ours\n");
}

#[test]
fn nothing_is_ever_overwritten() {
    let project =
        Project::new("-- .gitignore --\nmine\n-- .editorconfig --\nroot = true\n-- src/main.rs --\n");
    let text = runs(&project, &["init"], 0);
    assert!(text.contains("Left as it was: `.editorconfig`, `.gitignore`."), "{text}");
    assert_eq!(project.read(".gitignore"), "mine\n");
    assert_eq!(project.read(".editorconfig"), "root = true\n");
}

#[test]
fn a_knowledge_base_is_not_begun_twice_or_over_markdown() {
    let project = empty();
    runs(&project, &["init"], 0);
    let text = runs(&project, &["init"], 2);
    assert!(text.starts_with("error: this folder is a knowledge base already\nhelp: `sdkb new "), "{text}");
    let text = runs(&project, &["init", "--from", "."], 2);
    assert!(text.contains("error: `.` has settings already\nhelp: edit its `sdkb.yml`"), "{text}");
    let project = Project::new("-- notes/a.md --\n# A\n-- notes/b.md --\n# B\n");
    let text = runs(&project, &["init"], 2);
    assert!(
        text.contains("holds 2 markdown documents already\nhelp: `sdkb init --from .` proposes"),
        "{text}"
    );
    assert_eq!(files(&project).len(), 2);
}

#[test]
fn there_has_to_be_markdown_to_adopt() {
    let project = Project::new("-- code/main.rs --\n");
    let text = runs(&project, &["init", "--from", "code"], 2);
    assert_eq!(
        text,
        "error: there is no markdown in `code`\nhelp: `sdkb init code` starts a knowledge base there\n"
    );
    assert!(runs(&project, &["init", "--from", "gone"], 2).starts_with("error: there is no folder `gone`"));
    assert_eq!(
        runs(&project, &["init", "a", "--from", "code"], 2).lines().next().map(|line| &line[..6]),
        Some("error:")
    );
    assert_eq!(files(&project).len(), 1);
}

/// Folders with names that say little, and documents that say more.
const ODD: &str = "\
-- README.md --
# Acme ops

[What we do at night](night/README.md)
-- night/README.md --
# At night
-- night/redis-full.md --
# Redis is full

## Symptoms
## Mitigation

See [the other](gone.md).
-- night/pg-failover.md --
# Failover

## Symptoms
## Diagnosis
## Mitigation
-- learnings/2026-01-02-checkout.md --
# Checkout was down

## Timeline
## Root causes
## Action items
-- learnings/2026-02-03-search.md --
# Search was slow

## Impact
## Timeline
## Lessons learned
-- learnings/template.md --
# What happened

## Timeline
## Root causes
-- guides/a.md --
# How to start

## Troubleshooting

```sh
ls
```
-- guides/b.md --
# How to go on

## Prerequisites
## Steps
";

#[test]
fn folders_get_the_kind_that_their_documents_show() {
    let project = Project::new(ODD);
    let before = files(&project);
    let (settings, report) = adopts(&project);
    insta::assert_snapshot!("adopted_settings", settings);
    insta::assert_snapshot!("adopted_report", report);
    let mut after = files(&project);
    assert!(after.remove("sdkb.yml") && after.remove("known-findings.txt"));
    assert_eq!(after, before, "nothing but the settings and what is known is written");
    let text = project.checks(&[], 0);
    assert!(!text.contains("--> sdkb.yml"), "{text}");
    project.builds(&[]);
    assert!(project.read("site/runbooks/index.html").contains("night/redis-full.html"));
    assert!(project.read("site/incidents/index.html").contains("learnings/2026-01-02-checkout.html"));
    let again = Project::new(ODD);
    assert_eq!(adopts(&again), (settings, report), "the same input makes the same settings");
}

#[test]
fn folders_that_say_their_kind_need_no_entry() {
    let mut text = "-- docs/add-runbook.md --\n# Add runbook\n".to_owned();
    for name in ["NodeDown", "DiskFull", "etcdNoLeader"] {
        text += &format!(
            "-- runbooks/node/{name}.md --\n# {name}\n\n## Meaning\n## Impact\n## Diagnosis\n## Mitigation\n"
        );
    }
    for name in ["a", "b", "c"] {
        text += &format!("-- runbooks/helpers/{name}.md --\n# Helper {name}\n");
    }
    let (settings, report) = adopts(&Project::new(&text));
    let (_, collections) = settings.split_once("\ncollections:\n").expect("there are some");
    assert!(
        collections.starts_with(
            "  # hardly anything of a runbook, unlike the documents around it\n  - { path: \"runbooks/helpers/**\", kind: page }\n\n"
        ),
        "{collections}"
    );
    assert!(
        report.contains("  runbooks/**  3 runbooks, by its name\n      section `Diagnosis` in 3 of 3, "),
        "{report}"
    );
}

#[test]
fn a_folder_of_each_service_holds_it_and_its_runbooks() {
    let mut text = "-- README.md --\n# Ops\n".to_owned();
    for name in ["basket", "checkout", "search"] {
        text += &format!("-- services/{name}/README.md --\n# {name}\n\n## Dashboards\n");
        text += &format!("-- services/{name}/runbooks/slow.md --\n# Slow\n\n## Symptoms\n\n## Resolution\n");
        text += &format!("-- services/{name}/runbooks/down.md --\n# Down\n\n## Symptoms\n\n## Escalation\n");
    }
    let project = Project::new(&text);
    let (settings, _) = adopts(&project);
    assert!(
        from(&settings, "collections:").starts_with(
            "collections:\n  # section `Dashboards` in 3 of 3\n  - { path: \"services/*/README.md\", kind: service }\n  \
             # section `Symptoms` in 6 of 6, section `Escalation` in 3, section `Resolution` in 3\n  \
             - { path: \"**/runbooks/**\", kind: runbook }\n"
        ),
        "{settings}"
    );
    project.builds(&[]);
    assert!(project.read("site/services/index.html").contains("checkout"));
}

#[test]
fn a_name_is_not_taken_for_a_kind_against_the_text() {
    let text = "\
-- handbook/incident/response.md --
# Incident response
-- handbook/incident/roles.md --
# Incident roles
-- api/useThing.md --
# useThing

```sh
npm install
```
-- api/DataTable.md --
# DataTable

```sh
npm install
```
";
    let (settings, _) = adopts(&Project::new(text));
    let collections = from(&settings, "collections:");
    assert!(
        collections.starts_with(
            "collections:\n  # no text like that of an incident, and no date\n  - { path: \"handbook/incident/**\", kind: page }\n\n"
        ),
        "{collections}"
    );
}

#[test]
fn what_other_tools_wrote_is_no_finding_and_stays_unpublished() {
    let text = "\
-- mkdocs.yml --
site_name: 'Acme: ops'
-- docs/index.md --
# Home
-- docs/runbooks/[a].md --
---
layout: post
draft: true
---
# A
-- docs/runbooks/b.md --
---
layout: post
sidebar_position: 2
---
# B
-- docs/adr/1.md --
---
status: accepted
kind: decision
---
# One
";
    let project = Project::new(text);
    let (settings, report) = adopts(&project);
    assert!(
        settings.contains("\ntitle: \"Acme: ops\"\n") && settings.contains("\ncontent: docs\n"),
        "{settings}"
    );
    assert!(!settings.contains("ignore:"), "{settings}");
    assert!(
        !settings.contains("rules:") && settings.contains("\nbaseline: known-findings.txt\n"),
        "{settings}"
    );
    assert!(!report.contains("layout") && !report.contains("decision"), "{report}");
    project.builds(&[]);
    assert!(!project.path("site/runbooks/[a].html").exists());
}

#[test]
fn the_address_of_the_files_comes_from_git_without_its_password() {
    let project = Project::new("-- kb/notes/a.md --\n# A\n");
    project.commit();
    project.git(&["remote", "add", "origin", "https://ann:secret@github.com/acme/ops.git"]);
    runs(&project, &["init", "--from", "kb"], 0);
    let settings = project.read("kb/sdkb.yml");
    assert!(settings.contains("\nrepository: https://github.com/acme/ops/blob/main/kb/\n"), "{settings}");
}

#[test]
fn what_is_there_today_is_known_and_what_comes_later_is_not() {
    let project = Project::new(ODD);
    adopts(&project);
    project.checks(&["--deny", "warnings"], 0);
    project.builds(&[]);
    // New findings of the same rules are errors, beside the old ones as in new documents.
    project.write("night/new.md", "# New\n\n[x](gone.md)\n");
    let text = project.checks(&[], 1);
    assert!(text.contains("error[broken-link]") && text.contains("error[missing-field]"), "{text}");
    assert_eq!(project.sdkb(&["build"]).status.code(), Some(1));
}

#[test]
fn the_name_of_a_folder_alone_is_no_kind() {
    let mut text = String::from("-- README.md --\n# Community\n");
    for name in ["calendar", "chairs", "mailing-lists", "meetings", "zoom"] {
        text += &format!("-- communication/{name}.md --\n# {name}\n\nHow we do it.\n");
    }
    text += "-- communication/moderation/README.md --\n# Moderation\n\nWho does it.\n";
    text += "-- communication/outage.md --\n---\naudience: customers\n---\n# Outage\n";
    for name in ["gateway", "identity"] {
        text += &format!("-- modules/api/service/{name}.md --\n# {name}\n\nA module.\n");
        text += &format!(
            "-- scripts/app-services/set-{name}-of-app-service.md --\n# Set {name} of an app service\n"
        );
    }
    text += "-- rfcs/classify-cluster-priority/README.md --\n# Classify the priority\n\nA proposal.\n";
    text += "-- services/basket.md --\n# Basket\n";
    let project = Project::new(&text);
    assert!(project.sdkb(&["init", "--from", "."]).status.success());
    let settings = project.read("sdkb.yml");
    for kind in ["service", "comms-template", "priority"] {
        assert!(!settings.contains(&format!("kind: {kind}")), "{settings}");
    }
    let listed = project.sdkb(&["build"]);
    assert!(listed.status.success(), "{}", stderr(&listed));
    assert!(project.path("site/services/basket.html").is_file());
    let service = project.read("site/services/index.html");
    assert!(service.contains("Basket") && !service.contains("gateway"), "{service}");
}
