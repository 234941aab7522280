//! `sdkb watch`: a project that changes while it is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use proptest::prelude::*;
use sdkb::caches::{Caches, Work};
use sdkb::serve::{self, Change, Reply, Update};
use sdkb::session::Session;
use sdkb::world::{DiskWorld, WatchedWorld};

use crate::project::{Project, command, stdout};
use crate::site::{TODAY, pages};

/// A small knowledge base in which everything refers to something.
const KB: &str = "\
-- sdkb.yml --
title: Test
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off, unmet-expectation: off }
-- content/squads/a.md --
# Squad A
-- content/services/checkout.md --
---
title: Checkout
owner: a
tier: tier-1
---
Turns a basket into an order.
-- content/runbooks/latency.md --
---
title: Slow
services: [checkout]
alerts: [CheckoutSlow]
---
## Meaning
See [the service](../services/checkout.md) and [[services/checkout]].
-- content/runbooks/deep/errors.md --
---
title: Errors
services: [checkout]
---
See [slow](../latency.md#meaning).
-- content/handbook/index.md --
# Handbook
-- static/logo.txt --
A logo.
";

/// A project that is looked at, without anybody to tell of changes but the test.
struct Watched {
    project: Project,
    now: serve::Project,
    paths: BTreeSet<String>,
    history: bool,
    work: Work,
}

impl Watched {
    fn new(text: &str) -> Self {
        let project = Project::new(text);
        let now = serve::Project::open(WatchedWorld::new(world(&project)), "test").expect("it can be read");
        Self { project, now, paths: BTreeSet::new(), history: false, work: Work::default() }
    }

    fn write(mut self, path: &str, text: &str) -> Self {
        self.project.write(path, text);
        self.paths.insert(path.to_owned());
        self
    }

    fn edit(mut self, path: &str, from: &str, to: &str) -> Self {
        self.project.edit(path, from, to);
        self.paths.insert(path.to_owned());
        self
    }

    fn remove(mut self, path: &str) -> Self {
        self.project.remove(path);
        self.paths.insert(path.to_owned());
        self
    }

    /// Renames a file or folder, of which the system tells both names and nothing of what is inside.
    fn rename(mut self, from: &str, to: &str) -> Self {
        let target = self.project.path(to);
        fs::create_dir_all(target.parent().expect("a folder")).expect("folders can be made");
        fs::rename(self.project.path(from), target).expect("it can be renamed");
        self.paths.extend([from.to_owned(), to.to_owned()]);
        self
    }

    /// Puts everything into a commit of a day in March.
    fn commit(mut self, day: usize) -> Self {
        self.project.commit_on(day);
        self.history = true;
        self
    }

    /// Takes the last commit back, if there is one before it. Files stay as they are.
    fn undo(mut self) -> Self {
        let reset = self.project.git_says(&["reset", "--quiet", "--soft", "HEAD~1"]);
        self.history |= reset.status.success();
        self
    }

    fn look(&mut self) -> Option<Update> {
        let paths = std::mem::take(&mut self.paths);
        let change = Change::Known { paths, history: std::mem::take(&mut self.history) };
        let update = self.now.update(change).expect("it can be read");
        self.work = update.as_ref().map(|update| update.work).unwrap_or_default();
        update
    }

    fn update(mut self) -> Self {
        self.look();
        self
    }

    fn parsed(self, count: usize) -> Self {
        assert_eq!(self.work.parsed, count, "documents parsed");
        self
    }

    fn rendered(self, count: usize) -> Self {
        assert_eq!(self.work.rendered, count, "pages rendered");
        self
    }

    fn page(&self, url: &str) -> String {
        match self.now.get(&self.now.now(), url) {
            Reply::Page(bytes) => String::from_utf8(bytes.to_vec()).expect("pages are UTF-8"),
            Reply::File(bytes) => String::from_utf8(bytes.to_vec()).expect("the file is text"),
            _ => panic!("no page {url}"),
        }
    }

    fn has(self, url: &str, text: &str) -> Self {
        let page = self.page(url);
        assert!(page.contains(text), "{url} lacks {text:?}:\n{page}");
        self
    }

    fn lacks(self, url: &str, text: &str) -> Self {
        assert!(!self.page(url).contains(text), "{url} holds {text:?}");
        self
    }

    /// All files, but for the pages of documents that can't be read.
    fn pages(&self) -> BTreeMap<String, Vec<u8>> {
        let revision = self.now.now();
        let urls = sdkb::pipeline::site(&revision.analysis).urls(&Caches::for_one_build());
        let pages = urls.into_iter().filter(|url| !self.now.is_kept(url)).map(|url| {
            let bytes = match self.now.get(&revision, &url) {
                Reply::Page(bytes) | Reply::File(bytes) | Reply::Drawing(bytes) | Reply::Download(bytes) => {
                    bytes.to_vec()
                }
                _ => panic!("no {url}"),
            };
            (url, bytes)
        });
        pages.collect()
    }

    /// What somebody sees who reads the project for the first time.
    fn equals_a_clean_build(self) -> Self {
        let session = Session::new(world(&self.project), "test", Caches::for_one_build());
        let analysis = session.analyze();
        let mut clean = pages(&session, &analysis);
        clean.retain(|url, _| !self.now.is_kept(url));
        let now = self.pages();
        let names = |pages: &BTreeMap<String, Vec<u8>>| pages.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&now), names(&clean));
        for (url, page) in &now {
            assert!(page == &clean[url], "{url} is not what a clean build makes of it");
        }
        let messages = |findings: &[sdkb::diagnostic::Diagnostic]| {
            findings.iter().map(crate::site::place).collect::<Vec<_>>()
        };
        assert_eq!(messages(self.now.findings(&self.now.now())), messages(session.findings(&analysis)));
        self
    }
}

