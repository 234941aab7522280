//! How long a whole build takes, stage by stage and as a program, beside `cp -r` and Hugo.
//!
//! ```text
//! cargo bench --bench build -- 1000 10000 --hugo ~/venv/bin/hugo
//! ```
//!
//! `benches/README.md` says how to read the result.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark takes the time and writes what it measures"
)]

mod corpus;
mod measure;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use corpus::{Corpus, hugo};
use measure::{Run, grouped, median, megabytes, run, seconds};
use serde_json::{Value, json};

/// The one of the program, so that the stages take here what they take there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What to measure.
struct Options {
    /// How many documents, each a corpus of its own.
    sizes: Vec<usize>,
    /// How often to do each thing.
    runs: usize,
    /// The program of Hugo.
    hugo: PathBuf,
    /// Where to leave the corpora; a temporary folder if nowhere.
    keep: Option<PathBuf>,
    /// Where to write the figures for programs.
    json: Option<PathBuf>,
}

/// Hugo takes long enough for its median to be steady after so many runs.
const HUGO_RUNS: usize = 3;

/// Of more documents Hugo makes a site in ten minutes or more.
const MOST_FOR_HUGO: usize = 20_000;

/// How many documents a pull request changes, at most, mostly.
const CHANGED: usize = 20;

fn main() -> Result<()> {
    let options = options()?;
    let temporary = tempfile::tempdir()?;
    let mut figures = Vec::new();
    for &size in &options.sizes {
        let folder = options.keep.as_deref().unwrap_or(temporary.path()).join(size.to_string());
        let yard = Yard::new(size, folder)?;
        let stages = yard.stages(options.runs)?;
        let mut of_size = yard.programs(&options)?;
        of_size["documents"] = size.into();
        of_size["stages"] = stages;
        figures.push(of_size);
    }
    if let Some(path) = &options.json {
        fs::write(path, serde_json::to_vec_pretty(&figures)?)?;
    }
    Ok(())
}

/// The arguments. Without `--bench`, which `cargo bench` adds, this is a test that all of it works.
fn options() -> Result<Options> {
    let mut options =
        Options { sizes: Vec::new(), runs: 5, hugo: PathBuf::from("hugo"), keep: None, json: None };
    let mut arguments = std::env::args().skip(1);
    let mut is_bench = false;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--bench" => is_bench = true,
            "--runs" => options.runs = value()?.parse::<usize>().context("`--runs` takes a number")?.max(1),
            "--hugo" => options.hugo = value()?.into(),
            "--keep" => options.keep = Some(value()?.into()),
            "--json" => options.json = Some(value()?.into()),
            size => options.sizes.push(size.parse().with_context(|| {
                format!(
                    "`{size}` is no number of documents; there are also --runs, --hugo, --keep and --json"
                )
            })?),
        }
    }
    if options.sizes.is_empty() {
        options.sizes = if is_bench { vec![1_000, 10_000] } else { vec![100] };
    }
    options.runs = if is_bench { options.runs } else { 1 };
    Ok(options)
}

/// A corpus on disk and what is made of it.
///
/// Each round writes into folders of its own and nothing is deleted until the end: ext4 looks long for
/// a place for new files while the places of deleted ones are fresh, which would hit whoever comes next.
struct Yard {
    corpus: Corpus,
    folder: PathBuf,
    project: PathBuf,
}

/// The runs of one program.
struct Row {
    name: &'static str,
    runs: Vec<Run>,
}

impl Row {
    fn new(name: &'static str) -> Self {
        Self { name, runs: Vec::new() }
    }

    fn wall(&self) -> Duration {
        median(self.runs.iter().map(|run| run.wall))
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "wall_seconds": self.wall().as_secs_f64(),
            "cpu_seconds": median(self.runs.iter().map(|run| run.cpu)).as_secs_f64(),
            "peak_bytes": median(self.runs.iter().map(|run| run.peak)),
            "others_thousandths": median(self.runs.iter().map(|run| run.others)),
        })
    }

    fn print(&self) {
        let best = self.runs.iter().map(|run| run.wall).min().unwrap_or_default();
        let cpu = median(self.runs.iter().map(|run| run.cpu));
        let peak = median(self.runs.iter().map(|run| run.peak));
        let others = median(self.runs.iter().map(|run| run.others)) / 10;
        let (wall, best, cpu) = (seconds(self.wall()), seconds(best), seconds(cpu));
        println!("{:32} {wall:>9} {best:>9} {cpu:>9} {:>10} {others:>6} %", self.name, megabytes(peak));
    }
}

