//! `sdkb new`: a document from its kind's template, with what it needs already right.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::project::{self, Done, ProjectArgs};
use super::{ask, terminal};
use crate::author::{self, Draft, Question};
use crate::caches::Caches;
use crate::check::{self, Change};
use crate::diagnostic::{Severity, article};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Kinds;
use crate::model::field_type::Shape;
use crate::parse;
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::text::control::escaped;
use crate::world::{DiskWorld, World, scaffold};

const EXAMPLES: &str = "\
Examples:
  sdkb new                         list the kinds
  sdkb new incident Checkout fails for some
                                   ask for what is needed, and offer what may help
  sdkb new runbook CheckoutLatencyHigh --set services=checkout,payments --edit
  sdkb new service Checkout --set owner=payments --set tier=tier-1

Exit codes:
  0  the document is there
  2  it could not be written, or its author left";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct NewArgs {
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

pub(super) fn run(args: &NewArgs) -> Done {
    let mut session = project::open(&args.project, Caches::new())?;
    let analysis = project::analyze(&session)?;
    let base = &analysis.base;
    let Some(kind) = &args.kind else { return list(&base.kinds) };
    let editor = if args.edit { Some(editor()?) } else { None };
    let mut draft = Draft::new(Arc::clone(project::kind(&base.kinds, kind)?));
    for assignment in &args.set {
        draft.assign(assignment)?;
    }
    if !args.title.is_empty() {
        draft.set_title(args.title.join(" "));
    }
    draft.fill(&session.world.now());
    let Some(path) = complete(&mut draft, base, &session.world)? else {
        terminal::say("nothing was written");
        return Ok(ExitCode::from(2));
    };
    let left = left_to_do(&mut session, &analysis, &path, &draft.text())?;
    scaffold::create(session.world.root(), &[(path.clone(), draft.text().into_bytes())])?;

    let full = session.world.root().join(&path);
    terminal::print(&format!("{}\n", escaped(&project::shown(&full).display().to_string())))?;
    if let Some(editor) = editor {
        return open(&editor, &full);
    }
    let left = if left.is_empty() { String::new() } else { format!("; to do: {}", left.join("; ")) };
    terminal::done("started", format_args!("{}{left}", article(&draft.kind.id)));
    Ok(ExitCode::SUCCESS)
}

