//! Files of alert rules beside documents: what is read, what pages show, and what is found.

use crate::project::{Project, stderr, stdout};
use crate::site::Site;

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
base_url: https://kb.example/
repository: https://git.example/blob/main/
sources: [{ path: deploy }]
rules: { unmet-expectation: off, missing-section: off, orphan-document: off, missing-field: off, unreachable-owner: off }
-- content/squads/payments.md --
# Payments
-- content/services/checkout.md --
---
owner: payments
---
# Checkout
-- content/runbooks/latency.md --
---
services: [checkout]
alerts: [CheckoutSlow]
---
# Checkout is slow

## Diagnosis

Look.
-- deploy/shop.rules.yaml --
groups:
  - name: shop
    rules:
      - alert: CheckoutSlow
        expr: histogram_quantile(0.99, rate(latency_bucket[5m])) > 1.5
        for: 10m
        labels: &team { severity: critical, team: payments, service: checkout }
        annotations:
          summary: Checkout of {{ $labels.pod }} takes > 1.5 s.
          runbook_url: https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod }}
      - record: shop:latency
        expr: rate(latency_bucket[5m])
";

/// The shop with another file of rules beside the first.
fn with(rules: &str) -> Site {
    Site::new(SHOP).write("deploy/other.yaml", rules).check()
}

fn rule(name: &str, rest: &str) -> String {
    format!("groups:\n- name: other\n  rules:\n  - alert: {name}\n    expr: up == 0\n{rest}")
}

#[test]
fn the_page_of_an_alert_says_what_fires_it_and_the_index_how_bad_it_is() {
    let page = "alerts/CheckoutSlow.html";
    Site::new(SHOP)
        .check()
        .build()
        .has(page, "Checkout is slow")
        .has(page, "It fires when this has held for <b>10 min</b>")
        .has(page, "<span class=\"tok-f\">histogram_quantile</span>")
        .has(page, "Checkout of <code>pod</code> takes &gt; 1.5 s.")
        .has(page, "data-value=\"critical\" data-pages")
        .has(page, "https://git.example/blob/main/deploy/shop.rules.yaml#L4")
        .has(page, "squads/payments.html")
        .has("alerts/index.html", "data-pages")
        .has(
            "alerts/index.html",
            "runbook=written&#10;severity=critical&#10;service=Checkout&#10;squad=Payments&#10;",
        )
        .lacks("alerts/index.html", "shop:latency");
}

#[test]
fn an_alert_has_a_page_without_any_document() {
    with(&rule("NodeDown", "    labels: { severity: info }\n"))
        .build()
        .has("alerts/NodeDown.html", "It fires as soon as this holds")
        .lacks("alerts/NodeDown.html", "No runbook names this alert")
        .has("alerts/index.html", "NodeDown");
}

#[test]
fn an_edit_of_a_rule_renders_its_page_again_and_reads_no_document() {
    Site::new(SHOP)
        .check()
        .build()
        .edit("deploy/shop.rules.yaml", "for: 10m", "for: 20m")
        .check()
        .build()
        .parsed(0)
        .rendered(1)
        .has("alerts/CheckoutSlow.html", "<b>20 min</b>")
        .remove("deploy/shop.rules.yaml")
        .check()
        .finds("sdkb.yml 4:19 unmatched-pattern");
}

#[test]
fn what_pages_needs_a_runbook_and_what_informs_needs_none() {
    let messages = with(&rule("NodeDown", "    labels: { severity: Page }\n")).messages();
    assert!(
        messages.contains("error[alert-without-runbook]: no runbook answers the alert `NodeDown`"),
        "{messages}"
    );
    assert!(
        messages.contains("`Page` pages a person") && messages.contains("alerts: [NodeDown]"),
        "{messages}"
    );
    let messages = with(&rule("NodeDown", "")).messages();
    assert!(messages.contains("warning[alert-without-runbook]"), "{messages}");
    with(&rule("NodeDown", "    labels: { severity: none }\n")).finds_nothing_else();
    let elsewhere = "    annotations: { runbook_url: \"https://wiki.example/node-down\" }\n";
    with(&rule("NodeDown", elsewhere))
        .finds_nothing_else()
        .build()
        .has("alerts/NodeDown.html", "https://wiki.example/node-down");
}

