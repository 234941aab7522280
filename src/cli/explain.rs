//! `sdkb explain`: what a rule finds, why, and how to fix it.

use std::process::ExitCode;

use anyhow::bail;

use super::project::Done;
use super::terminal;
use crate::check::rules::{self, RULES};
use crate::text::suggest;

pub(super) fn run(name: Option<&str>) -> Done {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        let lines = RULES
            .iter()
            .map(|rule| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.name(), rule.summary()));
        terminal::print(&lines.collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = rules::find(name) else {
        let close = suggest::closest(name, RULES.iter().map(|rule| rule.id));
        let help = close
            .map_or("`sdkb explain` lists the rules".to_owned(), |close| format!("did you mean `{close}`?"));
        bail!("there is no rule `{name}`\nhelp: {help}");
    };
    terminal::print(rule.text)?;
    Ok(ExitCode::SUCCESS)
}
