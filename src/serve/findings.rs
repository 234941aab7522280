//! Findings as the panel in the browser shows them.

use std::path::Path;

use serde::Serialize;

use super::{Editor, Project, Revision};
use crate::diagnostic::{Diagnostic, Help, Severity};
use crate::parse::{config, data, kinds};

/// More of other pages than this are a matter for the terminal.
const MOST_OTHERS: usize = 50;

/// What is found in a project, seen from one page of it.
#[derive(Debug, Serialize)]
pub(super) struct Findings<'a> {
    revision: u64,
    /// Whether the project's folder is there.
    is_there: bool,
    errors: usize,
    warnings: usize,
    /// Whether the page is an old one, since its document can't be read.
    is_kept: bool,
    /// Those of the file that the page is made from.
    page: Vec<Finding<'a>>,
    /// Those of settings, kinds and templates, which any page may suffer from.
    project: Vec<Finding<'a>>,
    /// Those of other documents, as far as they are shown.
    others: Vec<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    severity: &'static str,
    rule: &'a str,
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    help: &'a [Help],
    /// What opens the place in an editor.
    link: String,
}

impl<'a> Findings<'a> {
    /// The findings of `revision` for the page at `url`, which `failure` keeps from being rendered.
    pub(super) fn of(
        project: &Project,
        revision: &'a Revision,
        url: &str,
        failure: Option<&'a Diagnostic>,
        editor: &Editor,
    ) -> Self {
        let all: Vec<&Diagnostic> = failure.into_iter().chain(project.findings(revision)).collect();
        let (root, is_kept) = (project.root(), project.is_kept(url));
        let source = revision.source(url);
        let (mut page, mut project, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for finding in &all {
            let path = finding.location.source.path.as_ref();
            let place = match source {
                Some(source) if source == path => &mut page,
                _ if is_setup(path) => &mut project,
                _ if others.len() < MOST_OTHERS => &mut others,
                _ => continue,
            };
            place.push(Finding::new(finding, root, editor));
        }
        let errors = all.iter().filter(|finding| finding.severity == Severity::Error).count();
        let (number, is_there, warnings) = (revision.number, revision.is_there, all.len() - errors);
        Self { revision: number, is_there, errors, warnings, is_kept, page, project, others }
    }
}

/// Whether a file is about the project as a whole.
fn is_setup(path: &str) -> bool {
    let folders = [kinds::FOLDER, data::FOLDER, "themes"];
    path == config::FILE || path.split_once('/').is_some_and(|(folder, _)| folders.contains(&folder))
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, root: &Path, editor: &Editor) -> Self {
        let (line, column) = finding.location.line_column();
        let path = finding.location.source.path.as_ref();
        Self {
            severity: finding.severity.name(),
            rule: finding.rule,
            message: &finding.message,
            path,
            line,
            column,
            help: &finding.help,
            link: editor.link(&root.join(path), line, column),
        }
    }
}
