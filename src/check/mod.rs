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

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Config, Document, Level};
use crate::world::World;

pub use baseline::Baseline;
pub use fix::{Mended, mend};
pub use follow::follow;
pub use introduced::introduced;
pub use rule::{Answers, AppliesTo, Change, Check, Report, Rule, Suggestion};

/// Runs the rules about a project. The findings are in the order in which they are shown. `world` tells when a file
/// was last changed.
pub fn project(base: &KnowledgeBase, world: &dyn World) -> Vec<Diagnostic> {
    run(base, |check, report| match check {
        Check::Project(check) => {
            check(base, report);
            true
        }
        Check::History(check) => {
            check(base, world, report);
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
pub fn answers(base: &KnowledgeBase, answers: &Answers) -> Vec<Diagnostic> {
    run(base, |check, report| match check {
        Check::Answers(check) => {
            check(base, answers, report);
            true
        }
        _ => false,
    })
}

/// Runs one phase of rules, then applies suppressions, levels and order. `look` returns true if an unused
/// suppression of that rule is itself a finding.
fn run(base: &KnowledgeBase, look: impl Fn(Check, &mut Report) -> bool + Sync) -> Vec<Diagnostic> {
    let rules = rules::RULES.par_iter();
    let rules = rules.filter(|rule| rule.applies_to == AppliesTo::AllProjects || base.is_adopted);
    let reports = rules.map(|rule| {
        let mut report = Report::default();
        let ran = look(rule.check, &mut report).then_some(rule.id);
        (report.findings, ran)
    });
    let (findings, ran): (Vec<Vec<Diagnostic>>, Vec<Option<&str>>) = reports.unzip();
    let ran = ran.into_iter().flatten().collect();
    let mut report = Report::default();
    report.findings = findings.into_iter().flatten().collect();
    suppress(base, &ran, &mut report);
    let mut findings = report.findings;
    findings.retain_mut(|finding| weigh(&base.config, finding));
    diagnostic::sort(&mut findings);
    diagnostic::number(&mut findings);
    findings
}

/// Takes out the findings that an author suppressed, and reports the suppressions that none of the findings
/// of a rule that `ran` needed.
fn suppress(base: &KnowledgeBase, ran: &FxHashSet<&str>, report: &mut Report) {
    let documents = base.documents().filter(|(_, document)| !document.suppressions.is_empty());
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
                Some(until) if !suppression.holds_on(base.today) => {
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
        for (_, document) in base.documents() {
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