fn world(project: &Project) -> DiskWorld {
    let mut world = DiskWorld::open(&project.path("")).expect("the project is there");
    world.now = TODAY.to_zoned(jiff::tz::TimeZone::UTC).expect("a day has a beginning");
    world
}

#[test]
fn an_edit_costs_one_document_and_the_pages_that_somebody_asks_for() {
    let watched = Watched::new(KB).has("runbooks/latency.html", "Meaning").update();
    watched
        .edit("content/runbooks/latency.md", "Meaning", "Sense")
        .update()
        .parsed(1)
        .has("runbooks/latency.html", "Sense")
        .has("runbooks/latency.html", "Sense")
        .has("squads/a.html", "Squad A")
        .edit("content/runbooks/latency.md", "Sense", "Meaning")
        .update()
        .parsed(1)
        .rendered(2)
        .equals_a_clean_build();
}

#[test]
fn the_title_of_a_service_is_right_on_other_pages() {
    Watched::new(KB)
        .has("runbooks/latency.html", "Checkout")
        .edit("content/services/checkout.md", "title: Checkout", "title: Till")
        .update()
        .parsed(1)
        .has("runbooks/latency.html", "Till")
        .equals_a_clean_build();
}

#[test]
fn writing_what_was_there_is_no_change() {
    let mut watched = Watched::new(KB).edit("content/squads/a.md", "Squad A", "Squad A");
    assert!(watched.look().is_none());
    // As an editor leaves a file behind for a moment.
    let mut watched = watched.write("content/squads/4913", "").remove("content/squads/4913");
    assert!(watched.look().is_none());
    watched.equals_a_clean_build();
}

#[test]
fn a_page_whose_front_matter_breaks_stays_until_it_is_mended() {
    let watched = Watched::new(KB)
        .edit("content/runbooks/latency.md", "services: [checkout]", "services: [checkout")
        .update()
        .has("runbooks/latency.html", "CheckoutSlow");
    assert!(watched.now.is_kept("runbooks/latency.html"));
    let watched = watched
        .edit("content/runbooks/latency.md", "## Meaning", "## Sense")
        .update()
        .lacks("runbooks/latency.html", "Sense")
        .equals_a_clean_build()
        .edit("content/runbooks/latency.md", "services: [checkout", "services: [checkout]")
        .update()
        .has("runbooks/latency.html", "Sense");
    assert!(!watched.now.is_kept("runbooks/latency.html"));
    watched.equals_a_clean_build();
}

