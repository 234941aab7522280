//! `sdkb watch`: show the site, wait for a change, look at it, tell the browsers.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;

use super::project::{self, Done, ProjectArgs};
use super::{terminal, threads};
use crate::diagnostic::{self, Diagnostic};
use crate::serve::{Editor, Listener, Outcome, Project, Server, Update, Watcher};
use crate::world::WatchedWorld;

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// The port [default: 4000, or the next one that is free]
    #[arg(long, help_heading = "Where")]
    port: Option<u16>,

    /// Let others in, at this address or name of this machine, such as 0.0.0.0
    #[arg(long, value_name = "HOST", help_heading = "Where")]
    host: Option<String>,

    /// Open it in the browser
    #[arg(long, help_heading = "Where")]
    open: bool,

    /// The editor in which findings open: vscode, vscodium, cursor, windsurf, zed, idea, textmate, or an
    /// address with {path}, {line} and {column}
    #[arg(long, env = "SDKB_EDITOR", hide_env_values = true, default_value = "vscode", help_heading = "How")]
    editor: Editor,

    /// Look for changes twice a second, where the file system does not tell of them
    #[arg(long, help_heading = "How")]
    poll: bool,
}

pub(super) fn run(args: &WatchArgs) -> Done {
    let start = Instant::now();
    threads::start(true)?;
    let (world, name) = project::world(&args.project)?;
    let listener = bind(args)?;
    // From here on, so that nothing that happens while the project is read is missed.
    let mut watcher = watcher(args, world.root());
    let project = Arc::new(Project::open(WatchedWorld::new(world), name)?);
    let address = address(args, &listener)?;
    let server = Server::start(Arc::clone(&project), listener, args.editor.clone())
        .context("cannot start the server")?;
    say_first(&project, &address, start);
    if args.open && open::that_detached(&address).is_err() {
        terminal::note("cannot open a browser");
    }
    let mut is_failing = false;
    loop {
        match project.update(watcher.wait()) {
            Ok(update) => {
                is_failing = false;
                if let Some(update) = update {
                    server.tell(&update);
                    say(&project, &update);
                }
            }
            Err(reason) => {
                if !is_failing {
                    terminal::fail(
                        "error",
                        format_args!("{reason:#}; the site stays as it was until that works"),
                    );
                }
                is_failing = true;
                watcher.look_again();
            }
        }
    }
}

fn bind(args: &WatchArgs) -> Result<Listener> {
    Listener::bind(args.host.as_deref(), args.port).with_context(|| match (&args.host, args.port) {
        (Some(host), None) => format!("cannot listen at `{host}`"),
        (Some(host), Some(port)) => format!("cannot listen at `{host}`, port {port}"),
        (None, Some(port)) => {
            format!("cannot listen at port {port}\nhelp: leave out `--port`, and a free one is taken")
        }
        (None, None) => "cannot listen at any port".to_owned(),
    })
}

fn watcher(args: &WatchArgs, root: &std::path::Path) -> Watcher {
    if args.poll {
        return Watcher::poll(root);
    }
    Watcher::events(root).unwrap_or_else(|error| {
        terminal::note(format_args!(
            "the system does not tell of changes ({error}), so we look twice a second"
        ));
        Watcher::poll(root)
    })
}

/// The address to type into a browser.
fn address(args: &WatchArgs, listener: &Listener) -> Result<String> {
    let address = listener.address().context("cannot tell our own address")?;
    if args.host.is_some() && !address.ip().is_loopback() {
        terminal::warn(format_args!("everyone who reaches {address} can read this knowledge base"));
    }
    let port = address.port();
    Ok(match &args.host {
        None => format!("http://127.0.0.1:{port}/"),
        Some(_) if address.ip().is_unspecified() => format!("http://127.0.0.1:{port}/"),
        Some(host) if host.contains(':') => format!("http://[{host}]:{port}/"),
        Some(host) => format!("http://{host}:{port}/"),
    })
}

fn say_first(shown: &Project, address: &str, start: Instant) {
    let now = shown.now();
    let (base, findings) = (&now.analysis.base, shown.findings(&now));
    say_findings(findings);
    let documents = diagnostic::count(base.graph.documents.len(), "document");
    let (seconds, summary) = (start.elapsed().as_secs_f64(), diagnostic::summary(findings));
    terminal::done("read", format_args!("{documents} in {seconds:.2} s: {summary}"));
    project::notes(base).iter().for_each(terminal::note);
    if let Some(path) = base.config.baseline.as_ref().filter(|_| now.analysis.baseline.is_none()) {
        terminal::warn(format_args!("`{path}` is not a baseline file: it suppresses no finding"));
    }
    terminal::done("open", format_args!("{address} (Ctrl-C ends)"));
}

/// Says what a change came to: one screen, and only what is different.
fn say(shown: &Project, update: &Update) {
    let Update { revision, paths, took, .. } = update;
    if !revision.is_there {
        terminal::fail("error", "the project's folder is gone; waiting for it");
        return;
    }
    let what = match paths.as_ref().map(|paths| (paths.len(), paths.first())) {
        Some((0, _)) => "the history".to_owned(),
        Some((1, Some(path))) => path.clone(),
        Some((count, _)) => diagnostic::count(count, "file"),
        None => "everything".to_owned(),
    };
    let is_elsewhere = |finding: &Diagnostic| {
        paths.as_ref().is_some_and(|paths| !paths.contains(finding.location.source.path.as_ref()))
    };
    let Outcome { mut new, gone } = shown.outcome(update);
    // The page in work comes before the pages that it changes.
    new.sort_by_key(is_elsewhere);
    say_findings(&new);
    for finding in gone.iter().take(MOST_SHOWN) {
        let (line, _) = finding.location.line_column();
        let path = &finding.location.source.path;
        terminal::done("fixed", format_args!("{path}:{line}: {}", finding.message));
    }
    if let Some(rest) = gone.len().checked_sub(MOST_SHOWN).filter(|rest| *rest > 0) {
        terminal::done("fixed", format_args!("{rest} more"));
    }
    let summary = diagnostic::summary(shown.findings(revision));
    let millis = took.as_secs_f64() * 1000.0;
    terminal::done("read", format_args!("{what} in {millis:.0} ms: {summary}"));
}

/// More findings than this at once do not fit on a screen.
const MOST_SHOWN: usize = 5;

/// Shows findings, as many as fit on a screen.
fn say_findings(findings: &[Diagnostic]) {
    let shown = &findings[..findings.len().min(MOST_SHOWN)];
    terminal::show(shown);
    if findings.len() > shown.len() {
        terminal::say(format_args!("and {} more, which `sdkb check` lists", findings.len() - shown.len()));
    }
}
