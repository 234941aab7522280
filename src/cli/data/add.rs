//! `sdkb data add`: a row at the end of a file of data, as pipelines add it.
//!
//! The row is read by itself first, as a check would read it. A row that is there already is not added again.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};

use super::super::project::{self, Done, ProjectArgs};
use super::super::terminal;
use crate::caches::Caches;
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::data::Table;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Field;
use crate::model::data::{DataSet, DataSets, Row};
use crate::parse::data::{AppendError, append_row, is_data_file};
use crate::session::Session;
use crate::text::suggest;
use crate::world::append::Appending;
use crate::world::{DiskWorld, World};

const EXAMPLES: &str = "\
Examples:
  sdkb data add deployments --set service=checkout --set id=2026-03-14.2 --set at=now \\
    --set outcome=succeeded
  sdkb data add slis --file data/slis/2026-03.csv --set service=checkout --set slo=availability \\
    --set period=2026-03-09 --set good=998731 --set total=999204

Exit codes:
  0  the row is there, added now or before
  1  the row is wrong, or contradicts one that is there
  2  it could not run";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AddArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// The set, such as `deployments`
    set: String,

    /// A value for a column; `now` for the present day or moment
    #[arg(long = "set", value_name = "COLUMN=VALUE", required = true, value_parser = assignment)]
    values: Vec<(String, String)>,

    /// The file, from the project's folder [default: the one that the set has]
    #[arg(long, value_name = "FILE")]
    file: Option<String>,

    /// How a new file is written
    #[arg(long, value_enum, conflicts_with = "file")]
    format: Option<FileFormat>,
}

/// How a file of data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileFormat {
    /// Comma-separated values, with a line of names
    Csv,
    /// An object in JSON a line
    Jsonl,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write `column=value`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

pub(super) fn run(args: &AddArgs) -> Done {
    let session = project::open(&args.project, Caches::new())?;
    let base = session.read().base;
    session.world.ensure_read()?;
    let set = set(&base.data.sets, &args.set)?;
    let values = values(set, args, &session.world)?;
    let path = path(&base, set, args)?;
    let row = match right(&session, &base, set, &values)? {
        Ok(row) => row,
        Err(wrong) => {
            for finding in &wrong {
                terminal::fail(finding.severity.name(), &finding.message);
                finding.help.iter().for_each(|help| terminal::say(format_args!("help: {help}")));
            }
            return Ok(ExitCode::from(1));
        }
    };
    if let Some(code) = base.data.table(&set.id).and_then(|table| there(table, row.row(), args)) {
        return Ok(code);
    }
    let file = Appending::begin(session.world.root(), &path)?;
    // Another process may have added the row since the project was read.
    if !file.bytes.is_empty() {
        let now = BTreeMap::from([(path.clone(), Some(file.bytes.clone()))]);
        let base = session.read_overlaid(now).base;
        if let Some(code) = base.data.table(&set.id).and_then(|table| there(table, row.row(), args)) {
            return Ok(code);
        }
    }
    let text = std::str::from_utf8(&file.bytes).with_context(|| format!("`{path}` is no UTF-8"))?;
    let line = append_row(set, &path, text.trim_start_matches('\u{feff}'), &values);
    file.write(&line.map_err(|error| unfit(&path, &error))?)?;
    terminal::done("added", format_args!("a row of {} to {path}", set.id));
    Ok(ExitCode::SUCCESS)
}

/// The set that the arguments name.
fn set<'a>(sets: &'a DataSets, name: &str) -> Result<&'a Arc<DataSet>> {
    sets.get(name).with_context(|| {
        let names = sets.all.iter().map(|set| set.id.as_str());
        let help = match suggest::closest(name, names) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "`sdkb data` lists the sets".to_owned(),
        };
        format!("there is no set of data `{name}`\nhelp: {help}")
    })
}

/// The values, with the present for `now`, in the order of the columns.
fn values(set: &DataSet, args: &AddArgs, world: &dyn World) -> Result<Vec<(String, String)>> {
    let mut values: Vec<(String, String)> = Vec::new();
    for (name, value) in &args.values {
        ensure!(
            !values.iter().any(|(known, _)| known == name),
            "`{name}` is set twice\nhelp: write `--set {name}=…` once"
        );
        let field = set.column(name).map(|at| &set.fields[at]);
        let now = field.and_then(|field| field.field_type.definition().now).filter(|_| value == Field::NOW);
        let value = now.map_or_else(|| value.clone(), |format| world.now().strftime(format).to_string());
        values.push((name.clone(), value));
    }
    values.sort_by_key(|(name, _)| set.column(name));
    values.retain(|(_, value)| !value.is_empty());
    Ok(values)
}

