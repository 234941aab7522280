//! `sdkb data`: the sets of data, with their rows and files.

mod add;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::project::{self, Done, ProjectArgs};
use super::terminal;
use crate::caches::Caches;
use crate::diagnostic::{self, Diagnostic};
use crate::graph::data::Table;
use crate::knowledge_base::KnowledgeBase;
use crate::text::table::aligned;

const EXAMPLES: &str = "\
Examples:
  sdkb data                        the sets, with their rows and what is wrong with them
  sdkb explain deployments         the columns of a set
  sdkb data add deployments --set service=checkout --set id=42 --set at=now --set outcome=succeeded
                                   append a row";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct DataArgs {
    #[command(flatten)]
    project: ProjectArgs,

    #[command(subcommand)]
    command: Option<DataCommand>,
}

#[derive(Debug, Subcommand)]
enum DataCommand {
    /// Append a row, once it is known to be right
    Add(add::AddArgs),
}

pub(super) fn run(args: &DataArgs) -> Done {
    if let Some(DataCommand::Add(args)) = &args.command {
        return add::run(args);
    }
    let session = project::open(&args.project, Caches::for_one_build())?;
    let analysis = project::analyze(&session)?;
    let base = &analysis.base;
    let names = ["set", "rows", "from", "to", "problems", "files"];
    let mut lines = vec![names.map(str::to_owned).to_vec()];
    for set in &base.data.sets.all {
        lines.push(match base.data.table(&set.id) {
            Some(table) => line(table, base.data.files(&set.id), analysis.findings(&session.world)),
            None => vec![set.id.clone(), "0".to_owned()],
        });
    }
    terminal::print(&aligned(&lines))?;
    notes(base).into_iter().for_each(terminal::note);
    Ok(ExitCode::SUCCESS)
}

fn line(table: &Table, files: &[String], findings: &[Diagnostic]) -> Vec<String> {
    let (from, to) = table.period().map_or_else(Default::default, |(first, last)| {
        let day = |time: jiff::Timestamp| time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
        (day(first), day(last))
    });
    let problems = findings
        .iter()
        .filter(|finding| files.iter().any(|path| **path == *finding.location.source.path))
        .count();
    let shown = match files {
        [first, _, ..] => format!("{first} and {} more", files.len() - 1),
        files => files.join(""),
    };
    vec![table.set.id.clone(), table.len().to_string(), from, to, problems.to_string(), shown]
}

/// What else a user should know of the data.
fn notes(base: &KnowledgeBase) -> Vec<String> {
    let Some(folder) = &base.config.data else {
        return vec!["no data is read: sdkb.yml says `data: off`, or there is none".to_owned()];
    };
    let mut notes = Vec::new();
    if base.data.tables.is_empty() {
        notes.push(format!("there is no data in {folder}"));
    }
    if let [first, ..] = base.data.others.as_slice() {
        let files = diagnostic::count(base.data.others.len(), "file");
        let set = "a set of their own is described in datasets/";
        notes.push(format!("{files} in {folder} belong to no set, such as `{first}`; {set}"));
    }
    notes
}
