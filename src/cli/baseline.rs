//! Known findings: which file holds them, and what is to be done with it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::{project, terminal};
use crate::check::{AppliesTo, Baseline, rules};
use crate::diagnostic;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Level;
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::world::DiskWorld;

/// Which findings are known.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Pass over the findings that this file knows [default: `baseline` in sdkb.yml]
    #[arg(long, value_name = "FILE", help_heading = "What to report")]
    baseline: Option<PathBuf>,

    /// Write all that is found in the project today into the baseline
    #[arg(long, help_heading = "What to report")]
    write_baseline: bool,

    /// Take out of the baseline what has been fixed
    #[arg(long, conflicts_with = "write_baseline", help_heading = "What to report")]
    prune_baseline: bool,
}

impl BaselineArgs {
    /// Brings the file up to date as far as the arguments ask for it, and returns what it knows.
    ///
    /// # Errors
    ///
    /// If the file can't be read or written, or is something else than a baseline.
    pub(super) fn apply(
        &self,
        session: &Session<DiskWorld>,
        analysis: &Analysis,
    ) -> Result<Option<Baseline>> {
        let settings = analysis.base.config.baseline.as_ref().map(|path| session.world.root().join(path));
        let Some(path) = self.baseline.clone().or(settings) else {
            ensure!(
                !self.write_baseline && !self.prune_baseline,
                "there is no baseline\nhelp: name one with `--baseline FILE`, or as `baseline` in sdkb.yml"
            );
            return Ok(None);
        };
        if self.write_baseline {
            if fs::read_to_string(&path).is_ok_and(|text| !text.is_empty()) {
                read(&path)?;
            }
            let baseline = Baseline::of(session.all_findings(analysis));
            write(&path, &baseline)?;
            return Ok(Some(baseline));
        }
        let known = read(&path)?;
        let pruned = pruned(&known, session, analysis);
        let fixed = known.count() - pruned.count();
        if self.prune_baseline {
            ensure_same_project(&known, &path, session)?;
            write(&path, &pruned)?;
            if fixed > 0 {
                let fixed = diagnostic::count(fixed, "fixed finding");
                terminal::done("pruned", format_args!("{fixed} from `{}`", path.display()));
            }
            return Ok(Some(pruned));
        }
        if fixed > 0 {
            let are = if fixed == 1 { "is" } else { "are" };
            terminal::note(format_args!(
                "{} of `{}` {are} fixed; `--prune-baseline` takes them out",
                diagnostic::count(fixed, "known finding"),
                path.display()
            ));
        }
        Ok(Some(known))
    }
}

/// Makes sure that the baseline which the settings name is one.
///
/// # Errors
///
/// If it is not there, or something else.
pub(super) fn ensure_whole(session: &Session<DiskWorld>, analysis: &Analysis) -> Result<()> {
    let path = analysis.base.config.baseline.as_ref();
    path.map_or(Ok(()), |path| read(&session.world.root().join(path)).map(|_| ()))
}

fn read(path: &Path) -> Result<Baseline> {
    let shown = project::shown(path);
    let shown = shown.display();
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::InvalidData => bail!("`{shown}` is not a baseline file"),
        text => text.with_context(|| {
            format!("cannot read `{shown}`\nhelp: `sdkb check --write-baseline` writes it")
        })?,
    };
    ensure!(!text.lines().any(|line| line.starts_with("<<<<<<< ")), "`{shown}` holds a merge conflict");
    Baseline::read(&text).with_context(|| {
        format!("`{shown}` is not a baseline file\nhelp: name another file; `--write-baseline` writes one that is not there yet")
    })
}

fn write(path: &Path, baseline: &Baseline) -> Result<()> {
    fs::write(path, baseline.text()).with_context(|| format!("cannot write `{}`", path.display()))
}

/// The baseline without what has been fixed. What could not be looked for has not been.
fn pruned(known: &Baseline, session: &Session<DiskWorld>, analysis: &Analysis) -> Baseline {
    let base = &analysis.base;
    // Settings and kinds that can't be read may hide anything.
    if !base.problems.syntax.is_empty() || !base.problems.read_errors.is_empty() {
        return known.clone();
    }
    known.pruned(session.all_findings(analysis), |path, rule| is_open(base, path, rule))
}

/// Whether nothing is known of a rule in a file, so that no finding means nothing.
fn is_open(base: &KnowledgeBase, path: &str, rule: &str) -> bool {
    let found = rules::find(rule);
    let is_passed_over =
        found.is_some_and(|rule| rule.applies_to == AppliesTo::AdoptedProjects && !base.is_adopted);
    let is_unreadable = base.document_at(path).is_some_and(|index| !base.graph.documents[index].is_readable);
    base.config.level(rule, path) == Some(Level::Off) || is_passed_over || is_unreadable
}

/// A baseline of another project would lose all that it knows.
fn ensure_same_project(known: &Baseline, path: &Path, session: &Session<DiskWorld>) -> Result<()> {
    let is_there = |file: &str| session.world.root().join(file).exists();
    ensure!(
        known.count() == 0 || known.paths().any(is_there),
        "no file that `{}` names is in this project, so nothing is pruned\nhelp: name its project with `--project`, or \
         begin anew with `--write-baseline`",
        project::shown(path).display()
    );
    Ok(())
}
