//! Commands: one file each. Here they are declared, and told apart.

mod build;
mod check;
mod project;
mod shell;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  sdkb build                       build the knowledge base around here into site/
  sdkb build --out public          build it into public/
  sdkb check                       say what is wrong with it, and write nothing
  sdkb build --project ../runbooks --out /tmp/site
                                   build a repository that nobody prepared

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
    /// Build the site
    Build(BuildArgs),
    /// Report what is wrong, and write nothing
    Check(ProjectArgs),
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Which project.
#[derive(Debug, Args)]
struct ProjectArgs {
    /// The project's folder [default: the nearest one upward with an sdkb.yml, else this one]
    #[arg(long, value_name = "DIR", help_heading = "Project")]
    project: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// Where to write the site [default: `out` in sdkb.yml, else site/ in the project]
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,

    /// Publish in spite of error findings, with broken links marked. The default for a repository that
    /// has no sdkb.yml, kinds/ or document that states its kind
    #[arg(long, help_heading = "Output")]
    allow_errors: bool,
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| error.exit());
    let done = match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Completions { shell } => shell::completions(&mut Cli::command(), shell),
        Command::Man => shell::manual(Cli::command()),
    };
    done.unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        anstream::eprintln!("{}: {error:#}", project::red("error"));
        ExitCode::from(2)
    })
}

/// Whether the reader of our output went away, which is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// How a command ended.
type Done = Result<ExitCode>;