impl Yard {
    /// Writes a corpus of `size` documents, and says what it is.
    fn new(size: usize, folder: PathBuf) -> Result<Self> {
        let corpus = Corpus::new(size);
        ensure!(!folder.exists(), "`{}` is there already", folder.display());
        let project = folder.join("project");
        let bytes = corpus.write(&project)?;
        hugo::write(&folder.join("hugo"), &fs::canonicalize(project.join("content"))?)?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        println!(
            "\n{} documents, {} of markdown, {:.2} KB each, on {cores} cores",
            grouped(corpus.len()),
            megabytes(bytes),
            bytes as f64 / corpus.len() as f64 / 1e3
        );
        let yard = Self { corpus, folder, project };
        yard.change()?;
        Ok(yard)
    }

    /// Times the stages within this process.
    fn stages(&self, runs: usize) -> Result<Value> {
        let clock = measure::stages(&self.project, &self.folder.join("stages"), runs)?;
        let title = format!("stage, median of {runs}");
        println!("\n{title:32} {:>9} {:>9} {:>10} {:>11}", "wall", "cpu", "memory", "a document");
        for (name, took) in clock.rows() {
            let share = took.wall.as_secs_f64() * 1e6 / self.corpus.len() as f64;
            let (wall, cpu) = (seconds(took.wall), seconds(took.cpu));
            println!("{name:32} {wall:>9} {cpu:>9} {:>10} {share:>8.1} us", megabytes(took.memory));
        }
        let rows = clock.rows().map(|(name, took)| {
            json!({
                "name": name,
                "wall_seconds": took.wall.as_secs_f64(),
                "cpu_seconds": took.cpu.as_secs_f64(),
                "memory_bytes": took.memory,
            })
        });
        Ok(rows.collect())
    }

    /// Times whole programs, in turns, so that a noisy minute hits all of them.
    fn programs(&self, options: &Options) -> Result<Value> {
        let [mut cold, mut again, mut check, mut since, mut copy, mut hugo] = [
            "sdkb build, no site yet",
            "sdkb build, nothing changed",
            "sdkb check",
            "sdkb check --since, 20 changed",
            "cp -r of the site",
            "hugo",
        ]
        .map(Row::new);
        let hugo_is_asked = self.corpus.len() <= MOST_FOR_HUGO && is_there(&options.hugo);
        for round in 0..options.runs {
            let site = self.folder.join(format!("site-{round}"));
            let site_option = [OsStr::new("--out"), site.as_os_str()];
            cold.runs.push(self.sdkb("build", &site_option)?);
            again.runs.push(self.sdkb("build", &site_option)?);
            check.runs.push(self.sdkb("check", &[])?);
            since.runs.push(self.sdkb("check", &[OsStr::new("--since"), OsStr::new("HEAD")])?);
            copy.runs.push(self.copy(&site, &self.folder.join(format!("copy-{round}")))?);
            if hugo_is_asked && round < HUGO_RUNS {
                hugo.runs.push(self.hugo(&options.hugo, &self.folder.join(format!("hugo-{round}")))?);
            }
        }
        let site = self.folder.join("site-0");
        let (files, bytes) = size(&site)?;
        ensure!(files > self.corpus.len(), "the site has only {files} files");
        let (changed, changed_bytes) = self.edited(&site)?;

        let title = format!("program, median of {}", options.runs);
        println!("\n{title:32} {:>9} {:>9} {:>9} {:>10} {:>8}", "wall", "best", "cpu", "peak", "others");
        let rows = [cold, again, check, since, copy, hugo];
        rows.iter().filter(|row| !row.runs.is_empty()).for_each(Row::print);
        let [cold, _, check, since, copy, hugo] = &rows;
        if !hugo_is_asked {
            println!(
                "hugo: left out (name it with --hugo PATH; above {MOST_FOR_HUGO} documents it takes too long)"
            );
        }
        println!("\nsite: {} files, {}", grouped(files), megabytes(bytes));
        let ratio = |above: &Row, below: &Row| above.wall().as_secs_f64() / below.wall().as_secs_f64();
        let share = changed_bytes as f64 * 100.0 / bytes as f64;
        let cost = cold.wall().as_secs_f64() * 1e6 / self.corpus.len() as f64;
        let ratios = [
            ("build / cp -r", Some(ratio(cold, copy)), "3 or less"),
            ("hugo / build", hugo_is_asked.then(|| ratio(hugo, cold)), "10 or more"),
            ("check --since / check", Some(ratio(since, check)), "2 or less"),
            ("build, microseconds a document", Some(cost), "flat"),
            ("percent of the site that one line changes", Some(share), "1 or less"),
        ];
        for (name, ratio, wanted) in ratios {
            if let Some(ratio) = ratio {
                println!("{name}: {ratio:.2} ({wanted} wanted)");
            }
        }
        println!("one line changes {changed} files, {:.1} KB", changed_bytes as f64 / 1e3);
        let ratios = ratios.iter().filter_map(|(name, ratio, _)| Some((*name, (*ratio)?)));
        Ok(json!({
            "programs": rows.iter().filter(|row| !row.runs.is_empty()).map(Row::json).collect::<Vec<_>>(),
            "site": { "files": files, "bytes": bytes },
            "edit": { "files": changed, "bytes": changed_bytes },
            "ratios": ratios.collect::<BTreeMap<_, _>>(),
        }))
    }

