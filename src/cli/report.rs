//! `sdkb report`: what the documents tell, counted.

use std::process::ExitCode;

use anyhow::{Result, anyhow, bail, ensure};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::project::{self, Done, ProjectArgs};
use super::terminal;
use crate::caches::Caches;
use crate::graph::Resolution;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{DocumentId, OwnerRole};
use crate::report::format::Written;
use crate::report::reports::{self, REPORTS, Report};
use crate::report::scope::Scope;
use crate::text::table::aligned;
use crate::text::{control, suggest};

const EXAMPLES: &str = "\
Examples:
  sdkb report                      the reports, and the question that each answers
  sdkb report incidents            how many there were, and how long they took
  sdkb report incidents --squad payments --from 2026-07-01 --to 2026-09-30
  sdkb report coverage --format markdown
  sdkb explain incidents           what it counts, from which fields, and what it does not say";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// The report; without it, they are listed
    name: Option<String>,

    /// How to write it
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    format: ReportFormat,

    /// Count only what this squad owns
    #[arg(long, value_name = "ID")]
    squad: Option<String>,

    /// Count only what is about this service
    #[arg(long, value_name = "ID")]
    service: Option<String>,

    /// The first day of what happened [default: as `reports.period` in sdkb.yml says]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// The last day of what happened
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,

    /// The day of the report: what happened later is not known [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// Columns, for people
    Table,
    /// An object with everything
    Json,
    /// Comma-separated values, with a line of names
    Csv,
    /// Tables for an issue or a pull request
    Markdown,
}

pub(super) fn run(args: &ReportArgs) -> Done {
    let Some(name) = &args.name else {
        let lines = REPORTS.iter().map(|report| vec![report.id.to_owned(), report.summary().to_owned()]);
        terminal::print(&aligned(&lines.collect::<Vec<_>>()))?;
        return Ok(ExitCode::SUCCESS);
    };
    let report = find(name)?;
    let session = project::open(&args.project, Caches::for_one_build())?;
    let mut analysis = session.read();
    session.world.ensure_read()?;
    if let (Some(as_of), Some(base)) = (args.as_of, std::sync::Arc::get_mut(&mut analysis.base)) {
        base.today = as_of;
    }
    let base = &*analysis.base;
    let scope = scope(args, base)?;
    let figures = (report.figures)(base, &session.world, &scope);
    let written = Written { base, report, scope: &scope, figures: &figures };
    match args.format {
        ReportFormat::Table => terminal::print(&written.text())?,
        ReportFormat::Markdown => terminal::print(&written.markdown())?,
        ReportFormat::Csv => terminal::print_data(&written.csv()?)?,
        ReportFormat::Json => {
            let text = serde_json::to_string_pretty(&written.json())?;
            terminal::print_data(&control::json(&format!("{text}\n")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(name: &str) -> Result<&'static Report> {
    reports::find(name).ok_or_else(|| {
        let close = suggest::closest(name, REPORTS.iter().map(|report| report.id));
        let help = close
            .map_or("`sdkb report` lists the reports".to_owned(), |close| format!("did you mean `{close}`?"));
        anyhow!("there is no report `{name}`\nhelp: {help}")
    })
}

/// What the arguments ask for.
fn scope(args: &ReportArgs, base: &KnowledgeBase) -> Result<Scope> {
    let document = |name: &Option<String>, role: OwnerRole| {
        name.as_ref().map(|name| document(base, name, role)).transpose()
    };
    let known = Scope::of(base);
    let scope = Scope {
        squad: document(&args.squad, OwnerRole::Direct)?,
        service: document(&args.service, OwnerRole::Inherited)?,
        // A last day alone asks for everything before it.
        from: args.from.or(known.from.filter(|_| args.to.is_none())),
        to: args.to,
        ..known
    };
    if let (Some(from), Some(to)) = (scope.from, scope.to) {
        ensure!(
            from <= to,
            "the period from {from} to {to} holds no day\nhelp: change `--from` and `--to` over"
        );
    }
    Ok(scope)
}

/// The document that `name` names, of the kinds that own or that others are about.
fn document(base: &KnowledgeBase, name: &str, role: OwnerRole) -> Result<DocumentId> {
    let kinds = base.kinds.behind(role);
    match base.graph.ids.find(name, &kinds, &base.kinds) {
        Resolution::Found(document) => Ok(document),
        Resolution::Ambiguous(documents) => {
            let names = base.graph.ids.full_names(&documents).join("`, `");
            bail!("`{name}` may be several documents\nhelp: write one of `{names}`")
        }
        Resolution::Missing | Resolution::WrongKind(_) => {
            let kind = kinds.join(" or ");
            let help = match base.graph.ids.suggest(name, &kinds) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("write the id of a {kind}, as references do"),
            };
            bail!("there is no {kind} `{name}`\nhelp: {help}")
        }
    }
}