#[test]
fn findings_come_and_go_with_what_causes_them() {
    let mut watched = Watched::new(KB).remove("content/services/checkout.md");
    let update = watched.look().expect("something changed");
    let outcome = watched.now.outcome(&update);
    let rules: BTreeSet<&str> = outcome.new.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, BTreeSet::from(["broken-link", "broken-reference"]));
    assert_eq!((outcome.new.len(), outcome.gone.len()), (4, 0));
    let mut watched = watched.write("content/services/checkout.md", "---\ntitle: C\nowner: a\n---\n");
    let update = watched.look().expect("something changed");
    let outcome = watched.now.outcome(&update);
    assert_eq!((outcome.new.len(), outcome.gone.len()), (0, 4));
}

#[test]
fn folders_can_be_renamed_and_deleted() {
    let watched = Watched::new(KB)
        .rename("content/runbooks", "content/playbooks")
        .update()
        .equals_a_clean_build()
        .rename("content/playbooks", "content/runbooks")
        .update()
        .equals_a_clean_build()
        .rename("content/runbooks/deep", "elsewhere")
        .update()
        .equals_a_clean_build();
    watched.rename("content", "documents").update().equals_a_clean_build();
}

#[test]
fn settings_kinds_theme_and_files_count() {
    Watched::new(KB)
        .has("logo.txt", "A logo")
        .edit("static/logo.txt", "A logo", "Another logo")
        .update()
        .parsed(0)
        .has("logo.txt", "Another logo")
        .edit("sdkb.yml", "title: Test", "title: Changed")
        .update()
        .has("index.html", "Changed")
        .write("kinds/service.md", "---\nkind: service\nplural: Systems\n---\n")
        .update()
        .has("services/index.html", "Systems")
        .write("themes/default/templates/404.html", "gone")
        .update()
        .has("404.html", "gone")
        .write("themes/default/static/sdkb.css", "body {}")
        .update()
        .has("assets/sdkb.css", "body {}")
        .equals_a_clean_build()
        .remove("themes/default/templates/404.html")
        .remove("kinds/service.md")
        .update()
        .equals_a_clean_build();
}

#[test]
fn a_picture_in_a_hidden_folder_comes_and_goes() {
    Watched::new(&format!(
        "{KB}-- content/note.md --\n# Note\n![r](.pictures/r.png)\n-- content/other.md --\n# Other\n\none\n"
    ))
    .lacks("note.html", "<img")
    .write("content/.pictures/r.png", "picture")
    .edit("content/other.md", "one", "two")
    .update()
    .has("note.html", "src=\".pictures/r.png\"")
    .equals_a_clean_build()
    .remove("content/.pictures/r.png")
    .edit("content/other.md", "two", "one")
    .update()
    .lacks("note.html", "<img")
    .equals_a_clean_build();
}

