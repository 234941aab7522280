//! Commands: one file each. Here they are declared, and told apart.

mod ask;
mod build;
mod check;
mod explain;
mod external;
mod init;
mod new;
mod project;
mod schema;
mod shell;
mod terminal;
mod threads;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::diagnostic::format::Format;
use crate::serve::Editor;

const EXAMPLES: &str = "\
Examples:
  sdkb init kb                     start a knowledge base in kb/
  sdkb build                       build the knowledge base around here into site/
  sdkb build --out public          build it into public/
  sdkb check                       say what is wrong with it
  sdkb check --since origin/main   say what a branch broke
  sdkb explain broken-link         what a rule finds, why, and how to mend it
  sdkb watch --open                see the pages while you write them
  sdkb new runbook Checkout is slow
                                   start a runbook
  sdkb build --project ../runbooks --out /tmp/site
                                   build a repository that nobody prepared

Exit codes:
  0  done, without error findings
  1  there are error findings
  2  it could not run";

const NEW_EXAMPLES: &str = "\
Examples:
  sdkb new                         list the kinds
  sdkb new incident Checkout fails for some
                                   ask for what is needed, and offer what may help
  sdkb new runbook CheckoutLatencyHigh --set services=checkout,payments --edit
  sdkb new service Checkout --set owner=payments --set tier=tier-1

Exit codes:
  0  the document is there
  2  it could not be written, or its author left";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  sdkb schema runbook > runbook.schema.json
  sdkb schema settings > sdkb.schema.json";

const CHECK_EXAMPLES: &str = "\
Examples:
  sdkb check
  sdkb check --since origin/main --deny warnings
                                   what a branch brought about, and nothing else
  sdkb check --baseline known.txt  what is new in a repository with old sins
  sdkb check --format sarif --output sdkb.sarif

Exit codes:
  0  no error findings: none, or warnings only
  1  there are error findings, or with `--deny warnings` any
  2  it could not run";

const INIT_EXAMPLES: &str = "\
Examples:
  sdkb init kb                     a squad, its service, a runbook, priorities and messages in kb/
  sdkb init --from .               settings for the markdown that is here

Files that are there are never changed.";

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
    Init(InitArgs),
    /// Build the site
    Build(BuildArgs),
    /// Report what is wrong
    Check(CheckArgs),
    /// Show the site while you write it
    #[command(alias = "serve")]
    Watch(WatchArgs),
    /// Say what a rule finds and how to mend it, or list the rules
    Explain {
        /// The rule
        rule: Option<String>,
    },
    /// Start a document from its kind's template, or list the kinds
    New(NewArgs),
    /// Print what front matter may say, as JSON Schema for editors
    Schema(SchemaArgs),
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
#[command(after_help = INIT_EXAMPLES)]
struct InitArgs {
    /// The folder for a small knowledge base to start from [default: this one]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Propose settings for the markdown in this folder. Writes its sdkb.yml and nothing else, and says what would
    /// make the content better
    #[arg(long, value_name = "DIR", conflicts_with = "folder")]
    from: Option<PathBuf>,
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

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// Only what is found since this revision: since the two went different ways, and whether or not it
    /// is committed. Also says which addresses the site loses
    #[arg(long, value_name = "REV", help_heading = "What to report")]
    since: Option<String>,

    /// Pass over the findings that this file knows. What has been mended goes out of it
    #[arg(long, value_name = "FILE", help_heading = "What to report")]
    baseline: Option<PathBuf>,

    /// Write all that is found in the project today into the baseline
    #[arg(long, requires = "baseline", help_heading = "What to report")]
    write_baseline: bool,

    /// Ask other sites whether the links to them still lead somewhere
    #[arg(long, help_heading = "What to report")]
    external: bool,

    /// Take warnings for errors
    #[arg(long, value_name = "LEVEL", help_heading = "What to report")]
    deny: Option<Deny>,

    /// Mend what leaves no doubt: misspelt references and fields, links to documents that moved, anchors
    #[arg(long, help_heading = "Mending")]
    fix: bool,

    /// Show what `--fix` would change, and change nothing
    #[arg(long, requires = "fix", help_heading = "Mending")]
    dry_run: bool,

    /// How to write the findings [default: human, or github in GitHub Actions]
    #[arg(long, help_heading = "Output")]
    format: Option<Format>,

    /// Write them to a file in that format; people still see them on the terminal
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct WatchArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// The port [default: 4000, or the next one that is free]
    #[arg(long, help_heading = "Where")]
    port: Option<u16>,

    /// Let others in, at this address or name of this machine, such as 0.0.0.0
    #[arg(long, value_name = "HOST", help_heading = "Where")]
    host: Option<String>,

    /// Open it in the browser
    #[arg(long, help_heading = "Where")]
    open: bool,

    /// The editor in which findings open: vscode, vscodium, cursor, windsurf, zed, idea, textmate, or an
    /// address with {path}, {line} and {column}
    #[arg(long, env = "SDKB_EDITOR", hide_env_values = true, default_value = "vscode", help_heading = "How")]
    editor: Editor,

    /// Look for changes twice a second, where the file system does not tell of them
    #[arg(long, help_heading = "How")]
    poll: bool,
}

#[derive(Debug, Args)]
#[command(after_help = NEW_EXAMPLES)]
struct NewArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// The kind: its name, or that of its folder
    kind: Option<String>,

    /// The title. The name of the file is made from it
    title: Vec<String>,

    /// What a field holds, with commas between several values: `services=checkout,payments`,
    /// `times.detected=2026-03-14T02:11:00Z`
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,

    /// Open it in `$VISUAL` or `$EDITOR`
    #[arg(long)]
    edit: bool,
}

#[derive(Debug, Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
struct SchemaArgs {
    #[command(flatten)]
    project: ProjectArgs,

    /// A kind of document, or `settings` for sdkb.yml [default: any document]
    kind: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let done = Cli::try_parse().map_or_else(|error| terminal::usage(&error), |cli| command(cli.command));
    terminal::exit_code(done.unwrap_or_else(|error| {
        terminal::error(&error);
        ExitCode::from(2)
    }))
}

fn command(command: Command) -> Done {
    match command {
        Command::Init(args) => init::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Explain { rule } => explain::run(rule.as_deref()),
        Command::New(args) => new::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions { shell } => shell::completions(&mut Cli::command(), shell),
        Command::Man => shell::manual(Cli::command()),
    }
}

/// How a command ended.
type Done = Result<ExitCode>;
