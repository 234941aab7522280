//! `sdkb check`: analyze, and say what was found.

use std::borrow::Cow;
use std::fs;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};

use super::baseline::BaselineArgs;
use super::project::{self, Done, ProjectArgs};
use super::{external, terminal};
use crate::caches::Caches;
use crate::check::{self, Baseline, Change, Fixed, rules};
use crate::diagnostic::format::{Findings, Format, statistics};
use crate::diagnostic::{self, Colour, Diagnostic, Severity};
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::text::control::printable;
use crate::world::{DiskWorld, edit, git};

const EXAMPLES: &str = "\
Examples:
  sdkb check
  sdkb check --since origin/main --deny warnings
                                   what a branch brought about, and nothing else
  sdkb check --baseline known.txt  what is new in a repository with known findings
  sdkb check --statistics          how often each rule is broken
  sdkb check --format sarif --output sdkb.sarif

Exit codes:
  0  no error findings: none, or warnings only
  1  there are error findings, or with `--deny warnings` any
  2  it could not run";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// Only what is found since this revision: since the two went different ways, and whether or not it
    /// is committed. Also says which addresses the site loses
    #[arg(long, value_name = "REV", help_heading = "What to report")]
    since: Option<String>,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// Ask other sites whether the links to them still lead somewhere
    #[arg(long, help_heading = "What to report")]
    external: bool,

    /// Take warnings for errors
    #[arg(long, value_name = "LEVEL", help_heading = "What to report")]
    deny: Option<Deny>,

    /// Fix what leaves no doubt: misspelt references and fields, links to documents that moved, anchors
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Show what `--fix` would change, and change nothing
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    dry_run: bool,

    /// Only errors: no warnings, notes or summary
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,

    /// Show how often each rule is broken instead of each finding
    #[arg(long, help_heading = "Output")]
    statistics: bool,

    /// How to write the findings [default: human, or github in GitHub Actions]
    #[arg(long, help_heading = "Output")]
    format: Option<Format>,

    /// Write them to a file in that format; people still see them on the terminal
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

pub(super) fn run(args: &CheckArgs) -> Done {
    let reads_twice = args.since.is_some() || args.fix;
    let caches = if reads_twice { Caches::new() } else { Caches::for_one_build() };
    // The process ends with this: what it knows need not be freed piece by piece.
    let session = ManuallyDrop::new(project::open(&args.project, caches)?);
    let mut analysis = ManuallyDrop::new(project::analyze_with_pages(&session)?);
    ensure_documents(&session, &analysis)?;
    let mut report = report(args, &session, &analysis)?;
    if args.dry_run {
        show_fixes(session.world.root(), &report.findings)?;
    } else if args.fix {
        // What was hidden by one mistake shows when it is fixed.
        let mut rounds = 0;
        while rounds < MOST_ROUNDS && fix(session.world.root(), &report.findings) {
            rounds += 1;
            *analysis = project::analyze_with_pages(&session)?;
            report = self::report(args, &session, &analysis)?;
        }
    }
    if !args.dry_run {
        print(args, &session, &analysis, &report)?;
        if !args.quiet {
            project::notes(&analysis.base).iter().for_each(terminal::note);
        }
    }
    let has_errors = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(ExitCode::from(u8::from(has_errors)))
}

/// Mistakes are not nested more deeply than this.
const MOST_ROUNDS: usize = 5;

/// What is reported.
struct Report {
    findings: Vec<Diagnostic>,
    /// How many more a baseline knows.
    known: usize,
}

/// A gate in front of nothing would always be open.
fn ensure_documents(session: &Session<DiskWorld>, analysis: &Analysis) -> Result<()> {
    let content =
        if analysis.base.config.content.is_empty() { "the project" } else { &analysis.base.config.content };
    let is_there = !analysis.base.graph.documents.is_empty() || analysis.errors(&session.world) > 0;
    ensure!(is_there, "there is no markdown in {content}\nhelp: name another folder with `--project`");
    Ok(())
}

/// The findings that the arguments ask for.
fn report(args: &CheckArgs, session: &Session<DiskWorld>, analysis: &Analysis) -> Result<Report> {
    let mut findings = match &args.since {
        None => {
            let mut findings = session.all_findings(analysis).to_vec();
            if args.external {
                let statuses = external::statuses(&session.world, &[&analysis.base]);
                findings.extend(check::external(&analysis.base, &statuses));
            }
            findings
        }
        Some(revision) => since(args, session, analysis, revision)?,
    };
    diagnostic::sort(&mut findings);
    let baseline = args.baseline.apply(session, analysis)?;
    let known = baseline.as_ref().map_or(0, Baseline::count);
    if let Some(baseline) = baseline {
        baseline.remove_known(&mut findings);
    }
    if args.deny.is_some() {
        findings.iter_mut().for_each(|finding| finding.severity = Severity::Error);
    }
    if args.quiet {
        findings.retain(|finding| finding.severity == Severity::Error);
    }
    Ok(Report { findings, known })
}

