//! Two builds of different sites in one folder, each in namespaces of its own as in two containers that share a volume,
//! killed at any moment or out of space. Long: `tests/run --long`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use super::files;
use crate::project::{GOOD, Project};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        // The generator of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A build in namespaces of its own, with all processes that belong to it.
struct Contained {
    child: Child,
}

impl Contained {
    /// Builds `project` into `out`.
    fn build(project: &Project, out: &Path) -> Self {
        let mut unshare = Command::new("unshare");
        unshare.args(["--map-root-user", "--mount", "--pid", "--fork", "--kill-child"]);
        unshare.arg(env!("CARGO_BIN_EXE_sdkb")).arg("build").arg("--out").arg(out);
        let child = unshare.current_dir(project.path("")).stderr(Stdio::piped()).process_group(0).spawn();
        Self { child: child.expect("unshare runs") }
    }

    /// Kills it, if it still runs.
    fn kill(&mut self) {
        let _ = self.child.kill();
    }

    /// Waits until no process of it is left. Returns whether it built, and what it said.
    fn end(mut self) -> (bool, String) {
        let mut said = String::new();
        let mut pipe = self.child.stderr.take().expect("a pipe");
        // All of its processes hold the other end.
        pipe.read_to_string(&mut said).expect("text");
        (self.child.wait().expect("it ends").success(), said)
    }
}

/// A site with a title, and a number of notes that no other site has.
fn site(name: &str, count: usize) -> Project {
    let mut text = GOOD.to_owned();
    for number in 0..count {
        text += &format!("-- content/notes/{name}{number}.md --\n# {name} {number}\n\nText.\n");
    }
    Project::new(&text)
}

/// Makes sure that a folder holds one whole site: the files of its manifest, with one title. Returns the title.
fn whole(folder: &Path, when: &str) -> String {
    let found = files(folder);
    let manifest = String::from_utf8(fs::read(folder.join(".sdkb-site")).expect("a manifest")).expect("text");
    let listed: BTreeSet<(String, usize)> = manifest
        .lines()
        .skip(1)
        .map(|line| line.split_once(' ').expect("a size and a path"))
        .map(|(size, path)| (path.to_owned(), size.parse().expect("a size")))
        .collect();
    let there = found.iter().map(|(path, bytes)| (path.display().to_string(), bytes.len()));
    let there: BTreeSet<_> = there.filter(|(path, _)| path != ".sdkb-site").collect();
    assert_eq!(there, listed, "{when}: the site is not what its manifest says");
    let pages = found.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"));
    let title = |page: &Vec<u8>| {
        let page = String::from_utf8_lossy(page);
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        title.unwrap_or_default().rsplit(" · ").next().unwrap_or_default().to_owned()
    };
    let titles: BTreeSet<String> = pages.map(|(_, page)| title(page)).collect();
    assert_eq!(titles.len(), 1, "{when}: builds are mixed: {titles:?}");
    titles.into_iter().next().expect("a title")
}

/// Files that no build made: beside the site, in folders that look like those of builds.
const FOREIGN: [&str; 4] =
    ["mine", ".site.sdkb-2024-backup/file", ".other.sdkb-staging/file", ".site.sdkb-staging-old/file"];

fn write_foreign(volume: &Path) {
    for path in FOREIGN {
        let path = volume.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, "mine").expect("files can be written");
    }
}

fn foreign_is_kept(volume: &Path, when: &str) {
    for path in FOREIGN {
        assert_eq!(fs::read(volume.join(path)).ok().as_deref(), Some(&b"mine"[..]), "{when}: {path}");
    }
}

