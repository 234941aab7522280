//! `sdkb schema`: what front matter may say, for editors.

use std::process::ExitCode;

use super::{Done, SchemaArgs, project, terminal};
use crate::author::json_schema;
use crate::memo::Memo;
use crate::text::control;

/// What stands for sdkb.yml, which is no document.
const SETTINGS: &str = "settings";

pub(super) fn run(args: &SchemaArgs) -> Done {
    let analysis = project::analyze(&project::open(&args.project, Memo::for_one_build())?)?;
    let schema = match args.kind.as_deref() {
        None => json_schema::document(&analysis),
        Some(SETTINGS) if analysis.kinds.get(SETTINGS).is_none() => json_schema::settings(&analysis),
        Some(name) => json_schema::kind(project::kind(&analysis.kinds, name)?, &analysis),
    };
    terminal::print_data(&control::json(&format!("{schema:#}\n")))?;
    Ok(ExitCode::SUCCESS)
}
