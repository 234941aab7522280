//! What pages say beyond the fields of their document: durations, neighbours, gaps, what is left to do.

use jiff::civil::date;
use sdkb::world::MemoryWorld;

use crate::project::Project;
use crate::site::{SETTINGS, Site, TODAY};

const SHOP: &str = "\
-- squads/payments.md --
---
channels: [{ type: slack, name: '#pay', url: 'https://chat.example/pay' }]
---
-- squads/search.md --
-- services/storefront.md --
---
owner: search
depends_on: [checkout]
---
-- services/checkout.md --
---
owner: payments
tier: tier-1
depends_on: [gateway]
---
-- services/gateway.md --
---
owner: payments
---
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
response_target: 5m
---
-- failure-modes/pool.md --
---
title: Pool is empty
services: [checkout]
---
-- runbooks/latency.md --
---
services: [checkout]
---
-- incidents/one.md --
---
title: Checkout stood still
priority: p1
services: [checkout]
status: resolved
failure_modes: [pool]
times:
  started: 2026-03-14T02:00:00+01:00
  detected: 2026-03-14T02:11:00+01:00
  mitigated: 2026-03-14T03:30:00+01:00
  resolved: 2026-03-14T02:45:00Z
learnings: [Pools are small.]
actions:
  - { title: Alert sooner, owner: payments, due: 2026-05-01 }
  - { title: Larger pool, owner: search, due: 2026-06-20, status: open }
  - { title: Tell support, owner: payments, status: done }
---
-- incidents/two.md --
---
title: Nothing much
priority: p1
services: [gateway]
times: { detected: 2026-04-01T10:00:00Z, mitigated: 2026-04-01T10:20:00Z }
---
";

/// The shop, whatever it lacks.
fn shop(more: &str) -> Site {
    let text = format!("{SETTINGS}{SHOP}{more}")
        .replace("rules: {", "rules: { unmet-expectation: off, overdue-action: off,");
    Site::new(&text).build()
}

/// The part of a page from `from` to `to`.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split_once(from).unwrap_or_else(|| panic!("no {from:?} in {page}")).1;
    rest.split(to).next().unwrap_or_default()
}

#[test]
fn lengths_of_time_follow_from_the_moments() {
    let site = shop("");
    let figures = part(site.page("incidents/one.html"), "<dl class=\"figures\">", "</dl>");
    for (label, text) in [
        ("To detect, since started", "11 min"),
        ("To mitigate, since started", "1 h 30 min"),
        ("To resolve, since started", "1 h 45 min"),
    ] {
        assert!(figures.contains(&format!("<dt>{label}</dt><dd>{text}</dd>")), "{label}: {figures}");
    }
    // Nobody says when it was taken up.
    assert!(!figures.contains("acknowledge"), "{figures}");
    // Nobody knows when it began, so it is counted from when it was noticed.
    let figures = part(site.page("incidents/two.html"), "<dl class=\"figures\">", "</dl>");
    assert!(figures.contains("<dt>To mitigate, since detected</dt><dd>20 min</dd>"), "{figures}");
}

#[test]
fn moments_that_contradict_each_other_make_no_length_of_time() {
    let site = shop("").edit("incidents/two.md", "T10:20:00Z", "T09:20:00Z").build();
    assert!(!site.page("incidents/two.html").contains("To mitigate"));
}

#[test]
fn a_document_stands_among_its_neighbours() {
    let site = shop("");
    let drawing = part(site.page("services/checkout.html"), "<svg class=\"graph", "</svg>");
    for expected in [
        "<a class=\"node node-before\" href=\"../services/storefront.html\"><title>Storefront (depended on by)</title>",
        "<g class=\"node node-this\"><title>Checkout</title>",
        "<a class=\"node node-after\" href=\"../services/gateway.html\"><title>Gateway (depends on)</title>",
    ] {
        assert!(drawing.contains(expected), "{expected}: {drawing}");
    }
    let alone = shop("-- services/alone.md --\n---\nowner: search\n---\n");
    assert!(!alone.page("services/alone.html").contains("<svg class=\"graph"));
}

