//! What documents are to each other, and where they stand.

use crate::site::Site;

const SHOP: &str = "\
-- sdkb.yml --
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off }
base_url: https://kb.example/ops
repository: https://git.example/kb/blob/main
-- content/squads/payments.md --
---
title: Payments squad
---
-- content/services/checkout.md --
---
title: Checkout
owner: payments
depends_on: [gateway]
---
## Deploy
-- content/services/gateway.md --
---
title: Gateway
owner: payments
---
-- content/failure-modes/pool.md --
---
title: Pool exhausted
services: [checkout]
detection: { alerts: [PoolFull] }
---
-- content/failure-modes/timeout.md --
---
title: Gateway times out
services: [gateway]
mitigations: [pool]
---
-- content/runbooks/pool.md --
---
title: Free the pool
services: [checkout]
alerts: [PoolFull, PoolGrowing]
failure_modes: [pool]
aliases: [runbooks/old-pool]
---
See [[service/checkout#deploy|how to deploy]] and [the script](../../bin/free.sh#L3) in [its folder](../../bin/).
-- content/runbooks/gateway.md --
---
title: Restart the gateway
services: [gateway]
---
Mentions [pool](pool.md).
-- bin/free.sh --
true
-- content/priorities/p1.md --
---
title: Critical
level: P1
name: Critical
major: true
---
-- content/comms-templates/first.md --
---
title: First notice
stage: investigating
audience: customer
channels: [email]
priorities: [p1]
---
-- content/incidents/2026-03-14-pool.md --
---
title: Pool ran dry
summary: Checkout stood still for an hour.
priority: p1
services: [checkout]
times: { detected: 2026-03-14T02:11:00+01:00 }
failure_modes: [failure-mode/pool]
actions: [{ title: Alert earlier, owner: payments }]
---
";

/// The shop, checked and built.
fn shop() -> Site {
    Site::new(SHOP).check().finds_nothing_else().build()
}

/// The part of a page between the heading of a relation and the next heading.
fn relation(site: &Site, url: &str, label: &str) -> String {
    let page = site.page(url);
    let mut parts = page.split("<h2").skip(1);
    let part = parts.find(|part| part.split("</h2").next().is_some_and(|heading| heading.contains(label)));
    part.unwrap_or_else(|| panic!("{url} has no relation {label}: {page}")).to_owned()
}

#[test]
fn relations_stand_at_both_ends() {
    let site = shop();
    for (url, label, other) in [
        ("services/checkout.html", "When it fails", "runbooks/pool.html"),
        ("services/checkout.html", "When it fails", "failure-modes/pool.html"),
        ("services/checkout.html", "Incidents", "incidents/2026-03-14-pool.html"),
        ("services/gateway.html", "Neighbours", "services/checkout.html"),
        ("failure-modes/pool.html", "Make it stop", "runbooks/pool.html"),
        ("failure-modes/pool.html", "It happened in", "incidents/2026-03-14-pool.html"),
        ("priorities/p1.html", "Comms templates", "comms-templates/first.html"),
        ("priorities/p1.html", "Incidents", "incidents/2026-03-14-pool.html"),
        ("squads/payments.html", "Services", "services/checkout.html"),
        ("squads/payments.html", "Open actions", "incidents/2026-03-14-pool.html"),
        ("runbooks/pool.html", "Mentioned in", "runbooks/gateway.html"),
        // Said from the other end.
        ("failure-modes/timeout.html", "Make it stop", "runbooks/pool.html"),
    ] {
        let shown = relation(&site, url, label);
        assert!(shown.contains(&format!("../{other}\"")), "{url}, {label}: {shown}");
    }
}

#[test]
fn owners_are_inherited_through_services() {
    let site = shop();
    assert!(relation(&site, "squads/payments.html", "Owns").contains("runbooks/pool.html"));
    shop().has("runbooks/pool.html", "../squads/payments.html");
}

#[test]
fn body_links_lead_to_pages_sections_and_the_forge() {
    shop()
        .has("runbooks/pool.html", "<a href=\"../services/checkout.html#deploy\">how to deploy</a>")
        .has("runbooks/pool.html", "href=\"https://git.example/kb/blob/main/bin/free.sh#L3\"")
        .has("runbooks/pool.html", "href=\"https://git.example/kb/blob/main/bin\"")
        .has("runbooks/pool.html", "https://git.example/kb/blob/main/content/runbooks/pool.md");
}

#[test]
fn a_section_behind_a_folder_is_one_of_its_document() {
    let site = Site::new(
        "-- runbooks/pool.md --\n# Pool\n\n## Steps\n\n[own](./#steps) [list](./#nothing) [guide](../guide/#start)\n\
         -- guide/README.md --\n# Guide\n\n## Start\n",
    )
    .check()
    .finds("runbooks/pool.md 5:26 broken-anchor")
    .build();
    site.has("runbooks/pool.html", "<a href=\"#steps\">own</a>")
        .has("runbooks/pool.html", "<a href=\"../guide/index.html#start\">guide</a>");
}

#[test]
fn every_alert_has_one_stable_page() {
    shop()
        .has("alerts/index.html", "PoolGrowing")
        .has("alerts/PoolFull.html", "../runbooks/pool.html")
        .has("alerts/PoolFull.html", "../failure-modes/pool.html")
        .has("alerts/PoolGrowing.html", "../runbooks/pool.html");
}

#[test]
fn aliases_redirect() {
    shop().has("runbooks/old-pool.html", "url=pool.html");
}

#[test]
fn machines_get_atom_sitemap_and_json() {
    let site = shop()
        .has("incidents/feed.xml", "<title>Pool ran dry</title>")
        .has("incidents/feed.xml", "https://kb.example/ops/incidents/2026-03-14-pool.html")
        .has("incidents/feed.xml", "2026-03-14T01:11:00")
        .has("sitemap.xml", "<loc>https://kb.example/ops/runbooks/pool.html</loc>")
        .lacks("sitemap.xml", "404")
        .has("index.html", "https://kb.example/ops/")
        .has("404.html", "href=\"/ops/index.html\"");
    let graph: serde_json::Value = serde_json::from_str(site.page("graph.json")).expect("JSON");
    assert_eq!(graph["version"], 1);
    let references = graph["references"].as_array().expect("a list");
    let edge = serde_json::json!({
        "from": "incident/2026-03-14-pool", "field": "actions.owner", "to": "squad/payments",
    });
    assert!(references.contains(&edge), "{references:#?}");
}

#[test]
fn a_suffix_of_an_id_is_enough() {
    Site::adopted(
        "\
-- services/buy/checkout.md --
---
owner: payments
---
-- squads/payments.md --
# Payments
-- runbooks/a.md --
---
services: [checkout]
---
-- runbooks/b.md --
---
services: [buy/checkout, service/buy/checkout]
---
",
    )
    .check()
    .finds("checkout.md 1:1 unmet-expectation")
    .build()
    .has("runbooks/a.html", "../services/buy/checkout.html")
    .has("runbooks/b.html", "../services/buy/checkout.html");
}

#[test]
fn an_index_file_stands_for_its_folder() {
    Site::adopted(
        "\
-- squads/payments/index.md --
# Payments
-- services/checkout/index.md --
---
owner: payments
---
![flow](flow.svg)
-- services/checkout/flow.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
-- services/index.md --
About all services.
",
    )
    .check()
    .finds("checkout/index.md 1:1 unmet-expectation")
    .finds("checkout/index.md 1:1 unmet-expectation")
    .build()
    .has("services/checkout/index.html", "src=\"flow.svg\"")
    .has("services/checkout/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
    .has("services/index.html", "About all services.")
    .has("services/index.html", "checkout/index.html");
}

#[test]
fn a_project_adds_and_extends_kinds() {
    Site::adopted(
        "\
-- kinds/drill.md --
---
kind: drill
plural: Drills
folder: drills
fields:
  service: { type: reference, to: service, required: true, inverse: Drilled in, help: What is drilled. }
---
-- kinds/service.md --
---
kind: service
fields:
  cost_centre: { type: text, help: Who pays. }
---
-- squads/a.md --
# A
-- services/s.md --
---
owner: a
cost_centre: CC-7
---
-- drills/d.md --
---
service: s
---
# First drill
-- drills/e.md --
---
servise: s
---
",
    )
    .check()
    .finds("drills/e.md 2:1 unknown-field")
    .finds("s.md 1:1 unmet-expectation")
    .finds("s.md 1:1 unmet-expectation")
    .build()
    .has("drills/index.html", "First drill")
    .has("services/s.html", "Drilled in")
    .has("services/s.html", "CC-7");
}

#[test]
fn a_map_shows_the_names_that_authors_give() {
    Site::adopted(
        "\
-- kinds/contract.md --
---
kind: contract
plural: Contracts
fields:
  promises: { type: map, help: What is promised., fields: { target: { type: text, help: How much. } } }
---
-- contracts/a.md --
---
promises: { latency: { target: 300 ms } }
---
",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("contracts/a.html", "latency")
    .has("contracts/a.html", "300 ms");
}

#[test]
fn links_keep_their_place_in_a_file() {
    Site::adopted("-- a.md --\n[from 3](m.mp4#t=3) [x](a.md#a)\n\n# A\n-- m.mp4 --\nx\n")
        .check()
        .finds_nothing_else()
        .build()
        .has("a.html", "href=\"m.mp4#t%3D3\"")
        .has("a.html", "<h1 id=\"a\">");
}

#[test]
fn fields_are_known_by_their_roles() {
    Site::adopted(
        "\
-- kinds/drill.md --
---
kind: drill
plural: Drills
fields:
  headline: { role: title, type: text, help: What it is called. }
  formerly: { role: aliases, type: text, many: true, help: Earlier paths. }
  checked: { role: last-reviewed, type: date, help: When it was read. }
  good_for: { role: review-interval, type: duration, help: How long it is good. }
  excuses:
    role: suppressions
    type: object
    many: true
    help: What stays.
    fields:
      what: { role: rule, type: text, help: The rule. }
      why: { role: reason, type: text, help: Why. }
  tasks:
    type: object
    many: true
    help: What is left to do.
    fields:
      task: { role: title, type: text, help: What to do. }
      day: { type: date, settled_by: { state: done }, help: By when. }
      state: { type: text, help: How far it is. }
---
-- kinds/runbook.md --
---
kind: runbook
fields:
  variables:
    type: object
    many: true
    help: Values.
    fields:
      name: { type: text, help: The name. }
      pattern: { type: pattern, help: Its form. }
      example: { type: text, help: A value. }
---
-- drills/a.md --
---
headline: Region lost
formerly: [old/place]
checked: 2026-01-01
good_for: 30d
excuses: [{ what: stale-review, why: The region is gone. }]
tasks: [{ task: Buy a region, day: 2026-03-01 }]
---
-- runbooks/r.md --
---
services: []
variables: [{ name: NODE, pattern: '[0-9]+', example: one }]
---
# R
",
    )
    .check()
    .finds("drills/a.md 7:36 overdue-action")
    .finds("r.md 2:11 missing-field")
    .finds("r.md 3:55 pattern-mismatch")
    .finds_nothing_else()
    .build()
    .has("drills/a.html", "<title>Region lost")
    .has("old/place.html", "drills/a.html")
    .has("index.html", "Buy a region");
}

#[test]
fn links_that_name_no_site_and_no_section_are_found() {
    Site::new("")
        .write("a.md", "# A\n\n[a](http://) [c](//) [d](mailto:) <a href=\"tel:\">e</a> [f](https://?q)\n")
        .check()
        .finds("a.md 3:5 broken-link")
        .finds("a.md 3:18 broken-link")
        .finds("a.md 3:26 broken-link")
        .finds("a.md 3:44 broken-link")
        .finds("a.md 3:60 broken-link")
        .finds_nothing_else()
        .edit("a.md", "[a]", "[a](https://x.example/#b) [g](mailto:a@x.example) [h](//x.example) [i](http://localhost:80)\n\n[a]")
        .edit("a.md", "\n\n[a](http://)", "\n\n<!--")
        .edit("a.md", "(https://?q)\n", "-->\n")
        .check()
        .finds_nothing_else();
    let mut site = Site::new("")
        .write("a.md", "# A\n\n[a](docs/#steps) [b](docs/) [c](docs/#) [d](docs#_list) [e](docs/b.md#b) [f](docs#steps)\n")
        .write("docs/b.md", "# B\n")
        .check()
        .finds("a.md 3:10 broken-anchor")
        .finds("a.md 3:82 broken-anchor");
    site = site.write("docs/index.md", "# Docs\n\n## Steps\n").check().finds("a.md 3:49 broken-anchor");
    site.edit("a.md", "#_list", "").check().finds_nothing_else();
    // Eleventy may make a page for the folder.
    Site::new("-- .eleventy.js --\nmodule.exports = {};\n-- a.md --\n# A\n\n[a](docs/#steps)\n-- docs/b.md --\n# B\n")
        .check()
        .finds_nothing_else();
}
