//! Every sort of bad input, and the message that it gets.

use crate::site::{SETTINGS, Site};

/// A squad and two services that the cases refer to.
const WORLD: &str = "\
-- squads/payments.md --
---
title: Payments
---
-- services/checkout.md --
---
title: Checkout
owner: payments
---
## How to deploy
-- services/payment-gateway.md --
---
title: Payment gateway
owner: payments
---
";

/// The messages that `files` get beside the documents of [`WORLD`], as one text.
fn messages(files: &str) -> String {
    let site =
        Site::new(&format!("{SETTINGS}repository: https://git.example/kb\n{WORLD}{}", files.trim_start()));
    // What the world itself lacks is not the point.
    let text = site.check().messages();
    let own = text.split("\n\n").filter(|message| !message.contains("[unmet-expectation]: service"));
    own.collect::<Vec<_>>().join("\n\n")
}

macro_rules! messages {
    ($($name:ident: $files:expr;)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), messages($files));
            }
        )*
    };
}

messages! {
    unclosed_front_matter: "
-- runbooks/a.md --
---
title: A
services: [checkout]

# A
";
    unclosed_bracket: "
-- runbooks/a.md --
---
title: A
services: [checkout
---
";
    tab_in_yaml: "
-- runbooks/a.md --
---
title: A
services:
\t- checkout
---
";
    colon_in_value: "
-- runbooks/a.md --
---
title: Checkout: latency
services: [checkout]
---
";
    alias_in_yaml: "
-- runbooks/a.md --
---
title: A
summary: *s
services: [checkout]
---
";
    front_matter_is_a_list: "
-- runbooks/a.md --
---
- title
- services
---
";
    toml_front_matter: "
-- runbooks/a.md --
+++
title = A
+++
";
    duplicate_field: "
-- runbooks/a.md --
---
title: A
services: [checkout]
title: B
---
";
    unknown_field: "
-- runbooks/a.md --
---
title: A
service: [checkout]
services: [checkout]
zodiac: leo
---
";
    unknown_nested_field: "
-- runbooks/a.md --
---
services: [checkout]
links:
  - { titel: Docs, url: 'https://docs.example' }
---
";
    missing_field: "
-- runbooks/a.md --
---
title: A
---
-- runbooks/b.md --
---
title: B
services:
---
-- runbooks/c.md --
---
title: C
services: []
---
-- incidents/i.md --
---
title: I
priority: p1
services: [checkout]
times: { started: '2026-03-14T02:00:00Z' }
---
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
---
";
    wrong_types: "
-- runbooks/a.md --
---
title: [A, B]
services: [checkout]
time_to_recover: soon
approved_on: 14.3.2026
last_exercised: 2026-13-01
rollback: maybe
weight: heavy
impact: customers can't pay
dashboards: { name: Board, url: grafana }
links: [here]
---
";
    wrong_types_of_time: "
-- priorities/p1.md --
---
level: P1
name: Critical
major: yes
response_target: 5
---
-- incidents/i.md --
---
title: I
priority: p1
services: [checkout]
times: { detected: 2026-03-14 02:11, resolved: 2026-03-14T03:00:00+01:00 }
---
";
    wrong_choice: "
-- services/basket.md --
---
title: Basket
owner: payments
tier: tier1
lifecycle: legacy
---
";
    broken_reference: "
-- runbooks/a.md --
---
services: [chekout, ledger]
---
";
    broken_reference_by_title: "
-- runbooks/a.md --
---
services: [Payment Gateway]
---
";
    broken_reference_nested: "
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
---
-- incidents/i.md --
---
priority: p1
services: [checkout]
times: { detected: 2026-03-14T02:11:00Z }
actions:
  - { title: Alert on queue depth, owner: payment }
runbooks_used:
  - ref: no-such-runbook
    outcome: helped
---
";
    wrong_kind_reference: "
-- runbooks/a.md --
---
services: [payments]
---
";
    ambiguous_reference: "
-- services/buy/basket.md --
---
owner: payments
---
-- services/sell/basket.md --
---
owner: payments
---
-- runbooks/a.md --
---
services: [basket]
---
See [[basket]].
";
    duplicate_id: "
-- runbooks/a.md --
---
id: latency
services: [checkout]
---
-- runbooks/b.md --
---
services: [checkout]
id: latency
---
";
    duplicate_url: "
-- runbooks/latency.md --
---
id: one
services: [checkout]
---
-- runbooks/Latency.md --
---
id: two
services: [checkout]
---
-- runbooks/latency.markdown --
---
id: three
services: [checkout]
---
";
    duplicate_value: "
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
---
-- priorities/p2.md --
---
level: P1
name: High
major: false
---
";
    contradictory_times: "
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
---
-- incidents/i.md --
---
priority: p1
services: [checkout]
times:
  detected: 2026-03-14T02:11:00+01:00
  resolved: 2026-03-14T01:05:00Z
---
-- incidents/j.md --
---
priority: p1
services: [checkout]
times:
  detected: 2026-07-25T10:00:00+00:00
  resolved: 2026-06-25T11:00:00+00:00
---
-- readiness/checkout.md --
---
service: checkout
level: gold
hypercare: { start: 2026-11-02, end: 2026-01-02 }
---
";
    broken_link: "
-- runbooks/a.md --
---
services: [checkout]
---
Höhe [one](chekout.md), [two](../services/chekout.md#how-to-deploy) and
[three](/nowhere) and [four][ref].

[ref]: ../squads/paymnts.md
";
    broken_link_in_html: "
-- runbooks/a.md --
---
services: [checkout]
---
<p>Ask <a href=\"../squads/paments.md\">them</a>.</p>

Inline <a href='../services/checkout.md#how-to-pay'>steps</a>.
";
    broken_wiki_link: "
-- runbooks/a.md --
---
services: [checkout]
---
See [[chekout]], [[service/checkout#how-to-depoly|the steps]] and [[unheard of]].
";
    broken_anchor: "
-- runbooks/a.md --
---
services: [checkout]
---
[up](#diagnosys) and [deploy](../services/checkout.md#how-to-deply)

## Diagnosis
";
    missing_image: "
-- runbooks/a.md --
---
services: [checkout]
---
![queue depth](queue.png) <img src=\"img/depth.svg\">
";
    unsafe_link: "
-- runbooks/a.md --
---
services: [checkout]
---
[run](javascript:alert(1)) and [nothing]().
";
    unknown_shortcode: "
-- runbooks/a.md --
---
services: [checkout]
---
{{< gist \"x\" >}}
text
{{< /gist >}}
";
    unknown_kind: "
-- handbook/a.md --
---
kind: runbok
---
";
    dead_alias: "
-- runbooks/a.md --
---
services: [checkout]
aliases: [services/checkout.html, /runbooks/]
---
";
    unmet_expectation_of_a_field: "
-- priorities/p1.md --
---
level: P1
name: Critical
major: true
---
-- incidents/i.md --
---
priority: p1
services: [checkout]
status: resolved
times: { detected: 2026-03-14T02:11:00Z }
---
";
    kind_with_errors: "
-- kinds/drill.md --
---
kind: drill
plurals: Drills
weight: heavy
fields:
  squad: { type: refrence, to: squad, help: Who drills. }
  service: { type: reference, to: servce, help: What is drilled. }
  end: { type: date, after: [begin], help: When it ended. }
  result: { type: text }
---
";
    kind_without_front_matter: "
-- kinds/drill.md --
# Drill
";
    kind_that_is_no_yaml: "
-- kinds/drill.md --
---
kind: drill
fields: { a: { type: text, help: x }
---
";
}

#[test]
fn settings_with_errors() {
    let text = "\
-- sdkb.yml --
titel: Test
base_url: kb.example.com
theme: [a]
ignore: ['[z-a]']
colections: []
collections:
  - { kind: runbok, path: 'alerts/**' }
  - { path: 'x/**', knd: runbook }
  - { kind: runbook }
-- content/a.md --
# A
";
    insta::assert_snapshot!(Site::new(text).check().messages());
}

#[test]
fn settings_that_are_no_yaml() {
    insta::assert_snapshot!(Site::new("-- sdkb.yml --\ntitle: [\n-- a.md --\n# A\n").check().messages());
}

#[test]
fn settings_that_are_a_list() {
    insta::assert_snapshot!(Site::new("-- sdkb.yml --\n- title\n-- a.md --\n# A\n").check().messages());
}

#[test]
fn defaults_with_errors_point_into_the_settings() {
    let text = format!(
        "\
-- sdkb.yml --
collections:
  - path: 'alerts/**'
    kind: runbook
    defaults: {{ services: [chekout] }}
{WORLD}-- alerts/HighLatency.md --
# HighLatency
"
    );
    let messages = Site::new(&text).check().messages();
    assert!(messages.contains("sdkb.yml:4:28") && messages.contains("no service `chekout`"), "{messages}");
}

#[test]
fn bytes_that_are_no_utf8() {
    let site = Site::adopted("").write("a.md", b"# A\n\ncaf\xe9 au lait\n".as_slice());
    insta::assert_snapshot!(site.check().messages());
}

#[test]
fn utf16() {
    let site = Site::adopted("").write("a.md", b"\xff\xfe#\x00 \x00A\x00".as_slice());
    insta::assert_snapshot!(site.check().messages());
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let mut yaml = String::from("a0: &a0 [lol, lol, lol]\n");
    for step in 1..30 {
        yaml += &format!("a{step}: &a{step} [*a{0}, *a{0}, *a{0}]\n", step - 1);
    }
    Site::adopted("").write("a.md", format!("---\n{yaml}---\n")).check().finds("a.md 11:15 invalid-syntax");
}

#[test]
fn deep_nesting_stops_early() {
    let yaml = format!("a: {}1{}", "[".repeat(10_000), "]".repeat(10_000));
    Site::adopted("").write("a.md", format!("---\n{yaml}\n---\n")).check().finds("a.md 2:259 invalid-syntax");
}

#[test]
fn a_line_of_ten_megabytes_is_shown_in_part() {
    let text = format!("{}[x](nowhere.md){}", "word ".repeat(1_000_000), " word".repeat(1_000_000));
    let site = Site::adopted("").write("a.md", text).check();
    let message = site.messages();
    assert!(message.contains("a.md:1:5000005"), "{message}");
    assert!(
        message.contains("no file or page `nowhere.md`") && message.len() < 1_000,
        "{} bytes",
        message.len()
    );
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_do_not_move_columns() {
    let text = "\u{feff}---\r\ntitle: Ünïcode\r\nservices: [é, chekout]\r\n---\r\n\r\nsée [x](nö.md)\r\n";
    Site::adopted(WORLD)
        .write("runbooks/a.md", text)
        .check()
        .finds("runbooks/a.md 3:12 broken-reference")
        .finds("runbooks/a.md 3:15 broken-reference")
        .finds("runbooks/a.md 6:9 broken-link")
        .finds("checkout.md 1:1 unmet-expectation")
        .finds("checkout.md 1:1 unmet-expectation")
        .finds("gateway.md 1:1 unmet-expectation")
        .finds("gateway.md 1:1 unmet-expectation");
}

#[test]
fn a_broken_document_is_still_a_document() {
    Site::adopted("-- a.md --\n---\ntitle: [\n---\n# Still here\n")
        .check()
        .finds("a.md 2:8 invalid-syntax")
        .build()
        .has("a.html", "Still here");
}

#[test]
fn a_template_that_does_not_compile() {
    let text = "\
-- sdkb.yml --
theme: own
-- themes/own/templates/404.html --
<p>
{{ page.title | shout }}
-- a.md --
# A
";
    insta::assert_snapshot!(Site::new(text).check().messages());
}

#[test]
fn a_template_that_fails_on_a_page() {
    let text = "\
-- sdkb.yml --
theme: own
-- themes/own/templates/404.html --
<p>
{{ page.titel }}
-- a.md --
# A
";
    let mut site = Site::new(text);
    let analysis = site.analyze();
    let rendered = sdkb::caches::Caches::for_one_build();
    let world = sdkb::world::MemoryWorld::default();
    let site = sdkb::pipeline::site(&analysis);
    let Err(finding) = site.get("404.html", &world, &rendered) else {
        panic!("the template has an unknown field")
    };
    insta::assert_snapshot!(sdkb::diagnostic::render(&finding, sdkb::diagnostic::Colour::Off));
    // The other pages are there all the same.
    assert!(site.get("a.html", &world, &rendered).is_ok_and(|page| page.is_some()));
}

#[test]
fn rules_and_pages_are_of_the_day_on_which_the_project_was_read() {
    let read_on = |day| {
        let mut world = sdkb::world::MemoryWorld::on(day);
        world.insert("sdkb.yml", "title: Test\n");
        let review = "review: { last_reviewed: 2026-01-01, interval: 30d }";
        let suppression = "ignore: [{ rule: stale-review, reason: in work, until: 2026-03-01 }]";
        world.insert("a.md", format!("---\ntitle: A\n{review}\n---\n# A\n"));
        world.insert("b.md", format!("---\ntitle: B\n{review}\n{suppression}\n---\n# B\n"));
        world
    };
    let (winter, spring) = (read_on(jiff::civil::date(2026, 1, 15)), read_on(jiff::civil::date(2026, 4, 1)));
    let rules = |read: &sdkb::world::MemoryWorld, now: &sdkb::world::MemoryWorld| {
        let analysis = sdkb::pipeline::read(read, "test", &sdkb::caches::Caches::for_one_build());
        analysis.findings(now).iter().filter(|finding| finding.rule == "stale-review").count()
    };
    // The clock goes on between reading a project and looking for findings, as it does in `sdkb watch`.
    assert_eq!(rules(&winter, &spring), 0);
    assert_eq!(rules(&spring, &winter), 2);
}

/// Statements of a kind's file that are wrong, each with the rule that says so. The culprit is in `‹›`.
const WRONG_IN_A_KIND: &[(&str, &str)] = &[
    ("invalid-value", "fields: { a: { type: reference, to: ‹servce›, help: x } }"),
    ("invalid-value", "fields: { a: { type: reference, to: [service, ‹servce›], help: servce } }"),
    (
        "invalid-value",
        "fields: { a: { type: object, help: x, fields: { b: { type: reference, to: ‹servce›, help: x } } } }",
    ),
    ("invalid-value", "fields: { a: { type: date, after: [‹begin›], help: x } }"),
    (
        "invalid-value",
        "fields: { c: { type: object, help: x, fields: { b: { type: date, after: ‹c›, help: x } } } }",
    ),
    ("invalid-value", "fields: { a: { type: reference, offer: ‹b›, help: x } }"),
    ("missing-field", "fields: { ‹a›: { type: choice, help: x } }"),
    ("invalid-value", "fields: { a: { type: ‹refrence›, help: refrence } }"),
    ("invalid-value", "fields: { a: { required: ‹maybe›, help: maybe } }"),
    ("unknown-field", "fields: { a: { help: hlp, ‹hlp›: x } }"),
    ("invalid-value", "fields: { a: { type: date, settled_by: ‹done›, help: done } }"),
    ("invalid-value", "fields: { a: { type: date, settled_by: { status: [draft, ‹{ d: e }›] }, help: x } }"),
    ("invalid-value", "fields: { a: { type: datetime, elapsed: ‹soon›, help: soon } }"),
    ("missing-field", "fields: { a: { type: datetime, elapsed: ‹{ label: x }›, help: x } }"),
    ("duplicate-field", "fields: { a: { help: x }, ‹a›: { help: x } }"),
    (
        "duplicate-field",
        "fields: { a: { type: object, fields: { b: { help: x }, ‹b›: { help: x } }, help: x } }",
    ),
    ("invalid-value", "fields: { ‹text›: text }"),
    ("invalid-value", "fields: ‹[a, b]›"),
    ("invalid-value", "date_field: ‹begin.at›"),
    ("invalid-value", "expect: [{ field: ‹lessons›, because: lessons }]"),
    ("invalid-value", "expect: [{ field: title, when: { ‹state›: done }, because: x }]"),
    ("invalid-value", "expect: [{ field: title, when: ‹done›, because: done }]"),
    ("invalid-value", "expect: [{ field: title, when: { status: ‹[done]› }, because: x }]"),
    ("invalid-value", "weight: ‹1.5›"),
    ("invalid-value", "weight: ‹heavy›"),
    ("invalid-value", "folder: ‹../up›"),
    ("invalid-value", "folder: ‹runbooks›"),
    ("invalid-value", "plural: ‹Runbooks›"),
];

/// A kind's file that is written as `head` and `tail` around one wrong statement is wrong there and nowhere else.
fn assert_found_in_place(path: &str, marked: &str, rule: &str) {
    let at = marked.find('‹').expect("a mark");
    let (line, column) =
        (marked[..at].matches('\n').count() + 1, at - marked[..at].rfind('\n').map_or(0, |end| end + 1) + 1);
    let text = marked.replace(['‹', '›'], "");
    let site = Site::adopted("-- a.md --\n# A\n").write(path, text).check();
    site.finds(&format!("{path} {line}:{column} {rule}")).finds_nothing_else();
}

#[test]
fn what_is_wrong_in_a_kind_is_found_where_it_stands() {
    for (rule, statement) in WRONG_IN_A_KIND {
        let culprit = statement.split(['‹', '›']).nth(1).expect("a mark");
        let head = format!("---\n# Not this one: {culprit}\nkind: drill\n");
        assert_found_in_place("kinds/drill.md", &format!("{head}{statement}\n---\n"), rule);
        let windows = format!("{head}{statement}\n---\n").replace('\n', "\r\n");
        assert_found_in_place("kinds/drill.md", &windows, rule);
    }
    let toml = "+++\nkind = \"drill\"\n[fields.a]\nhelp = \"servce\"\ntype = \"reference\"\nto = ‹\"servce\"›\n+++\n";
    assert_found_in_place("kinds/drill.md", toml, "invalid-value");
    // What adds to a kind that sdkb comes with, and to the fields of all kinds.
    assert_found_in_place(
        "kinds/incident.md",
        "---\nkind: incident\ndate_field: ‹begin›\n---\n",
        "invalid-value",
    );
    let common = "---\nfields: { a: { type: reference, to: ‹servce›, help: servce } }\n---\n";
    assert_found_in_place("kinds/_common.md", common, "invalid-value");
}

#[test]
fn a_kind_with_a_mistake_is_a_kind() {
    Site::adopted("-- kinds/drill.md --\n---\nkind: drill\nweight: heavy\nfields: { lead: { type: refrence, help: x } }\n---\n-- drills/a.md --\n---\nlead: Alice\n---\n# A\n")
        .check()
        .finds("kinds/drill.md 3:9 invalid-value")
        .finds("kinds/drill.md 4:25 invalid-value")
        .build()
        .has("drills/a.html", "Alice");
}

#[test]
fn kinds_compare_booleans_as_they_are_written() {
    Site::adopted(
        "\
-- kinds/drill.md --
---
kind: drill
fields:
  planned: { type: boolean, help: Whether it was planned. }
  report: { type: text, help: What was learned. }
  due: { type: date, settled_by: { over: [true] }, help: By when. }
  over: { type: boolean, help: Whether it is over. }
expect:
  - { field: report, when: { planned: true }, because: nothing was learned }
---
-- drills/a.md --
---
planned: True
due: 2026-01-01
over: true
---
# A
-- drills/b.md --
---
planned: false
due: 2026-01-01
over: false
---
# B
",
    )
    .check()
    .finds("a.md 1:1 unmet-expectation")
    .finds("b.md 3:6 overdue-action");
}