#[test]
fn gaps_are_shown_as_gaps() {
    let site = shop("");
    assert!(
        site.page("services/checkout.html").contains("<span class=\"gap\">no runbook mitigates it</span>")
    );
    let site = site
        .has("index.html", "<p class=\"gap\">no runbook mitigates it</p>")
        .edit("runbooks/latency.md", "services: [checkout]", "services: [checkout]\nfailure_modes: [pool]")
        .build();
    assert!(!site.page("services/checkout.html").contains("no runbook mitigates it"));
    assert!(!site.page("index.html").contains("no runbook mitigates it"));
}

#[test]
fn what_is_left_to_do_stands_where_it_belongs() {
    let site = shop("");
    // All of an incident's actions are about its service.
    let open = part(site.page("services/checkout.html"), "id=\"_open-actions\"", "</section>");
    assert!(
        open.contains("Alert sooner") && open.contains("Larger pool") && !open.contains("Tell support"),
        "{open}"
    );
    assert!(open.contains("data-value=\"overdue\""), "{open}");
    // A squad has its own ones only.
    let open = part(site.page("squads/payments.html"), "id=\"_open-actions\"", "</section>");
    assert!(open.contains("Alert sooner") && !open.contains("Larger pool"), "{open}");
    // What is near comes to the home page, in the order of days.
    let near = part(site.page("index.html"), "id=\"_attention\"", "</section>");
    assert!(near.find("Alert sooner").expect("overdue") < near.find("Larger pool").expect("near"), "{near}");
}

#[test]
fn what_is_collected_has_a_page_of_its_own() {
    let site = shop("");
    let learnings = site.page("incidents/learnings.html");
    let group = part(learnings, "<a href=\"../services/checkout.html\">Checkout</a>", "</section>");
    assert!(group.contains("Pools are small.") && group.contains("../incidents/one.html"), "{group}");
    assert!(group.contains("failure_modes=Pool is empty&#10;"), "{group}");
    assert!(site.page("failure-modes/pool.html").contains("Pools are small."));
    let site = site.edit("incidents/one.md", "learnings: [Pools are small.]\n", "").build();
    site.has_no_page("incidents/learnings.html");
}

#[test]
fn owners_are_there_with_the_way_to_reach_them() {
    shop("").has("services/checkout.html", "<a class=\"strong\" href=\"https://chat.example/pay\"");
}

#[test]
fn an_edit_renders_the_pages_that_show_it_two_steps_away() {
    let site = shop("").edit("incidents/one.md", "Alert sooner", "Alert much sooner").build();
    for url in [
        "incidents/one.html",
        "services/checkout.html",
        "squads/payments.html",
        "incidents/actions.html",
        "index.html",
    ] {
        assert!(site.page(url).contains("Alert much sooner"), "{url}");
    }
    assert!(!site.page("services/gateway.html").contains("Alert much sooner"));
}

#[test]
fn a_page_leads_to_where_it_is_edited_and_reported() {
    let text = "\
-- sdkb.yml --
base_url: https://kb.example/
edit_url: https://git.example/edit/{path}
report_url: https://git.example/new?title={title}&at={url}
rules: { orphan-document: off, no-owner: off }
-- content/a b.md --
# What & why
";
    let report =
        "https://git.example/new?title=What%20%26%20why&amp;at=https%3A%2F%2Fkb%2Eexample%2Fa%2520b%2Ehtml";
    Site::new(text)
        .build()
        .has("a b.html", "href=\"https://git.example/edit/content/a%20b.md\"")
        .has("a b.html", &format!("href=\"{report}\""));
    let plain = Site::adopted("-- a.md --\n# A\n").build();
    plain.lacks("a.html", "Edit this page").lacks("a.html", "Report a problem");
}

#[test]
fn the_last_change_is_told_where_it_is_known() {
    let mut world = MemoryWorld::on(TODAY);
    world.insert("a.md", "# A\n");
    world.insert("b.md", "# B\n");
    world.commit("a.md", date(2026, 3, 4));
    let session = sdkb::session::Session::new(world, "test", sdkb::caches::Caches::new());
    let analysis = session.analyze();
    let pages = crate::site::pages(&session, &analysis);
    let page = |url: &str| String::from_utf8_lossy(&pages[url]).into_owned();
    assert!(page("a.html").contains("Last changed <time datetime=\"2026-03-04\">4 Mar 2026</time>"));
    assert!(!page("b.html").contains("Last changed"));
}

