//! The rules, run over everything that is known of a project.

pub mod rule;
pub mod rules;

use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic};
use crate::graph::Graph;
use crate::model::{Config, Document, FieldProblem, Kinds, Problems};
pub use rule::{Report, Rule};

/// What the rules look at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The documents and everything between them.
    pub graph: &'a Graph,
    /// What is wrong with files that are no documents, or can't be read.
    pub problems: &'a Problems,
    /// Whether the project uses sdkb's front matter: its documents are then held to their kinds. A
    /// repository that nobody prepared has promised nothing.
    pub is_adopted: bool,
}

impl Subject<'_> {
    /// Problems with fields, in documents as in sdkb's own files.
    fn field_problems(&self) -> impl Iterator<Item = &FieldProblem> {
        // Where front matter can't be read, every field would seem to be missing.
        let is_readable = |document: &&Arc<Document>| {
            document.front_matter.is_some() || document.problems.syntax.is_empty()
        };
        let documents = self.graph.documents.iter().filter(|_| self.is_adopted).filter(is_readable);
        documents.flat_map(|document| &document.problems.fields).chain(&self.problems.fields)
    }

    /// Documents with their index.
    fn documents(&self) -> impl Iterator<Item = (usize, &Document)> {
        self.graph.documents.iter().map(AsRef::as_ref).enumerate()
    }
}

/// Runs all rules. The findings are in the order in which they are shown.
pub fn run(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut report = Report::default();
    for rule in rules::RULES {
        (rule.check)(&subject, &mut report);
    }
    let mut findings = report.findings;
    diagnostic::sort(&mut findings);
    findings
}
