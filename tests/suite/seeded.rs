//! Faults in a copy of the example: each is found where it is, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use sdkb::caches::Caches;
use sdkb::check::rules::RULES;
use sdkb::check::{self, Change, LinkStatuses};
use sdkb::diagnostic::{Colour, all};
use sdkb::model::ReadError;
use sdkb::session::Session;
use sdkb::world::web::LinkStatus;
use sdkb::world::{DiskWorld, MemoryWorld, World};

use crate::site::place;

/// Stands before a place where something is to be found, and is not written: `⟦` in an edit, and `⟦rule⟧` in
/// the texts of the copy.
const MARK: &str = "⟦";

/// A copy of the example, with faults.
struct Copy {
    /// The files, with marks.
    files: BTreeMap<String, String>,
    read_errors: Vec<ReadError>,
    /// What is to be found at the beginning of files: path and rule.
    whole: Vec<(String, &'static str)>,
    /// Files whose text was another one: path, then what it is now and what it was.
    changed: Vec<(String, String, String)>,
    seeds: usize,
}

impl Copy {
    fn new() -> Self {
        let world = DiskWorld::open(env!("CARGO_MANIFEST_DIR").as_ref()).expect("the repository is there");
        let mut paths = world.list("content").files;
        paths.extend(world.list("data").files);
        paths.push("sdkb.yml".to_owned());
        let text = |path: &str| String::from_utf8(world.read(path).expect("files are there")).expect("text");
        let files = paths.into_iter().map(|path| (path.clone(), text(&path))).collect();
        Self { files, read_errors: Vec::new(), whole: Vec::new(), changed: Vec::new(), seeds: 0 }
    }

    /// Replaces a text of a file. Where the new one has a mark, `rule` is broken.
    fn edit(self, path: &str, from: &str, to: &str, rule: &str) -> Self {
        self.edit_file(&format!("content/{path}"), from, to, rule)
    }

    /// The same for a file that need not be a document.
    fn edit_file(mut self, path: &str, from: &str, to: &str, rule: &str) -> Self {
        let text = self.files.get_mut(path).unwrap_or_else(|| panic!("no file {path}"));
        assert!(text.contains(from), "{path} does not hold {from:?}");
        *text = text.replacen(from, &marked(to, rule), 1);
        self.seeds += 1;
        self
    }

    /// Writes a file. Where it has a mark, `rule` is broken.
    fn write(mut self, path: &str, text: &str, rule: &str) -> Self {
        self.files.insert(path.to_owned(), marked(text, rule));
        self.seeds += 1;
        self
    }

    /// Expects what the last edit does elsewhere: `text` stands with its mark in `count` places.
    fn surfaces(mut self, count: usize, text: &str, rule: &str) -> Self {
        let (wanted, text) = (text.replacen(MARK, "", 1), marked(text, rule));
        let found: usize = self.files.values().map(|file| file.matches(&wanted).count()).sum();
        assert_eq!(found, count, "places with {wanted:?}");
        self.files.values_mut().for_each(|file| *file = file.replace(&wanted, &text));
        self
    }

    /// Says that a text of a file was another one until yesterday, when `runbook` was long written.
    fn was(mut self, path: &str, now: &str, before: &str, runbook: &str) -> Self {
        self.changed.push((format!("content/{path}"), now.to_owned(), before.to_owned()));
        self.changed.push((format!("content/{runbook}"), String::new(), String::new()));
        self
    }

    /// Expects something at the beginning of a file.
    fn whole(mut self, path: &str, rule: &'static str) -> Self {
        self.whole.push((format!("content/{path}"), rule));
        self
    }

