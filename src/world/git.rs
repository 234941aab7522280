//! What git knows of a project: when files were changed, and how the project was before a change.
//!
//! Asks the `git` command, which is wherever a repository is, and never changes anything.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use jiff::civil::Date;

/// What became of the files of a project since a revision. Paths are from the project's folder.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files that changed, with what they held before; nothing for those that did not exist.
    pub before: BTreeMap<String, Option<Vec<u8>>>,
    /// Files that are called differently now: from old path to new.
    pub moved: BTreeMap<String, String>,
    /// Whether it is known where the project and the revision parted, so that what others did since does not
    /// count.
    pub is_exact: bool,
}

/// What changed in the folder `root` since it parted from `revision`, whether or not it is committed.
///
/// # Errors
///
/// If `root` is in no repository, or the repository does not hold the revision.
pub fn changes(root: &Path, revision: &str) -> Result<Changes> {
    let (commit, is_exact) = commit(root, revision)?;
    let mut changes = Changes { is_exact, ..Changes::default() };
    let mut blobs = Vec::new();
    // What is not committed yet counts, except for what the repository ignores.
    let untracked = output(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    for path in fields(&untracked) {
        changes.before.insert(path.to_owned(), None);
    }
    let diff = ["diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--relative", "--no-ext-diff"];
    let diff = output(root, &[&diff[..], &[&commit, "--", "."]].concat())?;
    let mut diff = fields(&diff);
    while let Some(entry) = diff.next() {
        // `:100644 100644 OLD NEW R087`, then the path, then the new path if there is one.
        let parts: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
        let ([mode, _, blob, _, status], Some(path)) = (parts.as_slice(), diff.next()) else {
            bail!("git says `{entry}`, which is no change");
        };
        if status.starts_with(['R', 'C'])
            && let Some(new) = diff.next()
        {
            changes.before.insert(new.to_owned(), None);
            if status.starts_with('C') {
                continue;
            }
            changes.moved.insert(path.to_owned(), new.to_owned());
        }
        changes.before.insert(path.to_owned(), None);
        // Links and modules are no files.
        if mode.starts_with("100") {
            blobs.push((path.to_owned(), (*blob).to_owned()));
        }
    }
    read(root, blobs, &mut changes.before)?;
    Ok(changes)
}

/// The commit from which the project and `revision` went different ways, or the revision itself where the history
/// is too short to know, and whether it is known.
fn commit(root: &Path, revision: &str) -> Result<(String, bool)> {
    output(root, &["rev-parse", "--git-dir"]).map_err(|error| {
        if format!("{error:#}").contains("not a git repository") {
            let root = root.display();
            return anyhow::anyhow!(
                "`{root}` is in no git repository\nhelp: without one there is nothing to compare with"
            );
        }
        error
    })?;
    let name = format!("{revision}^{{commit}}");
    let found = output(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
    let Ok(commit) = found else {
        let what = match revision.strip_prefix("origin/") {
            Some(branch) => format!("+refs/heads/{branch}:refs/remotes/origin/{branch}"),
            None => revision.to_owned(),
        };
        let help = if is_shallow(root) {
            format!("this is a shallow clone: fetch it first with `git fetch --depth=1 origin {what}`")
        } else {
            "name a commit, branch or tag; `git fetch` brings those of the remote".to_owned()
        };
        bail!("there is no revision `{revision}` in this repository\nhelp: {help}");
    };
    let commit = commit.trim();
    // What others changed there in the meantime is not of this change's doing.
    Ok(match output(root, &["merge-base", commit, "HEAD"]) {
        Ok(base) => (base.trim().to_owned(), true),
        Err(_) => (commit.to_owned(), false),
    })
}

/// Reads the contents of files at an earlier time.
fn read(
    root: &Path,
    blobs: Vec<(String, String)>,
    before: &mut BTreeMap<String, Option<Vec<u8>>>,
) -> Result<()> {
    if blobs.is_empty() {
        return Ok(());
    }
    let mut git = git(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run `git`")?;
    let mut questions = git.stdin.take().context("git takes no questions")?;
    let names: Vec<String> = blobs.iter().map(|(_, blob)| blob.clone()).collect();
    // Git answers while it is still being asked, and stops when nobody listens.
    let asking = std::thread::Builder::new()
        .spawn(move || names.iter().try_for_each(|name| writeln!(questions, "{name}")))
        .context("cannot start a thread to ask `git`")?;
    let mut answers = BufReader::new(git.stdout.take().context("git gives no answers")?);
    for (path, _) in blobs {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        // `OID blob SIZE`, or `OID missing` where a partial clone left it out.
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.with_context(|| format!("git does not have the old `{path}`"))?;
        let mut bytes = vec![0; size + 1];
        std::io::Read::read_exact(&mut answers, &mut bytes)?;
        bytes.truncate(size);
        before.insert(path, Some(bytes));
    }
    let _ = asking.join();
    ensure!(git.wait()?.success(), "git can't read the old files");
    Ok(())
}

/// The day of the last change to each file of a project; nothing where the history is not there.
pub(super) fn edits(root: &Path) -> BTreeMap<String, Date> {
    // In a shallow clone, everything seems to have been written by the last commit.
    if is_shallow(root) {
        return BTreeMap::new();
    }
    read_edits(root).unwrap_or_default()
}

fn read_edits(root: &Path) -> Result<BTreeMap<String, Date>> {
    let files = output(root, &["ls-files", "-z"])?;
    let mut wanted: BTreeSet<&str> = fields(&files).collect();
    let mut git =
        git(root, &["log", "--format=%as", "--name-only", "--no-renames", "--relative", "-z", "--", "."])
            .stdout(Stdio::piped())
            .spawn()?;
    let mut edits = BTreeMap::new();
    let mut day = None;
    for entry in BufReader::new(git.stdout.take().context("git gives no answers")?).split(0) {
        let entry = String::from_utf8_lossy(&entry?).into_owned();
        // The day of a commit stands before its files, which begin on a line of their own.
        let mut entry = entry.as_str();
        if let Some(date) = entry.get(..10).and_then(|date| date.parse::<Date>().ok())
            && (entry.len() == 10 || entry[10..].starts_with('\n'))
        {
            day = Some(date);
            entry = entry[10..].trim_start_matches('\n');
        }
        let entry = entry.trim_start_matches('\n');
        if let Some(day) = day
            && wanted.remove(entry)
        {
            edits.insert(entry.to_owned(), day);
        }
        if wanted.is_empty() {
            // The rest of the history says nothing new.
            break;
        }
    }
    let _ = git.kill();
    git.wait()?;
    Ok(edits)
}

/// The folder of the repository that `root` is in, and the way from there to `root`: empty or `kb/`.
pub fn prefix(root: &Path) -> String {
    output(root, &["rev-parse", "--show-prefix"])
        .map(|prefix| prefix.trim_end().to_owned())
        .unwrap_or_default()
}

/// Where the repository that `root` is in was cloned from, and its main branch there.
pub fn origin(root: &Path) -> Option<(String, String)> {
    let answer = |arguments: &[&str]| output(root, arguments).ok().map(|text| text.trim_end().to_owned());
    let remote = answer(&["config", "--get", "remote.origin.url"])?;
    let main = answer(&["symbolic-ref", "--short", "refs/remotes/origin/HEAD"]);
    let main = main.and_then(|main| main.strip_prefix("origin/").map(str::to_owned));
    let branch = main.or_else(|| answer(&["symbolic-ref", "--short", "HEAD"]))?;
    Some((remote, branch))
}

fn is_shallow(root: &Path) -> bool {
    output(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.trim() == "true")
}

/// The parts of what git separates by zero bytes.
fn fields(output: &str) -> impl Iterator<Item = &str> {
    output.split('\0').filter(|field| !field.is_empty())
}

fn output(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = git(root, arguments).output().context("cannot run `git`")?;
    let reason = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git failed: {}", reason.trim());
    // A name that is no UTF-8 is none of a document, and is reported where files are listed.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn git(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Names as they are, and no lock that another git would stumble over.
    command.args(["-c", "core.quotePath=false", "--no-optional-locks", "-C"]).arg(root).args(arguments);
    // In a hook, git says which repository it is about, in terms of another folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    command
}
