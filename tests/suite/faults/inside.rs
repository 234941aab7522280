//! Links that lead out of what a project publishes, whatever they look like and whenever they come.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use sdkb::world::{DiskWorld, World};

use super::{Run, files};
use crate::project::{GOOD, Project, command};

/// Stands in every file that must not be published.
const SECRET: &str = "ghs_secret";

/// A project with secrets where checkouts have them.
fn project() -> Project {
    let project = Project::new(&format!(
        "{GOOD}-- .git/config --\n{SECRET}\n-- .env --\n{SECRET}\n-- .aws/credentials.md --\n# {SECRET}\n\
         -- .aws/key.png --\n{SECRET}\n-- target/debug/log.md --\n# {SECRET}\n-- node_modules/a/README.md --\n# {SECRET}\n\
         -- ../outside.md --\n# {SECRET}\n-- content/.hidden/x.md --\n# {SECRET}\n-- docs/plain.md --\n# Plain\n"
    ));
    fs::create_dir_all(project.path("static")).expect("folders can be made");
    project
}

fn link(project: &Project, to: impl AsRef<Path>, from: &str) {
    symlink(to, project.path(from)).expect("links can be made");
}

/// Builds the project whatever is found, and says where the secret is published.
fn published(project: &Project) -> Vec<String> {
    Run::sdkb(project, &["build", "--allow-errors"]).ends_with(0);
    let site = files(&project.path("site"));
    let leaks = site.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(SECRET));
    leaks.map(|(path, _)| path.display().to_string()).collect()
}

#[test]
fn links_to_what_is_never_published_are_findings_and_bring_nothing_in() {
    let project = project();
    project
        .write("content/links.md", "# L\n![a](logo.png) [b](readme.txt) ![c](.aws.png) ![d](deep/pic.png)\n");
    let root = project.path("").canonicalize().expect("it is there");
    let mut run = [
        ("content/logo.png", Path::new("../.git/config"), ".git/config"),
        ("content/absolute.png", &root.join(".git/config"), ".git/config"),
        ("content/readme.txt", Path::new("../.env"), ".env"),
        ("content/leak.md", Path::new("../.env"), ".env"),
        ("content/cloud", Path::new("../.aws"), ".aws"),
        ("content/key.png", Path::new("../.aws/key.png"), ".aws/key.png"),
        ("content/beside.md", Path::new(".hidden/x.md"), "content/.hidden/x.md"),
        ("content/log.md", Path::new("../target/debug/log.md"), "target/debug/log.md"),
        ("content/package", Path::new("../node_modules/a"), "node_modules/a"),
        ("content/two.md", Path::new("one.md"), ".env"),
        ("content/one.md", Path::new("../.env"), ".env"),
        ("static/cfg.txt", Path::new("../.git/config"), ".git/config"),
        ("static/git", Path::new("../.git"), ".git"),
        ("kinds", Path::new(".git"), ".git"),
        ("themes", Path::new(".aws"), ".aws"),
    ]
    .into_iter()
    .map(|(from, to, leads)| {
        link(&project, to, from);
        format!("`{from}` is a link that leads to `{leads}`, which is never published")
    })
    .collect::<Vec<_>>();
    run.retain(|message| !message.contains("`themes`"));
    let found = Run::sdkb(&project, &["check"]).ends_with(1);
    run.iter().fold(found, |found, message| found.says(message));
    assert_eq!(published(&project), [""; 0]);
}

#[test]
fn links_inside_of_what_is_published_are_followed() {
    let project = project();
    let root = project.path("").canonicalize().expect("it is there");
    fs::create_dir_all(project.path("content/more")).expect("folders can be made");
    project.write("content/.pictures/x.png", "picture");
    project.write("content/.pictures/notes.txt", SECRET);
    project
        .write("content/links.md", "# L\n![a](.pictures/x.png) [b](.pictures/notes.txt) [c](.hidden/x.md)\n");
    link(&project, "../docs/plain.md", "content/one.md");
    link(&project, root.join("docs"), "content/all");
    link(&project, "../../docs/plain.md", "content/more/two.md");
    link(&project, "../content/handbook", "static/handbook");
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    for page in ["one.html", "all/plain.html", "more/two.html", "handbook/b.md", ".pictures/x.png"] {
        assert!(project.path("site").join(page).is_file(), "{page}");
    }
    assert_eq!(published(&project), [""; 0]);
    // The folder of all content, and the project itself, may be links too.
    fs::rename(project.path("content"), project.path("knowledge")).expect("it moves");
    link(&project, "knowledge", "content");
    link(&project, project.path(""), "../by-another-name");
    fs::remove_dir_all(project.path("site")).expect("it goes");
    let there = project.path("../by-another-name");
    Run::of(command(&there).args(["build", "--allow-errors"])).ends_with(0);
    assert!(project.path("site/one.html").is_file() && project.path("site/handbook/b.html").is_file());
}

