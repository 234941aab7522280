//! `sdkb new`, as authors use it.

use std::fs;
use std::path::Path;

use crate::project::{Project, command, stderr, stdout};

/// A project with one squad and two services.
const SHOP: &str = "\
-- sdkb.yml --
title: Shop
rules: { orphan-document: off, unreachable-owner: off }
-- content/squads/payments.md --
# Payments
-- content/services/checkout.md --
---
title: Checkout
owner: payments
---
-- content/services/core/ledger.md --
---
title: Ledger
owner: payments
---
";

/// Runs `sdkb new`, which succeeds. Returns the path that it prints.
fn starts(project: &Project, args: &[&str]) -> String {
    let output = project.sdkb(&[&["new"], args].concat());
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    stdout(&output).trim_end().to_owned()
}

/// Runs `sdkb new`, which writes nothing. Returns what it says.
fn refuses(project: &Project, args: &[&str]) -> String {
    let before = files(&project.path(""));
    let output = project.sdkb(&[&["new"], args].concat());
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
    assert_eq!(stdout(&output), "");
    assert_eq!(files(&project.path("")), before, "{args:?}");
    stderr(&output)
}

fn files(folder: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    walk.filter_map(|entry| Some(entry.ok()?.path().to_string_lossy().into_owned())).collect()
}