/// Not through `eprintln`, which the test harness keeps to itself.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
#[ignore = "takes minutes"]
fn two_builds_that_are_killed_300_times_leave_whole_sites() {
    let (one, two) = (site("one", 40), site("two", 25));
    let shared = tempfile::tempdir().expect("a temporary folder");
    let out = shared.path().join("site");
    write_foreign(shared.path());
    let start = Instant::now();
    let (is_built, said) = Contained::build(&one, &out).end();
    assert!(is_built, "{said}");
    let time = start.elapsed();
    let mut dice = Dice(14);
    let (mut kills, mut refused, mut exchanged, mut round) = (0, 0, 0, 0);
    let mut last = whole(&out, "at first");
    while kills < 300 {
        round += 1;
        for (project, name) in [(&one, "one"), (&two, "two")] {
            project.write("sdkb.yml", &format!("title: {name} {round}\n"));
        }
        let mut first = Contained::build(&one, &out);
        let mut second = Contained::build(&two, &out);
        // Now and then a file of a user comes into the site while both are at work.
        let is_visited = dice.below(10) == 0;
        if is_visited {
            sleep(time * u32::try_from(dice.below(120)).expect("small") / 100);
            // Where the site is being exchanged there may be none for a moment.
            let _ = fs::write(out.join("CNAME"), "mine");
        }
        sleep(time * u32::try_from(dice.below(180)).expect("small") / 100);
        first.kill();
        kills += 1;
        let when = format!("after {kills} kills");
        if dice.below(2) == 0 {
            sleep(time * u32::try_from(dice.below(120)).expect("small") / 100);
            second.kill();
            kills += 1;
            second.end();
        } else {
            let (is_built, said) = second.end();
            assert!(is_built || is_visited, "{when}: {said}");
            if !is_built {
                refused += 1;
                assert!(said.contains("`CNAME`"), "{when}: {said}");
            }
        }
        first.end();
        foreign_is_kept(shared.path(), &when);
        if is_visited {
            let places = [out.join("CNAME"), shared.path().join(".site.sdkb-staging/new/CNAME")];
            let kept = places.iter().find(|path| path.exists());
            let kept = kept.unwrap_or_else(|| panic!("{when}: a user's file in the site is gone"));
            assert_eq!(fs::read(kept).expect("a file"), b"mine");
            fs::remove_file(kept).expect("files can be removed");
        }
        let title = whole(&out, &when);
        let is_known = [&last, &format!("one {round}"), &format!("two {round}")].contains(&&title);
        assert!(is_known, "{when}: {title} after {last}");
        exchanged += usize::from(title != last);
        last = title;
    }
    for project in [&one, &two] {
        let (is_built, said) = Contained::build(project, &out).end();
        assert!(is_built, "{said}");
        whole(&out, "in the end");
    }
    foreign_is_kept(shared.path(), "in the end");
    assert!(
        !shared.path().join(".site.sdkb-staging").exists(),
        "builds that were killed are cleaned up after"
    );
    tell(&format!(
        "{kills} kills in {round} rounds: {exchanged} sites were replaced, {refused} builds refused a user's file"
    ));
}

#[test]
#[ignore = "takes minutes"]
fn two_builds_on_100_full_disks_leave_whole_sites() {
    let (one, two) = (site("one", 40), site("two", 25));
    // Each round makes a disk, fills it up to what is left for the builds, and looks at it while it is mounted.
    let script = r#"
        mount -t tmpfs -o size=64m,nr_inodes=8000 tmpfs "$4"
        cd "$2"; "$1" build --out "$4/site" 2> "$5/first"
        touch "$4/mine"; used=$(du -sk "$4" | cut -f1)
        mount -o remount,size=$((used + $6))k "$4"
        echo "title: one $7" > "$2/sdkb.yml"; echo "title: two $7" > "$3/sdkb.yml"
        for project in "$2" "$3"; do
            (cd "$project"; code=0; unshare --pid --fork --mount "$1" build --out "$4/site" || code=$?; echo "code $code") &
        done > "$5/codes" 2> "$5/said"
        wait; rm -rf "$5/copy" "$5/left"; cp -a "$4/site" "$5/copy"; ls -A "$4" > "$5/left""#;
    let mut dice = Dice(41);
    let (mut full, mut built, mut rounds) = (0, 0, 0);
    while full < 100 {
        rounds += 1;
        assert!(rounds < 400, "{full} full disks in {rounds} rounds");
        let (disk, seen) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        one.write("sdkb.yml", "title: old\n");
        let mut unshare = Command::new("unshare");
        unshare.args(["--map-root-user", "--mount", "sh", "-euc", script, "sh", env!("CARGO_BIN_EXE_sdkb")]);
        unshare.arg(one.path("")).arg(two.path("")).arg(disk.path()).arg(seen.path());
        // From nothing to more than both need.
        let room = dice.below(600);
        let output = unshare.arg(room.to_string()).arg(rounds.to_string()).output().expect("unshare runs");
        let when = format!("round {rounds} with {room} kB");
        assert!(output.status.success(), "{when}: {}", String::from_utf8_lossy(&output.stderr));
        let read = |name: &str| fs::read_to_string(seen.path().join(name)).expect("text");
        let (codes, said) = (read("codes"), read("said"));
        let failed = codes.lines().filter(|line| *line != "code 0").count();
        full += failed;
        built += 2 - failed;
        assert_eq!(said.matches("No space left on device").count(), failed, "{when}: {said}");
        assert_eq!(said.matches("error: ").count(), failed, "{when}: {said}");
        assert!(!said.contains("panicked"), "{when}: {said}");
        assert_eq!(read("left"), "mine\nsite\n", "{when}: what was begun is removed");
        let title = whole(&seen.path().join("copy"), &when);
        let is_new = title == format!("one {rounds}") || title == format!("two {rounds}");
        assert_eq!(is_new, failed < 2, "{when}: {title}");
        assert!(is_new || title == "old", "{when}: {title}");
    }
    tell(&format!("{full} builds on full disks in {rounds} rounds, in which {built} others built"));
}
