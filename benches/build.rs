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

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use corpus::{Corpus, hugo};
use measure::{Run, grouped, median, megabytes, run, seconds};

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
}

/// Hugo takes long enough for its median to be steady after so many runs.
const HUGO_RUNS: usize = 3;

/// How many documents a pull request changes, at most, mostly.
const CHANGED: usize = 20;

fn main() -> Result<()> {
    let options = options()?;
    let temporary = tempfile::tempdir()?;
    for &size in &options.sizes {
        let folder = options.keep.as_deref().unwrap_or(temporary.path()).join(size.to_string());
        let yard = Yard::new(size, folder)?;
        yard.stages(options.runs)?;
        yard.programs(&options)?;
    }
    Ok(())
}

/// The arguments. Without `--bench`, which `cargo bench` adds, this is a test that all of it works.
fn options() -> Result<Options> {
    let mut options = Options { sizes: Vec::new(), runs: 5, hugo: PathBuf::from("hugo"), keep: None };
    let mut arguments = std::env::args().skip(1);
    let mut is_bench = false;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--bench" => is_bench = true,
            "--runs" => options.runs = value()?.parse::<usize>().context("`--runs` takes a number")?.max(1),
            "--hugo" => options.hugo = value()?.into(),
            "--keep" => options.keep = Some(value()?.into()),
            size => options.sizes.push(size.parse().with_context(|| {
                format!("`{size}` is no number of documents; there are also --runs, --hugo and --keep")
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
    fn stages(&self, runs: usize) -> Result<()> {
        let clock = measure::stages(&self.project, &self.folder.join("stages"), runs)?;
        let title = format!("stage, median of {runs}");
        println!("\n{title:32} {:>9} {:>9} {:>10} {:>11}", "wall", "cpu", "memory", "a document");
        for (name, took) in clock.rows() {
            let share = took.wall.as_secs_f64() * 1e6 / self.corpus.len() as f64;
            let (wall, cpu) = (seconds(took.wall), seconds(took.cpu));
            println!("{name:32} {wall:>9} {cpu:>9} {:>10} {share:>8.1} us", megabytes(took.memory));
        }
        Ok(())
    }

    /// Times whole programs, in turns, so that a noisy minute hits all of them.
    fn programs(&self, options: &Options) -> Result<()> {
        let [mut cold, mut again, mut check, mut since, mut copy, mut hugo] = [
            "sdkb build, no site yet",
            "sdkb build, nothing changed",
            "sdkb check",
            "sdkb check --since, 20 changed",
            "cp -r of the site",
            "hugo",
        ]
        .map(Row::new);
        let mut hugo_is_missing = false;
        for round in 0..options.runs {
            let site = self.folder.join(format!("site-{round}"));
            let site_option = [OsStr::new("--out"), site.as_os_str()];
            cold.runs.push(self.sdkb("build", &site_option)?);
            again.runs.push(self.sdkb("build", &site_option)?);
            check.runs.push(self.sdkb("check", &[])?);
            since.runs.push(self.sdkb("check", &[OsStr::new("--since"), OsStr::new("HEAD")])?);
            copy.runs.push(self.copy(&site, &self.folder.join(format!("copy-{round}")))?);
            if round < HUGO_RUNS && !hugo_is_missing {
                match self.hugo(&options.hugo, &self.folder.join(format!("hugo-{round}")))? {
                    Some(run) => hugo.runs.push(run),
                    None => hugo_is_missing = true,
                }
            }
        }
        let (files, bytes) = size(&self.folder.join("site-0"))?;
        ensure!(files > self.corpus.len(), "the site has only {files} files");
        let title = format!("program, median of {}", options.runs);
        println!("\n{title:32} {:>9} {:>9} {:>9} {:>10} {:>8}", "wall", "best", "cpu", "peak", "others");
        for row in [&cold, &again, &check, &since, &copy] {
            row.print();
        }
        if hugo_is_missing {
            println!("hugo: not found, skipped (name it with --hugo PATH)");
        } else {
            hugo.print();
        }
        println!("\nsite: {} files, {}", grouped(files), megabytes(bytes));
        if !hugo_is_missing {
            let (files, bytes) = size(&self.folder.join("hugo-0"))?;
            println!("site of hugo: {} files, {}", grouped(files), megabytes(bytes));
            let ratio = hugo.wall().as_secs_f64() / cold.wall().as_secs_f64();
            println!("hugo / build: {ratio:.1} (10 or more wanted)");
        }
        let ratio = cold.wall().as_secs_f64() / copy.wall().as_secs_f64();
        println!("build / cp -r: {ratio:.1} (3 or less wanted)");
        let ratio = since.wall().as_secs_f64() / check.wall().as_secs_f64();
        println!("check --since / check: {ratio:.1} (2 or less wanted)");
        let cost = cold.wall().as_secs_f64() * 1e6 / self.corpus.len() as f64;
        println!("build, a document: {cost:.0} us");
        Ok(())
    }

    /// Puts the project into a repository, and changes some of its documents.
    fn change(&self) -> Result<()> {
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(&self.project).args(["-c", "user.name=a", "-c", "user.email=a@b.example"]);
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

    /// Builds the same documents with Hugo; nothing if there is none.
    fn hugo(&self, program: &Path, public: &Path) -> Result<Option<Run>> {
        if Command::new(program).arg("version").output().is_err() {
            return Ok(None);
        }
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
        Ok(Some(run))
    }
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
