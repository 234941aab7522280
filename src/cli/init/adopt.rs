//! `sdkb init --from`: settings for a repository of markdown.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::adopt::{self, Advice, Group, NamedField, Proposal, forge};
use crate::caches::Caches;
use crate::cli::project::{self, quoted};
use crate::diagnostic::count;
use crate::model::Origin;
use crate::parse::config::FILE;
use crate::session::Session;
use crate::text::control::escaped;
use crate::world::{DiskWorld, World, git, scaffold};

/// Lines of advice, for people.
const MOST_ADVICE: usize = 8;

/// Writes the settings. Says what they say and why, and what would make the content better.
pub(super) fn run(folder: &Path) -> Result<String> {
    let world = DiskWorld::open(folder).with_context(|| {
        format!("there is no folder `{}`\nhelp: name a folder of markdown", folder.display())
    })?;
    let here = folder.display();
    ensure!(
        !world.has_file(FILE),
        "`{here}` has settings already\nhelp: edit its `{FILE}`, or move that away to be proposed a new one"
    );
    let name = project::name(&world);
    let root = world.root().to_owned();
    let repository =
        git::origin(&root).and_then(|(remote, branch)| forge::files(&remote, &branch, &git::prefix(&root)));
    let session = Session::new(world, name.clone(), Caches::new());
    let proposal = adopt::propose(&session, &name, repository);
    session.world.ensure_read()?;
    ensure!(
        !proposal.analysis.base.graph.documents.is_empty(),
        "there is no markdown in `{here}`\nhelp: `sdkb init {}` starts a knowledge base there",
        quoted(folder)
    );
    let mut files = vec![(FILE.to_owned(), proposal.settings.clone().into_bytes())];
    let baseline = proposal.baseline.iter();
    files.extend(baseline.map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())));
    scaffold::create(&root, &files)?;
    Ok(report(folder, &proposal))
}

fn report(folder: &Path, proposal: &Proposal) -> String {
    let Proposal { groups, fields, analysis, advice, baseline, .. } = proposal;
    let path = folder.join(FILE);
    let mut text = format!(
        "read {} of {}, and wrote {}\n",
        count(analysis.base.graph.documents.len(), "document"),
        escaped(&analysis.base.config.title),
        escaped(&path.strip_prefix(".").unwrap_or(&path).display().to_string())
    );
    for Origin { generator, roots, .. } in &analysis.base.config.origins {
        let folder = roots.first().map_or("", |(folder, _)| folder);
        let folder = if folder.is_empty() { "all of it".to_owned() } else { format!("{folder}/") };
        let _ = writeln!(
            text,
            "\n{} was written for {generator}: links, drafts and the order of pages are as it has them",
            escaped(&folder)
        );
    }
    kinds(&mut text, groups, analysis.base.config.content.as_str());
    names(&mut text, fields);
    better(&mut text, advice);
    if let Some((path, _)) = baseline {
        let _ = writeln!(
            text,
            "\nnote: what is there today is known from `{path}` and does not stop a build; anything new does"
        );
    }
    for note in project::notes(&analysis.base) {
        let _ = writeln!(text, "\nnote: {}", escaped(&note));
    }
    text += "\nnext:\n";
    if folder != Path::new(".") {
        let _ = writeln!(text, "  cd {}", quoted(folder));
    }
    text += "  sdkb watch                   see it in a browser while you edit\n";
    text += "  sdkb check                   what is new, each finding with its place\n";
    if baseline.is_some() {
        text += "  sdkb check --prune-baseline  forget what has been fixed\n";
    }
    text
}

/// What the folders are, and why.
fn kinds(text: &mut String, groups: &[Group], content: &str) {
    let within = if content.is_empty() { String::new() } else { format!(" in {}/", escaped(content)) };
    if groups.is_empty() {
        let _ =
            writeln!(text, "\nNothing{within} looks like a kind of document that sdkb knows: all are pages.");
        return;
    }
    let _ = writeln!(text, "\nwhat they are{within}:");
    for group in groups {
        let number = group.documents;
        let name = if number == 1 { &group.kind.label } else { &group.kind.plural };
        let told = if group.is_new { "" } else { ", by its name" };
        let _ =
            writeln!(text, "  {}  {number} {}{told}", escaped(&group.pattern), escaped(&name.to_lowercase()));
        if group.is_new || group.because != "the name of the folder" {
            let _ = writeln!(text, "      {}", escaped(&group.because));
        }
    }
    text.push_str(
        "Everything else is a page. `collections` in the settings says so, and is yours to edit.\n",
    );
}

/// Fields that documents have under other names.
fn names(text: &mut String, fields: &[NamedField]) {
    if fields.is_empty() {
        return;
    }
    text.push_str("\nfields that have another name here:\n");
    for NamedField { name, path, values, because } in fields {
        let values: Vec<String> = values.iter().map(|(name, value)| format!("{name} is {value}")).collect();
        let values = if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
        let _ = writeln!(text, "  {}  {path} in {}{}", escaped(name), escaped(because), escaped(&values));
    }
    text.push_str("`fields` of a collection says so, so that documents need not be rewritten.\n");
}

fn better(text: &mut String, advice: &[Advice]) {
    if advice.is_empty() {
        text.push_str("\nThere is nothing to find fault with.\n");
        return;
    }
    text.push_str("\nwhat would make it better, in order of worth:\n");
    for (index, Advice { text: what, how }) in advice.iter().take(MOST_ADVICE).enumerate() {
        let _ = writeln!(text, "  {}. {}\n     {}", index + 1, escaped(what), escaped(how));
    }
    if advice.len() > MOST_ADVICE {
        let _ = writeln!(text, "  and {} of findings", count(advice.len() - MOST_ADVICE, "more sort"));
    }
}
