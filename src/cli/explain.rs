//! `sdkb explain`: what a rule finds, why, and how to fix it; and what a report counts.

use std::process::ExitCode;

use anyhow::bail;

use super::project::Done;
use super::terminal;
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
    let Some(text) = text else {
        let names = RULES.iter().map(|rule| rule.id).chain(REPORTS.iter().map(|report| report.id));
        let close = suggest::closest(name, names);
        let help =
            close.map_or("`sdkb explain` lists them".to_owned(), |close| format!("did you mean `{close}`?"));
        bail!("there is no rule or report `{name}`\nhelp: {help}");
    };
    terminal::print(text)?;
    Ok(ExitCode::SUCCESS)
}