#[test]
fn settings_say_what_labels_mean() {
    let settings =
        "alerts: { severity_label: level, paging_severities: [loud], exempt_severities: [quiet] }\nsources:";
    let rules = rule("NodeDown", "    labels: { level: quiet }\n")
        + "  - { alert: DiskFull, labels: { level: loud } }\n";
    Site::new(SHOP)
        .edit("sdkb.yml", "sources:", settings)
        .write("deploy/other.yaml", rules)
        .check()
        .finds("deploy/other.yaml 7:14 alert-without-runbook")
        .finds_nothing_else();
}

#[test]
fn an_alert_that_was_renamed_is_one_finding_with_the_fix_in_the_runbook() {
    let project = Project::new(SHOP);
    project.edit("deploy/shop.rules.yaml", "alert: CheckoutSlow", "alert: CheckoutSlows");
    project.edit("deploy/shop.rules.yaml", "alerts/CheckoutSlow.html", "alerts/{{ $labels.alertname }}.html");
    let text = project.checks(&["--statistics"], 1);
    assert!(text.starts_with("1 error   alert-without-runbook\n"), "{text}");
    project.checks(&["--fix"], 0);
    assert!(project.read("content/runbooks/latency.md").contains("alerts: [CheckoutSlows]"));
}

#[test]
fn a_runbook_for_an_alert_that_no_rule_defines_is_found_once_all_rules_are_known() {
    let site =
        Site::new(SHOP).edit("content/runbooks/latency.md", "[CheckoutSlow]", "[CheckoutSlow, CartLost]");
    site.check().finds("content/runbooks/latency.md 3:24 unknown-alert").finds_nothing_else();
    // It may be defined in what can't be read.
    for (path, text) in [
        ("deploy/a.jsonnet", "{}"),
        ("deploy/a.yaml", "groups: [{ name: a, rules: [{ alert: 'A', expr: '{{ .Values.limit }}' }] }]\n"),
        ("deploy/a.yaml", "groups: [{ name: a, rules: [{ alert: '{{ $labels.a }}Down', expr: up }] }]\n"),
    ] {
        Site::new(SHOP)
            .edit("content/runbooks/latency.md", "[CheckoutSlow]", "[CheckoutSlow, CartLost]")
            .write(path, text)
            .check()
            .finds_nothing_else();
    }
}

#[test]
fn the_address_of_a_runbook_leads_to_what_answers_the_alert() {
    let with_address = |address: &str| {
        Site::new(SHOP).edit(
            "deploy/shop.rules.yaml",
            "https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod }}",
            address,
        )
    };
    for good in [
        "https://kb.example/alerts/CheckoutSlow",
        "http://KB.example/alerts/{{ $labels.alertname }}.html#_first",
        "https://kb.example/runbooks/latency.html#diagnosis",
        "https://kb.example/runbooks/latency",
        "https://kb.example/{{ $labels.folder }}/x.html",
        "https://wiki.example/x",
    ] {
        with_address(good).check().finds_nothing_else();
    }
    for (bad, message) in [
        ("https://kb.example/alerts/CheckoutFast.html", "the site has nothing at `alerts/CheckoutFast.html`"),
        ("https://kb.example/alerts/checkoutslow.html", "the page is at `alerts/CheckoutSlow.html`"),
        ("https://kb.example/runbooks/latency.html#cause", "has no section `#cause`"),
        (
            "\"https://kb.example/runbooks/{{ $labels.severity }}.html\"",
            "nothing at `runbooks/critical.html`",
        ),
    ] {
        let messages = with_address(bad).check().messages();
        assert!(messages.contains(message), "{bad}: {messages}");
        assert!(
            messages.contains("the alert's page is `https://kb.example/alerts/CheckoutSlow.html`"),
            "{messages}"
        );
    }
}

#[test]
fn a_wrong_address_is_fixed_in_the_rule_file_and_nothing_else_is_touched() {
    let project = Project::new(SHOP);
    let before = project.read("deploy/shop.rules.yaml");
    let wrong = "'https://kb.example/alerts/CheckoutFast.html' # see #12";
    let right = "'https://kb.example/alerts/CheckoutSlow.html' # see #12";
    let old = "https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod }}";
    project.edit("deploy/shop.rules.yaml", old, wrong);
    project.checks(&["--fix"], 0);
    assert_eq!(project.read("deploy/shop.rules.yaml"), before.replace(old, right));
}