    /// The project, and what is to be found in it as `path line:column rule`.
    fn finish(self) -> (MemoryWorld, Vec<String>) {
        let mut world = MemoryWorld::on(jiff::civil::date(2026, 11, 23));
        let mut expected: Vec<String> =
            self.whole.iter().map(|(path, rule)| format!("{path} 1:1 {rule}")).collect();
        for (path, text) in self.files {
            let mut clean = String::new();
            for (index, part) in text.split(MARK).enumerate() {
                let Some((rule, rest)) = part.split_once('⟧').filter(|_| index > 0) else {
                    clean += part;
                    continue;
                };
                let line = clean.matches('\n').count() + 1;
                let column = clean.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                expected.push(format!("{path} {line}:{column} {rule}"));
                clean += rest;
            }
            for (_, now, before) in self.changed.iter().filter(|(changed, ..)| *changed == path) {
                assert!(clean.contains(now), "{path} does not hold {now:?}");
                world.insert(&path, clean.replacen(now, before, 1));
                world.commit(&path, jiff::civil::date(2026, 9, 1));
                if now != before {
                    world.insert(&path, clean.clone());
                    world.commit(&path, jiff::civil::date(2026, 11, 22));
                }
            }
            world.insert(path, clean);
        }
        world.read_errors = self.read_errors;
        (world, expected)
    }
}

fn marked(text: &str, rule: &str) -> String {
    text.replacen(MARK, &format!("{MARK}{rule}⟧"), 1)
}

fn session(world: MemoryWorld) -> Session<MemoryWorld> {
    Session::new(world, "example", Caches::for_one_build())
}

#[test]
fn nothing_is_found_in_the_example_as_it_is() {
    let session = session(Copy::new().finish().0);
    let analysis = session.analyze();
    let findings = session.findings(&analysis);
    assert!(findings.is_empty(), "{}", all(findings, Colour::Off));
}

#[test]
fn every_fault_is_found_where_it_is_and_nothing_else() {
    let before = session(Copy::new().finish().0);
    let was = before.analyze();

    let copy = seeded();
    let seeds = copy.seeds;
    let (world, mut expected) = copy.finish();
    let after = session(world);
    let is = after.analyze();
    let mut findings = after.findings(&is).to_vec();
    let moved = BTreeMap::new();
    findings.extend(check::change(&Change { before: &was.base, after: &is.base, moved: &moved }));
    let gone = "https://grafana.pennybarrow.example/d/orders-db";
    let answers = LinkStatuses::from([(gone.to_owned(), LinkStatus::Refused(404))]);
    findings.extend(check::external(&is.base, &answers));

    let mut found: Vec<String> = findings.iter().map(place).collect();
    found.sort();
    expected.sort();
    let missed: Vec<&String> = expected.iter().filter(|wanted| !found.contains(wanted)).collect();
    let surplus: Vec<&String> = found.iter().filter(|found| !expected.contains(found)).collect();
    assert!(missed.is_empty() && surplus.is_empty(), "missed: {missed:#?}\nnot asked for: {surplus:#?}");
    assert_eq!(found.len(), expected.len());
    assert!(seeds >= 40, "{seeds} faults");

    let broken: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let untried: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !broken.contains(id)).collect();
    assert!(untried.is_empty(), "no fault for {untried:?}");
}