/// Shows how the findings that leave no doubt would be fixed.
fn show_fixes(root: &Path, findings: &[Diagnostic]) -> Result<()> {
    let fixed = check::fix(findings);
    let prefix = git::prefix(root);
    let mut diffs = String::new();
    for Fixed { source, text, .. } in &fixed {
        let (old, new) = (format!("a/{prefix}{}", source.path), format!("b/{prefix}{}", source.path));
        let diff = similar::TextDiff::from_lines(&source.text, text);
        diffs += &diff.unified_diff().header(&old, &new).to_string();
    }
    if matches!(printable(&diffs), Cow::Owned(_)) {
        terminal::note(
            "the diff shows escapes in place of characters that are not seen, so it is not to be applied",
        );
    }
    terminal::print(&diffs)?;
    say_fixed("would fix", &fixed.iter().collect::<Vec<_>>());
    Ok(())
}

/// Fixes the findings that leave no doubt. Says whether there were any.
fn fix(root: &Path, findings: &[Diagnostic]) -> bool {
    let fixed = check::fix(findings);
    let mut written = Vec::new();
    for file in &fixed {
        match edit::replace(root, &file.source.path, &file.source.text, &file.text) {
            Ok(()) => written.push(file),
            Err(reason) => terminal::note(format_args!("{reason:#}")),
        }
    }
    if !written.is_empty() {
        say_fixed("fixed", &written);
    }
    !written.is_empty()
}

fn say_fixed(word: &str, fixed: &[&Fixed]) {
    let count = diagnostic::count(fixed.iter().map(|fixed| fixed.count).sum(), "finding");
    terminal::say(format_args!("{word} {count} in {}", diagnostic::count(fixed.len(), "file")));
}

/// The findings that are there since `revision`, and what the change takes from the site.
fn since(
    args: &CheckArgs,
    session: &Session<DiskWorld>,
    analysis: &Analysis,
    revision: &str,
) -> Result<Vec<Diagnostic>> {
    let changes = git::changes(session.world.root(), revision)?;
    if !changes.is_exact {
        terminal::note(format_args!(
            "the history is too short to tell where the two parted, so `{revision}` itself is compared with"
        ));
    }
    for module in &changes.unread {
        terminal::note(format_args!(
            "the submodule `{module}` is gone and this clone does not hold its files, so links to them count as broken before"
        ));
    }
    let before = session.analyze_overlaid_with_pages(changes.before);
    session.world.ensure_read()?;
    let (was, is) = (&before.base, &analysis.base);
    let change = Change { before: was, after: is, moved: &changes.moved };
    let mut findings =
        check::introduced(&change, session.all_findings(&before), session.all_findings(analysis).to_vec());
    check::suggest_new_locations(&change, &mut findings);
    findings = check::regressed(&change, findings);
    findings.extend(check::change(&change));
    if args.external {
        let statuses = external::statuses(&session.world, &[is, was]);
        let (was, is) = (check::external(was, &statuses), check::external(is, &statuses));
        findings.extend(check::introduced(&change, &was, is));
    }
    Ok(findings)
}

/// Writes the findings where and how the arguments want them.
fn print(args: &CheckArgs, session: &Session<DiskWorld>, analysis: &Analysis, found: &Report) -> Result<()> {
    let rules: Vec<_> = rules::RULES.iter().map(|rule| rule.in_report()).collect();
    let report = Findings {
        diagnostics: &found.findings,
        known: found.known,
        documents: analysis.base.graph.documents.len(),
        prefix: &git::prefix(session.world.root()),
        rules: &rules,
    };
    let is_in_actions = std::env::var_os("GITHUB_ACTIONS").is_some_and(|set| set == "true");
    let shown = match (&args.output, args.format) {
        // A file for a machine leaves the terminal to people.
        (Some(path), format) => {
            let text = format.unwrap_or(Format::Human).write(&report, Colour::Off);
            fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
            Format::Human
        }
        (None, Some(format)) => format,
        (None, None) if is_in_actions && !args.statistics => Format::Github,
        (None, None) => Format::Human,
    };
    if args.statistics {
        ensure!(
            shown.is_for_people(),
            "`--statistics` only has the formats `human` and `concise`\nhelp: add `--output FILE` for the findings in another one"
        );
        let lines = statistics(&found.findings).into_iter().map(|line| line + "\n");
        terminal::print(&lines.collect::<String>())?;
    } else {
        // There is nothing to sum up where only errors are asked for.
        let text = match shown {
            Format::Human if args.quiet => diagnostic::all(&found.findings, terminal::colour_of_results()),
            _ => shown.write(&report, terminal::colour_of_results()),
        };
        if !shown.is_for_people() {
            return terminal::print_data(&text);
        }
        terminal::print(&text)?;
    }
    if !args.quiet && (args.statistics || shown == Format::Concise) {
        terminal::say(report.summary().trim_end());
    }
    Ok(())
}