#[test]
fn addresses_of_the_site_that_another_generator_makes_are_learned_from_those_that_fit() {
    let mut site = Site::new(SHOP).edit("sdkb.yml", "base_url: https://kb.example/\n", "");
    let mut rules = "groups:\n- name: a\n  rules:\n".to_owned();
    for name in ["AppleGone", "BasilGone", "ChiveGone", "DillLost"] {
        let page = name.to_lowercase();
        rules += &format!(
            "  - {{ alert: {name}, annotations: {{ runbook_url: 'https://runbooks.example/runbooks/{page}' }} }}\n"
        );
        if name != "DillLost" {
            let text = format!("---\nservices: [checkout]\nalerts: [{name}]\n---\n# {name}\n");
            site = site.write(&format!("content/runbooks/{name}.md"), text);
        }
    }
    let messages = site.write("deploy/other.yaml", rules).check().messages();
    assert!(messages.contains("no runbook answers the alert `DillLost`"), "{messages}");
    assert!(messages.contains("the site has nothing at `runbooks/dilllost`"), "{messages}");
    assert_eq!(messages.matches("alert-without-runbook").count(), 1, "{messages}");
}

#[test]
fn rules_are_read_from_resources_lists_and_several_documents() {
    for text in [
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups: [{ name: a, rules: [{ alert: NodeDown }] }]\n",
        "a: b\n---\n---\nnamespace: x\ngroups: [{ name: a, rules: [{ alert: NodeDown }] }]\n",
        "kind: List\nitems:\n- { apiVersion: operator.victoriametrics.com/v1beta1, kind: VMRule, spec: { groups: [{ rules: [{ alert: NodeDown }] }] } }\n",
        "{\"groups\": [{\"name\": \"a\", \"rules\": [{\"alert\": \"NodeDown\"}]}]}",
        "x: &x { alert: NodeDown }\ngroups: [{ name: a, rules: [*x] }]\n",
        "x: &x { alert: NodeDown, for: 5m }\ngroups:\n- name: a\n  rules:\n  - <<: *x\n    for: 1m\n",
    ] {
        let messages = with(text).messages();
        assert!(messages.contains("no runbook answers the alert `NodeDown`"), "{text}\n{messages}");
        assert_eq!(messages.matches("]: ").count(), 1, "{text}\n{messages}");
    }
}

#[test]
fn broken_deep_and_growing_files_are_findings_and_not_crashes() {
    let deep = format!("groups: {}{}\n", "[".repeat(200), "]".repeat(200));
    let laughs = (1..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, at| {
        format!("{text}a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "))
    });
    for (text, message) in [
        ("groups: [\n", "invalid YAML"),
        (deep.as_str(), "nested too deeply"),
        (laughs.as_str(), "the aliases make the file too large"),
        ("a: &a [*a]\n", "the alias is a part of what it stands for"),
        ("a: *b\n", "invalid YAML"),
        ("groups:\n- rules: [{ expr: up }, { alert: A }]\n", "the rule names no alert"),
        ("groups: [{ rules: [{ alert: [A], expr: up }] }]\n", "the rule names no alert"),
    ] {
        let messages = with(text).messages();
        assert!(messages.contains(message), "{text}\n{messages}");
    }
}

#[test]
fn files_that_are_not_data_are_named_once() {
    let project = Project::new(SHOP);
    project.write("deploy/a.libsonnet", "{}");
    project.write("deploy/b.jsonnet", "{}");
    project.write("deploy/chart.yaml", "groups: {{- toYaml .Values.groups | nindent 2 }}\n");
    project.write("deploy/values.yaml", "replicas: 3\n");
    let said = stderr(&project.sdkb(&["check"]));
    for note in [
        "1 file of alert rules is a template of Helm and is not read: `deploy/chart.yaml`",
        "2 files of alert rules in Jsonnet can't be read, such as `deploy/a.libsonnet`",
        "1 file among `sources` holds nothing that is known, such as `deploy/values.yaml`",
    ] {
        assert_eq!(said.matches(note).count(), 1, "{said}");
    }
}

