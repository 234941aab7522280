//! Findings as machines read them.

use clap::ValueEnum;
use sdkb::diagnostic::format::Format;
use serde_json::Value;

use crate::project::{Project, command, stdout};

/// Two findings, one with text before it that is not ASCII, in a file with an awkward name.
const TROUBLE: &str = "\
-- sdkb.yml --
rules: { orphan-document: off }
-- content/a, b: 100%.md --
---
tags: [ä]
status: darft
---
é 𝄞 [x](nö%wäy.md)
<!-- sdkb-ignore broken-anchor: soon -->
-- content/services/checkout.md --
---
owner: payment
---
-- content/squads/payments.md --
---
oncall_schedule: https://pager.example/p
---
";

fn check(format: &str) -> String {
    stdout(&Project::new(TROUBLE).sdkb(&["check", "--format", format]))
}

fn json(format: &str) -> Value {
    let text = check(format);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn each_format_shows_the_same_findings() {
    for format in Format::value_variants() {
        let name = format.to_possible_value().expect("each has a name").get_name().to_owned();
        let mut text = check(&name);
        if *format == Format::Sarif {
            // The rules are said elsewhere.
            let mut log: Value = serde_json::from_str(&text).expect("JSON");
            log["runs"][0]["tool"]["driver"]["rules"] = Value::Null;
            text = serde_json::to_string_pretty(&log).expect("JSON");
        }
        insta::assert_snapshot!(format!("format_{name}"), text);
    }
}

#[test]
fn sarif_is_valid() {
    let mut schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).expect("JSON");
    // This pattern has a bracket too many, which not every engine forgives.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}".into();
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let log = json("sarif");
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema sees what is wrong");
}

#[test]
fn fingerprints_are_unique_and_survive_moved_lines() {
    let project = Project::new(TROUBLE);
    let prints = |project: &Project| -> Vec<String> {
        let text = stdout(&project.sdkb(&["check", "--format", "gitlab"]));
        let issues: Value = serde_json::from_str(&text).expect("JSON");
        let issues = issues.as_array().expect("a list").iter();
        issues.map(|issue| issue["fingerprint"].as_str().expect("text").to_owned()).collect()
    };
    let before = prints(&project);
    let path = "content/a, b: 100%.md";
    project.edit(path, "é", "Words.\n\né");
    assert_eq!(prints(&project), before);
    project.edit(path, "é", "[x](nö%wäy.md) é");
    let mut after = prints(&project);
    assert_eq!(after.len(), before.len() + 1);
    after.sort();
    after.dedup();
    assert_eq!(after.len(), before.len() + 1);
}

#[test]
fn a_file_for_a_machine_leaves_the_terminal_to_people() {
    let project = Project::new(TROUBLE);
    let output = project.sdkb(&["check", "--format", "json", "--output", "report.json"]);
    assert!(stdout(&output).contains("error[invalid-value]: `status` is `darft`"));
    serde_json::from_str::<Value>(&project.read("report.json")).expect("JSON");
    let output = project.sdkb(&["check", "--output", "nowhere/report.txt"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn github_gets_its_own_format_unasked() {
    let project = Project::new(TROUBLE);
    let run = |args: &[&str]| {
        let mut command = command(&project.path(""));
        stdout(&command.arg("check").args(args).env("GITHUB_ACTIONS", "true").output().expect("sdkb runs"))
    };
    assert!(run(&[]).starts_with("::error file=content/a%2C b%3A 100%25.md,line="));
    assert!(run(&["--format", "human"]).starts_with("error["));
}
