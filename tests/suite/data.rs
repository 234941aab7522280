//! Data files: rows that are checked like front matter, and commands that list them and append to them.

use std::fmt::Write;
use std::thread;

use crate::project::{Project, stderr, stdout};
use crate::site::Site;

/// Settings with which documents need not be complete.
const SETTINGS: &str = "\
-- sdkb.yml --
title: Test
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off, unmet-expectation: off }
";

/// Documents that rows of data name.
const DOCUMENTS: &str = "\
-- content/services/checkout.md --
---
owner: payments
---
-- content/services/search.md --
---
owner: payments
---
-- content/squads/payments.md --
---
channels: [{ type: slack, name: \"#payments\" }]
---
-- content/priorities/p1.md --
---
level: P1
name: Critical
major: true
owner: payments
---
-- content/incidents/down.md --
---
priority: p1
services: [checkout]
times: { detected: 2026-03-14T10:10:00Z }
---
";

fn site(data: &str) -> Site {
    Site::new(&format!("{SETTINGS}{DOCUMENTS}{data}"))
}

#[test]
fn rows_are_read_from_all_files_of_a_set() {
    let mut site = site(
        "-- data/deployments.csv --
outcome,service,id,at
succeeded,checkout,1,2026-03-14T10:00:00Z
failed, search ,\"1, again\",2026-03-14T11:00:00+01:00
-- data/deployments/2026/april.jsonl --
{\"service\": \"search\", \"id\": 7, \"at\": \"2026-04-01T00:00:00Z\", \"outcome\": \"failed\", \"rework\": true, \"incident\": null}

{\"service\":\"checkout\",\"id\":\"\\u0038\",\"at\":\"2026-04-02T00:00:00Z\",\"outcome\":\"succeeded\"}
-- data/slis.ndjson --
{\"service\": \"checkout\", \"slo\": \"availability\", \"period\": \"2026-03-09\", \"good\": 99.5, \"total\": 1e2}
-- data/notes.txt --
nothing
",
    )
    .check();
    let analysis = site.analyze();
    let data = &analysis.base.data;
    let table = data.table("deployments").expect("there are rows");
    let column = |name| table.set.column(name).expect("the set has it");
    let (id, service, at) = (column("id"), column("service"), column("at"));
    let rows: Vec<String> = table
        .rows()
        .map(|row| {
            let document = row.document(service).expect("the service is there");
            let document = analysis.base.graph.documents[document].full_id();
            let time = row.time(at).expect("it has a time");
            format!("{} {document} {time} {:?}", row.text(id).expect("an id"), row.boolean(column("rework")))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "1 service/checkout 2026-03-14T10:00:00Z None",
            "1, again service/search 2026-03-14T10:00:00Z None",
            "7 service/search 2026-04-01T00:00:00Z Some(true)",
            "8 service/checkout 2026-04-02T00:00:00Z None",
        ]
    );
    let slis = data.table("slis").expect("there are rows");
    let row = slis.rows().next().expect("there is a row");
    let number = |name| row.number(slis.set.column(name).expect("the set has it"));
    assert_eq!((number("good"), number("total")), (Some(99.5), Some(100.0)));
}

#[test]
fn what_is_wrong_is_found_where_it_is() {
    site(
        "-- data/deployments.csv --
service,id,at,committed_at,outcom,incident
chekout,1,2026-03-14T10:00:00Z,2026-03-14T11:00:00Z,failed,down
checkout,,2026-03-14,2026-03-14T09:00:00Z,failed,p1
checkout,3,2027-03-14T10:00:00Z,,failed,
checkout,3
checkout,3,2026-03-14T10:00:00Z,,failed,
-- data/slis.jsonl --
{\"service\": \"checkout\", \"slo\": \"a\", \"period\": \"2026-03-09\", \"good\": 11, \"total\": 10}
{\"service\": \"checkout\", \"slo\": \"a\", \"period\": \"2026-03-10\", \"good\": -1, \"total\": [1]}
{\"service\": \"checkout\", \"slo\": \"a\", \"slo\": \"b\", \"period\": \"2026-03-11\", \"totl\": 1, \"good\": 1}
{\"service\": \"checkout\" \"slo\": \"a\"}
",
    )
    .check()
    .finds("data/deployments.csv 1:28 unknown-field")
    .finds("data/deployments.csv 2:1 broken-reference")
    .finds("data/deployments.csv 2:11 contradictory-times")
    .finds("data/deployments.csv 3:10 missing-field")
    .finds("data/deployments.csv 3:11 invalid-value")
    .finds("data/deployments.csv 3:50 wrong-kind-reference")
    .finds("data/deployments.csv 4:12 future-date")
    .finds("data/deployments.csv 5:1 invalid-syntax")
    .finds("data/deployments.csv 6:10 duplicate-row")
    .finds("data/slis.jsonl 1:69 invalid-value")
    .finds("data/slis.jsonl 2:69 invalid-value")
    .finds("data/slis.jsonl 2:82 invalid-value")
    .finds("data/slis.jsonl 3:37 duplicate-field")
    .finds("data/slis.jsonl 3:73 unknown-field")
    .finds("data/slis.jsonl 4:24 invalid-syntax");
}

#[test]
fn what_is_wrong_in_many_rows_is_one_finding() {
    let mut rows = String::from("-- data/deployments.csv --\nservice,id,at,outcome\n");
    for id in 0..30_000 {
        // Enough for several parts that are read side by side.
        writeln!(rows, "checkuot,{id},14/03/2026,{}", if id % 2 == 0 { "okay" } else { "bad" })
            .expect("text");
    }
    let messages = site(&rows)
        .check()
        .finds("data/deployments.csv 2:1 broken-reference")
        .finds("data/deployments.csv 2:12 invalid-value")
        .finds("data/deployments.csv 2:23 invalid-value")
        .finds("data/deployments.csv 3:23 invalid-value")
        .messages();
    assert_eq!(messages.matches("the same is wrong in 29999 more rows").count(), 2, "{messages}");
    assert_eq!(messages.matches("the same is wrong in 14999 more rows").count(), 2, "{messages}");
}

#[test]
fn a_file_of_something_else_is_a_few_findings() {
    let mut rows = String::from("-- data/deployments.csv --\nservice,id,at,outcome\n");
    for row in 0..500 {
        writeln!(rows, "s{row},i{row},a{row},o{row}").expect("text");
    }
    let mut site = site(&rows);
    let analysis = site.analyze();
    let findings = site.findings(&analysis);
    assert!(findings.len() <= 40, "{} findings", findings.len());
    let messages = site.check().messages();
    assert!(messages.contains("more rows of the file are wrong otherwise"), "{messages}");
}

#[test]
fn a_broken_file_is_one_finding() {
    site("-- data/deployments.csv --\nservice;id;at;outcome\ncheckout;1;2026-03-14T10:00:00Z;failed\n")
        .check()
        .finds("data/deployments.csv 1:1 invalid-syntax")
        .write(
            "data/deployments.csv",
            "service,id,at,outcome\ncheckout,\"1,2026-03-14T10:00:00Z,failed\nsearch,2,x,y\n",
        )
        .check()
        .finds("data/deployments.csv 2:10 invalid-syntax")
        .write("data/deployments.csv", "")
        .check()
        .write("data/deployments.csv", "service,id\n")
        .check()
        .finds("data/deployments.csv 1:1 missing-field")
        .finds("data/deployments.csv 1:1 missing-field");
}

#[test]
fn rows_with_one_key_are_found_across_files() {
    let row = "service,id,at,outcome\ncheckout,1,2026-03-14T10:00:00Z,failed\n";
    site(&format!("-- data/deployments/a.csv --\n{row}-- data/deployments/b.csv --\n{row}"))
        .check()
        .finds("data/deployments/b.csv 2:10 duplicate-row")
        .edit("data/deployments/b.csv", "checkout", "search")
        .check()
        // Answers to a survey have no key.
        .write(
            "data/surveys.csv",
            "squad,question,score,at\npayments,q,3,2026-03-14\npayments,q,3,2026-03-14\n",
        )
        .check();
}

#[test]
fn incidents_name_the_deployment_that_caused_them() {
    let deployments = "-- data/deployments.csv --
service,id,at,outcome
checkout,2026/1,2026-03-14T10:00:00Z,failed
search,2026/1,2026-03-14T10:00:00Z,succeeded
search,2,2026-03-14T10:00:00Z,succeeded
";
    let incident = "content/incidents/down.md";
    let name = |name: &str| {
        format!(
            "---\npriority: p1\nservices: [checkout]\ntimes: {{ detected: 2026-03-14T10:10:00Z }}\ndeployment: {name}\n---\n"
        )
    };
    let messages = site(deployments)
        .write(incident, name("checkout/2026/1"))
        .check()
        .write(incident, name("2"))
        .check()
        .write(incident, name("2026/1"))
        .check()
        .finds("down.md 5:13 unknown-row")
        .write(incident, name("chekout/2026/1"))
        .check()
        .finds("down.md 5:13 unknown-row")
        .messages();
    assert!(messages.contains("did you mean `checkout/2026/1`?"), "{messages}");
    // Without data, nothing is known.
    site("").write(incident, name("nothing")).check();
}

#[test]
fn a_project_has_sets_of_its_own_and_adds_to_others() {
    site(
        "-- datasets/tickets.md --
---
summary: A ticket.
key: [id]
date_field: at
fields:
  id: { type: text, required: true, help: Its number. }
  at: { type: date, required: true, help: When it came. }
  hours: { type: number, min: 0, max: 100, help: How long it took. }
---
-- datasets/deployments.md --
---
fields:
  region: { type: choice, choices: [eu, us], help: Where. }
---
-- data/tickets.csv --
id,at,hours
1,2026-03-14,101
-- data/deployments.csv --
service,id,at,outcome,region
checkout,1,2026-03-14T10:00:00Z,failed,as
-- data/ticket.csv --
id,at
",
    )
    .check()
    .finds("data/tickets.csv 2:14 invalid-value")
    .finds("data/deployments.csv 2:40 invalid-value")
    .finds("data/ticket.csv 1:1 unused-file")
    .remove("data/ticket.csv")
    .write("data/tickets.csv", "id,at\n1,2026-03-14\n")
    .edit("data/deployments.csv", ",as", ",eu")
    .check()
    .edit("datasets/tickets.md", "key: [id]", "key: [ids]")
    .edit("datasets/tickets.md", "date_field: at", "date_field: id")
    .edit("datasets/tickets.md", "max: 100,", "max: 100, many: true,")
    .check()
    .finds("datasets/tickets.md 3:7 invalid-value")
    .finds("datasets/tickets.md 4:13 invalid-value")
    .finds("datasets/tickets.md 8:3 invalid-value");
}

#[test]
fn data_is_read_where_the_settings_say_and_never_published() {
    let wrong = "service,id,at,outcome\nnone,1,2026-03-14T10:00:00Z,failed\n";
    let site = |settings: &str| {
        Site::new(&format!("{SETTINGS}{settings}{DOCUMENTS}"))
            .write("data/deployments.csv", wrong)
            .write("content/metrics/deployments.csv", wrong)
    };
    site("").check().finds("data/deployments.csv 2:1 broken-reference").messages();
    site("data: off\n").check();
    site("data: content/metrics\n")
        .check()
        .finds("content/metrics/deployments.csv 2:1 broken-reference")
        .write("content/metrics/deployments.csv", "")
        .build()
        .has_no_page("metrics/deployments.csv");
    site("data: ../data\n").check().finds("sdkb.yml 3:7 invalid-value");
    // Without settings, a folder of this name holds something else.
    Site::new(DOCUMENTS).write("data/deployments.csv", wrong).check();
}

#[test]
fn an_edit_reads_the_files_that_changed() {
    site("-- data/deployments.csv --\nservice,id,at,outcome\ncheckout,1,2026-03-14T10:00:00Z,failed\n")
        .check()
        .edit("data/deployments.csv", "checkout", "chekout")
        .check()
        .finds("data/deployments.csv 2:1 broken-reference")
        .write("content/services/chekout.md", "---\nowner: payments\n---\n")
        .check()
        .edit("data/deployments.csv", ",1,", ",2,")
        .check()
        .remove("data/deployments.csv")
        .check();
}

/// A project on disk.
fn project(data: &str) -> Project {
    Project::new(&format!("{SETTINGS}{DOCUMENTS}{data}"))
}

fn add(project: &Project, set: &str, values: &[&str], code: i32) -> String {
    let values: Vec<&str> = values
        .iter()
        .flat_map(|value| if value.starts_with("--") { vec![*value] } else { vec!["--set", *value] })
        .collect();
    let output = project.sdkb(&[&["data", "add", set], values.as_slice()].concat());
    let text = stdout(&output) + &stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

const ROW: [&str; 4] = ["service=checkout", "id=1", "at=2026-03-14T10:00:00Z", "outcome=succeeded"];

#[test]
fn a_row_is_added_once_and_only_if_it_is_right() {
    let project = project("");
    let text = add(&project, "deployments", &["service=chekout", "id=1", "at=now", "outcome=ok"], 1);
    assert!(text.contains("error: no service `chekout`\nhelp: did you mean `checkout`?"), "{text}");
    assert!(text.contains("error: `outcome` is `ok`"), "{text}");
    let text = add(&project, "deployments", &["service=checkout", "idd=1", "at=now"], 1);
    assert!(text.contains("unknown field `idd`") && text.contains("missing field `outcome`"), "{text}");
    assert!(!project.path("data").exists(), "nothing is written");

    add(&project, "deployments", &ROW, 0);
    let header = "service,id,at,committed_at,outcome,recovered_at,rework,incident\n";
    let first = "checkout,1,2026-03-14T10:00:00Z,,succeeded,,,\n";
    assert_eq!(project.read("data/deployments.csv"), format!("{header}{first}"));
    // A job that runs again has another moment.
    let text = add(&project, "deployments", &["service=checkout", "id=1", "at=now", "outcome=succeeded"], 0);
    assert_eq!(text, "already there: data/deployments.csv:2\n");
    let text = add(&project, "deployments", &["service=checkout", "id=1", "at=now", "outcome=failed"], 1);
    assert!(
        text.contains(
            "data/deployments.csv:2 is the same row of `deployments`, and its `outcome` is `succeeded`"
        ),
        "{text}"
    );
    assert_eq!(project.read("data/deployments.csv"), format!("{header}{first}"));
    add(&project, "deployments", &["service=checkout", "id=a \"b\", c", "at=now", "outcome=failed"], 0);
    assert!(project.read("data/deployments.csv").ends_with(",,failed,,,\n"));
    assert_eq!(project.checks(&[], 0), "checked 5 documents: no findings\n");
}

#[test]
fn a_row_fits_the_file_that_it_goes_to() {
    let project = project(
        "-- data/deployments.csv --\nat,outcome,id,service\r\n2026-03-14T10:00:00Z,failed,0,checkout",
    );
    add(&project, "deployments", &ROW, 0);
    let text = "at,outcome,id,service\r\n2026-03-14T10:00:00Z,failed,0,checkout\r\n2026-03-14T10:00:00Z,succeeded,1,checkout\r\n";
    assert_eq!(project.read("data/deployments.csv"), text);
    let text = add(&project, "deployments", &[&ROW[1..], &["service=search", "rework=true"]].concat(), 2);
    assert!(text.contains("has no column `rework`"), "{text}");

    add(
        &project,
        "slis",
        &["--format=jsonl", "service=checkout", "slo=a", "period=now", "good=1", "total=2.5"],
        0,
    );
    let row = project.read("data/slis.jsonl");
    assert!(
        row.starts_with("{\"service\":\"checkout\",\"slo\":\"a\",\"period\":\"20")
            && row.ends_with("\",\"good\":1,\"total\":2.5}\n"),
        "{row}"
    );

    let months = ["--file=data/deployments/2026-03.csv", "service=search", "id=5", ROW[2], ROW[3]];
    add(&project, "deployments", &months, 0);
    let text = add(&project, "deployments", &["service=search", "id=6", ROW[2], ROW[3]], 2);
    assert!(text.contains("`deployments` has 2 files\nhelp: name one of them"), "{text}");
    // A row is looked for in all files.
    let text = add(
        &project,
        "deployments",
        &["--file=data/deployments/2026-04.csv", "service=search", "id=5", ROW[2], ROW[3]],
        0,
    );
    assert_eq!(text, "already there: data/deployments/2026-03.csv:2\n");
    let text = add(&project, "deployments", &["--file=content/deployments.csv", "service=search"], 2);
    assert!(text.contains("is no file of `deployments`"), "{text}");
    let text = add(&project, "deployment", &ROW, 2);
    assert!(text.contains("did you mean `deployments`?"), "{text}");
}

#[test]
fn rows_that_are_added_at_once_are_all_there() {
    let project = project("");
    thread::scope(|scope| {
        for id in 0..8 {
            let project = &project;
            // Each is added twice.
            scope.spawn(move || {
                add(
                    project,
                    "deployments",
                    &["service=checkout", &format!("id={}", id / 2), ROW[2], ROW[3]],
                    0,
                )
            });
        }
    });
    let text = project.read("data/deployments.csv");
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.sort_unstable();
    let expected: Vec<String> =
        (0..4).map(|id| format!("checkout,{id},2026-03-14T10:00:00Z,,succeeded,,,")).collect();
    assert_eq!(lines, expected, "{text}");
}

#[test]
fn a_site_never_takes_the_place_of_data() {
    let project = project(
        "-- data/deployments.csv --\nservice,id,at,outcome\n-- datasets/x.md --\n---\nsummary: X.\n---\n",
    );
    for folder in ["data", "datasets"] {
        let output = project.sdkb(&["build", "--out", folder]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(folder), "{}", stderr(&output));
    }
    assert_eq!(project.read("data/deployments.csv"), "service,id,at,outcome\n");
}

#[test]
fn sets_are_listed_and_explained() {
    let project = project(
        "-- data/deployments/a.csv --
service,id,at,outcome
checkout,1,2026-01-14T10:00:00Z,failed
checkout,2,2026-03-14T10:00:00Z,fine
-- data/deployments/b.jsonl --
-- data/other.csv --
a,b
",
    );
    let output = project.sdkb(&["data"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        "set          rows  from        to          problems  files
deployments  2     2026-01-14  2026-03-14  1         data/deployments/a.csv and 1 more
pages        0
slis         0
surveys      0
"
    );
    assert!(stderr(&output).contains("note: 1 file in data belong"), "{}", stderr(&output));
    let text = stdout(&project.sdkb(&["explain", "slis"]));
    assert!(
        text.contains("| `good` | a number from 0 up, required | How many events were good. |"),
        "{text}"
    );
    assert!(stderr(&project.sdkb(&["explain", "surveis"])).contains("did you mean `surveys`?"));
}
