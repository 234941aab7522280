//! `sdkb new` on a terminal: a dialogue as a person has it.

use std::process::Command;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::project::Project;

/// How long to wait for what should be on the terminal, in milliseconds.
const PATIENCE: u64 = 20_000;

const ENTER: &str = "\r";
const SPACE: &str = " ";
const ESCAPE: &str = "\u{1b}";
const CONTROL_C: &str = "\u{3}";

const SHOP: &str = "\
-- sdkb.yml --
title: Shop
-- content/squads/payments.md --
# Payments
-- content/squads/search.md --
# Search
-- content/priorities/p1.md --
---
level: P1
name: Critical
major: true
---
# Critical
-- content/priorities/p2.md --
---
level: P2
name: Serious
major: false
---
# Serious
-- content/services/checkout.md --
---
owner: payments
---
# Checkout
-- content/services/indexer.md --
---
owner: search
---
# Indexer
-- content/services/ledger.md --
---
owner: payments
---
# Ledger
-- content/failure-modes/pool.md --
---
services: [checkout]
---
# No connections left
-- content/failure-modes/lag.md --
---
services: [indexer]
---
# The index is behind
-- content/runbooks/slow.md --
---
services: [checkout]
failure_modes: [pool]
---
# Checkout is slow
";

/// Starts `sdkb` with `args` on a terminal.
fn talk(project: &Project, args: &[&str]) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkb"));
    command.args(args).current_dir(project.path("")).env("SOURCE_DATE_EPOCH", "1780272000");
    command.env("TERM", "xterm").env("NO_COLOR", "1");
    spawn_command(command, Some(PATIENCE)).expect("a terminal")
}

/// Waits for a prompt, and presses keys.
fn answer(terminal: &mut PtySession, prompt: &str, keys: &[&str]) {
    terminal.exp_string(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
    for key in keys {
        terminal.send(key).and_then(|_| terminal.flush()).expect("it listens");
    }
}

fn ends(mut terminal: PtySession, code: i32) -> String {
    let text = terminal.exp_eof().expect("it ends");
    let status = terminal.process().wait().expect("it ends");
    assert!(matches!(status, WaitStatus::Exited(_, exit) if exit == code), "{status:?}: {text}");
    text
}

#[test]
fn an_incident_asks_for_what_it_needs_and_offers_what_belongs_to_its_services() {
    let project = Project::new(SHOP);
    let mut terminal = talk(&project, &["new", "incident", "Checkout", "fails"]);
    answer(&mut terminal, "Priority:", &["seri", ENTER]);
    answer(&mut terminal, "Services:", &["chk", SPACE, "ledg", SPACE, ENTER]);
    answer(&mut terminal, "Failure modes:", &[SPACE, ENTER]);
    answer(&mut terminal, "Runbooks used:", &[SPACE, ENTER]);
    let text = ends(terminal, 0);
    assert!(text.contains("content/incidents/2026-06-01-checkout-fails.md"), "{text}");
    let text = project.read("content/incidents/2026-06-01-checkout-fails.md");
    let wanted = "\
priority: p2
services: [checkout, ledger]
status: investigating
times:
  started: 2026-06-01T00:00:00+00:00
  detected: 2026-06-01T00:00:00+00:00
failure_modes: [pool]
runbooks_used:
  - { ref: slow }
";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn a_runbook_needs_a_title_and_a_service() {
    let project = Project::new(SHOP);
    let mut terminal = talk(&project, &["new", "runbook"]);
    answer(&mut terminal, "Title:", &["!!", ENTER]);
    answer(&mut terminal, "give it a word or two", &["Ledger: behind", ENTER]);
    // Without a choice there is no going on.
    answer(&mut terminal, "Services:", &[ENTER]);
    answer(&mut terminal, "choose at least one", &["indx", SPACE, ENTER]);
    let text = ends(terminal, 0);
    assert!(text.contains("content/runbooks/ledger-behind.md"), "{text}");
    let text = project.read("content/runbooks/ledger-behind.md");
    assert!(text.starts_with("---\ntitle: \"!!Ledger: behind\"\nservices: [indexer]\n"), "{text}");
}

#[test]
fn values_are_checked_as_they_are_written() {
    let kind = "\
-- kinds/drill.md --
---
kind: drill
fields:
  day:    { type: date, required: true, help: The day. }
  length: { type: duration, required: true, help: How long. }
  calm:   { type: boolean, required: true, help: Whether nobody noticed. }
  crew:   { type: text, many: true, required: true, help: Who. }
---
Text.
";
    let project = Project::new(&format!("{SHOP}{kind}"));
    let mut terminal = talk(&project, &["new", "drill", "Pull", "the", "plug"]);
    answer(&mut terminal, "2026-06-01", &[ENTER]);
    answer(&mut terminal, "Length:", &["soon", ENTER]);
    answer(&mut terminal, "not a duration: write for example 30m", &["\u{7f}\u{7f}\u{7f}\u{7f}45m", ENTER]);
    answer(&mut terminal, "Calm:", &["fal", ENTER]);
    answer(&mut terminal, "Crew:", &["red, blue", ENTER]);
    // Nothing else says who owns it.
    answer(&mut terminal, "Owner:", &["none", ENTER]);
    ends(terminal, 0);
    let text = project.read("content/drills/pull-the-plug.md");
    let wanted = "day: 2026-06-01\nlength: 45m\ncalm: false\ncrew: [red, blue]\nstatus: draft\n#";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn whoever_leaves_leaves_nothing() {
    for key in [ESCAPE, CONTROL_C] {
        let project = Project::new(SHOP);
        let mut terminal = talk(&project, &["new", "incident", "Checkout", "fails"]);
        answer(&mut terminal, "Priority:", &[ENTER]);
        answer(&mut terminal, "Services:", &[SPACE, ENTER]);
        answer(&mut terminal, "Failure modes:", &[key]);
        let text = ends(terminal, 2);
        assert!(text.contains("nothing was written"), "{text}");
        assert!(!project.path("content/incidents").exists());
    }
}
