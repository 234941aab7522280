//! The text of each report is its test: the project in it makes the figures in it, which were worked out by hand.
//!
//! A block ```` ```site ```` is a project, and a block ```` ```text ```` what `sdkb report` prints of it on the day that all
//! tests have. `UPDATE=1 cargo test reports` writes the latter anew.

use std::fs;
use std::path::{Path, PathBuf};

use sdkb::caches::Caches;
use sdkb::report::format::Written;
use sdkb::report::reports::{REPORTS, Report, find};
use sdkb::report::scope::Scope;
use sdkb::session::Session;
use sdkb::world::MemoryWorld;

use crate::engine;
use crate::project::{Project, stderr, stdout};
use crate::site::{Site, TODAY, files};

fn path(report: &Report) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/report/reports/{}.md", report.id))
}

/// What a report prints of a project.
fn printed(report: &Report, project: &str) -> String {
    let mut world = MemoryWorld::on(TODAY);
    for (path, text) in files(project) {
        world.insert(path, text);
    }
    let session = Session::new(world, "example", Caches::for_one_build());
    let base = session.read().base;
    let scope = Scope::of(&base);
    let figures = (report.figures)(&base, &session.world, &scope);
    Written { base: &base, report, scope: &scope, figures: &figures }.text()
}

fn block<'a>(text: &'a str, kind: &str) -> &'a str {
    let start = text.find(&format!("````{kind}\n")).expect("the text has an example") + kind.len() + 5;
    let end = text[start..].find("\n````\n").expect("the example ends");
    &text[start..=start + end]
}

#[test]
fn every_report_says_of_its_example_what_its_text_says() {
    for report in REPORTS {
        let text = fs::read_to_string(path(report)).expect("a report has a text");
        assert!(text.starts_with(&format!("# {}\n\n", report.id)), "{} has another title", report.id);
        for heading in ["## What it counts", "## From which fields", "## What it does not say", "## Example"]
        {
            assert!(text.contains(&format!("\n{heading}\n")), "{} lacks {heading:?}", report.id);
        }
        let (project, wanted) = (block(&text, "site"), block(&text, "text"));
        let made = printed(report, project);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path(report), text.replace(wanted, &made)).expect("the text can be written");
            continue;
        }
        assert_eq!(made, wanted, "{}", report.id);
    }
}

#[test]
fn reports_are_named_like_their_files_and_can_be_switched_off() {
    let ids: Vec<&str> = REPORTS.iter().map(|report| report.id).collect();
    let files = engine::files("src/report/reports", ".md").into_iter();
    let named: Vec<String> = files.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    assert_eq!(ids, named);
    let mut site = Site::new("-- a.md --\n# A\n");
    assert_eq!(site.analyze().base.config.reports.names, ids);
}

#[test]
fn a_report_of_nothing_says_so() {
    for report in REPORTS {
        let text = printed(report, "-- sdkb.yml --\ntitle: Empty\n-- content/a.md --\n# A\n");
        let words: Vec<&str> =
            text.lines().filter(|line| line.contains("NaN") || line.contains("at least")).collect();
        assert!(
            text.starts_with(&format!("{} as of {TODAY}\n", report.title())) && words.is_empty(),
            "{text}"
        );
    }
}

const NIGHTS: &str = "\
-- sdkb.yml --
title: Nights
timezone: Europe/London
-- content/squads/a.md --
# A
-- content/services/s.md --
---
owner: a
---
# S
-- content/priorities/p1.md --
---
level: P1
name: P1
major: true
---
# P1
-- content/incidents/change.md --
---
priority: p1
services: [s, s]
status: resolved
times: { detected: 2025-10-26T00:30:00+01:00, acknowledged: 2025-10-26T00:30:00+01:00, resolved: 2025-10-26T09:00:00+00:00 }
---
# The night on which clocks go back
-- content/incidents/twin.md --
---
priority: p1
services: [s]
status: resolved
times: { detected: 2025-10-26T01:00:00+00:00, acknowledged: 2025-10-26T01:00:00+00:00, resolved: 2025-10-26T02:00:00+00:00 }
---
# At the same time
-- content/incidents/evening.md --
---
priority: p1
services: [s]
status: resolved
times: { detected: 2025-10-31T23:30:00-05:00, acknowledged: 2025-10-31T23:30:00-05:00, resolved: 2025-11-01T05:00:00+00:00 }
---
# Written elsewhere
";

/// From 00:30 in summer time until 08:00 in winter time are 8 h 30 min. What lies inside of it counts once, and what is
/// October in another zone is November here.
#[test]
fn nights_and_months_are_those_of_the_zone() {
    let text = printed(find("incidents").expect("there is one"), NIGHTS);
    for line in
        ["A      2       3          9 h", "2025-10  2", "2025-11  1", "S        3 of 3     0         10 h"]
    {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line}\n{text}");
    }
}

