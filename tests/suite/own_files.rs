//! What projects bring of their own: kinds that contradict themselves, templates that fail, names with a slip.

use crate::project::{Project, stdout};

/// A kind's head and fields, each with what is said of it: the place, and a part of the message.
const KINDS: &[(&str, &str)] = &[
    ("kind: Big Vendor", "2:7: error: `Big Vendor` can't name a kind"),
    ("kind: vendor\nfields:\n  Tier Of: { type: text, help: x }", "4:3: error: `Tier Of` can't name a field"),
    ("kind: vendor\nfields:\n  a.b: { type: text, help: x }", "4:3: error: `a.b` can't name a field"),
    ("kind: vendor\ndate_field: nope", "3:13: error: `date_field` is `nope`"),
    ("kind: vendor\ndate_field: tags", "3:13: error: `date_field` names `tags`, which is of the type `text`"),
    ("kind: vendor\nexpect: [{ because: x }]", "3:10: error: this expects neither a field nor a relation"),
    ("kind: vendor\nexpect: [{ relation: nope, because: x }]", "3:22: error: `expect.relation` is `nope`"),
    ("kind: vendor\nexpect: [{ field: titel, because: x }]", "3:19: error: `expect.field` is `titel`"),
    (
        "kind: vendor\nexpect: [{ field: title, when: { status: don }, because: x }]",
        "3:42: error: `expect.when.status` is `don`",
    ),
    (
        "kind: vendor\nfields:\n  title: { type: number, help: x }",
        "4:3: error: `title` is of the type `number`",
    ),
    (
        "kind: vendor\nfields:\n  title: { type: text, many: true, help: x }",
        "4:3: error: `title` holds a list",
    ),
    ("kind: vendor\nfields:\n  a: { type: text, to: service, help: x }", "4:20: error: `a.to` is for fields"),
    ("kind: vendor\nfields:\n  a: { choices: [x], help: x }", "4:8: error: `a.choices` is for fields"),
    ("kind: vendor\nfields:\n  a: { type: object, help: x }", "4:3: error: `a` is a group without fields"),
    (
        "kind: vendor\nfields:\n  a: { type: date, settled_by: { statsu: [x] }, help: x }",
        "4:34: error: `a.settled_by` is `statsu`",
    ),
    (
        "kind: vendor\nfields:\n  a: { type: date, settled_by: { status: [don] }, help: x }",
        "4:43: error: `a.settled_by.status` is `don`",
    ),
    (
        "kind: vendor\nfields:\n  a: { type: datetime, elapsed: { label: To a, since: b }, help: x }",
        "4:55: error: `a.elapsed.since` is `b`",
    ),
    (
        "kind: vendor\nfields:\n  a: { type: datetime, elapsed: { label: To a, since: tags }, help: x }",
        "4:55: error: `a.elapsed.since` names `tags`",
    ),
    ("kind: vendor\nfields:\n  a: { type: text, collect: [x], help: x }", "4:30: error: `a.collect` is `x`"),
    (
        "kind: vendor\nfields:\n  a: { type: date, example: soon, help: x }",
        "4:29: error: `a.example` is `soon`",
    ),
    ("kind: vendor\nfields:\n  a: { type: number, fill: now, help: x }", "4:28: error: `a.fill` is `now`"),
    (
        "kind: vendor\nfields:\n  a: { type: choice, choices: [x, y, x], help: x }",
        "4:38: error: `x` stands in `a.choices` twice",
    ),
    (
        "kind: vendor\nfields:\n  a: { type: reference, to: service, mirrors: nope, help: x }",
        "4:47: error: `a.mirrors` is `nope`",
    ),
    ("kind: vendor\nfolder: runbooks", "3:9: error: the folder `runbooks` is that of the kind `runbook` too"),
    ("kind: vendor\nfolder: ../x", "3:9: error: `../x` can't name a folder"),
    // A file that adds to a kind takes away what that needs.
    (
        "kind: incident\nfields:\n  times: { type: object, help: x, fields: { end: { type: date, help: x } } }",
        "1:1: error: `date_field` is `times.detected`",
    ),
];

