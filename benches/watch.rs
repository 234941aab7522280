//! How long after a save the browser is told, and has the page: `cargo bench --bench watch -- 10000`.
//!
//! Runs the program as an author does, writes files, and listens as a browser does.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark takes the time and writes what it measures"
)]

mod corpus;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use corpus::Corpus;
use sdkb::serve::QUIET;

/// How often each sort of edit is made.
const ROUNDS: usize = 4;

/// What authors do.
const EDITS: [&str; 5] = ["body", "title", "reference", "delete", "rename"];

fn main() -> Result<()> {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|number| number.parse().ok()).collect();
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let size = numbers.first().copied().unwrap_or(if is_bench { 10_000 } else { 100 });
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::new(size);
    corpus.write(folder.path())?;
    let mut watch = Watch::start(folder.path())?;
    let first = watch.memory();
    println!(
        "\n{} documents: save to the browser told, without the {} ms of debounce",
        corpus.len(),
        QUIET.as_millis()
    );
    println!(
        "{:12} {:>9} {:>9} {:>9} {:>9} | page in hand, median",
        "edit", "fastest", "median", "slowest", ""
    );
    let mut all = Vec::new();
    for edit in EDITS {
        let mut times = Vec::new();
        for round in 0..if is_bench { ROUNDS } else { 1 } {
            times.push(watch.time(&corpus, edit, round)?);
        }
        row(edit, &times);
        all.extend(times);
    }
    row("all", &all);
    println!("(50 ms wanted, median of all)");
    if let (Some(first), Some(last)) = (first, watch.memory()) {
        println!("memory: {:.0} MB at first, {:.0} MB after the edits", first / 1e3, last / 1e3);
    }
    Ok(())
}

/// A running server, and somebody who listens.
struct Watch {
    child: Child,
    address: String,
    events: BufReader<TcpStream>,
    project: PathBuf,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// From a save to the browser told, and to the page in its hands.
type Times = (Duration, Duration);

fn row(name: &str, times: &[Times]) {
    let sorted = |of: fn(&Times) -> Duration| {
        let mut times: Vec<f64> = times.iter().map(|times| of(times).as_secs_f64() * 1e3).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let (told, shown) = (sorted(|times| times.0), sorted(|times| times.1));
    let middle = told.len() / 2;
    let (fastest, slowest) = (told[0], told[told.len() - 1]);
    println!(
        "{name:12} {fastest:>6.1} ms {:>6.1} ms {slowest:>6.1} ms {:>9} | {:.1} ms",
        told[middle], "", shown[middle]
    );
}

impl Watch {
    fn start(project: &Path) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdkb"));
        command.args(["watch", "--port", "0", "--project"]).arg(project);
        // Reviews get old.
        command.env("SOURCE_DATE_EPOCH", "1780272000").stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let mut said = BufReader::new(child.stderr.take().context("it says nothing")?);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            ensure!(said.read_line(&mut line)? > 0, "it ended");
        }
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.context("it says no address")?.to_owned();
        let mut stream = TcpStream::connect(&address)?;
        write!(stream, "GET /_sdkb/events HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
        let project = project.to_owned();
        let mut watch = Self { child, address, events: BufReader::new(stream), project };
        watch.told()?;
        watch.get("/index.html")?;
        Ok(watch)
    }

    /// Makes an edit and waits for what it brings about. Undoes it afterwards.
    fn time(&mut self, corpus: &Corpus, edit: &str, round: usize) -> Result<Times> {
        // Runbooks, which refer to services and are referred to.
        let mut documents = corpus.documents().filter(|document| document.path.starts_with("runbooks/"));
        let document = documents.nth(round * 7 + 3).context("too few documents")?;
        let path = self.project.join("content").join(&document.path);
        let away = path.with_file_name("renamed-by-somebody.md");
        let text = match edit {
            "title" => document.text.replacen("title: \"", "title: \"Changed ", 1),
            "reference" => document.text.replacen("services: [", "services: [nosuch, ", 1),
            _ => format!("{}\nOne more line.\n", document.text),
        };
        ensure!(text != document.text, "the edit changes nothing");
        match edit {
            "delete" => fs::remove_file(&path)?,
            "rename" => fs::rename(&path, &away)?,
            _ => fs::write(&path, &text)?,
        }
        let saved = Instant::now();
        self.told()?;
        let told = saved.elapsed().saturating_sub(QUIET);
        let page = document.path.replace(".md", ".html");
        self.get(&format!("/{page}"))?;
        let shown = saved.elapsed().saturating_sub(QUIET);
        if edit == "rename" {
            fs::remove_file(&away)?;
        }
        self.rest()?;
        fs::write(&path, &document.text)?;
        self.told()?;
        self.rest()?;
        Ok((told, shown))
    }

    /// Waits for the next update.
    fn told(&mut self) -> Result<()> {
        let mut line = String::new();
        while !line.starts_with("data:") {
            line.clear();
            ensure!(self.events.read_line(&mut line)? > 0, "it hung up");
        }
        Ok(())
    }

    /// Waits until the findings are known too, as an author does who thinks before the next edit.
    fn rest(&self) -> Result<()> {
        self.get("/_sdkb/findings?page=/").map(|_| ())
    }

    fn get(&self, path: &str) -> Result<usize> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        Ok(stream.read_to_end(&mut answer)?)
    }

    /// The memory that the server has now, in kilobytes, where the system says.
    fn memory(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches("kB").trim().parse().ok()
    }
}
