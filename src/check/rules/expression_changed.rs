//! An alert rule whose expression changed after its runbook was last relied on.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{AlertRule, Document, DocumentId, Expression};
use crate::parse::source;
use crate::report::{alerts, reviews};
use crate::world::World;

pub(super) static RULE: Rule = Rule {
    id: "expression-changed",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("expression_changed.md"),
    check: Check::History(check),
};

/// A rule that may have changed since its runbook was last relied on.
struct Candidate<'a> {
    rule: &'a AlertRule,
    expression: &'a Expression,
    runbook: &'a Document,
    relied: Date,
}

fn check(base: &KnowledgeBase, world: &dyn World, report: &mut Report) {
    let candidates = candidates(base, world);
    if candidates.is_empty() {
        return;
    }
    let path = |candidate: &Candidate<'_>| Arc::clone(&candidate.rule.name.location.source.path);
    let paths: Vec<Arc<str>> = candidates.iter().map(path).collect();
    let wanted: Vec<(&str, Date)> =
        paths.iter().zip(&candidates).map(|(path, candidate)| (&**path, candidate.relied)).collect();
    let mut read: BTreeMap<(Arc<str>, *const u8), Vec<Arc<AlertRule>>> = BTreeMap::new();
    for ((candidate, path), bytes) in candidates.iter().zip(&paths).zip(world.contents_on(&wanted)) {
        let Some(bytes) = bytes else { continue };
        let before = read
            .entry((Arc::clone(path), bytes.as_ptr()))
            .or_insert_with(|| source::alert_rules(&base.config, path, bytes.to_vec()));
        if has_changed(candidate, before) {
            add(candidate, report);
        }
    }
}

/// The rules in files that changed after a runbook of theirs was last relied on.
fn candidates<'a>(base: &'a KnowledgeBase, world: &dyn World) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for alert in alerts::alerts_with(base, |rule, _| rule.expression.is_some()) {
        let relied = |&index: &DocumentId| {
            let runbook = &*base.graph.documents[index];
            let edited = world.edited(&runbook.source.path)?;
            let day = reviews::relied_on(base, index).map_or(edited, |day| day.max(edited));
            runbook.is_written().then_some((runbook, day))
        };
        for &(rule, _) in &alert.rules {
            let Some(expression) = &rule.expression else { continue };
            let Some(edited) = world.edited(&rule.name.location.source.path) else { continue };
            let runbooks = alert.runbooks.iter().filter_map(relied);
            let stale = runbooks.filter(|(_, relied)| *relied < edited).min_by_key(|(_, relied)| *relied);
            let candidate = stale.map(|(runbook, relied)| Candidate { rule, expression, runbook, relied });
            candidates.extend(candidate);
        }
    }
    candidates
}

/// Whether a rule of the name was there, and none with the expression.
fn has_changed(candidate: &Candidate<'_>, before: &[Arc<AlertRule>]) -> bool {
    let words = |expression: &Expression| {
        expression.text.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let now = words(candidate.expression);
    let same = before.iter().filter(|rule| rule.name.text == candidate.rule.name.text);
    let mut before = same.filter_map(|rule| rule.expression.as_ref()).map(words).peekable();
    before.peek().is_some() && before.all(|before| before != now)
}

fn add(candidate: &Candidate<'_>, report: &mut Report) {
    let Candidate { rule, expression, runbook, relied } = candidate;
    let message = format!(
        "`{}` fires for another reason than when its {} was last relied on",
        rule.name.text, runbook.kind.id
    );
    let finding = RULE.at(expression.text.location.clone(), message);
    let finding = finding.related(runbook.start(), format!("followed, reviewed or edited on {relied}"));
    report.add(finding.help("read it against the new expression, and set `last_reviewed`"));
}
