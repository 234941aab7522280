//! Slips in front matter and text, where they are, and what `--fix` makes of them.

use crate::project::{Project, stdout};

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
rules: { unmet-expectation: off, missing-section: off, orphan-document: off, missing-field: off, no-owner: off }
-- content/index.md --
# Shop
-- content/squads/payments.md --
---
oncall_schedule: https://pager.example/payments
---
# Payments
-- content/services/website.md --
---
owner: payments
---
# Website
";

/// What is found in a runbook: `line:column`, the rule and the message.
fn found(project: &Project) -> Vec<String> {
    let lines = project.findings();
    lines.iter().map(|line| line.strip_prefix("content/runbooks/a.md:").unwrap_or(line).to_owned()).collect()
}

/// Writes a runbook with this front matter. Where it stands in it, `⟦` marks the place of the finding.
fn runbook(project: &Project, fields: &str) -> String {
    let text = format!("---\n{fields}\n---\n# A\n");
    let at = text.find('⟦').expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    project.write("content/runbooks/a.md", &text.replace('⟦', ""));
    format!("{line}:{column}: ")
}

#[test]
fn slips_in_front_matter_are_found_where_they_are() {
    let project = Project::new(SHOP);
    for (fields, message, fixed) in [
        ("services: ⟦[website\ntitle: A", "`[` is not closed", ""),
        ("title: A\nservices: ⟦[website,\n  other", "`[` is not closed", ""),
        ("services⟦:[website]\ntitle: A", "no blank behind the colon", "\nservices: [website]\n"),
        ("title: x\n⟦ services: [website]", "indented more than `title` above", "\nservices: [website]\n"),
        (
            "services: [website]\nescalation: [⟦@oncall]",
            "a value can't begin with `@`",
            "escalation: [\"@oncall\"]\n",
        ),
        ("title: ⟦%x", "a value can't begin with `%`", "title: \"%x\"\n"),
        ("title: ⟦`x` fails", "a value can't begin with ``", "title: \"`x` fails\"\n"),
        ("title: a⟦: b", "a second colon in a value", "title: \"a: b\"\n"),
        ("title: Say \"no\"⟦: often", "a second colon in a value", "title: 'Say \"no\": often'\n"),
        (
            "services: [website]\nescalation: [Lead rota, ⟦#lead]\ntitle: A",
            "the rest of the line is a comment",
            "",
        ),
        (
            "services: [website]\nescalation:\n  - Lead rota, ⟦#lead",
            "`#lead` is a comment",
            "  - \"Lead rota, #lead\"\n",
        ),
        ("alerts: ⟦FooBar, BazQux", "`FooBar, BazQux` is one alert", "alerts: [FooBar, BazQux]\n"),
        ("services: ⟦website, website", "no service `website, website`", "services: [website, website]\n"),
        ("services: [⟦services/website.md]", "no service `services/website.md`", "services: [website]\n"),
        ("services: [⟦../services/website.md]", "no service", "services: [website]\n"),
        ("services: [⟦\"[[website]]\"]", "no service `[[website]]`", "services: [\"website\"]\n"),
        ("services: [⟦https://kb.example/services/website.html]", "no service", "services: [website]\n"),
    ] {
        let place = runbook(&project, fields);
        let found = found(&project);
        let is_there = found.len() == 1 && found[0].starts_with(&place) && found[0].contains(message);
        assert!(is_there, "{fields}: {place}{message}\n{found:#?}");
        let before = project.read("content/runbooks/a.md");
        project.sdkb(&["check", "--fix"]);
        let after = project.read("content/runbooks/a.md");
        match fixed {
            "" => assert_eq!(after, before, "{fields}"),
            fixed => assert!(after.contains(fixed), "{fields}: {after}"),
        }
    }
}

#[test]
fn front_matter_that_is_right_is_left_alone() {
    let project = Project::new(SHOP);
    for fields in [
        "services: [website] # the only one",
        "services: [website] #-- old",
        "services:\n  - website\ntrigger: |\n  a: b: c #d\n  [x",
        "services: [website]\ntrigger: \"a #b\"",
        "services: [website]\nescalation: ['@oncall', \"#lead\"]",
        "services: [website]\ntrigger: at 10:30, see https://x.example/a:b",
        "services: [\n  website\n]",
    ] {
        project.write("content/runbooks/a.md", &format!("---\n{fields}\n---\n# A\n"));
        assert_eq!(found(&project), [""; 0], "{fields}");
    }
}

