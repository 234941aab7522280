//! Whole projects from bytes: likely pieces in unlikely combinations, so that documents meet.

use std::fmt::{self, Debug, Formatter};

use arbitrary::{Arbitrary, Result, Unstructured};

/// A project, and what becomes of it. Shown as the tests write projects.
pub struct Project {
    /// Paths and texts.
    pub files: Vec<(String, String)>,
    /// Paths, and texts of files that are written; nothing if they are deleted.
    pub edits: Vec<(String, Option<String>)>,
}

const FOLDERS: [&str; 16] = [
    "",
    "runbooks/",
    "services/",
    "squads/",
    "failure-modes/",
    "incidents/",
    "incidents/2026/",
    "priorities/",
    "comms-templates/",
    "readiness/",
    "alerts/",
    "handbook/",
    "runbooks/x y/",
    "é/",
    "search/",
    "assets/",
];

const NAMES: [&str; 16] = [
    "a",
    "b",
    "c",
    "a",
    "A",
    "index",
    "_index",
    "README",
    "HighLatency",
    "a b",
    "é",
    "404",
    "search",
    "p1",
    "a.b",
    "%41",
];

const ENDINGS: [&str; 8] = [".md", ".md", ".md", ".md", ".markdown", ".png", ".html", ".mdx"];

/// What links lead to, and references name. `@` in other pieces is one of these.
const TARGETS: [&str; 34] = [
    "a",
    "b",
    "c",
    "x y/a",
    "service/a",
    "squad/b",
    "index",
    "../squads/a.md",
    "a.md",
    "b.md#a",
    "#a",
    "#",
    "#_main",
    "c.md#heading-2",
    "../runbooks/",
    "/",
    "/services/index.html",
    "a b.png",
    "a%20b.md",
    "../a.html",
    "../alerts/",
    "HighLatency",
    "https://x.example/a?b#c",
    "//x.example",
    "javascript:alert(1)",
    "mailto:a@b.example",
    "..",
    "../../sdkb.yml",
    "404.html",
    "search.html",
    "graph.json",
    "feed.xml",
    "é",
    "?a=b",
];

/// Fields, and what does not belong among them.
const FIELDS: [&str; 74] = [
    "title: A",
    "title: \"<b>&'\\\"\"",
    "title: [a",
    "title: ''",
    "id: a",
    "id: @",
    "id: ../x",
    "kind: service",
    "kind: squad",
    "kind: runbook",
    "kind: @",
    "summary: B [c](@) `d`",
    "aliases: [@, /old/]",
    "aliases: [old.html, a.html]",
    "services: [@]",
    "services: @",
    "owner: @",
    "failure_modes: [@]",
    "mitigations: [@]",
    "alerts: [HighLatency, \"a/b\", @]",
    "alerts: [@]",
    "depends_on: [@, b]",
    "priority: @",
    "weight: 1e999",
    "weight: -3",
    "status: draft",
    "status: deprecated",
    "status: resolved",
    "keywords: [a, B-c]",
    "questions: [Why?]",
    "tags: [a, \"é \\\"<\"]",
    "links: [{ title: a, url: \"https://x.example/?a=b&c\" }]",
    "links: [{ title: a, url: \"javascript:a\" }]",
    "review: { last_reviewed: 2020-02-29, interval: 1y }",
    "review: { last_reviewed: 9999-12-31, interval: 99999y }",
    "ignore: [{ rule: broken-link, reason: a, until: 2026-06-01 }]",
    "ignore: [{ rule: orphan-document, reason: b }]",
    "times: { started: 2026-01-02T03:04:05Z, detected: 2026-01-02T04:04:05+01:00, resolved: 2026-01-02T05:00:00Z }",
    "times: { started: -009999-01-02T00:00:00Z, detected: 9999-12-30T22:00:00-12:00 }",
    "times: { detected: 2026-01-02T03:04:05[Europe/London], mitigated: 2025-01-01T00:00:00Z }",
    "impact: a",
    "variables: [{ name: A, pattern: \"(\", label: a, default: \"<b>\" }]",
    "variables: [{ name: POD, example: \"$(x)\", says: impact }]",
    "actions: [{ title: a, owner: @, due: 2020-01-01, status: open, ticket: \"https://x.example\" }]",
    "learnings: [a, \"[b](@)\"]",
    "runbooks_used: [{ ref: @, outcome: misled }]",
    "comms: [@]",
    "related: [@, a]",
    "level: P1",
    "name: \"`a`\"",
    "major: true",
    "triage: { impact: high, urgency: low }",
    "update_every: { internal: 30m, external: 99999999999999h }",
    "response_target: 5m",
    "items: [{ id: a, status: met, owner: @, expires: 2020-01-01 }]",
    "hypercare: { start: 2026-01-01, end: 2026-01-02, owner: @ }",
    "start: [{ title: a, to: @, why: b }]",
    "exercises: [{ date: 2026-01-01, ceremony: @ }]",
    "experiments: [{ title: a, failure_mode: @, runbook: @ }]",
    "slos: [{ name: a, objective: 99.9, window: 28d }]",
    "interactions: [{ squad: @, mode: collaboration }]",
    "meetings: [@]",
    "channels: [{ type: slack, name: \"#a\", url: \"https://x.example\" }]",
    "service: @",
    "participants: [@]",
    "oncall: \"https://x.example\"",
    "detection: { alerts: [@], symptoms: [a] }",
    "stage: resolved",
    "channels: [email, \"#a\"]",
    "template: @",
    "a: {b: [c, {d: ~}]}",
    "a: *b",
    "draft: true",
    "&a b: !!str c",
];

