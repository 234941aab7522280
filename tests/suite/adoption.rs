//! Repositories that nobody prepared.

use crate::site::Site;

#[test]
fn plain_markdown_just_builds() {
    Site::new(
        "\
-- README.md --
# Our operations

Start with the [guide](docs/guide.md).
-- docs/guide.md --
Just text, no heading.
-- docs/deep/notes.md --
---
author: ann
tags: x
owner: ann
---
# Notes
",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("index.html", "Our operations")
    .has("index.html", "href=\"docs/guide.html\"")
    .has("docs/guide.html", "Guide")
    .has("docs/index.html", "docs/deep/index.html")
    .has("docs/deep/notes.html", "Notes");
}

#[test]
fn kinds_are_guessed_from_folders_and_sections() {
    let sections = "## Meaning\n\nx\n\n## Impact\n\n## Diagnosis\n\n## Mitigation\n";
    let files = format!(
        "\
-- playbooks/disk-full.md --
# Disk full
-- ops/etcd/etcdNoLeader.md --
# etcdNoLeader

{sections}
-- ops/etcd/Watchdog.md --
# Watchdog

{sections}
-- teams/storage.md --
# Storage
"
    );
    Site::new(&files)
        .check()
        .finds_nothing_else()
        .build()
        .has("runbooks/index.html", "playbooks/disk-full.html")
        .has("runbooks/index.html", "ops/etcd/etcdNoLeader.html")
        .has("squads/index.html", "teams/storage.html")
        .has("alerts/index.html", "alerts/Watchdog.html")
        .has("alerts/etcdNoLeader.html", "ops/etcd/etcdNoLeader.html")
        .has_no_page("alerts/disk-full.html");
}

#[test]
fn hugo_sites_keep_their_links() {
    Site::new(
        "\
-- content/_index.md --
---
title: Welcome
---
Hello.
-- content/runbooks/_index.md --
---
bookHidden: true
---
-- content/runbooks/node/_index.md --
---
title: node
weight: 10
---
-- content/runbooks/node/NodeDown.md --
---
title: Node Down
weight: 20
aliases:
  - /nodedown/
---
# NodeDown

See [the other]({{< ref \"./NodeUp.md\" >}}), [this](/runbooks/node/nodeup/), [that](../nodeup/#meaning)
and [adding](/docs/add).
-- content/runbooks/node/NodeUp.md --
+++
title = \"Node Up\"
weight = 10
+++
# NodeUp

## Meaning

{{< hint warning >}}
Careful.
{{< /hint >}}
-- content/docs/add.md --
# Adding
-- static/img/logo.png --
x
",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("index.html", "Hello.")
    .has("nodedown/index.html", "../runbooks/node/NodeDown.html")
    .has("runbooks/node/NodeDown.html", "<a href=\"NodeUp.html\">the other</a>")
    .has("runbooks/node/NodeDown.html", "<a href=\"NodeUp.html\">this</a>")
    .has("runbooks/node/NodeDown.html", "<a href=\"NodeUp.html#meaning\">that</a>")
    .has("runbooks/node/NodeDown.html", "../../docs/add.html")
    .has("runbooks/node/NodeUp.html", "callout-warning")
    .has("runbooks/index.html", "Node Down")
    .lacks("runbooks/index.html", "/_index.html")
    .has("img/logo.png", "x");
}

#[test]
fn mkdocs_sites_keep_their_admonitions_and_folder() {
    Site::new(
        "\
-- mkdocs.yml --
site_name: Ops
-- README.md --
Not part of the site.
-- docs/index.md --
# Ops

[Failover](db/failover.md) or [by address](db/failover/)
-- docs/db/failover.md --
# Failover

!!! danger \"Stop\"
    Do not do this [alone](../index.md).

    ```bash
    pg_ctl promote
    ```

After.
",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("index.html", "<title>Ops</title>")
    .has("index.html", "<a href=\"db/failover.html\">by address</a>")
    .has("db/failover.html", "callout-caution")
    .has("db/failover.html", "<a href=\"../index.html\">alone</a>")
    .has("db/failover.html", "pg_ctl")
    .has_no_page("README.html");
}

#[test]
fn anchors_of_other_generators_lead_to_the_same_heading() {
    Site::new("-- a.md --\n[x](#a--b-step-1) [y](#a-b-step-1) [z](#A-B-step-1)\n\n## A & B: step 1\n")
        .check()
        .finds_nothing_else()
        .build()
        .has("a.html", "<a href=\"#a--b-step-1\">y</a>");
}

#[test]
fn broken_links_are_findings_and_are_marked() {
    Site::new("-- README.md --\n# Ops\n\nSee [this](gone.md) and [that](LICENSE).\n-- LICENSE --\nMIT\n")
        .check()
        .finds("README.md 3:12 broken-link")
        .build()
        .has("index.html", "class=\"broken\"")
        .has("LICENSE", "MIT");
}

#[test]
fn a_document_that_states_its_kind_is_held_to_it() {
    let text = "-- a.md --\n---\nkind: runbook\nalerts: [HighLatency]\n---\n# A\n## Meaning\nx\n## Impact\nx\n## Diagnosis\nx\n";
    Site::new(text).check().finds("a.md 1:1 missing-field").finds("a.md 1:1 missing-section");
}

#[test]
fn collections_give_kinds_and_defaults_by_path() {
    Site::new(
        "\
-- sdkb.yml --
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off }
ignore: ['drafts/**']
collections:
  - path: 'ops/*/**'
    kind: runbook
    defaults: { services: [etcd] }
-- content/services/etcd.md --
---
owner: storage
---
# etcd
-- content/squads/storage.md --
# Storage
-- content/ops/etcd/etcdNoLeader.md --
# etcdNoLeader
-- content/drafts/x.md --
[broken](nowhere.md)
",
    )
    .check()
    .finds("etcd.md 1:1 unmet-expectation")
    .build()
    .has("services/etcd.html", "ops/etcd/etcdNoLeader.html")
    .has("squads/storage.html", "ops/etcd/etcdNoLeader.html")
    .has_no_page("drafts/x.html");
}

#[test]
fn pages_request_nothing_from_elsewhere() {
    Site::new(
        "\
-- README.md --
# Ops

![build](https://ci.example/badge.svg) [![state](https://ci.example/state.svg)](https://ci.example/)

<img src=\"https://ci.example/raw.png\" alt=\"raw\">
",
    )
    .check()
    .finds("README.md 5:1 dropped-html")
    .finds_nothing_else()
    .build()
    .has("index.html", "<a href=\"https://ci.example/badge.svg\" rel=\"noopener external\">build</a>")
    .has("index.html", "<span>state</span>")
    .has("index.html", "<a href=\"https://ci.example/raw.png\" rel=\"noopener external\">raw</a>")
    .lacks("index.html", "src=\"https:");
}

#[test]
fn notes_in_double_brackets_are_found_in_passing() {
    Site::new(
        "\
-- Incident Response.md --
---
aliases: [when it burns]
---
# Incident response

## Roles

![[depth.png|300]] ![[Getting-Started#Install]] [[Getting Started]] [[#^block]]
-- notes/Getting-Started.md --
# How to start

## Install

[[incident response]], [[when it burns]], [[../Incident Response#roles]], [[How to start]]
-- attachments/depth.png --
x
",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("Incident Response.html", "src=\"attachments/depth.png\"")
    .has("Incident Response.html", "<a href=\"notes/Getting-Started.html#install\">")
    .has("notes/Getting-Started.html", "<a href=\"../Incident%20Response.html#roles\">");
}

#[test]
fn instructions_to_other_generators_are_no_text() {
    Site::new("-- a.md --\n![ci](x.png)\n\n# A\n\n[[_TOC_]]\n\n[TOC]\n\nText.\n{: .note }\n\n## B\n-- x.png --\nx\n")
        .check()
        .finds_nothing_else()
        .build()
        .has("a.html", "<title>A ")
        .has("a.html", "content=\"Text.\"")
        .lacks("a.html", "TOC")
        .lacks("a.html", "{:")
        .lacks("a.html", "<h2 id=\"a\"");
}

#[test]
fn ordinary_layouts_are_no_findings() {
    Site::new(
        "\
-- README.md --
[issues](../../issues) [folder](guides/) [lines](guides.md?plain=1#L5)
-- guides.md --
# Guides
-- guides/README.md --
# All guides
-- docs/README.md --
# Docs
-- docs/index.md --
# Index
-- docs/_index.md --
# Underscore
-- docs/a.md --
# A
-- team/alerts/x.md --
# X
-- team/Runbook/x.md --
# Other X
-- drafts/d.md --
---
draft: true
---
[broken](nowhere.md)
-- accessToolbox.md --
# How to reach the toolbox
",
    )
    .check()
    .finds("README.md 1:10 unpublished-file")
    .build()
    .has("index.html", "href=\"guides/index.html\"")
    .has("docs/index.html", "a.html")
    .has("docs/_index.html", "Underscore")
    .has("docs/README.html", "Docs")
    .has("runbooks/index.html", "team/Runbook/x.html")
    .has_no_page("drafts/d.html")
    .has_no_page("alerts/index.html");
}

#[test]
fn two_documents_at_one_address_are_both_published() {
    Site::new("-- runbooks/Same.md --\n# One\n-- runbooks/same.md --\n# Two\n")
        .check()
        .finds("runbooks/same.md 1:1 duplicate-url")
        .build()
        .has("runbooks/index.html", "same-2.html")
        .has("runbooks/same-2.html", "Two");
}

#[test]
fn an_alert_that_two_documents_claim_has_its_own_page() {
    Site::new(
        "-- alerts/DiskFull.md --\n# DiskFull\n-- alerts/db/DiskFull.md --\n# DiskFull\n-- alerts/NodeDown.md --\n# Node down\n",
    )
    .check()
    .finds_nothing_else()
    .build()
    .has("alerts/DiskFull-2.html", "db/DiskFull.html")
    .has("alerts/index.html", "href=\"../alerts/NodeDown.html\"");
}