/// Prints the kinds, and what each is for.
fn list(kinds: &Kinds) -> Done {
    let width = kinds.all.iter().map(|kind| kind.id.len()).max().unwrap_or_default();
    let lines = kinds.all.iter().map(|kind| format!("{:width$}  {}", kind.id, kind.summary));
    terminal::print(&lines.map(|line| escaped(&line).into_owned() + "\n").collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

/// Gives the draft what its kind requires, and finds the place for it. None if the author leaves.
fn complete(draft: &mut Draft, base: &KnowledgeBase, world: &DiskWorld) -> Result<Option<String>> {
    let asks = terminal::is_interactive();
    if draft.title().is_empty() {
        ensure!(
            asks,
            "{} needs a title\nhelp: write `sdkb new {} What it is about`",
            article(&draft.kind.id),
            draft.kind.id
        );
        let Some(title) = ask::title(&draft.kind)? else { return Ok(None) };
        draft.set_title(title);
    }
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    let here =
        here.strip_prefix(world.root()).ok().and_then(Path::to_str).map(|here| here.replace('\\', "/"));
    let place = |draft: &mut Draft| author::path(draft, base, base.today, here.as_deref());
    ensure_free(world, &place(draft)?)?;
    loop {
        let path = place(draft)?;
        let document = parse::read(&path, draft.text().into_bytes(), &base.config, &base.kinds);
        let questions = author::required(&document, draft, base);
        let Some(question) = questions.first() else { break };
        let answer = match known(question) {
            Some(answer) => Some(answer),
            None => {
                ensure_possible(question, draft, base)?;
                ensure!(asks, "{}", needs(&questions, draft));
                ask::answer(question, &world.now())?
            }
        };
        let Some(answer) = answer else { return Ok(None) };
        draft.set(&question.path, answer);
    }
    for question in &author::offered(draft, base) {
        let answer = match known(question).filter(|_| question.is_owner()) {
            Some(answer) => Some(answer),
            None if asks => ask::offer(question)?,
            None => continue,
        };
        let Some(answer) = answer else { return Ok(None) };
        draft.set(&question.path, answer);
    }
    let path = place(draft)?;
    ensure_free(world, &path)?;
    let own = path.rsplit('/').next().unwrap_or(&path).trim_end_matches(".md").to_owned();
    draft.shorten(base, &own);
    Ok(Some(path))
}

/// The answer to a question that leaves no choice.
fn known(question: &Question) -> Option<Vec<String>> {
    match (question.field.shape(), question.candidates.as_slice()) {
        (Shape::Reference, [only]) => Some(vec![only.name.clone()]),
        // A question can't ask for the names of groups.
        (Shape::Map, _) => Some(vec![format!("{{ name: {} }}", question.field.example())]),
        (Shape::Any, _) => Some(vec![question.field.example()]),
        (Shape::Scalar { .. } | Shape::Reference | Shape::Object, _) => None,
    }
}

/// A document can't name what does not exist.
fn ensure_possible(question: &Question, draft: &Draft, base: &KnowledgeBase) -> Result<()> {
    let is_possible = !question.field.is_reference() || !question.candidates.is_empty();
    let to = question.field.to.first().and_then(|to| base.kinds.get(to));
    let id = to.map_or("document", |kind| &kind.id);
    ensure!(
        is_possible,
        "{} needs `{}`, and there is no {id} yet\nhelp: start with `sdkb new {id}`",
        article(&draft.kind.id),
        question.path
    );
    Ok(())
}

/// What has to be given where there is no terminal to ask on.
fn needs(questions: &[Question], draft: &Draft) -> String {
    let paths: Vec<String> = questions.iter().map(|question| format!("`{}`", question.path)).collect();
    let example = |question: &Question| {
        let example = match (question.candidates.first(), question.field.choices.first()) {
            (Some(candidate), _) => candidate.name.clone(),
            (None, Some(choice)) => choice.clone(),
            (None, None) => question.field.example().trim_matches(['[', ']', '"']).to_owned(),
        };
        format!("--set {}={}", question.path, shlex::try_quote(&example).unwrap_or_default())
    };
    let sets: Vec<String> = questions.iter().map(example).collect();
    format!(
        "{} needs {}\nhelp: add for example `{}`, or run it on a terminal to be asked",
        article(&draft.kind.id),
        paths.join(", "),
        sets.join(" ")
    )
}

fn ensure_free(world: &DiskWorld, path: &str) -> Result<()> {
    let is_free = world.root().join(path).symlink_metadata().is_err();
    ensure!(is_free, "`{path}` is there already\nhelp: edit that one, or choose another title");
    Ok(())
}

/// Checks the project as it would be with the document in it. Returns the warnings about the document.
fn left_to_do(
    session: &mut Session<DiskWorld>,
    before: &Analysis,
    path: &str,
    text: &str,
) -> Result<Vec<String>> {
    let files = BTreeMap::from([(path.to_owned(), Some(text.as_bytes().to_vec()))]);
    let after = session.analyze_overlaid(files);
    session.world.ensure_read()?;
    let change = Change { before: &before.base, after: &after.base, moved: &BTreeMap::new() };
    let findings = check::introduced(&change, session.findings(before), session.findings(&after).to_vec());
    let (own, mut others): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| *finding.location.source.path == *path);
    if let Some(error) = own.iter().find(|finding| finding.severity == Severity::Error) {
        let help: String = error.help.iter().map(|help| format!("\nhelp: {help}")).collect();
        bail!("{}{help}", error.message);
    }
    // What is wrong in other files can be seen there.
    others.retain(|finding| finding.severity == Severity::Error);
    terminal::show(&others);
    ensure!(others.is_empty(), "`{path}` would cause these findings\nhelp: choose another title");
    if let Some((name, other)) = author::taken(&before.base.graph, &after.base.graph, path) {
        bail!("`{name}` in `{other}` would lead to `{path}` from now on\nhelp: choose another title");
    }
    Ok(own.into_iter().map(|finding| finding.message).collect())
}

/// The author's editor, with its arguments.
fn editor() -> Result<Vec<String>> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let words = named.filter_map(|command| shlex::split(&command)).find(|words| !words.is_empty());
    words.context("there is no editor to open\nhelp: set `EDITOR`, as in `EDITOR=vim`")
}

/// Opens a file and waits until the author is done with it.
fn open(editor: &[String], file: &Path) -> Done {
    let status = Command::new(&editor[0]).args(&editor[1..]).arg(file).status();
    let status = status.with_context(|| format!("cannot run `{}`", editor[0]))?;
    ensure!(status.success(), "`{}` ended with {status}", editor[0]);
    Ok(ExitCode::SUCCESS)
}
