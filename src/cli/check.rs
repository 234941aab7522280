//! `sdkb check`: analyze, and say what was found.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{CheckArgs, Done, OutputFormat, external, project};
use crate::check::{self, Baseline, Change, Mended, rules};
use crate::diagnostic::format::{Findings, Format, RuleText};
use crate::diagnostic::{self, Colour, Diagnostic, Severity};
use crate::memo::Memo;
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::world::{DiskWorld, edit, git};

pub(super) fn run(args: &CheckArgs) -> Done {
    let reads_twice = args.since.is_some() || args.fix;
    let memo = if reads_twice { Memo::new() } else { Memo::for_one_build() };
    let mut session = project::open(&args.project, memo)?;
    let mut analysis = session.analyze();
    let mut findings = found(args, &mut session, &analysis)?;
    if args.fix {
        fix(args, session.world.root(), &findings)?;
        if args.dry_run {
            return Ok(exit(&findings));
        }
        analysis = session.analyze();
        findings = found(args, &mut session, &analysis)?;
    }
    if let Some(path) = &args.baseline {
        baseline(args, path, &analysis, &mut findings)?;
    }
    if args.deny.is_some() {
        findings.iter_mut().for_each(|finding| finding.severity = Severity::Error);
    }
    print(args, &session, &analysis, &findings)?;
    for note in project::notes(&analysis) {
        anstream::eprintln!("note: {note}");
    }
    Ok(exit(&findings))
}

fn exit(findings: &[Diagnostic]) -> ExitCode {
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    ExitCode::from(u8::from(has_errors))
}

/// The findings that the arguments ask for.
fn found(args: &CheckArgs, session: &mut Session<DiskWorld>, analysis: &Analysis) -> Result<Vec<Diagnostic>> {
    let mut findings = match &args.since {
        None => analysis.diagnostics.clone(),
        Some(revision) => since(session, analysis, revision)?,
    };
    if args.external {
        findings.extend(external::findings(&session.world, analysis));
        diagnostic::sort(&mut findings);
    }
    Ok(findings)
}

/// Mends what leaves no doubt, or shows how.
fn fix(args: &CheckArgs, root: &Path, findings: &[Diagnostic]) -> Result<()> {
    let mended = check::mend(findings);
    let prefix = git::prefix(root);
    for Mended { source, text, .. } in &mended {
        if args.dry_run {
            let (old, new) = (format!("a/{prefix}{}", source.path), format!("b/{prefix}{}", source.path));
            let diff = similar::TextDiff::from_lines(&source.text, text);
            anstream::print!("{}", diff.unified_diff().header(&old, &new));
        } else {
            edit::replace(root, &source.path, &source.text, text)?;
        }
    }
    let count = diagnostic::count(mended.iter().map(|mended| mended.count).sum(), "finding");
    let files = diagnostic::count(mended.len(), "file");
    let word = if args.dry_run { "would mend" } else { "mended" };
    anstream::eprintln!("{word} {count} in {files}");
    Ok(())
}

/// The findings that are there since `revision`, and what the change takes from the site.
fn since(session: &mut Session<DiskWorld>, analysis: &Analysis, revision: &str) -> Result<Vec<Diagnostic>> {
    let changes = git::changes(session.world.root(), revision)?;
    let before = session.analyze_with(changes.before);
    let moved = &changes.moved;
    let (was, is) = (before.subject(&session.world), analysis.subject(&session.world));
    let mut findings = check::introduced(&before.diagnostics, analysis.diagnostics.clone(), moved);
    findings.extend(check::change(&Change { before: was, after: is, moved }));
    diagnostic::sort(&mut findings);
    Ok(findings)
}

/// Passes over what the baseline knows. What it need not know any more goes out of its file.
fn baseline(
    args: &CheckArgs,
    path: &Path,
    analysis: &Analysis,
    findings: &mut Vec<Diagnostic>,
) -> Result<()> {
    let write = |baseline: &Baseline| {
        fs::write(path, baseline.text()).with_context(|| format!("cannot write `{}`", path.display()))
    };
    if args.write_baseline {
        let baseline = Baseline::of(&analysis.diagnostics);
        write(&baseline)?;
        let known = diagnostic::count(baseline.count(), "finding");
        anstream::eprintln!("note: `{}` knows {known}", path.display());
        baseline.pass_over(findings);
        return Ok(());
    }
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`\nhelp: `--write-baseline` writes it", path.display()))?;
    let mut baseline = Baseline::read(&text);
    baseline.pass_over(findings);
    let known = baseline.count();
    baseline.keep_only(&analysis.diagnostics);
    if baseline.count() < known {
        let mended = diagnostic::count(known - baseline.count(), "known finding");
        // Where the file can't be written, as in some CI, it is as good as it was.
        let where_to = if write(&baseline).is_ok() { "out of" } else { "still in" };
        anstream::eprintln!("note: {mended} mended and {where_to} `{}`", path.display());
    }
    Ok(())
}

/// Writes the findings where and how the arguments want them.
fn print(
    args: &CheckArgs,
    session: &Session<DiskWorld>,
    analysis: &Analysis,
    findings: &[Diagnostic],
) -> Result<()> {
    let rules: Vec<RuleText> = rules::RULES
        .iter()
        .map(|rule| RuleText {
            id: rule.id,
            severity: rule.severity,
            summary: rule.summary(),
            text: rule.text,
        })
        .collect();
    let report = Findings {
        diagnostics: findings,
        documents: analysis.graph.documents.len(),
        prefix: &git::prefix(session.world.root()),
        rules: &rules,
    };
    let stdout = std::io::stdout();
    let colour = project::colour(&stdout);
    let is_in_actions = std::env::var_os("GITHUB_ACTIONS").is_some_and(|set| set == "true");
    let shown = match (&args.output, args.format) {
        // A file for a machine leaves the terminal to people.
        (Some(path), format) => {
            let format = format.unwrap_or(OutputFormat::Human).with(Colour::Off);
            let written = fs::write(path, format.write(&report));
            written.with_context(|| format!("cannot write `{}`", path.display()))?;
            Format::Human(colour)
        }
        (None, Some(format)) => format.with(colour),
        (None, None) if is_in_actions => Format::Github,
        (None, None) => Format::Human(colour),
    };
    anstream::AutoStream::auto(stdout).write_all(shown.write(&report).as_bytes())?;
    Ok(())
}

impl OutputFormat {
    fn with(self, colour: Colour) -> Format {
        match self {
            OutputFormat::Human => Format::Human(colour),
            OutputFormat::Json => Format::Json,
            OutputFormat::Github => Format::Github,
            OutputFormat::Gitlab => Format::Gitlab,
            OutputFormat::Sarif => Format::Sarif,
            OutputFormat::Junit => Format::Junit,
            OutputFormat::Rdjson => Format::Rdjson,
        }
    }
}