#[test]
fn fifty_thousand_rules_are_read_and_listed() {
    let rules: String = (0..50_000)
        .map(|at| format!("  - {{ alert: Alert{at}, expr: up, labels: {{ severity: none }} }}\n"))
        .collect();
    let project = Project::new(SHOP);
    project.write("deploy/many.yaml", &format!("groups:\n- name: many\n  rules:\n{rules}"));
    let output = project.sdkb(&["alerts", "--format", "csv"]);
    assert_eq!(stdout(&output).lines().count(), 50_002);
    assert!(project.checks(&[], 0).ends_with("no findings\n"));
}

#[test]
fn a_branch_hears_of_the_alerts_that_it_adds() {
    let project = Project::new(SHOP);
    project.write("deploy/old.yaml", &rule("OldDown", ""));
    project.commit();
    project.write("deploy/new.yaml", &rule("NewDown", "    labels: { severity: page }\n"));
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("`NewDown`") && !text.contains("OldDown"), "{text}");
}

#[test]
fn alerts_are_listed_as_table_and_data() {
    let project = Project::new(SHOP);
    project.write("deploy/other.yaml", &rule("NodeDown", ""));
    let table = stdout(&project.sdkb(&["alerts"]));
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    let place = "deploy/shop.rules.yaml:4";
    let slow =
        ["CheckoutSlow", "critical", "checkout", "payments", "written", "content/runbooks/latency.md", place];
    assert_eq!(lines[1], slow);
    assert_eq!(lines[2], ["NodeDown", "missing", "deploy/other.yaml:4"]);
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&project.sdkb(&["alerts", "--format", "json"]))).expect("JSON");
    assert_eq!(json[0]["rules"][0]["for"], "10m");
    assert_eq!(json[1]["coverage"], "missing");
}

#[test]
fn each_rule_is_told_the_address_that_it_should_carry() {
    let project = Project::new(SHOP);
    let variables = "alerts: [CheckoutSlow]\nvariables: [{ name: POD, label: pod }, { name: AGE }]";
    project.edit("content/runbooks/latency.md", "alerts: [CheckoutSlow]", variables);
    let urls = stdout(&project.sdkb(&["alerts", "--runbook-urls"]));
    let address = "https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod | urlquery }}";
    assert_eq!(urls, format!("deploy/shop.rules.yaml:4: CheckoutSlow: runbook_url: \"{address}\"\n"));
    project.edit("sdkb.yml", "base_url: https://kb.example/\n", "");
    let output = project.sdkb(&["alerts", "--runbook-urls"]);
    assert!(stderr(&output).contains("the site has no public address"), "{}", stderr(&output));
}

/// Alerts of a file, each with its severities, its group and where it is defined.
fn defined(path: &str, text: &str) -> Vec<String> {
    let project = Project::new(SHOP);
    project.remove("deploy/shop.rules.yaml");
    project.write(path, text);
    let output = project.sdkb(&["alerts", "--format", "json"]);
    let alerts: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let word = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let alerts = alerts.as_array().expect("a list").iter();
    alerts
        .flat_map(|alert| {
            let rules = alert["rules"].as_array().expect("a list").iter();
            rules.map(|rule| {
                let words =
                    [&alert["alert"], &rule["severity"], &rule["group"], &rule["for"], &rule["expression"]];
                format!("{} {}", words.map(word).join(" "), rule["line"])
            })
        })
        .collect()
}

#[test]
fn alerts_of_grafana_are_known_by_their_title() {
    let text = "\
apiVersion: 1
groups:
  - orgId: 1
    name: checkout
    folder: Shop
    interval: 1m
    rules:
      - uid: a1
        title: Checkout is slow
        condition: C
        data:
          - refId: A
            datasourceUid: prometheus
            model: { expr: latency > 1, refId: A }
          - refId: C
            datasourceUid: __expr__
            model: { type: threshold, expression: A }
        for: 5m
        labels: { severity: critical, team: payments }
        annotations: { runbook_url: 'https://kb.example/alerts/Checkout-is-slow.html' }
      - uid: r1
        title: recorded
        record: { metric: x, from: A }
        data: []
";
    assert_eq!(defined("deploy/a.yaml", text), ["Checkout is slow critical checkout 5m latency > 1 9"]);
    let json =
        "{\"apiVersion\": 1, \"groups\": [{\"name\": \"g\", \"rules\": [{\"title\": \"T\", \"data\": []}]}]}";
    assert_eq!(defined("deploy/a.json", json), ["T - g - - 1"]);
    let untitled = "groups: [{ rules: [{ title: A, data: [] }, { data: [] }] }]\n";
    assert!(with(untitled).messages().contains("the rule has no title"));
}