#[test]
fn a_history_that_was_cut_tells_no_last_change() {
    let project = Project::new(crate::project::GOOD);
    project.commit();
    project.builds(&["--out", "../site"]);
    let told = |project: &Project| {
        std::fs::read_to_string(project.folder.path().join("site/handbook/b.html")).expect("a page")
    };
    assert!(told(&project).contains("Last changed <time datetime=\"2026-03-04\">"));
    project.write("content/handbook/c.md", "# C, changed\n");
    project.commit();
    let from = format!("file://{}", project.path("").display());
    crate::project::git(project.folder.path(), &["clone", "--quiet", "--depth=1", &from, "short"]);
    std::fs::rename(project.path(""), project.folder.path().join("whole")).expect("a folder can be moved");
    std::fs::rename(project.folder.path().join("short"), project.path("")).expect("a folder can be moved");
    project.builds(&["--out", "../site"]);
    assert!(!told(&project).contains("Last changed"));
}

#[test]
fn the_navigation_shows_the_branch_and_not_the_site() {
    let many: String =
        (10..60).map(|at| format!("-- runbooks/pay/r{at}.md --\n---\nservices: [checkout]\n---\n")).collect();
    let site = shop(&many);
    let branch = part(site.page("runbooks/pay/r30.html"), "<ul class=\"branch\">", "</ul>");
    assert_eq!(branch.matches("<li>").count(), 12, "{branch}");
    assert!(branch.contains("r30.html\" aria-current=\"page\""), "{branch}");
    assert!(
        branch.contains("r29.html") && branch.contains("r31.html") && !branch.contains("latency.html"),
        "{branch}"
    );
}

#[test]
fn the_home_page_leads_to_what_its_text_names_first() {
    let start = "-- index.md --\n---\nstart: [{ title: Declare, to: page/declare, why: Before you are sure. }]\n---\n\
                 -- handbook/declare.md --\n# How to declare\n";
    let site = shop(start);
    let first = part(site.page("index.html"), "id=\"_start\"", "</section>");
    assert!(first.contains("href=\"handbook/declare.html\">Declare</a>"), "{first}");
}

/// What the home page and lists know of built-in kinds, a kind of the project says of itself.
#[test]
fn a_kind_says_how_lists_and_the_home_page_show_it() {
    let kind = "\
-- kinds/outage.md --
---
kind: outage
plural: Outages
folder: outages
home: HOME
summary: When something is out.
fields:
  status: { type: choice, choices: [burning, over, waiting], states: { live: [burning], normal: [over], unfinished: [waiting] }, help: H. }
  worth: { type: choice, choices: [gold, silver], facet: true, ranks: true, brief: true, help: H. }
  mood: { type: choice, choices: [calm, tense], facet: true, brief: true, hide_in_lists: true, display: chip, help: H. }
  limit: { type: duration, brief: true, lead_in: done within, help: H. }
---
Text.
-- outages/a.md --
---
status: over
worth: silver
mood: calm
limit: 5m
---
# The first
-- outages/b.md --
---
status: burning
worth: gold
mood: tense
---
# The second
-- outages/c.md --
---
status: waiting
---
# The third
";
    let home = |part: &str| Site::new(&kind.replace("HOME", part)).build();
    let site =
        home("owners").has("index.html", "Going on now").has("index.html", r#"<h2 id="_outages">Outages"#);
    let owned = part(site.page("index.html"), r#"id="_outages""#, "</section>");
    // By rank, which is said; what is as expected is not.
    let places =
        ["The second", "gold", "The first", "silver", "The third", "waiting"].map(|text| owned.find(text));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{owned}");
    assert!(!owned.contains(">over<"), "{owned}");
    let list = part(site.page("outages/index.html"), r#"id="_list""#, "</main>");
    assert!(list.contains("Worth: </span>gold") && !list.contains("Mood: </span>"), "{list}");
    site.has("outages/a.html", r#"<dd><span class="chip" data-value="calm">"#);
    home("levels").has(
        "index.html",
        r#"<strong class="level">silver</strong> calm</a> <span class="about"><span>done within "#,
    );
    home("latest").has("index.html", "Latest outages");
    let edited = home("latest").edit("kinds/outage.md", "live: [burning], ", "").build();
    edited.lacks("index.html", "Going on now");
}