/// The file that the row goes to.
fn path(base: &KnowledgeBase, set: &DataSet, args: &AddArgs) -> Result<String> {
    let folder = base.config.data.as_deref().context(
        "this project reads no data\nhelp: write `data: data` to sdkb.yml, the folder that holds it",
    )?;
    if let Some(path) = &args.file {
        let path = path.trim_start_matches("./").replace('\\', "/");
        let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        let rest = inside.strip_prefix(set.id.as_str()).unwrap_or_default();
        ensure!(
            rest.starts_with(['.', '/']) && is_data_file(&path),
            "`{path}` is no file of `{0}`\nhelp: write for example `--file {folder}/{0}/2026-03.csv`",
            set.id
        );
        return Ok(path);
    }
    let files = base.data.files(&set.id);
    match files {
        [] => {
            let ending = if args.format == Some(FileFormat::Jsonl) { "jsonl" } else { "csv" };
            Ok(format!("{folder}/{}.{ending}", set.id))
        }
        [one] => {
            ensure!(
                args.format.is_none(),
                "`{one}` is there already\nhelp: leave out `--format`, or name another file with `--file`"
            );
            Ok(one.clone())
        }
        [first, ..] => bail!(
            "`{}` has {} files\nhelp: name one of them, or a new one, such as `--file {first}`",
            set.id,
            files.len()
        ),
    }
}

/// A row that is right, in a project in which it is the only one of its set.
struct RightRow {
    base: Arc<KnowledgeBase>,
    set: String,
}

impl RightRow {
    fn row(&self) -> Row<'_> {
        let table = self.base.data.table(&self.set).and_then(|table| table.rows().next());
        *table.expect("the row was read")
    }
}

/// The row, or what a check finds wrong with it.
fn right(
    session: &Session<DiskWorld>,
    base: &KnowledgeBase,
    set: &DataSet,
    values: &[(String, String)],
) -> Result<Result<RightRow, Vec<Diagnostic>>> {
    let folder = base.config.data.as_deref().unwrap_or_default();
    let alone = format!("{folder}/{}.csv", set.id);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(values.iter().map(|(name, _)| name))?;
    writer.write_record(values.iter().map(|(_, value)| value))?;
    let mut files: BTreeMap<String, Option<Vec<u8>>> =
        base.data.files(&set.id).iter().map(|path| (path.clone(), None)).collect();
    files.insert(alone.clone(), Some(writer.into_inner()?));
    let analysis = session.analyze_overlaid(files);
    session.world.ensure_read()?;
    let of_row = |finding: &&Diagnostic| *finding.location.source.path == *alone;
    let found: Vec<Diagnostic> =
        analysis.all_findings(&session.world).iter().filter(of_row).cloned().collect();
    if found.iter().any(|finding| finding.severity == Severity::Error) {
        return Ok(Err(found));
    }
    found.iter().for_each(|finding| terminal::warn(&finding.message));
    Ok(Ok(RightRow { base: analysis.base, set: set.id.clone() }))
}

/// How the command ends where there is a row with the key of `row`. One that says the same is fine, whenever it was added.
fn there(table: &Table, row: Row<'_>, args: &AddArgs) -> Option<ExitCode> {
    let known = table.like(row)?;
    let set = &table.set;
    let place = table.place(*known, set.key.last().copied().unwrap_or_default());
    let place = format!("{}:{}", place.source.path, place.line_column().0);
    let stated = args.values.iter().filter(|(_, value)| value != Field::NOW);
    let mut columns = stated.filter_map(|(name, _)| set.column(name));
    let Some(other) = columns.find(|&column| known.shown(column) != row.shown(column)) else {
        terminal::say(format_args!("already there: {place}"));
        return Some(ExitCode::SUCCESS);
    };
    let value = known.shown(other).map_or("nothing".to_owned(), |value| format!("`{value}`"));
    let name = &set.fields[other].name;
    terminal::fail(
        "error",
        format_args!("{place} is the same row of `{}`, and its `{name}` is {value}", set.id),
    );
    terminal::say("help: correct that line, or give the row a key of its own");
    Some(ExitCode::from(1))
}

fn unfit(path: &str, error: &AppendError) -> anyhow::Error {
    match error {
        AppendError::NoColumn(name) => anyhow::anyhow!(
            "`{path}` has no column `{name}`\nhelp: add it to the first line of the file, or leave out `--set {name}=…`"
        ),
        AppendError::Broken(problem) => {
            anyhow::anyhow!("`{path}` can't be read: {}\nhelp: {}", problem.message, problem.help)
        }
    }
}