#[test]
fn a_commit_changes_when_files_were_last_changed() {
    let page = "runbooks/latency.html";
    let mut watched = Watched::new(KB).lacks(page, "Last changed").commit(3);
    assert!(watched.look().is_some());
    let mut watched =
        watched.parsed(0).has(page, r#"datetime="2026-03-04""#).equals_a_clean_build().commit(3);
    assert!(watched.look().is_none(), "a commit without changes");
    watched
        .edit("content/runbooks/latency.md", "Slow", "Slower")
        .update()
        .has(page, r#"datetime="2026-03-04""#)
        .commit(8)
        .update()
        .has(page, r#"datetime="2026-03-09""#)
        .has("squads/a.html", r#"datetime="2026-03-04""#)
        .equals_a_clean_build()
        .undo()
        .update()
        .has(page, r#"datetime="2026-03-04""#)
        .equals_a_clean_build();
}

#[test]
fn when_events_are_lost_everything_is_looked_at() {
    let mut watched = Watched::new(KB)
        .edit("content/squads/a.md", "Squad A", "Squad B")
        .remove("content/runbooks/latency.md")
        .rename("content/runbooks/deep", "content/playbooks");
    // Nobody tells of these.
    watched.paths.clear();
    watched.now.update(Change::Everything).expect("it can be read");
    watched.has("squads/a.html", "Squad B").equals_a_clean_build();
}

/// What people do to a knowledge base.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    RenameFolder(usize, usize),
    Commit(usize),
    Undo,
}

const FILES: [&str; 12] = [
    "content/services/checkout.md",
    "content/services/basket.md",
    "content/runbooks/latency.md",
    "content/runbooks/deep/errors.md",
    "content/runbooks/deep/index.md",
    "content/squads/a.md",
    "content/index.md",
    "content/picture.png",
    "static/logo.txt",
    "kinds/service.md",
    "sdkb.yml",
    "themes/default/templates/404.html",
];

const FOLDERS: [&str; 6] =
    ["content/runbooks", "content/runbooks/deep", "content/playbooks", "static", "kinds", "content"];

const TEXTS: [&str; 10] = [
    "# Plain\n",
    "---\ntitle: Checkout\nowner: a\n---\n![p](../picture.png)\n",
    "---\ntitle: Slow\nservices: [checkout]\nalerts: [CheckoutSlow]\n---\n[e](deep/errors.md)\n",
    "---\ntitle: Errors\nservices: [checkout, basket]\naliases: [old]\n---\n[[latency]]\n",
    "---\ntitle: [broken\n---\ntext\n",
    "---\nid: other\ntitle: Other\n---\n## A\n## B\n",
    "title: Other\n",
    "---\nkind: service\nplural: Systems\n---\n",
    "",
    "---\ntitle: A\nkind: runbook\nservices: [basket]\n---\nSee [[services/checkout]].\n",
];

fn edit() -> impl Strategy<Value = Edit> {
    let file = 0..FILES.len();
    prop_oneof![
        6 => (file.clone(), 0..TEXTS.len()).prop_map(|(file, text)| Edit::Write(file, text)),
        2 => file.clone().prop_map(Edit::Remove),
        2 => (file.clone(), file).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (0..FOLDERS.len(), 0..FOLDERS.len()).prop_map(|(from, to)| Edit::RenameFolder(from, to)),
        2 => (0..31usize).prop_map(Edit::Commit),
        1 => Just(Edit::Undo),
    ]
}

/// Does what can be done of an edit.
fn perform(watched: Watched, edit: &Edit) -> Watched {
    let is_there = |watched: &Watched, path: &str| watched.project.path(path).exists();
    match *edit {
        Edit::Write(file, text) => watched.write(FILES[file], TEXTS[text]),
        Edit::Remove(file) if is_there(&watched, FILES[file]) => watched.remove(FILES[file]),
        Edit::Rename(from, to) if is_there(&watched, FILES[from]) => watched.rename(FILES[from], FILES[to]),
        Edit::RenameFolder(from, to)
            if is_there(&watched, FOLDERS[from])
                && !is_there(&watched, FOLDERS[to])
                && !FOLDERS[to].starts_with(FOLDERS[from]) =>
        {
            watched.rename(FOLDERS[from], FOLDERS[to])
        }
        Edit::Commit(day) => watched.commit(day),
        Edit::Undo if is_there(&watched, ".git") => watched.undo(),
        _ => watched,
    }
}

/// Edits, and after each round of them the look at what a clean build makes.
fn follows(rounds: &[Vec<Edit>]) {
    let mut watched = Watched::new(KB);
    for edits in rounds {
        watched = edits.iter().fold(watched, perform);
        watched = watched.update();
        // Settings and kinds concern all documents; else only what was written is read again.
        let is_of_one = |edit: &Edit| match edit {
            Edit::Write(file, _) => *file < 9,
            Edit::Commit(_) | Edit::Undo => true,
            _ => false,
        };
        if edits.iter().all(is_of_one) {
            assert!(watched.work.parsed <= edits.len());
        }
        watched = watched.equals_a_clean_build();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_come_to_what_a_clean_build_makes(
        rounds in prop::collection::vec(prop::collection::vec(edit(), 1..5), 1..6)
    ) {
        follows(&rounds);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes minutes"]
    fn a_day_of_edits_comes_to_what_a_clean_build_makes(
        rounds in prop::collection::vec(prop::collection::vec(edit(), 1..2), 150)
    ) {
        follows(&rounds);
    }
}

/// The command as a user runs it.
pub(crate) struct Running {
    child: Child,
    address: String,
    lines: Receiver<String>,
    pub(crate) project: Project,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn new(text: &str, args: &[&str]) -> Self {
        let project = Project::new(text);
        let mut watch = command(&project.path(""));
        Self::start(project, watch.args(["watch", "--port", "0"]).args(args))
    }

    /// Runs a command that watches `project`.
    pub(crate) fn start(project: Project, watch: &mut Command) -> Self {
        let mut child = watch.stderr(Stdio::piped()).spawn().expect("it runs");
        let stderr = BufReader::new(child.stderr.take().expect("it says something"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
        });
        let mut running = Self { child, address: String::new(), lines, project };
        let line = running.says("http://");
        let from = line.find("http://").unwrap_or_default() + "http://".len();
        running.address = line[from..].split('/').next().unwrap_or_default().to_owned();
        running
    }

    /// Waits for a line that holds `text`.
    pub(crate) fn says(&self, text: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(20));
            let line = line.unwrap_or_else(|_| panic!("it does not say {text:?}"));
            if line.contains(text) {
                return line;
            }
        }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        write!(stream, "{request}\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.address))
    }

    /// Listens for updates.
    fn listen(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        write!(stream, "GET /_sdkb/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).expect("it reads");
        let mut events = BufReader::new(stream);
        assert_eq!(next(&mut events), 1);
        events
    }
}

/// The revision of the next update.
fn next(events: &mut BufReader<TcpStream>) -> u64 {
    let mut line = String::new();
    while !line.starts_with("data:") {
        line.clear();
        assert!(events.read_line(&mut line).expect("it tells in time") > 0, "it hung up");
        // It says that it is still there when it has told nothing for a long time.
        assert!(!line.starts_with(':'), "it tells of no update");
    }
    let data: serde_json::Value = serde_json::from_str(line[5..].trim()).expect("JSON");
    data["revision"].as_u64().expect("a number")
}

#[test]
fn saving_a_file_shows_its_page_with_its_findings() {
    let watch = Running::new(KB, &[]);
    let mut events = watch.listen();
    assert!(watch.get("/runbooks/latency.html").contains("Slow"));
    watch.project.edit("content/runbooks/latency.md", "services: [checkout]", "services: [chekout]");
    assert_eq!(next(&mut events), 2);
    assert!(watch.get("/runbooks/latency.html").contains("chekout"));
    let findings = watch.get("/_sdkb/findings?page=%2Frunbooks%2Flatency.html");
    let findings: serde_json::Value =
        serde_json::from_str(findings.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON");
    let finding = &findings["page"][0];
    assert_eq!(finding["message"], "no service `chekout`");
    assert_eq!((&finding["line"], &finding["column"]), (&3.into(), &12.into()));
    let link = finding["link"].as_str().expect("a link");
    assert!(
        link.starts_with("vscode://file/") && link.ends_with("content/runbooks/latency.md:3:12"),
        "{link}"
    );
    assert!(watch.says("error[").contains("no service `chekout`"));
    watch.project.edit("content/runbooks/latency.md", "chekout", "checkout");
    assert_eq!(next(&mut events), 3);
    assert!(watch.says("fixed").contains("no service `chekout`"));
}

#[test]
fn editors_save_in_many_ways() {
    let watch = Running::new(KB, &[]);
    let mut events = watch.listen();
    let path = watch.project.path("content/squads/a.md");
    // By a new file in the place of the old one.
    let aside = watch.project.path("content/squads/.a.md.swp");
    fs::write(&aside, "# Renamed\n").expect("it can be written");
    fs::rename(&aside, &path).expect("it can be renamed");
    assert_eq!(next(&mut events), 2);
    assert!(watch.get("/squads/a.html").contains("Renamed"));
    // By emptying it first.
    let mut file = fs::File::create(&path).expect("it can be written");
    std::thread::sleep(Duration::from_millis(5));
    file.write_all(b"# Emptied\n").expect("it can be written");
    drop(file);
    while !watch.get("/squads/a.html").contains("Emptied") {
        next(&mut events);
    }
    // By moving the old one away.
    fs::rename(&path, watch.project.path("content/squads/a.md~")).expect("it can be renamed");
    fs::write(&path, "# Moved\n").expect("it can be written");
    while !watch.get("/squads/a.html").contains("Moved") {
        next(&mut events);
    }
}

#[test]
fn many_files_at_once_are_one_change_or_few() {
    let watch = Running::new(KB, &[]);
    let mut events = watch.listen();
    for number in 0..2_000 {
        let text = format!("---\ntitle: Page {number}\nservices: [checkout]\n---\n");
        watch.project.write(&format!("content/runbooks/many/{}/page-{number}.md", number % 50), &text);
    }
    let mut last = 1;
    while !watch.get("/runbooks/many/49/page-1999.html").contains("Page 1999") {
        last = next(&mut events);
    }
    assert!(last < 40, "{last} revisions for 2000 files");
    fs::remove_dir_all(watch.project.path("content/runbooks/many")).expect("it can be removed");
    while watch.get("/runbooks/many/49/page-1999.html").contains("200 OK") {
        next(&mut events);
    }
    assert!(watch.get("/runbooks/latency.html").contains("Slow"));
}

#[test]
fn a_folder_that_vanishes_can_come_back() {
    let watch = Running::new(KB, &[]);
    let mut events = watch.listen();
    let (root, away) = (watch.project.path(""), watch.project.folder.path().join("away"));
    fs::rename(&root, &away).expect("it can be renamed");
    next(&mut events);
    watch.says("gone");
    assert!(watch.get("/squads/a.html").contains("Squad A"));
    assert!(watch.get("/_sdkb/findings?page=/").contains(r#""is_there":false"#));
    fs::rename(&away, &root).expect("it can be renamed");
    next(&mut events);
    watch.project.edit("content/squads/a.md", "Squad A", "Squad B");
    while !watch.get("/squads/a.html").contains("Squad B") {
        next(&mut events);
    }
}

#[test]
fn where_the_system_tells_nothing_somebody_looks() {
    let watch = Running::new(KB, &["--poll"]);
    let mut events = watch.listen();
    watch.project.edit("content/squads/a.md", "Squad A", "Squad B!");
    next(&mut events);
    assert!(watch.get("/squads/a.html").contains("Squad B!"));
}

#[test]
fn files_of_strangers_are_sent_with_a_policy() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>1</script></svg>";
    let files = format!(
        "{KB}-- content/services/a.md --\n[m](m.pdf) ![d](d.svg) [h](h.html)\n-- content/services/m.pdf --\n%PDF\n\
         -- content/services/d.svg --\n{svg}\n-- content/services/h.html --\n<b>\n"
    );
    let watch =
        Running::new(&files.replacen("-- sdkb.yml --\n", "-- sdkb.yml --\ndownloads: [pdf]\n", 1), &[]);
    let download = watch.get("/services/m.pdf");
    for header in ["content-disposition: attachment", "content-security-policy: sandbox\r", "nosniff"] {
        assert!(download.contains(header), "{header}: {download}");
    }
    let drawing = watch.get("/services/d.svg");
    assert!(drawing.contains("content-security-policy: sandbox; default-src 'none'"), "{drawing}");
    assert!(!drawing.contains("<script>"), "{drawing}");
    assert!(watch.get("/services/h.html").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_commit_shows_when_files_were_last_changed() {
    let page = "/squads/a.html";
    for args in [&[][..], &["--poll"]] {
        let watch = Running::new(KB, args);
        let mut events = watch.listen();
        // The repository itself is made while we look.
        watch.project.commit_on(3);
        while !watch.get(page).contains(r#"datetime="2026-03-04""#) {
            next(&mut events);
        }
        watch.project.edit("content/squads/a.md", "Squad A", "Squad Alpha");
        while !watch.get(page).contains("Squad Alpha") {
            next(&mut events);
        }
        watch.project.commit_on(8);
        watch.says("the history");
        while !watch.get(page).contains(r#"datetime="2026-03-09""#) {
            next(&mut events);
        }
    }
}

#[test]
fn linked_work_trees_have_a_history_too() {
    let main = Project::new(KB);
    main.commit();
    let linked = Project { folder: tempfile::tempdir().expect("a temporary folder") };
    main.git(&["worktree", "add", "--quiet", "-b", "other", &linked.path("").display().to_string()]);
    let mut watch = command(&linked.path(""));
    let watch = Running::start(linked, watch.args(["watch", "--port", "0"]));
    let mut events = watch.listen();
    assert!(watch.get("/squads/a.html").contains(r#"datetime="2026-03-04""#));
    watch.project.edit("content/squads/a.md", "Squad A", "Squad B");
    watch.project.commit_on(8);
    while !watch.get("/squads/a.html").contains(r#"datetime="2026-03-09""#) {
        next(&mut events);
    }
    assert!(watch.project.checks(&["--since", "main"], 0).contains("no findings"));
}

#[test]
fn nobody_gets_what_is_not_of_the_site() {
    let watch =
        Running::new(&format!("{KB}-- secret.txt --\nsecret\n-- content/x/secret.txt --\nsecret\n"), &[]);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/secret.txt",
        "/x/secret.txt",
        "/sdkb.yml",
        "/content/squads/a.md",
        "/squads/a.md",
        "//etc/passwd",
        "/static/",
    ] {
        let answer = watch.get(path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("secret\n"), "{path}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", ""] {
        let answer = watch.ask(&format!("GET / HTTP/1.1\r\nHost: {host}"));
        assert!(answer.starts_with("HTTP/1.1 403"), "{host}: {answer}");
        assert!(!answer.contains("Squad"), "{host}");
    }
    let posted = watch.ask(&format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 0", watch.address));
    assert!(posted.starts_with("HTTP/1.1 405"), "{posted}");
    assert!(watch.get("/squads?x=1").contains("location: /squads/?x=1"));
    let script = watch.get("/%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(script.contains("&lt;script&gt;") && !script.contains("<script>alert"), "{script}");
}

#[test]
fn a_template_that_fails_says_so_on_its_page() {
    let watch = Running::new(KB, &[]);
    let mut events = watch.listen();
    let template = "{% extends \"document.html\" %}\n{% block lead %}{{ page.nosuch }}{% endblock %}\n";
    watch.project.write("themes/default/templates/kinds/squad.html", template);
    while !watch.get("/squads/a.html").contains("themes/default/templates/kinds/squad.html:2") {
        next(&mut events);
    }
    assert!(watch.get("/squads/a.html").starts_with("HTTP/1.1 500"));
    assert!(watch.get("/_sdkb/findings?page=/squads/a.html").contains("template-error"));
    assert!(watch.get("/services/checkout.html").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let first = Running::new(KB, &[]);
    let port = first.address.rsplit(':').next().expect("a port");
    let output = command(&first.project.path("")).args(["watch", "--port", port]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    let said = crate::project::stderr(&output);
    assert!(said.contains(&format!("cannot listen at port {port}")) && said.contains("help: "), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn without_descriptors_the_last_good_site_stays() {
    let watch = Running::new(KB, &[]);
    let limit = |number: &str| {
        let pid = watch.child.id().to_string();
        let mut limited = std::process::Command::new("prlimit");
        limited.args(["--pid", &pid, &format!("--nofile={number}:")]);
        assert!(limited.status().expect("prlimit runs").success());
    };
    limit("3");
    watch.project.edit("content/squads/a.md", "Squad A", "Squad B");
    let said = watch.says("stays as it was");
    assert!(said.starts_with("error: cannot read `"), "{said}");
    limit("500");
    // Nothing else has to happen for it to look again.
    let said = watch.says("read everything");
    assert!(said.contains("no findings") || !said.contains("error"), "{said}");
    assert!(watch.get("/squads/a.html").contains("Squad B"));
    assert!(watch.get("/services/checkout.html").contains("Turns a basket"));
}

#[test]
#[cfg(unix)]
fn a_stamp_shows_an_edit_of_the_same_size_and_time() {
    let project = Project::new(KB);
    let path = project.path("content/squads/a.md");
    let before = sdkb::world::stamps(&project.path("")).expect("it can be seen");
    let time = fs::metadata(&path).and_then(|found| found.modified()).expect("a time");
    project.edit("content/squads/a.md", "Squad A", "Squad B");
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(time))
        .expect("it can be set");
    let after = sdkb::world::stamps(&project.path("")).expect("it can be seen");
    assert_ne!(before["content/squads/a.md"], after["content/squads/a.md"]);
    assert_eq!(before["sdkb.yml"], after["sdkb.yml"]);
}
