//! `sdkb schema`: what front matter may say, for editors.

use std::process::ExitCode;

use clap::Args;

use super::project::{self, Done, ProjectArgs};
use super::terminal;
use crate::author::json_schema;
use crate::caches::Caches;
use crate::text::control;

/// What stands for sdkb.yml, which is no document.
const SETTINGS: &str = "settings";

const EXAMPLES: &str = "\
Examples:
  sdkb schema runbook > runbook.schema.json
  sdkb schema settings > sdkb.schema.json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SchemaArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// A kind of document, or `settings` for sdkb.yml [default: any document]
    kind: Option<String>,
}

pub(super) fn run(args: &SchemaArgs) -> Done {
    let session = project::open(&args.project, Caches::for_one_build())?;
    let analysis = session.read();
    session.world.ensure_read()?;
    let base = &analysis.base;
    let schema = match args.kind.as_deref() {
        None => json_schema::document(base),
        Some(SETTINGS) if base.kinds.get(SETTINGS).is_none() => json_schema::settings(base),
        Some(name) => json_schema::kind(project::kind(&base.kinds, name)?, base),
    };
    terminal::print_data(&control::json(&format!("{schema:#}\n")))?;
    Ok(ExitCode::SUCCESS)
}
