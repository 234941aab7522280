//! Fields and values under the names that adopters have for them: `fields` of a collection.

use crate::project::{Project, stderr, stdout};

const SETTINGS: &str = "\
-- sdkb.yml --
title: Test
rules: { orphan-document: off, unreachable-owner: off, missing-section: off }
collections:
  - path: \"post/**\"
    kind: incident
    fields:
      service: services
      severity: { field: priority, values: { sev1: p1, sev2: p2 } }
      began: times.started
      noticed: times.detected
      origin: { field: caused_by, values: { release: change, load: capacity } }
  - path: \"svc/**\"
    kind: service
    fields: { team: owner, owner: { field: tier, values: { gold: tier-1 } }, looked_at: review.last_reviewed }
-- content/squads/web.md --
# Web
-- content/priorities/p1.md --
---
level: P1
---
# P1
-- content/priorities/p2.md --
---
level: P2
---
# P2
-- content/svc/shop.md --
---
team: web
---
# Shop
";

const INCIDENT: &str = "\
-- content/post/outage.md --
---
service: shop
severity: sev1
began: 2026-03-04T10:00:00Z
noticed: 2026-03-04T10:05:00Z
origin: release
status: resolved
learnings: [Deploys are slow.]
---
# Outage
";

/// What is found about fields in a project with this incident.
fn found(incident: &str) -> Vec<String> {
    let project = Project::new(&format!("{SETTINGS}{incident}"));
    let findings = project.findings();
    let is_meant = |line: &String| line.contains(": error: ") && line.contains("/post/");
    findings.into_iter().filter(is_meant).collect()
}

