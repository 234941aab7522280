//! `sdkb check` as a gate: what a change brings about, what is known, what can be fixed, and whom to ask.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::project::{GOOD, Project, command, git, stderr, stdout};

/// A service, and three documents that name it.
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
## Roll back
Old words.
-- content/runbooks/latency.md --
---
services: [checkout]
alerts: [CheckoutLatencyHigh]
---
# Latency
[Roll back](../services/checkout.md#roll-back).
-- content/runbooks/errors.md --
---
services: [checkout]
---
# Errors
[An old sin](gone.md)
";

pub(crate) fn shop() -> Project {
    let project = Project::new(SHOP);
    project.commit();
    project
}

#[test]
fn only_what_a_change_brought_about_is_told_wherever_it_surfaces() {
    let project = shop();
    project.checks(&[], 1);
    assert_eq!(project.checks(&["--since", "HEAD"], 0), "checked 4 documents: no findings\n");
    project.remove("content/services/checkout.md");
    let text = project.checks(&["--since", "HEAD"], 1);
    for finding in [
        "error[broken-reference]: no service `checkout`\n --> content/runbooks/errors.md:2:12",
        "error[broken-reference]: no service `checkout`\n --> content/runbooks/latency.md:2:12",
        "error[broken-link]: no file or page `../services/checkout.md#roll-back`\n --> content/runbooks/latency.md:6:13",
        "error[removed-url]: the address `services/checkout.html` is gone\n --> content/services/checkout.md:1:1",
        "checked 3 documents: 4 errors\n",
    ] {
        assert!(text.contains(finding), "{finding}\n{text}");
    }
    // Committed or not, it is the same change.
    project.commit();
    assert_eq!(project.checks(&["--since", "HEAD~1"], 1), text);
    assert_eq!(project.checks(&["--since", "HEAD"], 0), "checked 3 documents: no findings\n");
}

#[test]
fn old_findings_may_move_and_new_files_count() {
    let project = shop();
    project.edit("content/runbooks/errors.md", "# Errors\n", "# Errors\n\nMore words.\n\n");
    assert!(project.checks(&["--since", "HEAD"], 0).contains("no findings"));
    // A second finding of the same sort is a new one.
    project.edit(
        "content/runbooks/errors.md",
        "[An old sin](gone.md)",
        "[An old sin](gone.md) [again](gone.md)",
    );
    assert!(project.checks(&["--since", "HEAD"], 1).contains("1 error\n"));
    project.git(&["checkout", "--quiet", "."]);
    project.write("content/new.md", "[x](nowhere.md)\n");
    assert!(project.checks(&["--since", "HEAD"], 1).contains("content/new.md:1:5"));
    project.write(".gitignore", "/content/new.md\n");
    assert!(project.checks(&["--since", "HEAD"], 0).contains("no findings"), "what git ignores is no change");
}

#[test]
fn findings_move_along_with_their_file_and_addresses_need_an_alias() {
    let project = shop();
    project.git(&["mv", "content/runbooks/errors.md", "content/runbooks/failures.md"]);
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("add `aliases: [runbooks/errors]` to `content/runbooks/failures.md`"), "{text}");
    assert!(text.contains(": 1 error\n"), "{text}");
    project.edit("content/runbooks/failures.md", "---\n", "---\naliases: [runbooks/errors]\n");
    assert!(project.checks(&["--since", "HEAD"], 0).contains("no findings"));
    // An alert that nobody answers any more is an address that is gone.
    project.edit("content/runbooks/latency.md", "alerts: [CheckoutLatencyHigh]\n", "");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("the page of alert `CheckoutLatencyHigh` is gone"), "{text}");
}

#[test]
fn what_others_did_meanwhile_is_not_of_this_change() {
    let project = shop();
    project.git(&["checkout", "--quiet", "-b", "mine"]);
    project.write("content/mine.md", "# Mine\n");
    project.commit();
    project.git(&["checkout", "--quiet", "main"]);
    project.edit("content/runbooks/errors.md", "[An old sin](gone.md)", "Fixed.");
    project.commit();
    project.git(&["checkout", "--quiet", "mine"]);
    assert!(project.checks(&["--since", "main"], 0).contains("no findings"));
}