/// The example with a fault for each rule, and some more.
fn seeded() -> Copy {
    let mut copy = Copy::new();
    copy.files.remove("content/services/parcelbridge.md");
    copy.read_errors.push(ReadError::new("content/handbook/rota.md", "is a link to nothing"));
    copy.seeds += 2;
    // Alert rules that are at odds with the documents.
    let new =
        "groups: [{ name: new, rules: [{ alert: ⟦StallDeskSlow, expr: up, labels: { severity: page } }] }]\n";
    let copy = copy
        .write("content/monitoring/new.yaml", new, "alert-without-runbook")
        .edit(
            "monitoring/delivery.rules.yaml",
            "https://kb.pennybarrow.example/alerts/OrdersDbDiskFilling.html",
            "⟦https://kb.pennybarrow.example/alerts/OrdersDbDisk.html",
            "wrong-runbook-url",
        )
        .edit("monitoring/selling.rules.yaml", "team: selling", "team: ⟦delivery", "owner-mismatch")
        .edit(
            "monitoring/buying.rules.yaml",
            "severity: ticket, team: buying, service: checkout",
            "severity: ⟦page, team: buying, service: checkout",
            "severity-mismatch",
        )
        .edit(
            "runbooks/basket/BasketRedisMemoryHigh.md",
            "BasketEvictions]",
            "BasketEvictions, ⟦BasketGone]",
            "unknown-alert",
        )
        .edit(
            "monitoring/delivery.rules.yaml",
            "expr: aws_rds_replica_lag_average",
            "expr: ⟦aws_rds_replica_lag_average",
            "expression-changed",
        )
        .was(
            "monitoring/delivery.rules.yaml",
            "} > 60\n        for: 5m",
            "} > 30\n        for: 5m",
            "runbooks/orders/orders-db-failover.md",
        )
        .edit("services/listings.md", "owner: selling", "owner: ⟦buying", "entity-mismatch")
        .edit(
            "monitoring/listings.slo.yaml",
            "service: listings\n  description: Single",
            "service: ⟦listing\n  description: Single",
            "unknown-service",
        );
    let copy = copy
        // A deleted service is missed wherever it is named.
        .whole("services/parcelbridge.md", "removed-url")
        .surfaces(3, "services: [labels, ⟦parcelbridge]", "broken-reference")
        .surfaces(1, "depends_on: [⟦parcelbridge, orders]", "broken-reference")
        .surfaces(1, "[ParcelBridge](⟦parcelbridge.md)", "broken-link")
        .surfaces(1, "[ParcelBridge](⟦../services/parcelbridge.md)", "broken-link")
        .surfaces(1, "[[⟦parcelbridge]]", "broken-link")
        .whole("handbook/rota.md", "unreadable-file")
        // A renamed heading.
        .edit("handbook/on-call.md", "## Access in the night", "## Night access", "")
        .surfaces(4, "on-call.md⟦#access-in-the-night", "broken-anchor");
    references(fields(variables(texts(people(data(copy))))))
}

fn data(copy: Copy) -> Copy {
    let deployments = "data/deployments.csv";
    copy.edit_file(
        deployments,
        "outcome,recovered_at,rework",
        "outcome,recovered_at,⟦rewrok",
        "unknown-field",
    )
    .edit_file(deployments, "labels,2026.11.19,", "labels,2026.11.19-1,", "")
    .edit("incidents/2026-11-20-labels-ireland.md", "labels/2026.11.19", "⟦labels/2026.11.19", "unknown-row")
    .edit_file(deployments, "storefront,2026.09.22,2026", "storefront,⟦2026.02.10,2026", "duplicate-row")
    .edit_file(deployments, "2026-08-13T10:25:00+01:00", "⟦13.08.2026 10:25", "invalid-value")
    .edit_file(
        "data/pages.csv",
        "WebhookBacklogGrowing,payment-gateway,",
        "WebhookBacklogGrowing,⟦payment-gatway,",
        "broken-reference",
    )
    .edit_file("data/surveys.csv", "selling,on-call-load,", "selling,on-call-load,⟦1", "invalid-value")
}

fn references(copy: Copy) -> Copy {
    let runbook = "runbooks/orders/OrdersDbDiskFilling.md";
    copy.edit(runbook, "services: [orders]", "services: [⟦ordrs]", "broken-reference")
        .edit(runbook, "failure_modes: [deliver/orders-wal-pile-up]\n", "", "")
        .whole("failure-modes/deliver/orders-wal-pile-up.md", "unmet-expectation")
        .edit(
            "incidents/2026-03-02-stall-desk-certificate.md",
            "owner: selling, due: 2026-12-15",
            "owner: ⟦seling, due: 2026-12-15",
            "broken-reference",
        )
        .edit("priorities/p1.md", "owner: reliability", "owner: ⟦checkout", "wrong-kind-reference")
        .edit(
            "monitoring/catalog-info.yaml",
            "resource:default/orders-prod]",
            "resource:default/orders-prod, component:labels]",
            "",
        )
        .surfaces(1, ", ⟦orders]\npublic_name: Parcel Desk", "dependency-cycle")
        .edit(
            "runbooks/payments/payout-run-late.md",
            "alerts: [PayoutRunLate,",
            "alerts: [⟦PaymentDeclinesHigh, PayoutRunLate,",
            "alert-claimed-twice",
        )
        .edit(
            "runbooks/search/full-reindex.md",
            "aliases: [",
            "aliases: [⟦runbooks/search/SearchClusterRed, ",
            "dead-alias",
        )
}