#[test]
fn the_alerts_that_sloth_and_pyrra_would_make_are_known() {
    let text = "\
version: prometheus/v1
service: checkout
labels: { team: payments }
slos:
  - name: availability
    objective: 99.9
    description: Requests that are answered.
    sli: { events: { error_query: 'rate(a[{{.window}}])', total_query: 'rate(b[{{.window}}])' } }
    alerting:
      name: CheckoutBudget
      labels: { category: availability }
      page_alert: { labels: { severity: critical } }
      ticket_alert: { disable: true }
  - { name: quiet, alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } } }
";
    assert_eq!(defined("deploy/slo.yaml", text), ["CheckoutBudget critical availability - - 10"]);
    let resource = "\
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
spec:
  service: checkout
  slos: [{ name: a, alerting: { name: Budget, pageAlert: {}, ticketAlert: {} } }]
";
    assert_eq!(defined("deploy/slo.yaml", resource), ["Budget page a - - 5", "Budget ticket a - - 5"]);
    let nameless = "version: prometheus/v1\nslos: [{ name: a, alerting: { labels: {} } }]\n";
    assert!(with(nameless).messages().contains("the alerting of the SLO has no name"));

    let pyrra = "\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: checkout, labels: { pyrra.dev/team: payments, other: x } }
spec: { target: '99', window: 2w, alerting: { name: CheckoutBurn } }
";
    let expected = [
        "CheckoutBurn critical checkout - - 4",
        "CheckoutBurn warning checkout - - 4",
        "SLOMetricAbsent critical checkout - - 3",
    ];
    assert_eq!(defined("deploy/slo.yaml", pyrra), expected);
    let disabled = pyrra.replace("name: CheckoutBurn", "disabled: true");
    assert_eq!(defined("deploy/slo.yaml", &disabled), Vec::<String>::new());
    Site::new(SHOP)
        .edit("sdkb.yml", "rules: {", "rules: { alert-without-runbook: off,")
        .write("deploy/slo.yaml", pyrra)
        .check()
        .finds("deploy/slo.yaml 3:19 unknown-service")
        .build()
        .has("alerts/CheckoutBurn.html", "It is made from an objective")
        .has("alerts/CheckoutBurn.html", "<code>team=payments</code>")
        .lacks("alerts/CheckoutBurn.html", "other=x");
}

#[test]
fn alert_policies_of_openslo_are_alerts() {
    let policy = "\
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: FastBurn }
spec:
  description: The budget burns.
  conditions:
    - kind: AlertCondition
      spec: { severity: page, condition: { kind: burnrate, alertAfter: 5m } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: x }
spec:
  service: checkout
  alertPolicies: [FastBurn, { kind: AlertPolicy, metadata: { name: SlowBurn }, spec: { conditions: [] } }]
";
    assert_eq!(defined("deploy/slo.yaml", policy), ["FastBurn page  5m - 3", "SlowBurn -  - - 15"]);
}

#[test]
fn lists_stand_for_what_has_no_format() {
    let csv = "\
alert,severity,team,runbook_url,for
CartLost,critical,payments,https://wiki.example/a,5m
\"Disk, full\",warning,,,
";
    assert_eq!(
        defined("deploy/datadog.csv", csv),
        ["CartLost critical  5m - 2", "Disk, full warning  - - 3"]
    );
    let json = "[{\"alert\": \"CartLost\", \"severity\": \"low\", \"expression\": \"errors > 1\"}]\n";
    assert_eq!(defined("deploy/datadog.json", json), ["CartLost low  - errors > 1 1"]);
    for (text, message) in [
        ("alert,team\nA,b,c\n", "invalid CSV: 3 values for 2 columns"),
        ("alert,team\n,b\nA,b\n", "an alert in the list has no name"),
    ] {
        let messages = Site::new(SHOP).write("deploy/a.csv", text).check().messages();
        assert!(messages.contains(message), "{messages}");
    }
    // A line with quotes is the place of all its values, and is never replaced as one.
    let project = Project::new(SHOP);
    let text = "alert,severity,team\n\n\"CheckoutSlow\",critical,paymets\n";
    project.write("deploy/a.csv", text);
    assert!(project.checks(&["--fix"], 0).contains("deploy/a.csv:3:1"));
    assert_eq!(project.read("deploy/a.csv"), text);
    // A value is found where it stands.
    Site::new(SHOP)
        .write("deploy/a.csv", "alert,severity,team\nCheckoutSlow,critical,paymets\n")
        .check()
        .finds("deploy/a.csv 2:23 owner-mismatch")
        .finds_nothing_else();
}

