//! What the pages of runbooks, alerts, priorities and messages give their scripts, and readers without them.

use crate::site::Site;

const KB: &str = r#"
-- runbooks/a.md --
---
title: A is slow
alerts: [ASlow]
variables:
  - { name: POD, description: Which one., pattern: "[a-z0-9-]+", example: web-1, label: pod }
---
## Meaning

See [b](../runbooks/b.md).

## Diagnosis

1. Look at [b](b.md#meaning) and at it:

   ```sh
   kubectl -n <name space> logs "$POD" --since '<time>'
   ```

2. Restart.

   ```sh
   kubectl delete pod "$POD"
   ```
-- runbooks/b.md --
---
title: B is down
alerts: [BDown]
---
## Meaning

Nothing to run.
-- priorities/p1.md --
---
title: The worst
level: P1
name: Critical
major: true
triage: [{ impact: high, urgency: high }]
update_every: { internal: 15m, external: 30m }
---
-- priorities/p2.md --
---
level: P2
name: Serious
major: false
---
-- comms-templates/news.md --
---
title: News
stage: identified
audience: customer
channels: [email]
priorities: [p1]
variables:
  - { name: impact, example: Nothing works. }
  - { name: plan, says: action, optional: true }
---
{{ impact }} {{ plan }}
"#;

fn site() -> Site {
    Site::new(KB).build()
}

#[test]
fn commands_say_where_values_go_and_what_they_destroy() {
    let page = "runbooks/a.html";
    let site = site()
        .has(page, r#"<span class="slot" data-name="name space" data-takes="any" data-first="-">"#)
        .has(page, r#"<span class="slot" data-name="POD" data-in="double" data-takes="any" data-first="-">"#)
        .has(page, r#"data-destructive="kubectl delete""#)
        .has(page, r#"<strong class="danger">Destructive: kubectl delete</strong>"#)
        .has(
            page,
            r#"name="POD" value="" data-pattern="[[3,3],[],[3,1],[2,45,45,48,57,97,122]]" data-label="pod""#,
        )
        // A placeholder that nobody declares has a field, once.
        .has(page, r#"<input id="_fill-p1" name="name space""#)
        .has(page, r#"assets/fill.js?v="#)
        .has(page, "data-progress")
        .lacks("runbooks/b.html", "data-progress")
        .lacks("runbooks/b.html", "data-fill");
    assert_eq!(site.page(page).matches(r#" name="name space""#).count(), 1);
}

#[test]
fn the_page_of_an_alert_has_the_first_command() {
    let page = "alerts/ASlow.html";
    site()
        .has(page, "data-with-labels>A is slow</a>")
        .has(page, r#"<a href="../runbooks/a.html#diagnosis" data-with-labels>Diagnosis</a>"#)
        // Links in it lead from where it now stands.
        .has(page, r#"<a href="../runbooks/b.html#meaning">b</a>"#)
        .has(page, r#"data-name="POD""#)
        .lacks(page, "kubectl delete")
        .has(page, r#"data-label="pod""#)
        .lacks("alerts/BDown.html", "First command");
}

#[test]
fn an_alert_asks_only_for_what_its_command_has_a_place_for() {
    let text = "label: pod }\n---";
    let more = "label: pod }\n  - { name: ZONE, label: zone }\n---";
    let page = "alerts/ASlow.html";
    let site = Site::new(&KB.replace(text, more)).build();
    site.has("runbooks/a.html", r#"data-label="zone""#).has(page, r#"data-label="pod""#).lacks(page, "zone");
    // What the command finds out itself is not asked for.
    let own = KB.replace("   kubectl -n <name", "   POD=$(pick)\n   kubectl -n <name");
    Site::new(&own).build().has(page, "POD").lacks(page, r#"data-label="pod""#);
}

#[test]
fn what_a_document_says_of_its_alerts_is_said_once() {
    let kind = "-- kinds/service.md --\n---\nkind: service\nfields:\n  pages_on: { type: alert, many: true, help: Which. }\n---\n";
    let service = "-- services/s.md --\n---\nowner: q\npages_on: [FooBar]\n---\n-- squads/q.md --\n# Q\n";
    let site = Site::new(&format!("{kind}{service}")).build();
    assert_eq!(site.page("services/s.html").matches("FooBar</a>").count(), 1);
}

#[test]
fn what_stands_behind_the_first_command_may_define_its_links() {
    let text = "Look at [b](b.md#meaning) and at it:";
    let referring = KB.replace(text, "Look at [b][there] and at it:");
    let defined = referring.replace("2. Restart.", "2. Restart.\n\n## More\n\n[there]: b.md#meaning\n");
    Site::new(&defined).build().has("alerts/ASlow.html", r#"<a href="../runbooks/b.html#meaning">b</a>"#);
    let tabs = "-- runbooks/c.md --\n---\nalerts: [CDown]\n---\n<Tabs>\n  <TabItem value=\"a\" label=\"Linux\">\n\n  ```sh\n  look\n  ```\n\n### More\n\n  </TabItem>\n</Tabs>\n";
    Site::new(tabs).build().has("alerts/CDown.html", "look");
}

#[test]
fn a_change_of_the_command_changes_the_alert() {
    Site::new(KB).build().edit("runbooks/a.md", "kubectl -n", "oc -n").build().has("alerts/ASlow.html", "oc");
}

#[test]
fn a_matrix_leads_to_all_priorities() {
    for (page, url) in
        [("priorities/index.html", "../priorities/p1.html"), ("priorities/p2.html", "../priorities/p1.html")]
    {
        site()
            .has(page, &format!(r#"<td data-cell="high high"><a href="{url}">P1</a></td>"#))
            .has(page, r#"<td data-cell="low low"><span class="soft">none</span></td>"#)
            .has(page, r#"<template data-priority="high high," data-level="P1">"#)
            .has(page, "assets/triage.js?v=");
    }
    site().has("priorities/p1.html", r#"<td data-cell="high high" class="here">"#);
}

#[test]
fn a_message_knows_the_rhythm_of_its_priorities() {
    let page = "comms-templates/news.html";
    site()
        .has(page, r#"<option value="P1" data-internal="15 min" data-external="30 min">The worst</option>"#)
        .lacks(page, r#"value="P2""#)
        .has(page, r#"data-message="external" data-must="impact,action,next update""#)
        .has(page, r#"name="impact" data-says="impact""#)
        .has(page, r#"name="plan" data-says="action" data-optional"#)
        .has(page, "{{ impact }} {{ plan }}");
}

#[test]
fn a_page_sees_all_of_a_kind_only_where_its_template_names_it() {
    let theme = |text: &str| {
        format!("{KB}-- themes/default/templates/kinds/squad.html --\n{text}\n-- squads/s.md --\n# S\n")
    };
    Site::new(&theme(
        "{% for r in page.all.priority %}{{ r.card.title }}:{{ r.fields.level?.text }};{% endfor %}",
    ))
    .build()
    .has("squads/s.html", "P2:P2;The worst:P1;")
    // A change of what it names is a change of the page.
    .edit("priorities/p1.md", "The worst", "The very worst")
    .build()
    .has("squads/s.html", "The very worst:P1;");
    Site::new(&theme(
        "{% for r in page.all[\"comms-template\"] %}{{ r.card.title }}{% endfor %}{{ page.all | length }}",
    ))
    .build()
    .has("squads/s.html", "News1");
}

#[test]
fn a_template_chooses_facts_by_their_names() {
    let template = "{% set f = page.document.facts %}{% for f in f | only(names=[\"tier\", \"none\", \"owner\"]) %}{{ f.name }} {% endfor %}/{% for f in f | except(names=[\"tier\", \"owner\"]) %}{{ f.name }} {% endfor %}";
    let service =
        "-- services/s.md --\n---\nowner: q\ntier: tier-1\ntags: [a]\n---\n-- squads/q.md --\n# Q\n";
    Site::new(&format!("{KB}-- themes/default/templates/kinds/service.html --\n{template}\n{service}"))
        .build()
        .has("services/s.html", "tier owner /tags ");
}

#[test]
fn a_kind_can_have_an_index_of_its_own() {
    Site::new(&format!(
        "{KB}-- themes/default/templates/indexes/runbook.html --\n{{{{ page.title }}}} by hand\n"
    ))
    .build()
    .has("runbooks/index.html", "Runbooks by hand");
}