#[test]
fn a_project_can_be_a_part_of_its_repository() {
    let project = Project::new(SHOP);
    let whole = project.folder.path();
    fs::write(whole.join("unrelated.md"), "[x](y.md)\n").expect("files can be written");
    git(whole, &["init", "--quiet"]);
    git(whole, &["add", "--all"]);
    git(whole, &["commit", "--quiet", "--message", "x"]);
    project.remove("content/services/checkout.md");
    assert!(project.checks(&["--since", "HEAD"], 1).contains("checked 3 documents: 4 errors"));
    let text = stdout(&project.sdkb(&["check", "--since", "HEAD", "--format", "github"]));
    assert!(text.contains("::error file=kb/content/runbooks/errors.md,line=2,"), "{text}");
}

#[test]
fn a_revision_that_is_not_there_is_one_message() {
    let project = shop();
    let text = project.checks(&["--since", "origin/main"], 2);
    assert!(
        text.starts_with("error: there is no revision `origin/main` in this repository\nhelp: name a commit"),
        "{text}"
    );
    let text = project.checks(&["--since=--help"], 2);
    assert!(text.starts_with("error: there is no revision `--help`"), "{text}");

    project.commit();
    let shallow = project.folder.path().join("shallow");
    let source = format!("file://{}", project.path("").display());
    git(project.folder.path(), &["clone", "--quiet", "--depth=1", &source, "shallow"]);
    let output = command(&shallow).args(["check", "--since", "HEAD~1"]).output().expect("sdkb runs");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text.contains(
            "help: this is a shallow clone: fetch it first with `git fetch --depth=1 origin HEAD~1`"
        ),
        "{text}"
    );

    let bare = Project::new(GOOD);
    let text = bare.checks(&["--since", "HEAD"], 2);
    assert!(text.contains("is in no git repository"), "{text}");
}

