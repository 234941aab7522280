//! Commands: one file each, with its arguments and examples. Here they are listed and told apart.

mod alerts;
mod ask;
mod baseline;
mod build;
mod check;
mod data;
mod explain;
mod external;
mod init;
mod new;
mod project;
mod report;
mod schema;
mod shell;
mod terminal;
mod threads;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  sdkb init kb                     start a knowledge base in kb/
  sdkb build                       build the knowledge base around here into site/
  sdkb build --out public          build it into public/
  sdkb check                       say what is wrong with it
  sdkb check --since origin/main   say what a branch broke
  sdkb explain broken-link         what a rule finds, why, and how to fix it
  sdkb report                      the questions that reports answer
  sdkb watch --open                see the pages while you write them
  sdkb new runbook Checkout is slow
                                   start a runbook
  sdkb build --project ../runbooks --out /tmp/site
                                   build a repository without settings

Exit codes:
  0  done, without error findings
  1  there are error findings
  2  it could not run";

/// Turns a repository of markdown into a checked, static knowledge base.
#[derive(Debug, Parser)]
#[command(name = "sdkb", version, after_help = EXAMPLES, max_term_width = 100)]
#[command(disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a knowledge base, or adopt a repository of markdown
    Init(init::InitArgs),
    /// Build the site
    Build(build::BuildArgs),
    /// Report what is wrong
    Check(check::CheckArgs),
    /// Show the site while you write it
    #[command(alias = "serve")]
    Watch(watch::WatchArgs),
    /// List the alerts, and what answers each
    Alerts(alerts::AlertsArgs),
    /// List the sets of data, or append a row
    Data(data::DataArgs),
    /// Count what the documents tell: incidents, actions, gaps
    Report(report::ReportArgs),
    /// Say what a rule finds, a report counts or a set of data holds
    Explain {
        /// The rule, the report or the set of data. Without it, the rules and reports are listed
        name: Option<String>,
    },
    /// Start a document from its kind's template, or list the kinds
    New(new::NewArgs),
    /// Print what front matter may say, as JSON Schema for editors
    Schema(schema::SchemaArgs),
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let done = Cli::try_parse().map_or_else(|error| terminal::usage(&error), |cli| command(cli.command));
    terminal::exit_code(done.unwrap_or_else(|error| {
        terminal::error(&error);
        ExitCode::from(2)
    }))
}

fn command(command: Command) -> project::Done {
    match command {
        Command::Init(args) => init::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Alerts(args) => alerts::run(&args),
        Command::Data(args) => data::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Explain { name } => explain::run(name.as_deref()),
        Command::New(args) => new::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions { shell } => shell::completions(&mut Cli::command(), shell),
        Command::Man => shell::manual(Cli::command()),
    }
}
