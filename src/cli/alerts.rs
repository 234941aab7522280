//! `sdkb alerts`: the alerts, how bad each is, whose it is, and what to follow when it fires.

use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::project::{self, Done, ProjectArgs};
use super::terminal;
use crate::caches::Caches;
use crate::diagnostic;
use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;
use crate::report::alerts::{self, AlertReport, Coverage};
use crate::text::control;
use crate::text::table::{aligned, comma_separated};

const EXAMPLES: &str = "\
Examples:
  sdkb alerts                      the alerts, with what answers each
  sdkb alerts --format csv > alerts.csv
  sdkb alerts --runbook-urls       the address that each alert rule should carry";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AlertsArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// How to write them
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    format: TableFormat,

    /// Print the annotation with the address of the runbook that each alert rule should carry
    #[arg(long, conflicts_with = "format")]
    runbook_urls: bool,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// Columns, for people
    Table,
    /// A list of objects
    Json,
    /// Comma-separated values, with a line of names
    Csv,
}

pub(super) fn run(args: &AlertsArgs) -> Done {
    let session = project::open(&args.project, Caches::for_one_build())?;
    let analysis = session.read();
    session.world.ensure_read()?;
    let base = &analysis.base;
    if args.runbook_urls {
        terminal::print(&runbook_urls(base)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows: Vec<Row<'_>> = alerts::alerts(base).map(|alert| row(base, &alert)).collect();
    rows.sort_by_key(|row| (row.alert.to_lowercase(), row.alert));
    match args.format {
        TableFormat::Json => {
            terminal::print_data(&control::json(&format!("{}\n", serde_json::to_string_pretty(&rows)?)))?;
        }
        TableFormat::Csv => terminal::print_data(&comma_separated(lines(&rows))?)?,
        TableFormat::Table => {
            terminal::print(&aligned(&lines(&rows)))?;
            terminal::say(summary(base));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// An alert as it is listed. The names are those of the fields in JSON.
#[derive(Debug, Serialize)]
struct Row<'a> {
    alert: &'a str,
    severities: Vec<&'a str>,
    services: Vec<&'a str>,
    owners: Vec<&'a str>,
    /// `written`, `elsewhere`, `exempt` or `missing`.
    coverage: &'static str,
    /// Paths of the documents to follow.
    runbooks: Vec<&'a str>,
    rules: Vec<RuleRow<'a>>,
}

/// A rule that fires an alert.
#[derive(Debug, Serialize)]
struct RuleRow<'a> {
    path: &'a str,
    line: usize,
    group: &'a str,
    severity: Option<&'a str>,
    expression: Option<&'a str>,
    #[serde(rename = "for")]
    pending: Option<&'a str>,
    runbook_url: Option<&'a str>,
}

fn row<'a>(base: &'a KnowledgeBase, alert: &AlertReport<'a>) -> Row<'a> {
    let ids =
        |documents: &[DocumentId]| documents.iter().map(|&at| base.graph.documents[at].id.as_str()).collect();
    let paths = alert.runbooks.iter().map(|&at| &*base.graph.documents[at].source.path);
    let rules = alert.rules.iter().map(|(rule, links)| RuleRow {
        path: &rule.name.location.source.path,
        line: rule.name.location.line_column().0,
        group: &rule.group,
        severity: alerts::severity(base, rule),
        expression: rule.expression.as_ref().map(|expression| expression.text.text.trim()),
        pending: rule.pending.as_ref().map(|pending| pending.text.as_str()),
        runbook_url: links.runbook.as_ref().map(|link| link.value.text.as_str()),
    });
    Row {
        alert: alert.name,
        severities: alert.severities.clone(),
        services: ids(&alert.services),
        owners: ids(&alert.owners),
        coverage: alert.coverage.name(),
        runbooks: paths.collect(),
        rules: rules.collect(),
    }
}

/// The columns of the table and of the comma-separated values.
const COLUMNS: [&str; 7] = ["alert", "severities", "services", "owners", "coverage", "runbooks", "rules"];

impl Row<'_> {
    fn cells(&self) -> [String; COLUMNS.len()] {
        let places = self.rules.iter().map(|rule| format!("{}:{}", rule.path, rule.line));
        [
            self.alert.to_owned(),
            self.severities.join(" "),
            self.services.join(" "),
            self.owners.join(" "),
            self.coverage.to_owned(),
            self.runbooks.join(" "),
            places.collect::<Vec<_>>().join(" "),
        ]
    }
}

/// The table with its head, a line each.
fn lines(rows: &[Row<'_>]) -> Vec<Vec<String>> {
    let head = COLUMNS.map(str::to_owned);
    std::iter::once(head).chain(rows.iter().map(Row::cells)).map(Vec::from).collect()
}

/// How many alerts there are, and how many of them have something to follow.
fn summary(base: &KnowledgeBase) -> String {
    let count = |coverage: Coverage| alerts::alerts(base).filter(|alert| alert.coverage == coverage).count();
    let all = diagnostic::count(base.graph.alerts.len(), "alert");
    let undefined = alerts::undefined(base).len();
    let orphans = if undefined == 0 { String::new() } else { format!(", {undefined} without a rule") };
    format!(
        "{all}: {} with a runbook, {} with one elsewhere, {} that need none, {} without{orphans}",
        count(Coverage::Written),
        count(Coverage::Elsewhere),
        count(Coverage::Exempt),
        count(Coverage::Missing),
    )
}

/// A line for each rule with the annotation that it should carry.
fn runbook_urls(base: &KnowledgeBase) -> Result<String> {
    ensure!(
        base.config.base_url.is_some(),
        "the site has no public address\nhelp: write it to sdkb.yml: `base_url: https://kb.example.com/`"
    );
    let name = base.config.alerts.runbook_annotations.first().map_or("runbook_url", String::as_str);
    let mut lines = String::new();
    for alert in alerts::alerts(base) {
        let Some(address) = alerts::annotation(base, &alert) else { continue };
        for (rule, _) in &alert.rules {
            let location = &rule.name.location;
            let place = format!("{}:{}", location.source.path, location.line_column().0);
            lines += &format!("{place}: {}: {name}: \"{address}\"\n", alert.name);
        }
    }
    Ok(lines)
}