const BODIES: [&str; 40] = [
    "# A\n",
    "## A\n",
    "### A `b` [c](@)\n",
    "## Heading 2 {#a}\n",
    "Setext\n===\n",
    "[a](@) [b](@ \"c\")\n",
    "![a](@) ![[@]]\n",
    "[[@]] [[@|a]] [[@#a]]\n",
    "<a href=\"@\">a</a>\n",
    "<img src='@'>\n",
    "<div id=a>\n",
    "</div>\n",
    "<a name=\"b\">\n",
    "<!-- sdkb-ignore broken-link: a -->\n",
    "<!-- @\n",
    "```sh\n$ kubectl -n $A <b>\n```\n",
    "```\n",
    "```promql\nup{a=\"$B\"}\n",
    "- [ ] a\n- [x] b\n",
    "1. a\n   - b\n",
    "> [!WARNING]\n> a\n",
    "> b\n",
    "!!! danger \"a\"\n    b\n",
    "??? note\n    [c](@)\n",
    ":::tip\na\n:::\n",
    "| a | b |\n|:-:|---|\n| [c](@) |\n",
    "a[^1]\n\n[^1]: b [c](@)\n",
    "[^1]: c\n",
    "[r]: @\n\n[a][r]\n",
    "<https://a.example> b.example c@d.example\n",
    "{{< ref \"@\" >}} {{% x %}}\n",
    "{% raw %} {{ site.title }}\n",
    "<details><summary>a</summary>\n\n",
    "<script>a</script><style>b</style>\n",
    "~~a~~ **b** *c\n",
    "\n\n",
    "    code\n",
    "\t$ code\n",
    "\\\n",
    "---\n",
];

const SETTINGS: [&str; 26] = [
    "title: T",
    "title: \"<i>\"",
    "base_url: https://x.example/kb/",
    "base_url: x",
    "language: \"en\\\" x=\\\"\"",
    "repository: https://x.example/r/blob/main",
    "edit_url: \"https://x.example/{path}\"",
    "report_url: \"https://x.example/?t={title}&u={url}\"",
    "content: content",
    "content: docs",
    "static: static",
    "static: content",
    "theme: night",
    "ignore: [\"**/b.md\"]",
    "ignore: [\"[\"]",
    "rules: { orphan-document: off }",
    "rules: { broken-link: warning, x: y }",
    "collections: [{ path: \"**\", kind: runbook }]",
    "collections: [{ path: \"handbook/**\", kind: note, defaults: { services: [@] } }]",
    "collections: [{ path: \"runbooks/**\", rules: { no-owner: off } }]",
    "external: { ignore: [\"*\"] }",
    "description: \"`a`\"",
    "out: content",
    "edit_url: \"javascript:{path}\"",
    "a: b",
    "- a",
];

