//! Catalogs and files of objectives beside documents: what they complete, what they add, and what contradicts.

use crate::project::Project;
use crate::site::Site;

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
repository: https://git.example/blob/main/
sources: [{ path: catalog }]
rules: { unmet-expectation: off, missing-section: off, orphan-document: off, unreachable-owner: off }
-- content/squads/payments.md --
# Payments
-- content/services/checkout.md --
---
tier: tier-1
---
# Checkout

Takes the money.
-- catalog/catalog-info.yaml --
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  title: The checkout service
  description: What the catalog says.
  annotations: { backstage.io/techdocs-ref: dir:. }
  links: [{ url: \"https://grafana.example/d/1\", title: Overview }, { url: \"https://admin.example/\" }]
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  system: system:shop
  dependsOn: [resource:default/Orders-DB]
  providesApis: [checkout-api]
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: orders-db, description: All orders. }
spec: { type: database, owner: platform, system: shop }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: checkout-api }
spec: { type: openapi, lifecycle: production, owner: user:ann, definition: { $text: ./api.yaml } }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: platform }
spec: { type: team, profile: { displayName: Platform squad }, children: [] }
";

/// The shop with one more file in its catalog.
fn with(file: &str, text: &str) -> Site {
    Site::new(SHOP).write(&format!("catalog/{file}"), text).check()
}

#[test]
fn a_document_is_completed_and_wins() {
    let page = "services/checkout.html";
    Site::new(SHOP)
        .check()
        .build()
        .has(page, ">Checkout</h1>")
        .lacks(page, "The checkout service")
        .lacks(page, "What the catalog says.")
        .has(page, "../squads/payments.html")
        .has(page, "services/orders-db.html")
        .has(page, "services/checkout-api.html")
        .has(page, "https://grafana.example/d/1")
        .has(page, ">https://admin.example/</a>")
        .has(page, ">shop</")
        .has(page, "https://git.example/blob/main/catalog/catalog-info.yaml#L4\"")
        .has("squads/payments.html", "services/checkout.html");
}

#[test]
fn an_entity_without_a_document_has_a_page_that_is_listed_searched_and_linked() {
    Site::new(SHOP)
        .build()
        .has("services/orders-db.html", "<h1>Orders db")
        .has("services/orders-db.html", "All orders.")
        .has("services/orders-db.html", "data-store")
        .has("services/orders-db.html", "../squads/platform.html")
        .has("services/orders-db.html", "This page shows what is defined there")
        .has("services/orders-db.html", "catalog/catalog-info.yaml#L19\"")
        .has("services/index.html", "orders-db.html")
        .has("squads/platform.html", "Platform squad")
        .has("squads/index.html", "platform.html")
        .indexed(5);
}

#[test]
fn a_document_may_name_its_entity() {
    let entity = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: find-v2, namespace: search }
spec: { type: service, lifecycle: production, owner: payments }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shopfront }
spec: { type: website, lifecycle: production, owner: payments, dependsOn: ['component:search/Find-V2'] }
";
    with("more.yaml", entity)
        .write("content/services/search.md", "---\nbackstage: component:search/find-v2\n---\n# Search\n")
        .check()
        .build()
        .has("services/shopfront.html", "services/search.html")
        .lacks("services/index.html", "find-v2");
}

#[test]
fn contradictions_are_found_and_agreement_is_not() {
    let document = |fields: &str| format!("---\n{fields}\n---\n# Checkout\n");
    let site = Site::new(SHOP).write("content/squads/buying.md", "# Buying\n");
    site.write("content/services/checkout.md", document("owner: buying"))
        .check()
        .finds("content/services/checkout.md 2:8 entity-mismatch")
        .write("content/services/checkout.md", document("owner: payments\nlifecycle: experimental"))
        .check()
        .finds("content/services/checkout.md 3:12 entity-mismatch")
        // Another name for the same squad, other words, and another list.
        .write(
            "content/services/checkout.md",
            document("owner: squad/payments\nsummary: Something else.\ntags: [money]\nlifecycle: production"),
        )
        .check();
}

