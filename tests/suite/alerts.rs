//! Alerts that documents name and no runbook answers.

use crate::project::Project;

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
rules: { unmet-expectation: off, missing-section: off, orphan-document: off }
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
-- content/priorities/p2.md --
---
owner: payments
level: P2
name: Serious
major: true
---
# P2
-- content/failure-modes/pool.md --
---
services: [checkout]
detection: { alerts: [CheckoutLatencyHigh] }
---
# Pool
-- content/incidents/outage.md --
---
priority: p2
services: [checkout]
times: { detected: 2026-02-01T10:00:00Z }
alerts: [CheckoutLatencyHigh]
---
# Outage
-- content/runbooks/latency.md --
---
services: [checkout]
alerts: [CheckoutLatencyHigh, CheckoutDown]
---
# Latency
";

fn shop() -> Project {
    let project = Project::new(SHOP);
    assert!(project.checks(&[], 0).ends_with("no findings\n"));
    project.commit();
    project
}

#[test]
fn a_slip_in_the_runbook_is_found_and_fixed_there() {
    let project = shop();
    project.edit("content/runbooks/latency.md", "[CheckoutLatencyHigh", "[CheckoutLatencyHihg");
    let text = project.checks(&[], 0);
    assert!(
        text.contains("warning[unanswered-alert]: no runbook answers the alert `CheckoutLatencyHigh`"),
        "{text}"
    );
    assert!(
        text.contains("write `CheckoutLatencyHigh` there: more documents do")
            && text.contains("checked 6 documents: 1 warning"),
        "{text}"
    );
    // A runbook answered it before: that is no warning.
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("error[unanswered-alert]"), "{text}");
    assert!(text.contains("`content/runbooks/latency.md` answered it before"), "{text}");
    // Two documents know the one name, and one the other.
    assert!(project.checks(&["--fix"], 0).contains("no findings\n"));
    assert!(
        project.read("content/runbooks/latency.md").contains("alerts: [CheckoutLatencyHigh, CheckoutDown]")
    );
}

#[test]
fn a_slip_in_what_names_the_alert_is_fixed_there() {
    let project = shop();
    project.edit("content/incidents/outage.md", "CheckoutLatencyHigh", "CheckoutLatencyHgh");
    assert!(project.checks(&["--fix"], 0).contains("no findings\n"));
    assert!(project.read("content/incidents/outage.md").contains("alerts: [CheckoutLatencyHigh]"));
}

#[test]
fn where_either_spelling_may_be_right_nothing_is_changed() {
    let project = shop();
    project.edit("content/incidents/outage.md", "alerts: [CheckoutLatencyHigh]\n", "");
    project.commit();
    project.edit("content/runbooks/latency.md", "[CheckoutLatencyHigh", "[CheckoutLatencyHihg");
    assert!(project.checks(&["--fix"], 0).contains("did you mean `CheckoutLatencyHihg`?"));
    assert!(project.read("content/runbooks/latency.md").contains("CheckoutLatencyHihg"));
    assert!(project.read("content/failure-modes/pool.md").contains("CheckoutLatencyHigh"));
    // The history knows.
    project.checks(&["--fix", "--since", "HEAD"], 0);
    assert!(project.read("content/runbooks/latency.md").contains("[CheckoutLatencyHigh,"));
}

#[test]
fn a_runbook_that_goes_is_an_error_and_one_that_never_was_a_warning() {
    let project = shop();
    project.edit("content/runbooks/latency.md", "alerts: [CheckoutLatencyHigh, ", "alerts: [");
    assert!(project.checks(&["--since", "HEAD"], 1).contains("error[unanswered-alert]"));
    // The settings have the last word.
    project.edit("sdkb.yml", "rules: {", "rules: { unanswered-alert: warning,");
    assert!(project.checks(&["--since", "HEAD"], 0).contains("warning[unanswered-alert]"));
    project.git(&["checkout", "--quiet", "."]);
    project.edit("content/runbooks/latency.md", "services:", "status: draft\nservices:");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("`runbook/latency` names it, and has the status `draft`"), "{text}");
    project.git(&["checkout", "--quiet", "."]);
    // Not known before, and known after that.
    project.edit("content/incidents/outage.md", "[CheckoutLatencyHigh]", "[QueueStuck, QueueStuck]");
    let text = project.checks(&["--since", "HEAD"], 0);
    assert!(text.contains("warning[unanswered-alert]: no runbook answers the alert `QueueStuck`"), "{text}");
    assert!(text.contains("add `alerts: [QueueStuck]` to the runbook that answers it"), "{text}");
    project.commit();
    project.edit(
        "content/failure-modes/pool.md",
        "[CheckoutLatencyHigh]",
        "[CheckoutLatencyHigh, QueueStuck]",
    );
    assert!(project.checks(&["--since", "HEAD"], 0).ends_with("no findings\n"));
}

#[test]
fn a_repository_that_nobody_prepared_owes_no_runbooks() {
    let project = Project::new("-- incidents/a.md --\n---\nalerts: [DiskFull]\n---\n# A\n");
    assert!(!project.checks(&[], 0).contains("unanswered-alert"));
    project.write("sdkb.yml", "title: Ops\n");
    assert!(project.checks(&[], 1).contains("unanswered-alert"));
}