fn fields(copy: Copy) -> Copy {
    copy.edit("priorities/p4.md", "level: P4", "level: ⟦P3", "duplicate-value")
        .edit("priorities/p3.md", "owner: reliability\n", "", "")
        .whole("priorities/p3.md", "no-owner")
        .edit(
            "priorities/p2.md",
            "name: Serious\n",
            "name: Serious\n⟦name: Very serious\n",
            "duplicate-field",
        )
        .edit("squads/buying.md", "focus: ", "⟦fokus: ", "unknown-field")
        .edit("services/basket.md", "tier: tier-1", "tier: ⟦tier-one", "invalid-value")
        .edit("incidents/2026-01-22-search-empty-results.md", "priority: p2\n", "", "")
        .whole("incidents/2026-01-22-search-empty-results.md", "missing-field")
        .edit(
            "incidents/2026-04-19-checkout-pool-again.md",
            "resolved: 2026-04-19T20:10:00+01:00",
            "resolved: ⟦2026-04-18T20:10:00+01:00",
            "contradictory-times",
        )
        .edit(
            "incidents/2026-10-18-webhook-backlog.md",
            "due: 2026-12-11",
            "due: ⟦2026-11-11",
            "overdue-action",
        )
        .edit(
            "runbooks/search/IndexerLagHigh.md",
            "review: { last_reviewed: ",
            "review: { interval: 90d, last_reviewed: ⟦2024-02-29 } # { ",
            "stale-review",
        )
}

/// Declared variables.
fn variables(copy: Copy) -> Copy {
    let release = "runbooks/checkout/CheckoutErrorRateHigh.md";
    copy.edit(release, "variables:\n", "variables:\n  - { name: POD }\n", "")
        .edit(release, "name: POD, description", "name: ⟦POD, description", "duplicate-variable")
        .edit(
            "runbooks/search/SearchClusterRed.md",
            "example: listings-nl-20260928",
            "example: ⟦listings-fr-20260928",
            "pattern-mismatch",
        )
        .edit(
            "runbooks/search/IndexerLagHigh.md",
            "pattern: \"L[0-9]+\"",
            "pattern: \"⟦(?i)L[0-9]+\"",
            "invalid-value",
        )
}

