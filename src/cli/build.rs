//! `sdkb build`: analyze, render all, write.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::project::{self, Done, ProjectArgs};
use super::{baseline, terminal};
use crate::caches::Caches;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::Config;
use crate::parse::data;
use crate::session::Session;
use crate::site::Site;
use crate::world::{DiskOutput, DiskWorld, Inputs, Output};

/// A build of fewer files than this is over before its progress could be read.
const WORTH_A_BAR: usize = 2_000;

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// Where to write the site. A folder with files that sdkb did not make is refused [default: `out` in sdkb.yml,
    /// else site/ in the project]
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,

    /// Publish in spite of error findings, with broken links marked. The default for a repository that
    /// has no sdkb.yml, kinds/ or document that states its kind
    #[arg(long, help_heading = "Output")]
    allow_errors: bool,

    /// Say nothing but what is wrong: only errors
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,
}

pub(super) fn run(args: &BuildArgs) -> Done {
    let start = Instant::now();
    // The process ends with this: what it knows need not be freed piece by piece.
    let session = ManuallyDrop::new(project::open(&args.project, Caches::for_one_build())?);
    let analysis = ManuallyDrop::new(project::analyze(&session)?);
    baseline::ensure_whole(&session, &analysis)?;
    let findings = session.findings(&analysis);
    if args.quiet {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        terminal::show_some(&errors.cloned().collect::<Vec<_>>());
    } else {
        terminal::show_some(findings);
    }

    let errors = analysis.errors(&session.world);
    let publishes_errors = args.allow_errors || !analysis.base.is_adopted;
    if errors > 0 && !publishes_errors {
        let summary = diagnostic::summary(session.findings(&analysis));
        terminal::fail("not built", format_args!("{summary}; nothing was written"));
        terminal::say("help: `--allow-errors` publishes anyway, with broken links marked");
        return Ok(ExitCode::from(1));
    }
    let target = match &args.out {
        Some(out) => out.clone(),
        None => session.world.root().join(&analysis.base.config.out),
    };
    let waits =
        |target: &Path| terminal::say(format_args!("waiting for another build of `{}`", target.display()));
    let output = DiskOutput::begin(&target, &inputs(session.world.root(), &analysis.base.config), waits)?;
    let site = ManuallyDrop::new(session.site(&analysis));
    let findings = write(&session, &site, &output)?;
    if !findings.is_empty() {
        terminal::show_some(&findings);
        let summary = diagnostic::summary(&findings);
        terminal::fail("not built", format_args!("{summary}; nothing was written"));
        return Ok(ExitCode::from(1));
    }
    if args.quiet {
        output.publish()?;
        return Ok(ExitCode::SUCCESS);
    }
    let home = project::shown(&output.target().join("index.html"));
    let pages = diagnostic::count(site.page_count(), "page");
    let changed = diagnostic::count(output.publish()?, "file");
    let seconds = start.elapsed().as_secs_f64();
    let summary = diagnostic::summary(session.findings(&analysis));
    terminal::done("built", format_args!("{pages} in {seconds:.2} s ({changed} changed): {summary}"));
    project::notes(&analysis.base).iter().for_each(terminal::note);
    terminal::say(format_args!("open {}", home.display()));
    Ok(ExitCode::SUCCESS)
}

/// What a build reads, and so must never replace.
fn inputs(root: &Path, config: &Config) -> Inputs {
    let folders = [
        ("content", config.content.as_str()),
        ("static files", config.static_files.as_str()),
        ("themes", "themes"),
        ("kinds", "kinds"),
        ("datasets", data::FOLDER),
    ];
    let data = config.data.as_deref().map(|folder| ("data", folder));
    let folders = folders.into_iter().chain(data).map(|(what, folder)| (what, root.join(folder))).collect();
    Inputs { root: root.to_owned(), folders }
}

/// Renders and writes everything, on all cores. A page is written as soon as it is there, so that no
/// more than a few are held at once. Findings are those of templates, each once.
fn write(session: &Session<DiskWorld>, site: &Site, output: &dyn Output) -> Result<Vec<Diagnostic>> {
    let pages = site.urls_without_search();
    let bar =
        if pages.len() < WORTH_A_BAR { ProgressBar::hidden() } else { ProgressBar::new(pages.len() as u64) };
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} pages")?);
    let write = |url: &String| {
        bar.inc(1);
        match session.get(site, url) {
            Ok(Some(artifact)) => {
                let bytes = artifact.bytes(&session.world).map_err(anyhow::Error::msg)?;
                output.write(url, &bytes).map(|()| None)
            }
            Ok(None) => Ok(None),
            Err(finding) => Ok(Some(*finding)),
        }
    };
    let write_all =
        |urls: Vec<String>| urls.par_iter().map(write).collect::<Vec<Result<Option<Diagnostic>>>>();
    // What is left of the index is made on one core in parts, which leaves the others to the pages.
    let terms = session.gather(site);
    let index = || {
        let urls = site.search_urls(|| terms);
        bar.inc_length(urls.len() as u64);
        write_all(urls)
    };
    let (mut results, search) = rayon::join(|| write_all(pages), index);
    results.extend(search);
    bar.finish_and_clear();
    let mut findings = results.into_iter().filter_map(Result::transpose).collect::<Result<Vec<_>>>()?;
    // One mistake in a template shows on every page.
    findings.dedup_by(|a, b| a.location == b.location && a.message == b.message);
    diagnostic::sort(&mut findings);
    findings.dedup_by(|a, b| a.location == b.location && a.message == b.message);
    Ok(findings)
}