const KINDS: [&str; 8] = [
    "kind: note\nfolder: handbook\n",
    "kind: runbook\nsections: [A, B]\n",
    "kind: service\nreplace: true\n",
    "kind: note\nplural: \"<b>\"\nfolder: ../x\nfeed: true\ndate_field: started\n",
    "kind: note\nfields:\n  services: { type: reference, to: service, many: true, inverse: Notes, owner: inherited }\n",
    "kind: note\nfields:\n  owner: { type: reference, to: [squad, note], owner: direct, facet: true }\n",
    "kind: note\nexpect: [{ relation: Notes, because: a }, { field: owner, when: started }]\n",
    "kind: note\nfields:\n  started: { type: datetime, elapsed: { from: a } }\n  x: { type: object, many: true, collect: true, fields: { y: { type: text } } }\n",
];

const TEMPLATES: [&str; 8] = [
    "{{ page.title }}",
    "{{ page.html | safe }}",
    "{% extends \"base.html\" %}{% block content %}a{% endblock %}",
    "{{ page.nothing }}",
    "{{ page.title | shout }}",
    "{% for a in page.all.runbook %}{{ a.card.title }}{% endfor %}",
    "{% if",
    "{{ site.kinds[9].url }}{{ 1 / 0 }}",
];

impl<'a> Arbitrary<'a> for Project {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut files = Vec::new();
        if u.ratio(3, 4)? {
            files.push(("sdkb.yml".to_owned(), lines(u, &SETTINGS, 4)?));
        }
        if u.ratio(1, 4)? {
            let kind = lines(u, &KINDS, 2)?;
            files.push(("kinds/note.md".to_owned(), format!("---\n{kind}---\n{}", body(u)?)));
        }
        if u.ratio(1, 8)? {
            let name = u.choose(&["404.html", "document.html", "kinds/runbook.html", "home.html"])?;
            let theme = u.choose(&["default", "night"])?;
            files.push((format!("themes/{theme}/templates/{name}"), (*u.choose(&TEMPLATES)?).to_owned()));
        }
        for _ in 0..u.int_in_range(1..=7)? {
            files.push((path(u)?, document(u)?));
        }
        let mut edits = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            let is_new = u.ratio(1, 4)?;
            let path = if is_new { path(u)? } else { u.choose(&files)?.0.clone() };
            let text = match path.as_str() {
                _ if u.ratio(1, 4)? => None,
                "sdkb.yml" => Some(lines(u, &SETTINGS, 4)?),
                _ => Some(document(u)?),
            };
            edits.push((path, text));
        }
        Ok(Self { files, edits })
    }
}

impl Debug for Project {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out)?;
        for (path, text) in &self.files {
            writeln!(out, "-- {path} --\n{text}")?;
        }
        for (path, text) in &self.edits {
            match text {
                Some(text) => writeln!(out, "-- then {path} --\n{text}")?,
                None => writeln!(out, "-- then {path} is gone --")?,
            }
        }
        Ok(())
    }
}

fn path(u: &mut Unstructured<'_>) -> Result<String> {
    let top = if u.ratio(1, 10)? { *u.choose(&["", "static/", "docs/"])? } else { "content/" };
    Ok([top, u.choose(&FOLDERS)?, u.choose(&NAMES)?, u.choose(&ENDINGS)?].concat())
}

fn document(u: &mut Unstructured<'_>) -> Result<String> {
    let front_matter =
        if u.ratio(3, 4)? { format!("---\n{}---\n", lines(u, &FIELDS, 7)?) } else { String::new() };
    Ok(front_matter + &body(u)?)
}

fn body(u: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=8)? {
        if u.ratio(1, 12)? {
            text += <&str>::arbitrary(u)?;
        } else {
            text += &piece(u, &BODIES)?;
        }
    }
    Ok(text)
}

fn lines(u: &mut Unstructured<'_>, pieces: &[&str], most: usize) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=most)? {
        text += &piece(u, pieces)?;
        text.push('\n');
    }
    Ok(text)
}

fn piece(u: &mut Unstructured<'_>, pieces: &[&str]) -> Result<String> {
    let piece = u.choose(pieces)?;
    Ok(if piece.contains('@') { piece.replace('@', u.choose(&TARGETS)?) } else { (*piece).to_owned() })
}
