//! What a build does again after an edit, and that it comes to the same.

use crate::site::Site;

pub(crate) const TEXT: &str = "\
-- sdkb.yml --
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off }
title: Test
-- squads/payments.md --
---
title: Payments
---
-- squads/search.md --
---
title: Search
---
-- services/checkout.md --
---
title: Checkout
owner: payments
---
-- runbooks/latency.md --
---
title: Latency
services: [checkout]
---
First text.

Second text.
-- runbooks/errors.md --
---
title: Errors
services: [checkout]
---
-- failure-modes/slow.md --
---
title: Slow
services: [checkout]
mitigations: [latency]
---
";

#[test]
fn an_edit_of_a_body_renders_one_page() {
    let site = Site::new(TEXT).check().parsed(6).build();
    let all = site.into_pages().len();
    assert!(all > 15);
    Site::new(TEXT)
        .build()
        .build()
        .rendered(0)
        .edit("runbooks/latency.md", "Second text.", "Another text.")
        .build()
        .parsed(1)
        .rendered(1);
}

#[test]
fn an_edit_of_a_title_renders_the_pages_that_show_it() {
    Site::new(TEXT)
        .build()
        .edit("services/checkout.md", "title: Checkout", "title: Till")
        .build()
        .parsed(1)
        .has("runbooks/latency.html", "Till")
        .has("squads/payments.html", "Till")
        .has("index.html", "Till")
        .lacks("runbooks/index.html", "Checkout");
}

#[test]
fn pages_that_are_gone_stay_gone() {
    Site::new(TEXT)
        .build()
        .remove("runbooks/errors.md")
        .build()
        .parsed(0)
        .has_no_page("runbooks/errors.html")
        .lacks("services/checkout.html", "errors");
}

#[test]
fn edit_then_rebuild_equals_a_clean_build() {
    let edited = Site::new(TEXT)
        .build()
        .edit("services/checkout.md", "owner: payments", "owner: search")
        .build()
        .remove("runbooks/errors.md")
        .write("runbooks/new.md", "---\nservices: [checkout]\nalerts: [NewAlert]\n---\nNew.\n")
        .build()
        .into_pages();
    let clean = TEXT.replace("owner: payments", "owner: search").replace(
        "-- runbooks/errors.md --\n---\ntitle: Errors\nservices: [checkout]\n---\n",
        "-- runbooks/new.md --\n---\nservices: [checkout]\nalerts: [NewAlert]\n---\nNew.\n",
    );
    assert_eq!(edited, Site::new(&clean).build().into_pages());
}

#[test]
fn kinds_settings_and_themes_are_inputs_too() {
    let edits = [
        ("kinds/_common.md", "---\nfields:\n  mood: { type: text, help: How it feels. }\n---\n"),
        ("kinds/runbook.md", "---\nkind: runbook\nplural: Playbooks\n---\n"),
        ("sdkb.yml", "title: Other\n"),
        ("themes/default/templates/404.html", "<html lang=\"en\">lost</html>\n"),
    ];
    let mut edited = Site::new(TEXT).build();
    let mut clean = Site::new(TEXT);
    for (path, text) in edits {
        edited = edited.write(path, text).build();
        clean = clean.write(path, text);
    }
    assert_eq!(edited.into_pages(), clean.build().into_pages());
}

#[test]
fn a_kind_whose_file_is_renamed_is_another_kind() {
    let kind = "---\nplural: Things\nfolder: things\n---\n";
    let text = format!("{TEXT}-- things/a.md --\n# A\n");
    let renamed = Site::new(&text).write("kinds/probe.md", kind).build().remove("kinds/probe.md");
    let renamed = renamed.write("kinds/check.md", kind).build();
    let clean = Site::new(&text).write("kinds/check.md", kind).build();
    assert_eq!(renamed.into_pages(), clean.into_pages());
}

#[test]
fn what_an_edit_only_moves_is_found_where_it_is_now() {
    let text = TEXT.replace("rules: { ", "rules: { missing-field: off, ");
    let claims = |title: &str| {
        format!("---\ntitle: {title}\nservices: [checkout]\nalerts: [Slow]\naliases: [runbooks/a]\n---\n")
    };
    Site::new(&text)
        .write("runbooks/a.md", claims("A").replace("aliases: [runbooks/a]\n", ""))
        .write("runbooks/b.md", claims("B"))
        .check()
        .finds("b.md 4:10 alert-claimed-twice")
        .finds("b.md 5:11 dead-alias")
        .write("runbooks/b.md", claims("B\nsummary: One more line."))
        .check()
        .finds("b.md 5:10 alert-claimed-twice")
        .finds("b.md 6:11 dead-alias");
}