#[test]
fn a_report_is_asked_for_by_name_and_scope() {
    let project = Project::new(NIGHTS);
    let run = |args: &[&str]| project.sdkb(&[&["report"], args].concat());
    assert!(stdout(&run(&[])).contains("incidents"));
    let one = run(&["incidents", "--from", "2025-11-01", "--squad", "a", "--service", "s"]);
    assert_eq!(one.status.code(), Some(0));
    assert!(
        stdout(&one).starts_with("Incidents as of 2026-06-01 (A, S, since 2025-11-01)\n"),
        "{}",
        stdout(&one)
    );
    // On the last of October there were two, and the second had just begun in another zone.
    let then = stdout(&run(&["incidents", "--as-of", "2025-10-31", "--format", "json"]));
    let then: serde_json::Value = serde_json::from_str(&then).expect("it is JSON");
    assert_eq!(then["tables"][1]["rows"][0]["cells"]["count"]["of"], 2);
    assert_eq!(then["left_out"][0]["reason"], "it was noticed after the day of the report");
    let csv = stdout(&run(&["incidents", "--format", "csv"]));
    let mut lines = csv::Reader::from_reader(csv.as_bytes());
    assert!(lines.headers().expect("there are names").iter().any(|name| name == "median_seconds"));
    assert!(lines.records().all(|line| line.is_ok()));
    assert!(stdout(&run(&["incidents", "--format", "markdown"])).contains("| Month | Incidents |"));
    for (args, wanted) in [
        (&["incident"][..], "did you mean `incidents`?"),
        (&["incidents", "--squad", "b"], "there is no squad `b`"),
        (&["incidents", "--from", "2026-01-02", "--to", "2026-01-01"], "holds no day"),
    ] {
        let output = run(args);
        assert!(output.status.code() == Some(2) && stderr(&output).contains(wanted), "{}", stderr(&output));
    }
    project.edit("sdkb.yml", "Europe/London", "Europe/Londn");
    assert!(project.checks(&[], 1).contains("`Europe/Londn`"));
}

#[test]
fn each_number_on_the_page_leads_to_its_documents() {
    Site::new(NIGHTS)
        .build()
        .has("reports/index.html", "href=\"../reports/incidents.html\"")
        .has("reports/incidents.html", "<details class=\"behind\"><summary>3 of 3</summary><ul><li><a href=\"../incidents/change.html\">")
        .has("reports/incidents.html", "How this is counted")
        .has("index.html", "reports/index.html")
        .edit("sdkb.yml", "timezone", "reports: { off: [incidents] }\ntimezone")
        .build()
        .has_no_page("reports/incidents.html");
}

/// A change of the file after it misled makes it doubtful; without a history, nothing shows that there was one.
#[test]
fn a_guide_that_misled_is_wrong_until_it_is_changed() {
    let project = Project::new(
        "\
-- sdkb.yml --
title: Guides
-- content/runbooks/latency.md --
---
alerts: [Slow]
---
# Slow
-- content/incidents/one.md --
---
status: resolved
times: { detected: 2026-03-02T10:00:00Z }
runbooks_used: [{ ref: latency, outcome: misled }]
---
# It misled
",
    );
    let says = || stdout(&project.sdkb(&["report", "freshness"]));
    assert!(says().contains("it misled on 2026-03-02, and no change since is known"), "{}", says());
    project.commit_on(0);
    assert!(says().contains("it misled on 2026-03-02 and was not changed since"), "{}", says());
    project.edit("content/runbooks/latency.md", "# Slow", "# Slow again");
    project.commit_on(9);
    assert!(
        says().contains("it misled on 2026-03-02, was changed on 2026-03-10, and not tried since"),
        "{}",
        says()
    );
    // A rehearsal after that is proof.
    project.edit("content/runbooks/latency.md", "alerts:", "last_exercised: 2026-03-20\nalerts:");
    assert!(says().contains("it was rehearsed on 2026-03-20"), "{}", says());
}

#[test]
fn pages_lead_to_the_reports_with_their_counts() {
    Site::new(NIGHTS)
        .write(
            "content/runbooks/r.md",
            "---\nservices: [s]\nreview: { last_reviewed: 2026-01-01, interval: 30d }\n---\n# R\n",
        )
        .build()
        .has("services/s.html", "<a href=\"../reports/incidents.html?service=S\">3 incidents</a>")
        .has("squads/a.html", "<a href=\"../reports/attention.html?squad=A\">1 overdue</a>")
        .has("index.html", "<a href=\"reports/attention.html\">All of it: 1 overdue, 0 due soon,");
}

/// Time grows with what there is to count, and not with its square: twice as many incidents take less than three times as
/// many cells.
#[test]
fn figures_grow_with_what_they_count() {
    let cells = |count: usize| {
        let mut text = NIGHTS.to_owned();
        for number in 0..count {
            text += &format!(
                "-- content/incidents/n{number}.md --\n---\npriority: p1\nservices: [s]\nstatus: resolved\ntimes: {{ detected: 2026-01-{:02}T10:00:00Z, resolved: 2026-01-{:02}T11:00:00Z }}\n---\n# {number}\n",
                number % 28 + 1,
                number % 28 + 1,
            );
        }
        let mut world = MemoryWorld::on(TODAY);
        for (path, text) in files(&text) {
            world.insert(path, text);
        }
        let session = Session::new(world, "example", Caches::for_one_build());
        let base = session.read().base;
        let made = REPORTS.iter().map(|report| (report.figures)(&base, &session.world, &Scope::of(&base)));
        let rows = made.flat_map(|figures| figures.tables).flat_map(|table| table.rows);
        rows.map(|row| row.cells.iter().map(|cell| cell.records.len() + 1).sum::<usize>()).sum::<usize>()
    };
    assert!(cells(200) < 3 * cells(100));
}