/// The head of a document, without the hints in it.
fn head(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn without_a_kind_it_lists_them() {
    let project =
        Project::new(&format!("{SHOP}-- kinds/drill.md --\n---\nkind: drill\nsummary: Practice.\n---\n"));
    let text = stdout(&project.sdkb(&["new"]));
    assert!(text.contains("runbook         What to do when an alert fires"), "{text}");
    assert!(text.contains("drill           Practice.\n"), "{text}");
}

#[test]
fn every_kind_begins_without_an_error() {
    let project = Project::new(SHOP);
    let wanted = [
        ("squad", vec![]),
        ("priority", vec!["--set", "level=P1", "--set", "name=Critical", "--set", "major=true"]),
        ("service", vec![]),
        ("runbook", vec!["--set", "services=checkout,ledger"]),
        ("failure-mode", vec!["--set", "services=checkout"]),
        ("incident", vec!["--set", "services=checkout"]),
        (
            "comms-template",
            vec!["--set", "stage=identified", "--set", "audience=customer", "--set", "channels=email"],
        ),
        ("ceremony", vec![]),
        ("readiness", vec!["--set", "service=checkout", "--set", "level=gold"]),
        ("page", vec![]),
    ];
    let listed = stdout(&project.sdkb(&["new"]));
    assert_eq!(listed.lines().count(), wanted.len(), "{listed}");
    for (kind, mut args) in wanted {
        // There are two squads once there is a new one.
        if kind == "service" {
            args.extend(["--set", "owner=payments"]);
        }
        let path = starts(&project, &[&[kind, "Something", "new"], args.as_slice()].concat());
        let text = project.read(&path);
        project.checks(&[], 0);
        // The hints are what an author uncomments.
        let uncommented: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(hint) if hint.contains("  # ") => format!("{hint}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        project.write(&path, &uncommented);
        let findings = stdout(&project.sdkb(&["check"]));
        assert!(!findings.contains("invalid-syntax") && !findings.contains("unknown-field"), "{findings}");
        project.write(&path, &text);
    }
}

#[test]
fn the_example_takes_every_kind() {
    let project = Project::new("");
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(from.join("content")).into_iter().flatten() {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(from).expect("it is inside");
            let to = project.path(&path.to_string_lossy());
            fs::create_dir_all(to.parent().expect("a folder")).expect("folders can be made");
            fs::copy(entry.path(), to).expect("files can be copied");
        }
    }
    project.write("sdkb.yml", "title: Example\n");
    let service = ["--set", "services=payment-gateway,checkout"];
    let path =
        starts(&project, &[&["incident", "Cards fail", "--set", "priority=p1"], &service[..]].concat());
    assert_eq!(path, "content/incidents/2026-06-01-cards-fail.md");
    let path = starts(&project, &[&["runbook", "CardsFail"], &service[..]].concat());
    assert_eq!(path, "content/runbooks/CardsFail.md");
    starts(&project, &[&["failure-mode", "Cards fail"], &service[..]].concat());
    starts(&project, &["service", "Cards", "--set", "owner=payments", "--set", "depends_on=checkout"]);
    starts(&project, &["readiness", "Cards", "--set", "service=checkout", "--set", "level=silver"]);
    for kind in ["squad", "ceremony", "page"] {
        starts(&project, &[kind, "Cards"]);
    }
    project.checks(&[], 0);
    assert!(project.checks(&[], 0).contains("warnings"));
}

#[test]
fn an_incident_has_its_times_and_what_was_said() {
    let project = Project::new(&format!(
        "{SHOP}-- content/priorities/p1.md --\n---\nlevel: P1\nname: Critical\nmajor: true\n---\n# P1\n"
    ));
    let path = starts(
        &project,
        &["incident", "Checkout", "fails: for \"some\"", "--set", "services=checkout,core/ledger"],
    );
    assert_eq!(path, "content/incidents/2026-06-01-checkout-fails-for-some.md");
    insta::assert_snapshot!("new_incident", project.read(&path));
    let earlier = [
        "incident",
        "Earlier",
        "--set",
        "services=ledger",
        "--set",
        "times.detected=2026-05-30T23:10:00+02:00",
    ];
    let path = starts(&project, &earlier);
    assert_eq!(path, "content/incidents/2026-05-30-earlier.md");
    assert!(!project.read(&path).contains("started"), "a start after its discovery");
    project.checks(&[], 0);
}

#[test]
fn a_runbook_shows_what_else_to_say() {
    let project = Project::new(SHOP);
    let path = starts(&project, &["runbook", "Checkout is slow", "--set", "services=checkout"]);
    insta::assert_snapshot!("new_runbook", project.read(&path));
}

#[test]
fn values_are_written_so_that_they_read_back() {
    let project = Project::new(SHOP);
    for title in [
        "Say \"no\": 100% #1",
        "404",
        "true",
        "[x] {a}, b - c",
        "'quoted'",
        "Größe – 日本語",
        "a\\b\tc",
        "*stars*",
    ] {
        let path = starts(
            &project,
            &["page", title, "--set", "tags=a b,2026-03-14", "--set", "summary=It's: so, #1"],
        );
        let text = project.read(&path);
        let yaml = text.split("---\n").nth(1).expect("front matter");
        let read: serde_json::Value = serde_yaml::from_str(yaml).expect("it is YAML");
        assert_eq!(read["title"], title);
        assert_eq!(read["tags"], serde_json::json!(["a b", "2026-03-14"]));
        assert_eq!(read["summary"], "It's: so, #1");
    }
    project.checks(&[], 0);
}

#[test]
fn references_are_as_short_as_they_can_be() {
    let project = Project::new(&format!(
        "{SHOP}-- content/services/old/ledger.md --\n---\nowner: payments\n---\n# Old\n"
    ));
    let path = starts(
        &project,
        &["runbook", "A", "--set", "services=service/checkout.md", "--set", "owner=squad/payments"],
    );
    let text = project.read(&path);
    assert!(text.contains("services: [checkout]\nowner: payments\n"), "{text}");
}

#[test]
fn what_is_wrong_is_said_before_anything_is_written() {
    let project = Project::new(SHOP);
    starts(&project, &["runbook", "There already", "--set", "services=checkout"]);
    let cases: [&[&str]; 16] = [
        &["runbok", "X"],
        &["nonsense"],
        &["runbook"],
        &["runbook", "🚀"],
        &["runbook", "X"],
        &["runbook", "X", "--set", "services=chekout"],
        &["runbook", "X", "--set", "services=payments"],
        &["runbook", "X", "--set", "services="],
        &["runbook", "X", "--set", "servces=checkout"],
        &["runbook", "X", "--set", "services"],
        &["runbook", "There already", "--set", "services=checkout"],
        &["incident", "X", "--set", "services=checkout"],
        &["incident", "X", "--set", "times=now"],
        &[
            "incident",
            "X",
            "--set",
            "times.detected=yesterday",
            "--set",
            "services=checkout",
            "--set",
            "priority=p1",
        ],
        &["readiness", "X", "--set", "service=checkout", "--set", "level=glod"],
        &["readiness", "X", "--set", "service=checkout"],
    ];
    let messages = cases.map(|args| format!("$ sdkb new {}\n{}", args.join(" "), refuses(&project, args)));
    insta::assert_snapshot!("new_refuses", messages.join("\n"));
}

#[test]
fn references_elsewhere_stay_what_they_were() {
    let project = Project::new(&format!(
        "{SHOP}\
-- content/runbooks/a/slow.md --
---
services: [checkout]
---
# Slow
-- content/runbooks/b/fast.md --
---
services: [checkout]
---
# Fast
-- content/incidents/x.md --
---
priority: p1
services: [checkout]
times: {{ detected: 2026-03-14T02:11:00Z }}
runbooks_used: [{{ ref: slow }}]
---
# X
-- content/priorities/p1.md --
---
level: P1
name: Critical
major: true
---
# P1
"
    ));
    let slow = ["new", "runbook", "Slow", "--set", "services=checkout"];
    let text = refuses(&project, &slow[1..]);
    assert_eq!(
        text,
        "error: `slow` in `content/incidents/x.md` would lead to `content/runbooks/slow.md` from now on\n\
         help: choose another title\n"
    );
    let output = command(&project.path("content/runbooks/b")).args(slow).output().expect("sdkb runs");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("error[ambiguous-reference]") && text.contains("content/incidents/x.md:5"),
        "{text}"
    );
    assert!(!project.path("content/runbooks/b/slow.md").exists());
}