#[test]
fn kinds_that_contradict_themselves_are_found_where_they_do() {
    let project = Project::new("-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n");
    for (head, message) in KINDS {
        project.write("kinds/vendor.md", &format!("---\n{head}\n---\n"));
        let found = project.findings();
        let message = format!("kinds/vendor.md:{message}");
        assert!(found.iter().any(|line| line.starts_with(&message)), "{head}\n{message}\n{found:#?}");
        assert!(found.len() == 1 || head.contains("incident"), "{head}\n{found:#?}");
    }
    let fine = "---\nkind: vendor\ndate_field: reviewed\nexpect: [{ relation: Related, because: x }, { field: review.interval, \
                when: { status: active }, because: x }]\nfields:\n  reviewed: { type: date, past: true, settled_by: { status: \
                [active] }, fill: now, help: x }\n  related: { type: reference, to: vendor, many: true, inverse: Related, help: \
                x }\n  title: { type: text, help: x }\n  name: { role: title, type: text, help: x }\n---\n";
    project.write("kinds/vendor.md", fine);
    assert_eq!(project.findings(), [""; 0]);
}

#[test]
fn check_fails_where_a_template_of_the_project_would_fail_the_build() {
    let project = Project::new(
        "-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n-- content/services/a.md --\n# A\n\
         -- content/runbooks/b.md --\n# B\n",
    );
    let levels =
        "title: X\nrules: { no-owner: off, missing-field: off, missing-section: off, empty-document: off }\n";
    project.write("sdkb.yml", levels);
    project.checks(&[], 0);
    project.commit();
    let template = "themes/default/templates/kinds/runbook.html";
    let wrong = "{% extends \"document.html\" %}{% block body %}{{ page.titel }}{% endblock %}";
    for (path, text) in [(template, wrong), ("themes/default/templates/404.html", "{{ page.titel }}")] {
        project.write(path, text);
        for args in [&[][..], &["--since", "HEAD"]] {
            let text = project.checks(args, 1);
            assert!(text.contains("[template-error]") && text.contains("while rendering"), "{text}");
        }
        assert_eq!(project.sdkb(&["build"]).status.code(), Some(1));
        project.remove(path);
    }
    // A finding like others: settings and baselines hold for it, and what was there before is not new.
    project.write(template, wrong);
    project.write("sdkb.yml", &levels.replace(" no-owner", " template-error: warning, no-owner"));
    assert!(project.checks(&[], 0).contains("warning[template-error]"));
    project.write("sdkb.yml", levels);
    project.commit();
    project.checks(&["--since", "HEAD"], 0);
    let known = project.folder.path().join("known.txt");
    let known = known.to_str().expect("a path");
    project.checks(&["--baseline", known, "--write-baseline"], 0);
    project.checks(&["--baseline", known], 0);
    project.edit(template, "titel", "title");
    project.checks(&[], 0);
}

#[test]
fn files_of_kinds_and_themes_with_a_slip_in_their_name_are_found() {
    for (path, meant) in [
        ("kinds/vendor.yml", "kinds/vendor.md"),
        ("kinds/vendor.MD", "kinds/vendor.md"),
        ("themes/default/templates/kinds/runbok.html", "themes/default/templates/kinds/runbook.html"),
        ("themes/default/templates/indexes/servce.html", "themes/default/templates/indexes/service.html"),
        ("themes/default/templates/kinds/runbook.htm", "themes/default/templates/kinds/runbook.html"),
        ("themes/default/templates/documnt.html", "themes/default/templates/document.html"),
        ("themes/default/static/sdk.css", "themes/default/static/sdkb.css"),
        ("themes/default/template/base.html", "themes/default/templates/base.html"),
        ("themes/defualt/templates/base.html", "themes/default/templates/base.html"),
    ] {
        let project = Project::new("-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n");
        project.write(path, "x");
        let text = project.checks(&[], 0);
        assert!(text.contains(&format!("nothing uses `{path}`")), "{path}\n{text}");
        assert!(text.contains(&format!("did you mean `{meant}`?")), "{path}\n{text}");
    }
    // What has a name of its own is used: a picture, a part that a template includes, another theme.
    let project = Project::new(
        "-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n-- kinds/sketch.svg --\n<svg/>\n\
         -- themes/default/static/acme.css --\n-- themes/default/templates/part.html --\n\
         -- themes/default/templates/404.html --\n{% include \"part.html\" %}\n-- themes/night/static/sdk.css --\n",
    );
    assert_eq!(stdout(&project.sdkb(&["check", "--format", "concise"])), "");
}