#[test]
fn slips_in_text_are_found() {
    let project = Project::new(SHOP);
    for (text, message) in [
        ("# A\nSee ⟦[the plan][plan].\n", "no address for `[plan]`"),
        ("# A\nSee ⟦[plan][].\n", "no address for `[plan]`"),
        ("# A\nOften⟦[^1].\n", "no footnote `[^1]`"),
        ("# A\n⟦```sh\nls\n", "a block of code that does not end"),
        ("# A\n- x\n\n  ⟦~~~\n  ls\n", "a block of code that does not end"),
        ("# A\n⟦<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", "a merge conflict"),
        ("# A\n```sh\n⟦<<<<<<< HEAD\na\n```\n=======\nb\n```\n>>>>>>> other\n", "a merge conflict"),
        ("# A\nx⟦\u{1b}[31m\n", "control character U+001B"),
        ("\n⟦---\ntitle: Real\n---\n# A\n", "front matter that is read as text"),
        ("⟦----\ntitle: Real\n----\n# A\n", "front matter that is read as text"),
        ("# A\n## One {#x}\n⟦## Two {#x}\n", "the id `x` is given twice"),
    ] {
        let at = text.find('⟦').expect("a mark");
        let line = text[..at].matches('\n').count() + 1;
        let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        project.write("content/runbooks/a.md", &text.replace('⟦', ""));
        let found = found(&project);
        let place = format!("{line}:{column}: ");
        assert!(
            found.iter().any(|found| found.starts_with(&place) && found.contains(message)),
            "{text}\n{found:#?}"
        );
    }
    project.write("content/runbooks/a.md", "\n---\ntitle: Real\nservices: [website]\n---\n# A\n");
    project.checks(&["--fix", "--deny", "warnings"], 0);
    assert!(project.read("content/runbooks/a.md").starts_with("---\ntitle: Real\n"));
}

#[test]
fn text_that_is_right_is_left_alone() {
    let project = Project::new(SHOP);
    for text in [
        "# A\nSee [the plan][plan], `[a][b]` and list[0][1].\n\n[plan]: https://x.example\n",
        "# A\nOften[^1].\n\n[^1]: Once.\n",
        "# A\n````md\n```sh\nls\n```\n````\n",
        "# A\n> ```sh\n> ls\n> ```\n",
        "# A\nText [^a-z]+ and \\[^1].\n\n    ```\n    indented\n",
        "# A\n\n=======\n",
    ] {
        project.write("content/runbooks/a.md", text);
        assert_eq!(found(&project), [""; 0], "{text}");
    }
}

#[test]
fn what_has_happened_is_not_in_the_future() {
    let project = Project::new(SHOP);
    for fields in
        ["review: { last_reviewed: ⟦2031-01-01 }", "last_exercised: ⟦2035-02-03", "approved_on: ⟦2026-06-02"]
    {
        let place = runbook(&project, fields);
        let found = found(&project);
        assert!(
            found.len() == 1 && found[0].starts_with(&place) && found[0].contains("[future-date]"),
            "{found:#?}"
        );
    }
    project.write("content/runbooks/a.md", "---\nreview: { last_reviewed: 2026-06-01 }\n---\n# A\n");
    assert_eq!(found(&project), [""; 0]);
}

#[test]
fn ten_thousand_broken_anchors_are_all_found() {
    let headings: String = (0..10_000).map(|number| format!("## Part {number}\n")).collect();
    let links: String = (0..10_000).map(|number| format!("[x](b.md#gone-{number})\n")).collect();
    let project = Project::new("-- a.md --\n# A\n");
    project.write("a.md", &format!("# A\n{links}"));
    project.write("b.md", &format!("# B\n{headings}"));
    let output = project.sdkb(&["check", "--statistics"]);
    assert_eq!(stdout(&output), "10000 error   broken-anchor\n");
}

#[test]
fn links_are_fixed_only_where_they_are_understood() {
    let project = Project::new(
        "\
-- a.md --
# A
See [m] and [o](./OWNERS.md).

[m]: [https://x.example/b.md#member]
-- sub/b.md --
# B
-- sub/owners.md --
# Owners
",
    );
    let before = project.read("a.md");
    let text = project.checks(&["--fix"], 1);
    assert!(text.contains("did you mean `https://x.example/b.md#member`?"), "{text}");
    assert!(text.contains("did you mean `sub/owners.md`?"), "{text}");
    assert_eq!(project.read("a.md"), before);
}

#[test]
fn an_id_that_was_meant_is_of_the_kind_that_is_named() {
    let project = Project::new(
        "-- sdkb.yml --\ntitle: Shop\n-- content/services/checkout.md --\n# Checkout\n-- content/runbooks/check-out.md --\n# Check out\n\
         -- content/index.md --\n# Home\n[[service/chekout]] [[services/chekout#x]] [[runbook/chek-out]]\n",
    );
    let text = project.checks(&[], 1);
    for expected in [
        "no document `service/chekout`",
        "did you mean `service/checkout`?",
        "did you mean `runbook/check-out`?",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}
