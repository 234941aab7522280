//! `sdkb check`: analyze, and say what was found.

use std::io::Write;
use std::process::ExitCode;

use super::{Done, ProjectArgs, project};
use crate::diagnostic;

pub(super) fn run(args: &ProjectArgs) -> Done {
    let analysis = project::open(args)?.analyze();
    let stdout = std::io::stdout();
    let text = project::findings(&analysis.diagnostics, project::colour(&stdout));
    let summary = diagnostic::summary(&analysis.diagnostics);
    let documents = analysis.graph.documents.len();
    let mut stdout = anstream::AutoStream::auto(stdout);
    writeln!(stdout, "{text}checked {}: {summary}", diagnostic::count(documents, "document"))?;
    for note in project::notes(&analysis) {
        writeln!(stdout, "note: {note}")?;
    }
    Ok(if analysis.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