#[test]
fn links_are_held_to_the_case_and_the_depth_that_a_forge_holds_them_to() {
    let project = Project::new(
        "-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n\n[g](Guide/Install.md)\n-- content/Guide/Install.md --\n# I\n\n\
         ## Steps\n-- content/Tools/Deep/note.md --\n# N\n-- content/Tools/i.png --\nx\n",
    );
    let note = |link: &str| {
        project.write("content/Tools/Deep/note.md", &format!("# N\n\n{link}\n"));
        project.write("content/index.md", "# X\n\n[g](Guide/Install.md) [n](Tools/Deep/note.md)\n");
        project.checks(&[], i32::from(!link.contains("fine")))
    };
    for (link, meant) in [
        ("[i](../../guide/install.md)", "did you mean `../../Guide/Install.md`?"),
        ("[i](../../Guide/INSTALL.md#steps)", "did you mean `../../Guide/Install.md#steps`?"),
        ("[i](../../../Guide/Install.md)", "did you mean `../../Guide/Install.md`?"),
    ] {
        let text = note(link);
        assert!(text.contains("broken-link") && text.contains(meant), "{link}\n{text}");
    }
    let text = note("![i](../../../Tools/i.png)");
    assert!(text.contains("missing-image"), "{text}");
    // An address is in lower case, and an earlier one of a document leads to it.
    for link in ["[fine](../../Guide/Install.md#steps)", "[fine](/guide/install.html)", "![fine](../i.png)"] {
        assert!(note(link).contains("no findings"), "{link}");
    }
}

#[test]
fn files_that_nothing_uses_are_found_however_far_their_names_are() {
    let settings = "-- sdkb.yml --\ntitle: X\ntheme: acme\n-- content/index.md --\n# X\n";
    let used = "-- themes/acme/templates/folder.html --\n{% extends \"base.html\" %}{% block content %}{% include \"bits/one.html\" %}{% endblock %}\n\
                -- themes/acme/templates/bits/one.html --\nx\n-- themes/acme/static/logo.svg --\nx\n-- themes/acme/README.md --\nx\n\
                -- themes/later/templates/home.html --\nx\n";
    let found = |text: &str| {
        let lines = Project::new(text).findings();
        lines.into_iter().filter(|line| line.contains("unused-file")).collect::<Vec<_>>()
    };
    assert_eq!(found(&format!("{settings}{used}")), [""; 0]);
    for (file, help) in [
        ("templates/bits/two.html", "include or extend it in another template, or remove it"),
        ("templates/quite-other.html", "include or extend it in another template, or remove it"),
        ("templates/indexes/nothing-close.html", "no kind has this name"),
        ("anything.html", "did you mean `themes/acme/templates/anything.html`?"),
        ("layouts/anything.html", "did you mean `themes/acme/templates/anything.html`?"),
    ] {
        let project = Project::new(&format!("{settings}{used}"));
        project.write(&format!("themes/acme/{file}"), "x");
        let text = project.checks(&[], 0);
        assert!(
            text.contains(&format!("nothing uses `themes/acme/{file}`")) && text.contains(help),
            "{text}"
        );
    }
    // A template that can't be read says nothing of those that it includes.
    let broken = format!("{settings}{used}").replace("{% include", "{% inclde");
    assert_eq!(found(&broken), [""; 0]);
    let forgotten = format!("{settings}{used}").replace("theme: acme\n", "");
    let text = Project::new(&forgotten).checks(&[], 0);
    assert_eq!(text.matches("[unused-file]").count(), 2, "one a theme: {text}");
    assert!(text.contains("help: write `theme: acme` in sdkb.yml"), "{text}");
    // Themes of another generator are no files of sdkb.
    let other =
        "-- sdkb.yml --\ntitle: X\n-- content/index.md --\n# X\n-- themes/docsy/layouts/home.html --\nx\n";
    assert_eq!(found(other), [""; 0]);
}

#[test]
fn settings_under_another_name_are_found() {
    for name in ["sdkb.yaml", "sdkb.toml", ".sdkb.yml"] {
        let project = Project::new("-- index.md --\n# X\n");
        project.write(name, "ignore: [drafts/]\n");
        let text = project.checks(&["--deny", "warnings"], 1);
        assert!(text.contains(&format!("nothing uses `{name}`")) && text.contains("`sdkb.yml`?"), "{text}");
        project.write("sdkb.yml", "title: X\n");
        project.checks(&["--deny", "warnings"], 0);
    }
}
