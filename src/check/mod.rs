//! The rules, run over everything that is known of a project.
//!
//! 1. The rules of one sort each report what they find.
//! 2. What is wrong in many rows of data says in how many.
//! 3. What an author suppressed is taken out, and suppressions of nothing are reported.
//! 4. The settings say how much each finding matters, if at all.

mod baseline;
mod fix;
mod introduced;
mod new_location;
mod repeated;
pub mod rule;
pub mod rules;
mod suppress;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Config, Level};
use crate::world::World;

pub use baseline::Baseline;
pub use fix::{Fixed, edited, fix};
pub use introduced::introduced;
pub use new_location::suggest_new_locations;
pub use rule::{AppliesTo, Change, Check, LinkStatuses, Report, Rule, Suggestion};

/// Runs the rules about a project. The findings are in the order in which they are shown. `world` tells when a file
/// was last changed. `template_errors` are those of pages that were rendered.
pub fn project(base: &KnowledgeBase, world: &dyn World, template_errors: &[Diagnostic]) -> Vec<Diagnostic> {
    run(base, template_errors, |check, report| match check {
        Check::Project(check) | Check::Regression { project: check, .. } => {
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
    run(change.after, &[], |check, report| {
        if let Check::Change(check) = check {
            check(change, report);
        }
        // The next change need not do the same, so that no suppression is ever one too many.
        false
    })
}

/// Findings that are new with a change, as it makes them: what worked before matters more. A severity that the
/// settings give stays.
pub fn regressed(change: &Change<'_>, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for rule in rules::RULES {
        let Check::Regression { regressed, .. } = rule.check else { continue };
        let (of_rule, rest): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.rule == rule.id);
        findings = rest;
        let mut of_rule = regressed(change, of_rule);
        of_rule.retain_mut(|finding| weigh(&change.after.config, finding));
        findings.extend(of_rule);
    }
    findings
}

/// Runs the rules about what other sites answered.
pub fn external(base: &KnowledgeBase, statuses: &LinkStatuses) -> Vec<Diagnostic> {
    run(base, &[], |check, report| match check {
        Check::LinkStatuses(check) => {
            check(base, statuses, report);
            true
        }
        _ => false,
    })
}

/// Runs one phase of rules, then applies suppressions, levels and order. `look` returns true if an unused
/// suppression of that rule is itself a finding. `others` are findings that need more than the rules see.
fn run(
    base: &KnowledgeBase,
    others: &[Diagnostic],
    look: impl Fn(Check, &mut Report) -> bool + Sync,
) -> Vec<Diagnostic> {
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
    report.findings = findings.into_iter().flatten().chain(others.iter().cloned()).collect();
    repeated::count_rows(base, &mut report.findings);
    suppress::suppress(base, &ran, &mut report);
    let mut findings = report.findings;
    findings.retain_mut(|finding| weigh(&base.config, finding));
    diagnostic::sort(&mut findings);
    diagnostic::number(&mut findings);
    findings
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