#[test]
fn it_goes_where_documents_of_its_kind_are() {
    let shop = SHOP.replace("content/squads/", "content/teams/");
    let project = Project::new(&shop);
    assert_eq!(starts(&project, &["squad", "Search"]), "content/teams/search.md");
    assert_eq!(starts(&project, &["teams", "Risk"]), "content/teams/risk.md");
    // The folder that the author stands in.
    let below = project.path("content/services/core");
    let output = command(&below)
        .args(["new", "service", "Fees", "--set", "owner=payments"])
        .output()
        .expect("sdkb runs");
    assert_eq!(stdout(&output), "fees.md\n", "{}", stderr(&output));
    let output = command(&below).args(["new", "squad", "Fees"]).output().expect("sdkb runs");
    assert!(stdout(&output).ends_with("/content/teams/fees.md\n"), "{}", stdout(&output));
    project.checks(&[], 0);
}

#[test]
fn settings_decide_where_and_what() {
    let project = Project::new(
        "\
-- sdkb.yml --
title: Shop
content: kb
collections:
  - { path: 'how-to/**', kind: runbook, defaults: { services: [checkout] } }
  - { path: 'services/**', kind: page }
-- kb/services.md --
# Services
-- kb/checkout.md --
---
kind: service
owner: payments
---
# Checkout
-- kb/squads/payments.md --
# Payments
-- kinds/drill.md --
---
kind: drill
folder: practice
date_field: day
fields:
  day: { type: date, required: true, fill: now, help: The day. }
  crew:
    type: object
    many: true
    required: true
    help: Who took part.
    fields:
      squad: { type: reference, to: squad, required: true, help: The squad. }
      role:  { type: choice, choices: [red, blue], required: true, help: The side. }
---
What {{ title }} was about.
",
    );
    // The folder of services holds pages here, so that the document has to say what it is.
    let path = starts(&project, &["service", "Search", "--set", "owner=payments"]);
    assert_eq!(
        (path.as_str(), head(&project.read(&path)).as_str()),
        ("kb/services/search.md", "---\ntitle: Search\nkind: service\nowner: payments\nstatus: draft\n")
    );
    let path = starts(&project, &["drill", "Red", "team", "--set", "crew.role=red"]);
    assert_eq!(path, "kb/practice/2026-06-01-red-team.md");
    let text = project.read(&path);
    assert!(text.contains("day: 2026-06-01\ncrew:\n  - { squad: payments, role: red }\n"), "{text}");
    assert!(text.ends_with("What Red team was about.\n"), "{text}");
    project.checks(&[], 0);
}

#[test]
fn an_empty_project_gets_a_content_folder() {
    let project = Project::new("-- sdkb.yml --\ntitle: Shop\n");
    let text = refuses(&project, &["service", "Checkout"]);
    assert_eq!(
        text,
        "error: a service needs `owner`, and there is no squad yet\nhelp: start with `sdkb new squad`\n"
    );
    assert_eq!(starts(&project, &["squad", "Payments"]), "content/squads/payments.md");
    let path = starts(&project, &["service", "Checkout"]);
    assert_eq!(path, "content/services/checkout.md");
    assert!(project.read(&path).contains("owner: payments\n"), "the only squad");
    starts(&project, &["runbook", "Checkout is slow"]);
    starts(&project, &["page", "On call"]);
    assert!(project.read("content/pages/on-call.md").contains("owner: payments\n"));
    project.checks(&[], 0);
}

#[cfg(unix)]
#[test]
fn an_editor_opens_the_document() {
    let project = Project::new(SHOP);
    project.write("editor.sh", "#!/bin/sh\necho \"$1\" > \"$2.seen\"\n");
    let edit = |editor: &str| {
        let mut command = command(&project.path(""));
        command.env_remove("VISUAL").env("EDITOR", editor);
        command.args(["new", "page", "Hello", "--edit"]).output().expect("sdkb runs")
    };
    let output = edit("");
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(2), "error: there is no editor to open\nhelp: set `EDITOR`, as in `EDITOR=vim`\n")
    );
    assert!(!project.path("content/pages").exists());
    let output = edit("sh editor.sh 'two words'");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output), "content/pages/hello.md\n");
    assert_eq!(project.read("content/pages/hello.md.seen"), "two words\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_project() {
    let project = Project::new(SHOP);
    let elsewhere = project.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("folders can be made");
    std::os::unix::fs::symlink(&elsewhere, project.path("content/pages")).expect("links can be made");
    let text = refuses(&project, &["page", "Hello"]);
    assert!(text.starts_with("error: `content/pages/hello.md` lies outside of the project"), "{text}");
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}
