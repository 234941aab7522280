//! The rules, run over everything that is known of a project.
//!
//! 1. The rules of one sort each report what they find.
//! 2. What an author suppressed is taken out, and suppressions of nothing are reported.
//! 3. The settings say how much each finding matters, if at all.

mod baseline;
mod fix;
mod follow;
mod introduced;
pub mod rule;
pub mod rules;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::graph::{Graph, LinkTarget};
use crate::model::{Config, Document, FieldProblem, Kinds, Level, Location, Problems, Value};
use crate::world::World;

pub use baseline::Baseline;
pub use fix::{Mended, mend};
pub use follow::follow;
pub use introduced::introduced;
pub use rule::{Answers, Check, Holds, Report, Rule, Suggestion};

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
    /// Whether the project uses sdkb's front matter: its documents are then held to their kinds.
    pub is_adopted: bool,
    /// Where the project is: says what day it is, and when a file was last changed.
    pub world: &'a dyn World,
}

/// A project as it was, and as it is.
pub struct Change<'a> {
    /// Before.
    pub before: Subject<'a>,
    /// After.
    pub after: Subject<'a>,
    /// Files that are called differently now: from old path to new.
    pub moved: &'a BTreeMap<String, String>,
}

impl<'a> Subject<'a> {
    /// Problems with fields, in documents as in sdkb's own files.
    fn field_problems(&self) -> impl Iterator<Item = &'a FieldProblem> {
        // Where front matter can't be read, every field would seem to be missing.
        let documents = self.graph.documents.iter().filter(|document| document.is_readable);
        documents.flat_map(|document| &document.problems.fields).chain(&self.problems.fields)
    }

    /// Addresses of other sites, in texts and in fields, with their places. Those that the project's own
    /// forge would have to answer are left out: it may not know who asks.
    pub fn external_links(&self) -> Vec<(&'a str, Location)> {
        let own = self.config.repository.as_deref();
        let mut found: Vec<(&'a str, Location)> = Vec::new();
        for (index, document) in self.documents() {
            for (link, target) in document.body.links.iter().zip(self.graph.links[index].iter()) {
                if let LinkTarget::External(address) = target {
                    found.push((address.as_str(), document.source.at(link.span)));
                }
            }
            document.fields.visit(&mut |entry| {
                if let Value::Url(address) = &entry.value {
                    found.push((address.as_str(), entry.location.clone()));
                }
            });
        }
        let is_web = |address: &str| address.starts_with("http://") || address.starts_with("https://");
        found.retain(|(address, _)| is_web(address) && !own.is_some_and(|own| address.starts_with(own)));
        found
    }

    /// The document in the file at `path`.
    fn document_at(&self, path: &str) -> Option<usize> {
        self.graph.documents.iter().position(|document| *document.source.path == *path)
    }

    /// Documents with their index.
    fn documents(&self) -> impl Iterator<Item = (usize, &'a Document)> + use<'a> {
        self.graph.documents.iter().map(AsRef::as_ref).enumerate()
    }

    /// Documents that readers should be able to rely on, with their index: not the head of a list, not unfinished
    /// or out of use by their own word, and with front matter that can be read.
    fn current_documents(&self) -> impl Iterator<Item = (usize, &'a Document)> {
        self.documents().filter(|(index, document)| {
            !self.graph.routes.is_introduction(*index) && document.is_readable && document.is_current()
        })
    }
}

/// Runs the rules about a project. The findings are in the order in which they are shown.
pub fn project(subject: Subject<'_>) -> Vec<Diagnostic> {
    run(subject, |check, report| match check {
        Check::Project(check) => {
            check(&subject, report);
            true
        }
        _ => false,
    })
}

/// Runs the rules about what a change does.
pub fn change(change: &Change<'_>) -> Vec<Diagnostic> {
    run(change.after, |check, report| {
        if let Check::Change(check) = check {
            check(change, report);
        }
        // The next change need not do the same, so that no suppression is ever one too many.
        false
    })
}

/// Runs the rules about what other sites answered.
pub fn answers(subject: Subject<'_>, answers: &Answers) -> Vec<Diagnostic> {
    run(subject, |check, report| match check {
        Check::Answers(check) => {
            check(&subject, answers, report);
            true
        }
        _ => false,
    })
}

/// Runs the rules that `look` runs, and settles what they find. It says whether a suppression of such findings
/// that none of them needed is one too many.
fn run(subject: Subject<'_>, look: impl Fn(Check, &mut Report) -> bool + Sync) -> Vec<Diagnostic> {
    let rules = rules::RULES.par_iter();
    let rules = rules.filter(|rule| rule.holds == Holds::Everywhere || subject.is_adopted);
    let reports = rules.map(|rule| {
        let mut report = Report::default();
        let ran = look(rule.check, &mut report).then_some(rule.id);
        (report.findings, ran)
    });
    let (findings, ran): (Vec<Vec<Diagnostic>>, Vec<Option<&str>>) = reports.unzip();
    let ran = ran.into_iter().flatten().collect();
    let mut report = Report::default();
    report.findings = findings.into_iter().flatten().collect();
    suppress(&subject, &ran, &mut report);
    let mut findings = report.findings;
    findings.retain_mut(|finding| weigh(subject.config, finding));
    diagnostic::sort(&mut findings);
    diagnostic::number(&mut findings);
    findings
}

/// Takes out the findings that an author suppressed, and reports the suppressions that none of the findings
/// of a rule that `ran` needed.
fn suppress(subject: &Subject<'_>, ran: &FxHashSet<&str>, report: &mut Report) {
    let today = subject.world.today();
    let documents = subject.documents().filter(|(_, document)| !document.suppressions.is_empty());
    let by_path: FxHashMap<&str, &Document> =
        documents.map(|(_, document)| (&*document.source.path, document)).collect();
    let mut used = FxHashSet::default();
    report.findings.retain_mut(|finding| {
        let path: &str = &finding.location.source.path;
        let Some(document) = by_path.get(path) else { return true };
        let whole = document.start().span;
        let mut is_kept = true;
        for (index, suppression) in document.suppressions.iter().enumerate() {
            if suppression.rule != finding.rule || !suppression.covers(finding.location.span, whole) {
                continue;
            }
            used.insert((document.source.path.clone(), index));
            match suppression.until {
                Some(until) if !suppression.holds_on(today) => {
                    finding.add_help(format!("suppressed until {until}: {}", suppression.reason));
                }
                _ => is_kept = false,
            }
        }
        is_kept
    });
    let unused = rules::RULES.iter().filter_map(|rule| match rule.check {
        Check::Unused(check) => Some(check),
        _ => None,
    });
    for check in unused {
        for (_, document) in subject.documents() {
            for (index, suppression) in document.suppressions.iter().enumerate() {
                let is_known = ran.contains(suppression.rule.as_str());
                if is_known && !used.contains(&(document.source.path.clone(), index)) {
                    check(suppression, report);
                }
            }
        }
    }
}

/// Sets how much a finding matters, as the settings say. Says whether it matters at all.
fn weigh(config: &Config, finding: &mut Diagnostic) -> bool {
    match config.level(finding.rule, &finding.location.source.path) {
        None => {}
        Some(Level::Off) => return false,
        Some(Level::Warning) => finding.severity = Severity::Warning,
        Some(Level::Error) => finding.severity = Severity::Error,
    }
    true
}
