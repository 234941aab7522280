//! One cause, one finding.

use crate::project::Project;

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
-- content/index.md --
# Shop
-- content/squads/payments.md --
---
oncall_schedule: https://pager.example/payments
---
# Payments
-- content/services/checkout.md --
---
owner: payments
---
# Checkout
-- content/failure-modes/pool.md --
---
services: [checkout]
detection: { alerts: [CheckoutLatencyHigh] }
---
# Pool
-- content/runbooks/latency.md --
---
services: [checkout]
alerts: [CheckoutLatencyHigh]
failure_modes: [pool]
---
# Latency
## Meaning
x
## Impact
x
## Diagnosis
x
## Mitigation
x
";

#[test]
fn a_document_that_cannot_be_read_breaks_no_rule_elsewhere() {
    let project = Project::new(SHOP);
    assert_eq!(project.findings(), [""; 0]);
    for (path, line) in [
        ("content/runbooks/latency.md", "services: [checkout]"),
        ("content/services/checkout.md", "owner: payments"),
        ("content/squads/payments.md", "oncall_schedule: https"),
        ("content/failure-modes/pool.md", "services: [checkout]"),
    ] {
        let text = project.read(path);
        project.edit(path, line, &format!("title: a: b\n{line}"));
        let found = project.findings();
        assert!(found.len() == 1 && found[0].contains("[invalid-syntax]"), "{path}: {found:#?}");
        project.write(path, &text);
    }
    // Names that only the broken front matter gives.
    project.write("content/services/carts.md", "---\nid: baskets\nowner: payments\n---\n# Carts\n");
    project.edit("content/services/checkout.md", "owner:", "depends_on: [baskets]\nowner:");
    project.edit("content/services/carts.md", "id:", "title: a: b\nid:");
    let found = project.findings();
    assert!(found.len() == 1 && found[0].contains("[invalid-syntax]"), "{found:#?}");
}

#[test]
fn a_kind_that_cannot_be_read_leaves_its_documents_alone() {
    let project = Project::new(SHOP);
    project.write(
        "kinds/vendor.md",
        "---\nkind: vendor\nfolder: vendors\nfields:\n  tier: { type: text, help: How much. }\n---\n",
    );
    project.write("content/vendors/acme.md", "---\ntier: gold\nkind: vendor\nowner: payments\n---\n# Acme\n");
    project.write("content/index.md", "# Shop\n[Acme](vendors/acme.md)\n");
    assert_eq!(project.findings(), [""; 0]);
    project.write("content/index.md", "# Shop\n");
    for broken in ["fields: [", "kind: vendor\nfields: text", "folder: vendors\nfields: {"] {
        project.write("kinds/vendor.md", &format!("---\n{broken}\n---\n"));
        let found = project.findings();
        assert!(found.len() == 1 && found[0].starts_with("kinds/vendor.md:"), "{broken}: {found:#?}");
    }
    // A kind that adds to a built-in one.
    project.remove("kinds/vendor.md");
    project.remove("content/vendors/acme.md");
    project.write(
        "kinds/service.md",
        "---\nkind: service\nfields:\n  cost: { type: number, help: How much. }\n---\n",
    );
    project.edit("content/services/checkout.md", "owner:", "cost: 3\nowner:");
    assert_eq!(project.findings(), [""; 0]);
    project.write("kinds/service.md", "---\nkind: service\nfields: [\n---\n");
    let found = project.findings();
    assert!(found.len() == 1 && found[0].starts_with("kinds/service.md:"), "{found:#?}");
}

#[test]
fn missing_sections_are_one_finding_in_the_order_of_the_kind() {
    let project = Project::new(SHOP);
    project.edit("content/runbooks/latency.md", "## Meaning\nx\n## Impact\nx\n", "");
    project.edit("content/runbooks/latency.md", "## Mitigation", "## Mitigatoin");
    let text = project.checks(&[], 0);
    assert!(text.contains("missing sections `Meaning`, `Impact`, `Mitigation`\n"), "{text}");
    assert!(text.contains("did you mean `Mitigation`?") && text.ends_with(": 1 warning\n"), "{text}");
}

#[test]
fn an_empty_file_is_one_finding() {
    let project = Project::new(SHOP);
    for text in ["", "\n\n", "\u{feff}\n", "---\n---\n"] {
        project.write("content/services/tax.md", text);
        let found = project.findings();
        assert!(found.len() == 1 && found[0].contains("the service `tax` is empty"), "{found:#?}");
    }
}
