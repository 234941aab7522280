//! What happens to the files of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::thread;
use crate::world::git::HistoryFiles;
use crate::world::{Stamp, is_hidden, is_watched, stamps};

/// What may have changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What stands at these paths.
    Known {
        /// From the project's folder.
        paths: BTreeSet<String>,
        /// Whether there may be other commits.
        history: bool,
    },
    /// Anything.
    Everything,
    /// The project's folder is not there any more.
    Gone,
}

/// A change is reported when nothing else has happened for this long: editors write a file in several steps.
pub const QUIET: Duration = Duration::from_millis(25);

/// A change is reported after this long, even if others still happen.
const PATIENCE: Duration = Duration::from_millis(250);

/// How often the polling watcher looks.
const POLL: Duration = Duration::from_millis(500);

/// Waits for changes to a project.
pub struct Watcher {
    root: PathBuf,
    source: Source,
    is_gone: bool,
    looks_again: bool,
}

enum Source {
    /// The system tells.
    Events(Events),
    /// Looking again and again.
    Poll(Seen),
}

impl Watcher {
    /// Waits for changes in the folder `root`, as the system tells them.
    ///
    /// # Errors
    ///
    /// If the system can't tell: it has no way to, or there are too many folders.
    pub fn events(root: &Path) -> notify::Result<Self> {
        Ok(Self { root: root.to_owned(), source: events(root)?, is_gone: false, looks_again: false })
    }

    /// Looks for changes in the folder `root` twice a second, which works on any file system.
    pub fn poll(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            source: Source::Poll(Seen::now(root).unwrap_or_default()),
            is_gone: false,
            looks_again: false,
        }
    }

    /// Lets the next change come by itself, after a while: the last one could not be looked at.
    pub fn look_again(&mut self) {
        self.looks_again = true;
    }

    /// The next change, and when it had come to rest.
    pub fn wait(&mut self) -> Change {
        if std::mem::take(&mut self.looks_again) {
            std::thread::sleep(POLL);
            self.is_gone = !self.root.is_dir();
            return if self.is_gone { Change::Gone } else { Change::Everything };
        }
        if self.is_gone {
            while !self.root.is_dir() {
                std::thread::sleep(POLL);
            }
            self.is_gone = false;
            self.source = match &self.source {
                Source::Events(_) => events(&self.root),
                Source::Poll(_) => Ok(Source::Poll(Seen::default())),
            }
            // The old folder's watcher tells nothing of the new one.
            .unwrap_or_else(|_| Source::Poll(Seen::default()));
            return Change::Everything;
        }
        let change = match &mut self.source {
            Source::Events(events) => wait_for_change(&self.root, events),
            Source::Poll(seen) => poll(&self.root, seen),
        };
        self.is_gone = !self.root.is_dir();
        if self.is_gone { Change::Gone } else { change }
    }
}

/// What the system tells of.
struct Events {
    watcher: RecommendedWatcher,
    receiver: Receiver<notify::Result<Event>>,
    /// The files of the repository around the project.
    history: Option<HistoryFiles>,
}

fn events(root: &Path) -> notify::Result<Source> {
    // Notify does not say that it got none, and panics later.
    thread::ensure().map_err(notify::Error::io)?;
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for entry in root.read_dir()?.filter_map(Result::ok) {
        watch(&mut watcher, root, &entry.path())?;
    }
    let history = watch_history(&mut watcher, root)?;
    Ok(Source::Events(Events { watcher, receiver, history }))
}

/// Watches `path`, if it is a folder at the top of the project that holds something of it.
fn watch(watcher: &mut RecommendedWatcher, root: &Path, path: &Path) -> notify::Result<()> {
    if path.parent() == Some(root) && path.is_dir() && is_watched(path) {
        watcher.watch(path, RecursiveMode::Recursive)?;
    }
    Ok(())
}

/// Watches the branches of the repository around the project, if there is one.
fn watch_history(watcher: &mut RecommendedWatcher, root: &Path) -> notify::Result<Option<HistoryFiles>> {
    let history = HistoryFiles::of(root);
    // `git init` may be in the middle of its work.
    if history.is_none() && root.join(".git").is_dir() {
        watcher.watch(&root.join(".git"), RecursiveMode::NonRecursive)?;
    }
    for (folder, is_deep) in history.iter().flat_map(HistoryFiles::folders) {
        let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(&folder, mode)?;
    }
    Ok(history)
}

/// Waits for a change, and until no other has followed for a while.
fn wait_for_change(root: &Path, events: &mut Events) -> Change {
    let Events { watcher, receiver, history: files } = events;
    let mut paths = BTreeSet::new();
    let (mut is_lost, mut history, mut is_other_repository) = (false, false, false);
    let mut begin: Option<Instant> = None;
    loop {
        let next = match begin {
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(begin) if begin.elapsed() > PATIENCE => Err(RecvTimeoutError::Timeout),
            Some(_) => receiver.recv_timeout(QUIET),
        };
        match next {
            Ok(Ok(event)) if event.need_rescan() => is_lost = true,
            Ok(Ok(event)) if !is_change(event.kind) => continue,
            Ok(Ok(event)) => {
                for path in &event.paths {
                    let repository = root.join(".git");
                    is_other_repository |=
                        *path == repository || (files.is_none() && path.starts_with(repository));
                    if let Some(files) = files.as_ref().filter(|files| files.are_around(path)) {
                        history |= files.holds(path);
                        continue;
                    }
                    // A new folder may hold files already, without an event for them.
                    is_lost |= watch(watcher, root, path).is_err();
                    match relative(root, path) {
                        Some(path) if is_hidden(&path) => {}
                        Some(path) => drop(paths.insert(path)),
                        None => is_lost = true,
                    }
                }
            }
            Ok(Err(_)) => is_lost = true,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Change::Gone,
        }
        if is_lost || history || is_other_repository || !paths.is_empty() {
            begin.get_or_insert_with(Instant::now);
        }
    }
    if is_other_repository {
        history = true;
        *files = watch_history(watcher, root).unwrap_or_default();
    }
    if is_lost { Change::Everything } else { Change::Known { paths, history } }
}

/// What was seen when the project was last looked at.
#[derive(Default, PartialEq, Eq)]
struct Seen {
    files: BTreeMap<String, Stamp>,
    history: BTreeMap<PathBuf, Stamp>,
}

impl Seen {
    /// Nothing if the system did not let all of it be seen.
    fn now(root: &Path) -> Option<Self> {
        let history = HistoryFiles::of(root).map(|files| files.stamps()).unwrap_or_default();
        Some(Self { files: stamps(root)?, history })
    }
}

/// Looks until something is different.
fn poll(root: &Path, seen: &mut Seen) -> Change {
    loop {
        std::thread::sleep(POLL);
        if !root.is_dir() {
            return Change::Gone;
        }
        let Some(now) = Seen::now(root) else { continue };
        if now != *seen {
            let before = std::mem::replace(seen, now);
            let differs = |path: &&String| before.files.get(*path) != seen.files.get(*path);
            let paths = before.files.keys().chain(seen.files.keys()).filter(differs).cloned().collect();
            return Change::Known { paths, history: before.history != seen.history };
        }
    }
}

/// Whether an event is about a write. Being read is no change, or reading the project would be one.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// The path from the project's folder; nothing if it has no name there.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str());
    parts.collect::<Option<Vec<&str>>>().map(|parts| parts.join("/"))
}