#[test]
fn the_settings_say_the_format_where_a_file_does_not() {
    let settings = "sources: [{ path: deploy/*.rules.yaml }, { path: deploy/a.yaml, format: list }]";
    Site::new(SHOP)
        .edit("sdkb.yml", "sources: [{ path: deploy }]", settings)
        .write("deploy/a.yaml", "- { name: A }\n")
        .check()
        .finds("deploy/a.yaml 1:3 invalid-syntax")
        .finds_nothing_else();
}

#[test]
fn an_owner_that_is_misspelt_is_fixed_in_the_rule_file() {
    let project = Project::new(SHOP);
    let before = project.read("deploy/shop.rules.yaml");
    project.edit("deploy/shop.rules.yaml", "team: payments", "team: 'paymets'");
    let text = project.checks(&[], 0);
    assert!(
        text.contains("no squad is called `paymets`") && text.contains("did you mean `payments`?"),
        "{text}"
    );
    project.checks(&["--fix"], 0);
    assert_eq!(project.read("deploy/shop.rules.yaml"), before.replace("team: payments", "team: 'payments'"));
}

#[test]
fn an_expression_that_changed_since_its_runbook_was_last_relied_on_is_found() {
    let project = Project::new(SHOP);
    let runbook = "content/runbooks/latency.md";
    project.edit(runbook, "alerts:", "review: { last_reviewed: 2026-03-06, interval: 1y }\nalerts:");
    project.commit_on(0);
    project.edit("deploy/shop.rules.yaml", "> 1.5", "> 3");
    project.commit_on(4);
    // It was reviewed after that, on the sixth.
    assert_eq!(project.findings(), Vec::<String>::new());
    project.edit("deploy/shop.rules.yaml", "for: 10m", "for: 20m");
    project.edit("deploy/shop.rules.yaml", "> 3", ">  3");
    project.commit_on(9);
    assert_eq!(project.findings(), Vec::<String>::new());
    project.edit("deploy/shop.rules.yaml", ">  3", "> 5");
    project.commit_on(10);
    let text = project.checks(&[], 0);
    assert!(text.contains("warning[expression-changed]: `CheckoutSlow` fires for another reason than when its runbook was last relied on"), "{text}");
    assert!(text.contains("followed, reviewed or edited on 2026-03-06"), "{text}");
    // An incident in which it was used, or an edit of the runbook, is later.
    let incident = "content/incidents/slow.md";
    project.write(incident, "---\nservices: [checkout]\npriority: p1\nrunbooks_used: [{ ref: latency, outcome: helped }]\ntimes: { detected: 2026-03-12T10:00:00Z }\n---\n# Slow\n");
    let text = project.checks(&[], 1);
    assert!(!text.contains("expression-changed"), "{text}");
    project.remove(incident);
    project.edit(runbook, "Look.", "Look at the pods.");
    project.commit_on(12);
    assert_eq!(project.findings(), Vec::<String>::new());
}

