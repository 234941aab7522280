//! `sdkb explain`: what a rule finds, why, and how to fix it; what a report counts; what a set of data holds.

use std::process::ExitCode;

use anyhow::bail;

use super::project::{self, Done};
use super::terminal;
use crate::author;
use crate::check::rules::{self, RULES};
use crate::report::reports::{self, REPORTS};
use crate::text::suggest;

pub(super) fn run(name: Option<&str>) -> Done {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        let lines = RULES
            .iter()
            .map(|rule| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.name(), rule.summary()));
        let reports = REPORTS.iter();
        let reports =
            reports.map(|report| format!("{:width$}  {:7}  {}\n", report.id, "report", report.summary()));
        terminal::print(&lines.chain(reports).collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    };
    let text = rules::find(name).map(|rule| rule.text).or(reports::find(name).map(|report| report.text));
    if let Some(text) = text {
        terminal::print(text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let sets = project::sets()?;
    if let Some(set) = sets.get(name) {
        terminal::print(&author::data_set(set))?;
        return Ok(ExitCode::SUCCESS);
    }
    let names = RULES.iter().map(|rule| rule.id).chain(REPORTS.iter().map(|report| report.id));
    let names = names.chain(sets.all.iter().map(|set| set.id.as_str()));
    let help = match suggest::closest(name, names) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "`sdkb explain` lists rules and reports, and `sdkb data` the sets of data".to_owned(),
    };
    bail!("there is no rule, report or set of data `{name}`\nhelp: {help}");
}
