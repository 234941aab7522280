//! What goes badly wrong: disks, kills, odd files, absurd input. The real program gets through each, or says in
//! one message what is the matter.

mod bytes;
mod inside;
mod names;
mod size;
mod stress;
mod templates;
mod writing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::{Project, command};

/// Longer than anything here takes on a machine with better things to do, and shorter than forever.
const PATIENCE: Duration = Duration::from_secs(300);

/// How a run ended and what it said, without colours.
struct Run {
    code: Option<i32>,
    text: String,
}

impl Run {
    /// Runs a command that must not hang.
    fn of(command: &mut Command) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let said = folder.path().join("said");
        // A pipe that nobody reads could hang by itself.
        let out = fs::File::create(&said).expect("files can be made");
        let error = out.try_clone().expect("a second handle");
        let mut child = command.stdin(Stdio::null()).stdout(out).stderr(error).spawn().expect("it runs");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a state") {
                break status;
            }
            if start.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                panic!("still running after {PATIENCE:?}: {command:?}");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let text = String::from_utf8_lossy(&fs::read(said).expect("what it said")).into_owned();
        assert!(!text.contains("panicked at") && !text.contains("has overflowed its stack"), "{text}");
        Self { code: status.code(), text }
    }

    fn sdkb(project: &Project, args: &[&str]) -> Self {
        Self::of(command(&project.path("")).args(args))
    }

    fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.start());
        self
    }

    fn says(self, text: &str) -> Self {
        assert!(self.text.contains(text), "{text} is not in:\n{}", self.start());
        self
    }

    /// The beginning of what it said, which may be long.
    fn start(&self) -> &str {
        &self.text[..self.text.floor_char_boundary(5_000)]
    }
}

/// All files below a folder, with what they hold.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect("a folder").flatten() {
            if entry.file_type().expect("a type").is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).expect("inside").to_owned();
                found.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    found
}

/// The folders that builds left beside the site.
fn leftovers(project: &Project) -> Vec<String> {
    let entries = fs::read_dir(project.path("")).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains(".sdkb-")).collect()
}