#[test]
fn settings_kinds_and_themes_can_t_be_links_to_what_is_never_published() {
    let target = |project: &Project| project.path(".env").canonicalize().expect("it is there");
    for from in [
        "kinds/service.md",
        "themes/default/static/x.txt",
        "themes/default/templates/document.html",
        "themes/default",
    ] {
        let project = project();
        let _ = fs::remove_file(project.path(from));
        fs::create_dir_all(project.path(from).parent().expect("a folder")).expect("folders can be made");
        link(&project, target(&project), from);
        let found = Run::sdkb(&project, &["check"]).ends_with(if from == "themes/default" { 0 } else { 1 });
        assert!(!found.text.contains(SECRET), "{from}: {}", found.text);
        if from != "themes/default" {
            found.says("is a link that leads to `.env`, which is never published");
        }
        assert_eq!(published(&project), [""; 0], "{from}");
    }
    let project = project();
    project.remove("sdkb.yml");
    link(&project, target(&project), "sdkb.yml");
    for command in ["check", "build"] {
        let said = Run::sdkb(&project, &[command]).ends_with(2).says("`sdkb.yml` is no file of the project");
        assert!(!said.text.contains(SECRET), "{}", said.text);
    }
}

#[test]
fn settings_can_t_name_what_git_keeps() {
    for setting in ["static: .git", "content: .git", "theme: ../.git"] {
        let project = project();
        project.write(".git/a.md", &format!("# {SECRET}\n"));
        project.write(".git/static/a.txt", SECRET);
        project.write("sdkb.yml", &format!("{setting}\n"));
        Run::sdkb(&project, &["check"]).ends_with(1);
        assert_eq!(published(&project), [""; 0], "{setting}");
    }
}

/// Exchanges what stands at `place` again and again while `work` goes on: the file, and a link to `target`.
fn while_swapped(place: &Path, target: &Path, work: impl FnOnce()) {
    struct Over<'a>(&'a AtomicBool);
    impl Drop for Over<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let is_over = AtomicBool::new(false);
    let (file, link) = (place.with_extension("file"), place.with_extension("link"));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                // What is renamed over it is there at each moment.
                let _ = symlink(target, &link);
                let _ = fs::rename(&link, place);
                if target.is_dir() {
                    let _ = fs::remove_file(place);
                    let _ = fs::create_dir(place);
                    let _ = fs::write(place.join("x.md"), "harmless");
                    std::thread::yield_now();
                    let _ = fs::remove_dir_all(place);
                } else {
                    let _ = fs::write(&file, "harmless");
                    let _ = fs::rename(&file, place);
                }
            }
        });
        // A test that fails ends too.
        let _over = Over(&is_over);
        work();
    });
}

#[test]
fn a_link_that_takes_the_place_of_a_file_while_it_is_read_brings_nothing_in() {
    let project = project();
    project.write("content/swapped/x.md", "harmless");
    project.write("../elsewhere/x.md", SECRET);
    project.write(".git/x.md", SECRET);
    for (place, target, path) in [
        ("content/swap.md", "../outside.md", "content/swap.md"),
        ("content/swap.md", ".git/config", "content/swap.md"),
        ("content/swapped", "../elsewhere", "content/swapped/x.md"),
        ("content/swapped", ".git", "content/swapped/x.md"),
    ] {
        let world = DiskWorld::open(&project.path("")).expect("a project");
        let target = project.path(target).canonicalize().expect("it is there");
        let mut whole = 0;
        while_swapped(&project.path(place), &target, || {
            for _ in 0..20_000 {
                if let Ok(bytes) = world.read(path) {
                    assert!(
                        !String::from_utf8_lossy(&bytes).contains(SECRET),
                        "{place} {}",
                        target.display()
                    );
                    whole += usize::from(bytes == b"harmless");
                }
            }
        });
        assert!(whole > 0, "{place} was never there");
    }
}

#[test]
fn a_link_that_takes_the_place_of_a_file_during_builds_brings_nothing_in() {
    let project = project();
    project.write("content/links.md", "# L\n[a](swap.txt)\n");
    project.write("content/swap.txt", "harmless");
    project.write("static/swap.txt", "harmless");
    let target = project.path(".git/config");
    while_swapped(&project.path("content/swap.txt"), &target, || {
        while_swapped(&project.path("static/swap.txt"), &project.path("../outside.md"), || {
            for _ in 0..20 {
                // A build that meets the link says so, and may fail.
                let run = Run::sdkb(&project, &["build", "--allow-errors"]);
                assert!(!run.text.contains(SECRET), "{}", run.text);
                if project.path("site").is_dir() {
                    for (path, bytes) in files(&project.path("site")) {
                        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{}", path.display());
                    }
                }
            }
        });
    });
}