#[test]
fn fields_are_read_under_the_names_of_their_authors() {
    let project = Project::new(&format!("{SETTINGS}{INCIDENT}"));
    assert_eq!(found(INCIDENT), Vec::<String>::new());
    project.builds(&["--allow-errors"]);
    let page = project.read("site/post/outage.html");
    for shown in ["Shop", "P1", "change", "5 min"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let service = project.read("site/svc/shop.html");
    assert!(service.contains("Outage") && service.contains("Web"), "{service}");
}

#[test]
fn findings_stand_at_what_the_author_wrote_and_have_its_names() {
    let wrong = INCIDENT
        .replace("service: shop", "service: shpo")
        .replace("severity: sev1", "severity: sev3")
        .replace("origin: release", "origin: releas")
        .replace("noticed: 2026-03-04T10:05:00Z", "noticed: 2026-03-04T09:05:00Z");
    assert_eq!(
        found(&wrong),
        [
            "content/post/outage.md:2:10: error: no service `shpo` [broken-reference]",
            "content/post/outage.md:3:11: error: no priority `sev3` [broken-reference]",
            "content/post/outage.md:5:10: error: `noticed` is before `began` [contradictory-times]",
            "content/post/outage.md:6:9: error: `origin` is `releas`, not one of the choices [invalid-value]",
        ]
    );
    let absent = INCIDENT.replace("severity: sev1\n", "").replace("noticed: 2026-03-04T10:05:00Z\n", "");
    let found = found(&absent);
    let missing: Vec<&String> = found.iter().filter(|line| line.contains("missing-field")).collect();
    assert!(missing.iter().any(|line| line.contains("missing field `severity`")), "{found:?}");
    assert!(missing.iter().any(|line| line.contains("missing field `noticed`")), "{found:?}");
    assert_eq!(missing.len(), 2);
}

#[test]
fn fixes_write_the_names_of_the_author() {
    let wrong =
        INCIDENT.replace("service: shop", "servise: shop").replace("origin: release", "origin: relase");
    let project = Project::new(&format!("{SETTINGS}{wrong}"));
    let found = project.findings();
    assert!(found.iter().any(|line| line.contains("unknown field `servise`")), "{found:?}");
    let is_missing = |line: &String| line.contains("/post/") && line.contains("missing field");
    assert!(!found.iter().any(is_missing), "{found:?}");
    project.sdkb(&["check", "--fix"]);
    let fixed = project.read("content/post/outage.md");
    assert!(fixed.contains("\nservice: shop\n") && fixed.contains("\norigin: release\n"), "{fixed}");
}

#[test]
fn the_names_of_kinds_stay_right() {
    let ours = INCIDENT
        .replace("service: shop", "services: [shop]")
        .replace("severity: sev1", "priority: p1")
        .replace(
            "began: 2026-03-04T10:00:00Z\nnoticed: 2026-03-04T10:05:00Z",
            "times: { started: 2026-03-04T10:00:00Z, detected: 2026-03-04T10:05:00Z }",
        )
        .replace("origin: release", "caused_by: capacity");
    assert_eq!(found(&ours), Vec::<String>::new());
    let wrong = ours.replace("caused_by: capacity", "caused_by: capacitty");
    let found = found(&wrong);
    assert!(found[0].contains("`caused_by` is `capacitty`"), "{found:?}");
}

#[test]
fn fields_and_values_that_there_are_not_are_found_in_the_settings() {
    let text = SETTINGS
        .replace("service: services", "service: servces")
        .replace("load: capacity", "load: capasity")
        .replace("looked_at: review.last_reviewed", "looked_at: review.last_reviewd");
    let project = Project::new(&text);
    let found: Vec<String> = project
        .findings()
        .into_iter()
        .filter(|line| line.starts_with("sdkb.yml") && line.contains(": error: "))
        .collect();
    assert_eq!(
        found,
        [
            "sdkb.yml:7:16: error: unknown field `servces` [unknown-field]",
            "sdkb.yml:11:68: error: `caused_by` is `capasity`, not one of the choices [invalid-value]",
            "sdkb.yml:14:89: error: unknown field `review.last_reviewd` [unknown-field]",
        ]
    );
    let said = stderr(&project.sdkb(&["check"])) + &project.checks(&[], 1);
    for help in
        ["did you mean `services`?", "did you mean `capacity`?", "did you mean `review.last_reviewed`?"]
    {
        assert!(said.contains(help), "{said}");
    }
    project.sdkb(&["check", "--fix"]);
    let settings = project.read("sdkb.yml");
    assert!(settings.contains("service: services\n") && settings.contains("load: capacity }"), "{settings}");
}

#[test]
fn what_is_no_name_is_found() {
    for (fields, wrong) in [
        ("fields: [a]", "`collections.fields` is a list, not a group of fields"),
        ("fields: { a: [owner] }", "`collections.fields.a` is a list, not the name of a field"),
        ("fields: { a: { feild: owner } }", "`collections.fields.a` is `feild`, not `field` or `values`"),
        (
            "fields: { a: { field: tier, values: [x] } }",
            "`collections.fields.a.values` is a list, not a group",
        ),
        (
            "fields: { a: { field: tier, values: { x: [y] } } }",
            "`collections.fields.a.values` is a list, not a single",
        ),
    ] {
        let text = format!(
            "-- sdkb.yml --\ntitle: T\ncollections:\n  - path: \"a/**\"\n    {fields}\n-- content/a/b.md --\n# B\n"
        );
        let said = Project::new(&text).checks(&[], 1);
        assert!(said.contains(wrong), "{fields}: {said}");
    }
}

#[test]
fn init_proposes_names_for_which_all_values_speak() {
    let incident = |day: usize, more: &str| {
        format!(
            "-- incidents/2026-03-0{day}-a.md --\n---\nservice: shop\nseverity: SEV-{day}\nstart_time: 2026-03-0{day}T10:00:00Z\nlast-review: 2026-03-09\n{more}---\n# Outage {day}\n"
        )
    };
    let text = format!(
        "-- README.md --\n# Ops\n-- services/shop.md --\n# Shop\n-- priorities/p1.md --\n# P1\n-- priorities/p2.md --\n# P2\n{}{}",
        incident(1, "team: nobody-we-know\nlabels: [a]\n"),
        incident(2, "team: others\n"),
    );
    let project = Project::new(&text);
    let said = stdout(&project.sdkb(&["init", "--from", "."]));
    let settings = project.read("sdkb.yml");
    let wanted = "  - path: \"**\"
    fields:
      last-review: review.last_reviewed # in 2 of 2 incidents
      service: services # in 2 of 2 incidents
      severity: { field: priority, values: { SEV-1: p1, SEV-2: p2 } } # in 2 of 2 incidents
      start_time: times.started # in 2 of 2 incidents
";
    assert!(settings.contains(wanted), "{settings}");
    // There is no such squad, and one document is no evidence.
    assert!(!settings.contains("team") && !settings.contains("labels"), "{settings}");
    assert!(said.contains("severity  priority in 2 of 2 incidents: SEV-1 is p1, SEV-2 is p2"), "{said}");
    project.checks(&[], 0);
    // What comes later is held to it.
    project.edit("incidents/2026-03-02-a.md", "SEV-2", "SEV-7");
    assert!(project.checks(&[], 1).contains("no priority `SEV-7`"));
}