#[test]
fn a_history_that_is_not_there_changes_nothing() {
    let project = Project::new(SHOP);
    project.commit_on(0);
    project.edit("deploy/shop.rules.yaml", "> 1.5", "> 3");
    project.edit("deploy/shop.rules.yaml", "CheckoutSlow\n", "CheckoutSlow # ours\n");
    assert_eq!(project.findings(), Vec::<String>::new());
    // A file that came later, or an alert that is new in it.
    project.write("deploy/new.yaml", &rule("CheckoutSlow", "    labels: { severity: page }\n"));
    project.commit_on(5);
    let found = project.findings();
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn annotations_are_written_into_rule_files_and_nothing_else_changes() {
    let project = Project::new(SHOP);
    project.edit("content/runbooks/latency.md", "alerts:", "variables: [{ name: POD, label: pod }]\nalerts:");
    let rules = "\
# Ours.
groups:
- name: a
  rules:
  - alert: CheckoutSlow   # no annotations
    expr: |
      up == 0

  - alert: NodeDown
    annotations:
      # Why?
      summary: 'It is down: {{ $labels.instance }}'
    expr: up == 0
  - { alert: Flow, expr: up == 0 }
  - alert: Inner
    annotations: { summary: x }
    expr: up == 0
  - alert: Wrong
    expr: up == 0
    annotations:
      runbook_url: https://kb.example/alerts/Wrong   # fix me
  - alert: Wiki
    expr: up == 0
    annotations: &wiki
      runbook_url: \"https://wiki.example/a\"
";
    let written = "\
# Ours.
groups:
- name: a
  rules:
  - alert: CheckoutSlow   # no annotations
    annotations:
      runbook_url: \"https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod | urlquery }}\"
    expr: |
      up == 0

  - alert: NodeDown
    annotations:
      # Why?
      runbook_url: \"https://kb.example/alerts/NodeDown.html\"
      summary: 'It is down: {{ $labels.instance }}'
    expr: up == 0
  - { alert: Flow, expr: up == 0 }
  - alert: Inner
    annotations: { runbook_url: \"https://kb.example/alerts/Inner.html\", summary: x }
    expr: up == 0
  - alert: Wrong
    expr: up == 0
    annotations:
      runbook_url: \"https://kb.example/alerts/Wrong.html\"   # fix me
  - alert: Wiki
    expr: up == 0
    annotations: &wiki
      runbook_url: \"https://wiki.example/a\"
";
    for crlf in [false, true] {
        let text = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        project.write("deploy/shop.rules.yaml", &text(rules));
        let output = project.sdkb(&["alerts", "--runbook-urls", "--write"]);
        assert_eq!(project.read("deploy/shop.rules.yaml"), text(written));
        let said = stderr(&output);
        assert!(
            output.status.success() && said.contains("wrote 4 annotations in 1 file; 0 were right"),
            "{said}"
        );
        assert!(said.contains("14: Flow: not written: its file has no line of its own for it"), "{said}");
        assert!(said.contains("Wiki: not written: its address leads to another site"), "{said}");
        // Once more, there is nothing left to write.
        let again = stderr(&project.sdkb(&["alerts", "--runbook-urls", "--write"]));
        assert!(again.contains("wrote 0 annotations in 0 files; 4 were right"), "{again}");
        assert_eq!(project.read("deploy/shop.rules.yaml"), text(written));
    }
}

#[test]
fn alerts_may_stand_at_addresses_of_a_pattern() {
    let settings = "alerts: { addresses: \"runbooks/{folder}/{alert}\" }\nsources:";
    let address = "https://kb.example/runbooks/web/checkoutslow?pod={{ $labels.pod }}";
    let site = Site::new(SHOP)
        .remove("content/runbooks/latency.md")
        .write(
            "content/runbooks/web/latency.md",
            "---\nservices: [checkout]\nalerts: [CheckoutSlow]\n---\n# Slow\n",
        )
        .edit("sdkb.yml", "sources:", settings);
    site.check()
        .finds("deploy/shop.rules.yaml 10:24 wrong-runbook-url")
        .edit(
            "deploy/shop.rules.yaml",
            "https://kb.example/alerts/CheckoutSlow.html?pod={{ $labels.pod }}",
            address,
        )
        .write("deploy/other.yaml", rule("Node/Down", "    labels: { severity: info }\n"))
        .check()
        .build()
        .has("runbooks/web/checkoutslow/index.html", "CheckoutSlow")
        .has("runbooks/other/node-down/index.html", "Node/Down")
        .has("alerts/index.html", "../runbooks/web/checkoutslow/index.html")
        .has_no_page("alerts/CheckoutSlow.html");
    let project = Project::new(SHOP);
    project.edit("sdkb.yml", "sources:", "alerts: { addresses: \"kb/{alert}\" }\nsources:");
    let text = stdout(&project.sdkb(&["alerts", "--runbook-urls"]));
    assert!(text.contains("runbook_url: \"https://kb.example/kb/checkoutslow\""), "{text}");
    for wrong in ["kb/{name}/{alert}", "kb", "../{alert}"] {
        let text = format!("alerts: {{ addresses: \"{wrong}\" }}\nsources:");
        let messages = Site::new(SHOP).edit("sdkb.yml", "sources:", &text).check().messages();
        assert!(messages.contains("a path with `{alert}`"), "{messages}");
    }
}