#[test]
fn what_git_makes_of_files_is_no_change() {
    let project = shop();
    let unchanged = |project: &Project| {
        assert_eq!(project.checks(&["--since", "HEAD"], 0), "checked 4 documents: no findings\n");
    };
    // The ends of lines, as git converts them on Windows.
    let text = project.read("content/runbooks/errors.md");
    project.write("content/runbooks/errors.md", &text.replace('\n', "\r\n"));
    unchanged(&project);
    // What a filter made of a file: git LFS and git-crypt keep something else.
    project.write(".gitattributes", "errors.md filter=lfs\n");
    project.write("content/runbooks/errors.md", &format!("{text}\n[x](nowhere.md)\n"));
    unchanged(&project);
    project.git(&["add", "--all"]);
    assert!(project.checks(&["--since", "HEAD"], 1).contains("no file or page `nowhere.md`"));
    project.git(&["reset", "--quiet", "--hard"]);
    // What a sparse checkout leaves out.
    project.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/content/services"]);
    assert!(project.checks(&["--since", "HEAD"], 0).contains("checked 3 documents: no findings"));
    project.git(&["sparse-checkout", "disable"]);
    // What a user ignores everywhere.
    project.write("content/mine.md", "[x](nowhere.md)\n");
    let home = project.folder.path().join("home");
    fs::create_dir(&home).expect("it can be made");
    fs::write(home.join("ignored"), "mine.md\n").expect("it can be written");
    fs::write(home.join(".gitconfig"), "[core]\nexcludesFile = ~/ignored\n").expect("it can be written");
    for (home, code) in [(home.as_path(), 0), (project.folder.path(), 1)] {
        let mut sdkb = command(&project.path(""));
        sdkb.env("HOME", home).env_remove("XDG_CONFIG_HOME").args(["check", "--since", "HEAD"]);
        let output = sdkb.output().expect("sdkb runs");
        assert_eq!(output.status.code(), Some(code), "{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn renamed_files_are_found_before_git_knows_them() {
    let project = shop();
    let text = project.read("content/runbooks/errors.md") + "One more line.\n";
    project.remove("content/runbooks/errors.md");
    project.write("content/runbooks/failures.md", &text);
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("add `aliases: [runbooks/errors]` to `content/runbooks/failures.md`"), "{text}");
    assert!(text.contains(": 1 error\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_was_a_file() {
    let project = shop();
    project.remove("content/runbooks/errors.md");
    std::os::unix::fs::symlink("latency.md", project.path("content/runbooks/errors.md"))
        .expect("it can be made");
    let before = project.checks(&["--since", "HEAD"], 0);
    assert!(before.contains("alert-claimed-twice"), "{before}");
    project.commit();
    assert_eq!(project.checks(&["--since", "HEAD~1"], 0), before);
    assert_eq!(project.checks(&["--since", "HEAD"], 0), "checked 4 documents: no findings\n");
}

#[test]
fn a_repository_may_use_the_longer_hash() {
    let project = Project::new(SHOP);
    project.git(&["init", "--quiet", "--object-format=sha256"]);
    project.commit();
    assert!(project.checks(&["--since", "HEAD"], 0).contains("no findings"));
    project.remove("content/services/checkout.md");
    assert!(project.checks(&["--since", "HEAD"], 1).contains(": 4 errors"));
}

#[test]
fn without_git_there_is_one_message() {
    let project = shop();
    let run = |args: &[&str]| {
        let output =
            command(&project.path("")).env("PATH", "/nowhere").args(args).output().expect("sdkb runs");
        (output.status.code(), stderr(&output))
    };
    let (code, text) = run(&["check", "--since", "HEAD"]);
    assert_eq!(
        (code, text.as_str()),
        (Some(2), "error: `git` is not installed\nhelp: without it there is no `--since`\n")
    );
    let (code, text) = run(&["build", "--allow-errors"]);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn a_change_of_the_rules_brings_about_what_they_find() {
    let project = shop();
    project.write("content/lonely.md", "# Lonely\n");
    project.commit();
    project.edit("sdkb.yml", "orphan-document: off", "orphan-document: warning");
    assert!(project.checks(&["--since", "HEAD"], 0).contains(": 1 warning\n"));
    project.commit();
    project.edit("sdkb.yml", "orphan-document: warning", "orphan-document: error");
    assert!(project.checks(&["--since", "HEAD"], 1).contains(": 1 error\n"));
}

#[test]
fn a_hook_may_say_where_its_repository_is() {
    let project = shop();
    project.remove("content/services/checkout.md");
    let mut hook = command(&project.path(""));
    hook.args(["check", "--since", "HEAD"]).env("GIT_DIR", "/nowhere/.git").env("GIT_INDEX_FILE", "/nowhere");
    assert!(stdout(&hook.output().expect("sdkb runs")).contains("4 errors"));
}

#[test]
fn a_gate_in_front_of_nothing_is_an_error() {
    let project = Project::new("-- notes.txt --\nnothing\n");
    let text = project.checks(&[], 2);
    assert_eq!(
        text,
        "error: there is no markdown in the project\nhelp: name another folder with `--project`\n"
    );
}

#[test]
fn warnings_fail_where_they_are_denied() {
    let project = Project::new("-- sdkb.yml --\n-- content/a.md --\n# A\n");
    assert!(project.checks(&[], 0).contains("warning[orphan-document]"));
    assert!(project.checks(&["--deny", "warnings"], 1).contains("error[orphan-document]"));
    project.write("sdkb.yml", "rules: { orphan-document: error }\n");
    assert!(project.checks(&[], 1).contains("error[orphan-document]"));
    project.write(
        "sdkb.yml",
        "rules: { orphan-document: error }\ncollections: [{ path: 'a*', rules: { orphan-document: off } }]\n",
    );
    assert!(project.checks(&["--deny", "warnings"], 0).contains("no findings"));
}

#[test]
fn a_suppression_holds_for_what_it_stands_at_and_until_its_day() {
    let page = "\
-- sdkb.yml --
rules: { orphan-document: off }
-- content/a.md --
---
title: A
owner: nobody # sdkb-ignore broken-reference: the squad starts in May
---
[one](x.md) <!-- sdkb-ignore broken-link: comes next week -->
[two](x.md)

<!-- sdkb-ignore broken-link until 2026-06-01: comes next week -->
- [three](x.md)
- [four](x.md)

[five](x.md)

<!-- sdkb-ignore broken-link until 2026-05-31: came last week -->

[six](x.md)

```md
<!-- sdkb-ignore broken-link: an example -->
```
";
    let project = Project::new(page);
    let text = project.checks(&[], 1);
    for (line, is_found) in [(5, false), (6, true), (9, false), (10, false), (12, true), (16, true)] {
        assert_eq!(text.contains(&format!("content/a.md:{line}:")), is_found, "line {line}:\n{text}");
    }
    assert!(text.contains("= help: suppressed until 2026-05-31: came last week"), "{text}");
    assert!(text.contains(": 3 errors\n"), "{text}");
    project.edit("content/a.md", "title: A\n", "ignore: [{ rule: broken-link, reason: all of it moves }]\n");
    assert_eq!(project.checks(&[], 0), "checked 1 document: no findings\n");
}

#[test]
fn a_stale_review_says_what_else_is_known() {
    let project = shop();
    project.edit(
        "content/runbooks/latency.md",
        "alerts:",
        "review: { last_reviewed: 2025-01-01, interval: 90d }\nalerts:",
    );
    project.write(
        "content/incidents/slow.md",
        "---\npriority: p1\nservices: [checkout]\ntimes: { detected: 2026-05-02T10:00:00Z }\n\
         runbooks_used: [{ ref: latency, outcome: helped }]\n---\n# Slow\n",
    );
    project.write(
        "content/priorities/p1.md",
        "---\nlevel: P1\nname: Bad\nmajor: true\nowner: payments\n---\n# P1\n",
    );
    project.commit();
    let text = project.checks(&[], 1);
    assert!(text.contains("review of runbook `latency` was due on 2025-04-01"), "{text}");
    assert!(text.contains("= help: it was last edited on 2026-03-04"), "{text}");
    assert!(text.contains("= help: incident `slow` of 2026-05-02 names it"), "{text}");
}

#[test]
fn mends_what_leaves_no_doubt_and_touches_nothing_else() {
    let project = shop();
    let broken = "\u{feff}---\r\nservices: [ \"chekout\" ]   # why\r\nalrets: [ErrorsHigh]\r\n---\r\n# Errors\r\n\
                  [a](../checkout.md#roll-bck \"a title\") and [[servce/checkout]] and ![x](gone.png)\r\n";
    project.write("content/runbooks/errors.md", broken);
    let output = project.sdkb(&["check", "--fix", "--dry-run"]);
    assert_eq!(project.read("content/runbooks/errors.md"), broken);
    let diff = stdout(&output);
    assert!(
        diff.starts_with("--- a/content/runbooks/errors.md\n+++ b/content/runbooks/errors.md\n@@ "),
        "{diff}"
    );
    assert!(stderr(&output).contains("would fix 3 findings in 1 file"), "{}", stderr(&output));

    let text = project.checks(&["--fix"], 1);
    assert!(text.contains("fixed 3 findings in 1 file"), "{text}");
    assert!(
        text.contains("fixed 1 finding in 1 file"),
        "the anchor shows when its document is found: {text}"
    );
    let fixed = broken
        .replace("chekout", "checkout")
        .replace("alrets", "alerts")
        .replace("../checkout.md", "../services/checkout.md")
        .replace("#roll-bck", "#roll-back");
    assert_eq!(project.read("content/runbooks/errors.md"), fixed);
    assert!(!project.checks(&["--fix"], 1).contains("fixed"));
}

#[test]
fn a_text_of_several_lines_or_of_others_is_not_fixed() {
    let project = shop();
    let block = "---\nowner: >\n  paymets\ntier: tier-1\n---\n# Other\n";
    project.write("content/services/other.md", block);
    project.write("content/latin.md", "");
    fs::write(project.path("content/latin.md"), b"caf\xe9 [x](runbooks/latncy.md)\n")
        .expect("files can be written");
    let two = "---\nservices: [checkout]\nalrets: [A]\nalers: [B]\n---\n# Two\n[other](regional-eu.md)\n";
    project.write("content/runbooks/two.md", two);
    project.write("content/runbooks/regional-us.md", "---\nservices: [checkout]\n---\n# US\n");
    let text = project.checks(&["--fix"], 1);
    assert!(text.contains("note: `content/latin.md` is no UTF-8, or has changed in the meantime"), "{text}");
    assert_eq!(project.read("content/services/other.md"), block);
    assert_eq!(project.read("content/runbooks/two.md"), two);
}

#[test]
fn a_renamed_file_keeps_its_old_findings_and_a_new_one_stands_where_it_is() {
    let project = shop();
    project.write("sdkb.yml", "title: Shop\n");
    project.commit();
    project.git(&["mv", "content/runbooks/errors.md", "content/runbooks/failures.md"]);
    project.edit("content/runbooks/failures.md", "---\n", "---\naliases: [runbooks/errors]\n");
    project.edit("content/runbooks/failures.md", "# Errors\n", "# Errors\nSee [this](gone.md).\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/runbooks/failures.md:6:12") && text.contains(": 1 error\n"), "{text}");
}

#[test]
fn a_finding_stays_the_same_where_a_document_that_it_names_moves() {
    let project = shop();
    project
        .write("content/services/orders.md", "---\nowner: payments\ndepends_on: [checkout]\n---\n# Orders\n");
    project.edit(
        "content/services/checkout.md",
        "owner: payments\n",
        "owner: payments\ndepends_on: [orders]\n",
    );
    project.commit();
    project.git(&["mv", "content/services/orders.md", "content/services/purchases.md"]);
    project.edit("content/services/checkout.md", "[orders]", "[purchases]");
    project.edit("content/services/purchases.md", "---\nowner", "---\naliases: [services/orders]\nowner");
    let text = project.checks(&[], 1);
    assert!(text.contains("`checkout` needs `purchases`, which needs `checkout`"), "{text}");
    let text = project.checks(&["--since", "HEAD"], 0);
    assert!(!text.contains("dependency-cycle"), "{text}");
    // A cycle that was not there before is new, whatever its documents are called.
    project.write(
        "content/services/website.md",
        "---\nowner: payments\ndepends_on: [website]\n---\n# Website\n",
    );
    let text = project.checks(&["--since", "HEAD"], 0);
    assert!(text.contains("`website` needs itself"), "{text}");
}

#[test]
fn what_a_change_moved_is_followed() {
    let project = shop();
    project.edit(
        "content/runbooks/errors.md",
        "[An old sin](gone.md)",
        "[[service/checkout]] and [[checkout#roll-back]]",
    );
    project.commit();
    project.git(&["mv", "content/services/checkout.md", "content/services/order-desk.md"]);
    let text = project.checks(&["--since", "HEAD", "--fix"], 1);
    assert!(text.contains("fixed 3 findings in 2 files\n") && text.contains(": 1 error\n"), "{text}");
    let latency = project.read("content/runbooks/latency.md");
    assert!(latency.contains("services: [order-desk]"), "{latency}");
    assert!(latency.contains("[Roll back](../services/order-desk.md#roll-back)"), "{latency}");
    // A heading that got another name.
    project.commit();
    project.edit("content/services/order-desk.md", "## Roll back", "## Undo a release");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("= help: it is `#undo-a-release` now"), "{text}");
    project.checks(&["--since", "HEAD", "--fix"], 0);
    assert!(project.read("content/runbooks/errors.md").contains("[[checkout#undo-a-release]]"));
    // A link within the document stays one.
    project.edit("content/services/order-desk.md", "Old words.", "Old words. [Again](#undo-a-release)");
    project.commit();
    project.edit("content/services/order-desk.md", "## Undo a release", "## Take it back");
    project.checks(&["--since", "HEAD", "--fix"], 0);
    assert!(project.read("content/services/order-desk.md").contains("[Again](#take-it-back)"));
}

#[test]
fn what_could_be_two_things_is_left_alone() {
    let project = shop();
    project.write("content/services/checkouts.md", "---\nowner: payments\n---\n# Others\n");
    project.edit("content/runbooks/errors.md", "[checkout]", "[checkuot]");
    let before = project.read("content/runbooks/errors.md");
    let text = project.checks(&["--fix"], 1);
    assert!(text.contains("did you mean `checkout`?") && !text.contains("fixed"), "{text}");
    assert_eq!(project.read("content/runbooks/errors.md"), before);
}

/// A server on this machine that has `/here` and nothing else, and counts how often it is asked.
fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut line = String::new();
            let mut reader = BufReader::new(&stream);
            let _ = reader.read_line(&mut line);
            while reader.read_line(&mut String::new()).is_ok_and(|length| length > 2) {}
            count.fetch_add(1, Ordering::Relaxed);
            let status = if line.contains(" /here ") { "200 OK" } else { "404 Not Found" };
            let _ = write!(&stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (address, asked)
}

#[test]
fn other_sites_are_asked_only_on_request_and_not_twice() {
    let (address, asked) = server();
    let project = Project::new(&format!(
        "{GOOD}-- content/d.md --\n---\nlinks: [{{ title: Gone, url: \"{address}/gone\" }}]\n---\n\
         [here]({address}/here) [left alone]({address}/private/x)\n"
    ));
    project.edit(
        "sdkb.yml",
        "title: Test\n",
        &format!("title: Test\nexternal: {{ ignore: ['{address}/private/**'] }}\n"),
    );
    project.checks(&[], 0);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let text = project.checks(&["--external"], 0);
    assert!(
        text.contains(&format!("warning[unreachable-link]: `{address}/gone` answers with status 404")),
        "{text}"
    );
    assert!(text.contains("content/d.md:2:29") && text.contains(": 1 warning\n"), "{text}");
    let first = asked.load(Ordering::Relaxed);
    assert_eq!(first, 3, "one HEAD, and a GET to be sure of the 404");
    assert_eq!(project.checks(&["--external"], 0), text);
    assert_eq!(asked.load(Ordering::Relaxed), first, "answers are kept");
}