#[test]
fn objectives_reach_their_service() {
    let sloth = "version: prometheus/v1\nservice: checkout\nslos:\n  - { name: availability, objective: 99.95, description: Answers without 5xx. }\n";
    let openslo = "\
apiVersion: openslo/v1
kind: SLO
metadata: { name: latency, displayName: Latency }
spec:
  service: Checkout
  description: Under 1.5 s.
  timeWindow: [{ duration: 4w, isRolling: true }]
  objectives: [{ target: 0.995 }]
";
    let pyrra = "\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: orders-read, labels: { pyrra.dev/service: orders-db } }
spec: { target: '99.9', window: 2w, indicator: {}, alerting: { disabled: true } }
";
    let page = "services/checkout.html";
    with("a.yaml", sloth)
        .write("catalog/b.yaml", openslo)
        .write("catalog/c.yaml", pyrra)
        .check()
        .build()
        .has(page, "99.95 %</span> <span class=\"soft\">over 30 d")
        .has(page, "Answers without 5xx.")
        .has(page, "99.5 %</span> <span class=\"soft\">over 28 d")
        .has("services/orders-db.html", "99.9 %</span> <span class=\"soft\">over 14 d")
        // What the document promises is what counts.
        .write(
            "content/services/checkout.md",
            "---\nslos: [{ name: Availability, objective: 99.9, window: 30d }]\n---\n# Checkout\n",
        )
        .check()
        .finds("content/services/checkout.md 2:41 entity-mismatch")
        .build()
        .has(page, "99.9 %</span>")
        .lacks(page, "99.5 %</span>");
}

#[test]
fn what_belongs_to_nothing_is_found() {
    let sloth = |service: &str| {
        format!(
            "version: prometheus/v1\nservice: {service}\nslos:\n  - {{ name: availability, objective: 99.95 }}\n"
        )
    };
    with("a.yaml", &sloth("chekout"))
        .finds("catalog/a.yaml 2:10 unknown-service")
        .write("catalog/a.yaml", sloth("nothing"))
        .check()
        .finds("catalog/a.yaml 2:10 unknown-service");
    let unnamed =
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { title: Nameless }\nspec: {}\n";
    with("b.yaml", unnamed).finds("catalog/b.yaml 2:7 invalid-syntax");
    let twice = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: Checkout }\nspec: { owner: payments }\n";
    with("z.yaml", twice).finds("catalog/z.yaml 3:19 duplicate-id");
    let dangling = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { owner: paymnts, dependsOn: ['component:gone'] }\n";
    with("d.yaml", dangling)
        .finds("catalog/d.yaml 4:16 broken-reference")
        .finds("catalog/d.yaml 4:37 broken-reference");
}

#[test]
fn what_makes_entities_or_is_of_other_sorts_is_no_finding() {
    let others = "\
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: new-service }
spec: { owner: payments, type: service, steps: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: '${{ values.name }}' }
spec: { owner: '${{ values.owner }}' }
---
apiVersion: backstage.io/v1alpha1
kind: Location
spec: { targets: [./a.yaml] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ann }
spec: { memberOf: [payments] }
";
    with("others.yaml", others).build().lacks("services/index.html", "values");
}

#[test]
fn a_catalog_whose_groups_are_elsewhere_has_owners_by_name() {
    let site = "\
-- sdkb.yml --
sources: [{ path: catalog-info.yaml }]
rules: { unmet-expectation: off, orphan-document: off }
-- content/index.md --
# Home
-- catalog-info.yaml --
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: a }
spec: { type: service, lifecycle: production, owner: team-a }
";
    Site::new(site).check().build().has("services/a.html", "team-a");
}

#[test]
fn a_change_of_the_catalog_is_seen_and_little_is_done_for_it() {
    let (database, domain) = ("kind: Resource", "kind: Domain");
    let mut site = Site::new(SHOP)
        .build()
        .edit("catalog/catalog-info.yaml", "All orders.", "Every order.")
        .build()
        .parsed(0)
        .has("services/orders-db.html", "Every order.")
        .edit("catalog/catalog-info.yaml", database, domain)
        .check()
        .finds("catalog/catalog-info.yaml 14:15 broken-reference")
        .build()
        .has_no_page("services/orders-db.html")
        .edit("catalog/catalog-info.yaml", domain, database)
        .edit("catalog/catalog-info.yaml", "Every order.", "All orders.")
        .check()
        .build();
    assert_eq!(site.take_pages(), Site::new(SHOP).build().into_pages());
}

#[test]
fn a_slip_in_a_file_of_objectives_is_fixed_and_a_catalog_is_checked_in_pull_requests() {
    let project = Project::new(SHOP);
    project.write(
        "catalog/slo.yaml",
        "version: prometheus/v1\nservice: chekout # ours\nslos:\n  - { name: a, objective: 99 }\n",
    );
    project.checks(&["--fix"], 0);
    assert!(project.read("catalog/slo.yaml").contains("service: checkout # ours\n"));
    project.commit();
    project.edit("catalog/catalog-info.yaml", "owner: platform", "owner: platfrm");
    let text = project.checks(&["--since", "HEAD", "--format", "concise"], 1);
    assert!(
        text.contains("catalog/catalog-info.yaml:20:32: error: no squad `platfrm` [broken-reference]"),
        "{text}"
    );
}