fn texts(copy: Copy) -> Copy {
    copy.edit("runbooks/search/SearchClusterRed.md", "## Impact", "## What it means", "")
        .whole("runbooks/search/SearchClusterRed.md", "missing-section")
        .edit(
            "runbooks/basket/BasketRedisMemoryHigh.md",
            "\"$NODE_TYPE\"",
            "⟦<node type>",
            "placeholder-command",
        )
        .edit(
            "runbooks/platform/certificate-expires-soon.md",
            "cmctl renew \"$CERT\"",
            "cmctl renew \"⟦$CRET\"",
            "placeholder-command",
        )
        .edit("handbook/glossary.md", "\n## ", "\n![Value streams](⟦streams.svg)\n\n## ", "missing-image")
        .edit(
            "handbook/on-call.md",
            "\n## ",
            "\nThe vendor's [rota](⟦rota.pdf) and ![its weeks](weeks.svg)\n\n## ",
            "active-file",
        )
        .write("content/handbook/rota.pdf", "%PDF-1.7\n", "")
        .write(
            "content/handbook/weeks.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n⟦<script>draw()</script>\n</svg>\n",
            "unsafe-drawing",
        )
        .edit("handbook/error-budgets.md", "\n## ", "\nSee [the list](⟦burn-rate.md).\n\n## ", "broken-link")
        .edit(
            "handbook/incident-roles.md",
            "\n## ",
            "\n⟦{{< drawio src=\"roles.svg\" >}}\n\n## ",
            "unknown-shortcode",
        )
        .edit("handbook/glossary.md", "\n## ", "\n⟦<script src=\"x.js\"></script>\n\n## ", "dropped-html")
        .edit(
            "handbook/writing-a-good-runbook.md",
            "\n## ",
            "\n⟦{% include steps.md %}\n\n## ",
            "foreign-syntax",
        )
        .edit(
            "handbook/silver-readiness.md",
            "\n## ",
            "\nSee [the script](⟦../../scripts/load-test.sh).\n\n## ",
            "unpublished-file",
        )
        .write("scripts/load-test.sh", "#!/bin/sh\n", "")
        .edit(
            "handbook/gold-readiness.md",
            "\n## ",
            "\n<!-- sdkb-ignore ⟦broken-link: soon -->\nAll links here are whole.\n\n## ",
            "unused-suppression",
        )
        .edit(
            "handbook/declare-an-incident.md",
            "\n## ",
            "\n<!-- sdkb-ignore ⟦broken-link -->\n\n## ",
            "invalid-suppression",
        )
        .surfaces(3, "url: ⟦\"https://grafana.pennybarrow.example/d/orders-db\"", "unreachable-link")
        .write(
            "sdkb.yml",
            "title: Pennybarrow operations\ntheme: night\nrules: { ⟦stale-reviw: off }\n\
             base_url: https://kb.pennybarrow.example/\nsources: [{ path: content/monitoring/*.yaml }]\n\
             ignore: [⟦unmatched-pattern⟧drfts/]\n",
            "unknown-rule",
        )
        .edit(
            "failure-modes/platform/signing-key-mismatch.md",
            "alerts: [IdentityTokenErrors]",
            "alerts: [IdentityTokenErrors, ⟦IdentityKeysLost]",
            "unanswered-alert",
        )
        .edit(
            "runbooks/selling/ListingWritesFailing.md",
            "## Impact\n\nBetween 07:00 and 10:00 there are 11,000 people at it. Outside of that, a few hundred.\n",
            "⟦## Impact\n",
            "unwritten-section",
        )
        .write("kinds/vendor.yml", "⟦label: Vendor\n", "unused-file")
        .edit("handbook/writing-a-good-runbook.md", "\n## ", "\nSee ⟦[the rota][rota].\n\n## ", "misread-text")
        .edit(
            "runbooks/search/full-reindex.md",
            "review: { last_reviewed: ",
            "review: { interval: 365d, last_reviewed: ⟦2036-02-28 } # { ",
            "future-date",
        )
        .write("content/handbook/rotas/blank.md", "⟦\n", "empty-document")
        .write("themes/night/templates/404.html", "<p>{{ page.title | ⟦shout }}</p>\n", "template-error")
}

/// New pages, which somebody links to, but for one.
fn people(copy: Copy) -> Copy {
    let links = "\n## Rotas\n\n[a](rotas/buying/shift.md) [b](rotas/paying/shift.md) [c](rotas/spring.md)\n\
                 [d](rotas/summer.md) [e](On-call.md) [f](rotas/broken.md) [g](rotas/kind.md)\n\
                 [h](../squads/night-watch.md) [[⟦shift]]\n\n## ";
    copy.edit("handbook/on-call.md", "\n## ", links, "ambiguous-reference")
        .write("content/handbook/rotas/buying/shift.md", "# Buying\n", "")
        .write("content/handbook/rotas/paying/shift.md", "# Paying\n", "")
        .write("content/handbook/rotas/spring.md", "---\nid: rota\n---\n# Spring\n", "")
        .write("content/handbook/rotas/summer.md", "---\nid: ⟦rota\n---\n# Summer\n", "duplicate-id")
        .write("content/handbook/On-call.md", "# On call, again\n", "")
        .whole("handbook/on-call.md", "duplicate-url")
        .whole("handbook/on-call.md", "removed-url")
        .write(
            "content/handbook/rotas/broken.md",
            "---\ntitle: Rota⟦: broken\n---\n# Broken\n",
            "invalid-syntax",
        )
        .write("content/handbook/rotas/kind.md", "---\nkind: ⟦runbok\n---\n# Kind\n", "unknown-kind")
        .write("content/handbook/rotas/lonely.md", "⟦# Nobody comes here\n", "orphan-document")
        .write("content/squads/night-watch.md", "⟦# Night watch\n", "unreachable-owner")
}