    /// Changes one line of one runbook and builds again: how many files of the site are others then, and their bytes.
    fn edited(&self, site: &Path) -> Result<(usize, u64)> {
        let mut runbooks = self.corpus.documents().filter(|document| document.path.starts_with("runbooks/"));
        let runbook = runbooks.next().context("no runbook")?;
        let path = self.project.join("content").join(&runbook.path);
        let before = fs::read_to_string(&path)?;
        fs::write(&path, format!("{before}\nThe queue drains by itself within a quarter of an hour.\n"))?;
        let built = walkdir::WalkDir::new(site).into_iter().flatten();
        let built: HashMap<PathBuf, u64> =
            built.filter_map(|entry| Some((entry.path().to_owned(), inode(&entry)?))).collect();
        self.sdkb("build", &[OsStr::new("--out"), site.as_os_str()])?;
        fs::write(&path, before)?;
        let mut changed = (0, 0);
        for entry in walkdir::WalkDir::new(site) {
            let entry = entry?;
            let is_new = inode(&entry).is_some_and(|inode| built.get(entry.path()) != Some(&inode));
            if is_new && entry.file_type().is_file() {
                changed.0 += 1;
                changed.1 += entry.metadata()?.len();
            }
        }
        Ok(changed)
    }

    /// Puts the project into a repository, and changes some of its documents.
    fn change(&self) -> Result<()> {
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(&self.project).args(["-c", "user.name=a", "-c", "user.email=a@b.example"]);
            // It would go on beside what is measured.
            git.args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"]);
            run(git.args(arguments), &self.folder.join("git.log"))
        };
        git(&["init", "--quiet"])?;
        git(&["add", "--all"])?;
        git(&["commit", "--quiet", "--message", "all"])?;
        for document in self.corpus.documents().take(CHANGED) {
            let text = format!("{}\nOne more line.\n", document.text);
            fs::write(self.project.join("content").join(&document.path), text)?;
        }
        Ok(())
    }

    /// Runs sdkb, which must find nothing wrong.
    fn sdkb(&self, name: &str, options: &[&OsStr]) -> Result<Run> {
        let log = self.folder.join("sdkb.log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdkb"));
        command.arg(name).arg("--project").arg(&self.project).args(options);
        // Reviews get old.
        command.env("SOURCE_DATE_EPOCH", "1780272000");
        let run = run(&mut command, &log)?;
        let said = fs::read_to_string(&log)?;
        ensure!(said.contains("no findings"), "sdkb found something:\n{said}");
        Ok(run)
    }

    /// Copies a site, as a program does that has nothing else to do.
    fn copy(&self, site: &Path, copy: &Path) -> Result<Run> {
        run(Command::new("cp").arg("-r").arg(site).arg(copy), &self.folder.join("cp.log"))
    }

    /// Builds the same documents with Hugo.
    fn hugo(&self, program: &Path, public: &Path) -> Result<Run> {
        let mut command = Command::new(program);
        command.arg("--source").arg(self.folder.join("hugo")).arg("--destination").arg(public);
        let run = run(&mut command, &self.folder.join("hugo.log"))?;
        for document in self.corpus.documents() {
            let page = public.join(hugo::rendered(&document.path));
            let Ok(html) = fs::read_to_string(&page) else { bail!("hugo did not make `{}`", page.display()) };
            let is_highlighted = html.contains("class=\"chroma\"");
            ensure!(
                is_highlighted || !document.text.contains("```json"),
                "hugo did not highlight `{}`",
                page.display()
            );
        }
        Ok(run)
    }
}

/// Whether there is a program that says its version.
fn is_there(program: &Path) -> bool {
    Command::new(program).arg("version").output().is_ok()
}

/// The number of a file in its file system; nothing for a folder. A file that a build did not change keeps it.
#[cfg(unix)]
fn inode(entry: &walkdir::DirEntry) -> Option<u64> {
    use walkdir::DirEntryExt;
    entry.file_type().is_file().then(|| entry.ino())
}

/// The number of a file in its file system, which this system does not say.
#[cfg(not(unix))]
fn inode(_: &walkdir::DirEntry) -> Option<u64> {
    None
}

/// The files below a folder: how many, and their bytes.
fn size(folder: &Path) -> Result<(usize, u64)> {
    let mut total = (0, 0);
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            total.0 += 1;
            total.1 += entry.metadata()?.len();
        }
    }
    Ok(total)
}
