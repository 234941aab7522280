//! An alert that documents name and no runbook answers.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::check::{AppliesTo, Change, Check, Report, Rule, Suggestion};
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Location, Role};
use crate::report::alerts::answering_kinds;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unanswered-alert",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unanswered_alert.md"),
    check: Check::Regression { project: check, regressed },
};

/// More places than this are no help.
const MOST_RELATED: usize = 3;

fn check(base: &KnowledgeBase, report: &mut Report) {
    let alerts = Alerts::new(base);
    for (alert, places) in &alerts.mentioned {
        let [first, others @ ..] = places.as_slice() else { continue };
        // What a rule defines is found there, and may be answered on another site.
        let is_defined = base.graph.alerts.get(*alert).is_some_and(|node| !node.rules.is_empty());
        if alerts.answered.contains_key(alert) || is_defined || base.may_be_said(alert) {
            continue;
        }
        let kinds = answering_kinds(base);
        let mut finding = RULE.at((*first).clone(), format!("no {kinds} answers the alert `{alert}`"));
        for place in others.iter().take(MOST_RELATED) {
            finding = finding.related((*place).clone(), "named here too");
        }
        let suggestion = report.suggest((*alert).to_owned(), || alerts.suggest(base, alert));
        report.add(match suggestion {
            Some(Suggestion { close, sure }) => {
                let (_, place) = alerts.answered[close.as_str()];
                let finding = finding.related(place.clone(), "this one is answered");
                match sure {
                    Some(right) if right == close => {
                        finding.did_you_mean(Some(right.clone())).fix_value(Some(&right))
                    }
                    Some(right) => {
                        let finding = finding.help(format!("write `{right}` there: more documents do"));
                        fix_at(finding, place, &right)
                    }
                    None => finding.did_you_mean(Some(close)),
                }
            }
            None => finding.help(match alerts.unfinished.get(alert) {
                Some(document) => {
                    let status = document.text_of(Role::Status).unwrap_or_default();
                    format!("`{}` names it, and has the status `{status}`", document.full_id())
                }
                None => format!("add `alerts: [{alert}]` to the {kinds} that answers it"),
            }),
        });
    }
}

/// What a change means for findings: an alert that a document answered before is worse than one that was never
/// answered, and one that was not answered before either is no news.
fn regressed(change: &Change<'_>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let was = Alerts::new(change.before);
    let is = Alerts::new(change.after);
    let place = |place: &Location| (Arc::clone(&place.source.path), place.span.start);
    let places = is.mentioned.iter().flat_map(|(name, places)| places.iter().map(|at| (place(at), *name)));
    let names: FxHashMap<(Arc<str>, u32), &str> = places.collect();
    let regressed = findings.into_iter().filter_map(|mut finding| {
        let alert = *names.get(&place(&finding.location))?;
        let Some((index, _)) = was.answered.get(alert) else {
            return (!was.mentioned.contains_key(alert)).then_some(finding);
        };
        let before = &change.before.graph.documents[*index];
        let path = change.moved.get(&*before.source.path).map_or(&*before.source.path, String::as_str);
        finding.fix = None;
        finding.severity = Severity::Error;
        // The name that was there before is the right one.
        let after = change.after.document_at(path).map(|index| &change.after.graph.documents[index]);
        Some(match after.and_then(|after| renamed(before, after, alert)) {
            // It takes the place of all advice.
            Some(place) => {
                finding.help.clear();
                fix_at(
                    finding.help(format!("`{path}` answered it before: write `{alert}` there")),
                    place,
                    alert,
                )
            }
            None => finding.help(format!("`{path}` answered it before")),
        })
    });
    regressed.collect()
}

/// The name that took the place of `alert` in a document: the only new one, if it is the only one that is gone.
fn renamed<'a>(before: &Document, after: &'a Document, alert: &str) -> Option<&'a Location> {
    let has = |document: &Document, name: &str| document.alerts.iter().any(|(known, _)| known == name);
    let mut gone = before.alerts.iter().filter(|(name, _)| !has(after, name));
    let mut new = after.alerts.iter().filter(|(name, _)| !has(before, name));
    let is_only = gone.next().is_some_and(|(name, _)| name == alert) && gone.next().is_none();
    match (new.next(), new.next()) {
        (Some((name, place)), None) if is_only && suggest::closest(alert, [name.as_str()]).is_some() => {
            Some(place)
        }
        _ => None,
    }
}

/// Puts `name` at another place than that of the finding.
fn fix_at(finding: Diagnostic, place: &Location, name: &str) -> Diagnostic {
    // A name that comes from the name of the file is written nowhere.
    if place.span.start == place.span.end {
        return finding;
    }
    let there = RULE.at(place.clone(), String::new()).fix_value(Some(name));
    Diagnostic { fix: there.fix, ..finding }
}

/// The alerts of a project, by name.
struct Alerts<'a> {
    /// Those that documents name without answering them, and where.
    mentioned: BTreeMap<&'a str, Vec<&'a Location>>,
    /// Those that a document answers, and where it says so first.
    answered: BTreeMap<&'a str, (DocumentId, &'a Location)>,
    /// Those that a document would answer if it were finished, or still in use.
    unfinished: BTreeMap<&'a str, &'a Document>,
}

impl<'a> Alerts<'a> {
    fn new(base: &'a KnowledgeBase) -> Self {
        let mut alerts =
            Self { mentioned: BTreeMap::new(), answered: BTreeMap::new(), unfinished: BTreeMap::new() };
        for (index, document) in base.documents() {
            for (name, place) in &document.alerts {
                match (document.kind.answers_alerts(), document.is_current()) {
                    (true, true) => _ = alerts.answered.entry(name).or_insert((index, place)),
                    (true, false) => _ = alerts.unfinished.entry(name).or_insert(document),
                    (false, true) => alerts.mentioned.entry(name).or_default().push(place),
                    (false, false) => {}
                }
            }
        }
        alerts
    }

    /// The answered alert whose name is closest. Sure is which of the two names is right: the one that more documents
    /// hold, if one slip parts them and nothing else is as close.
    fn suggest(&self, base: &KnowledgeBase, alert: &str) -> Option<Suggestion> {
        let names = || self.answered.keys().copied();
        let close = suggest::closest(alert, names())?.to_owned();
        let holding = |name: &str| base.documents().filter(|(_, document)| holds(document, name)).count();
        let is_only = suggest::only(alert, names().map(|name| (name, name))).is_some();
        let sure = is_only.then(|| match holding(alert).cmp(&holding(&close)) {
            Ordering::Less => Some(close.clone()),
            Ordering::Greater => Some(alert.to_owned()),
            Ordering::Equal => None,
        });
        Some(Suggestion { close, sure: sure.flatten() })
    }
}

/// Whether the name stands in the text of a document, as a word.
fn holds(document: &Document, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let text = &document.source.text;
    text.match_indices(name)
        .any(|(at, found)| !text[..at].ends_with(is_part) && !text[at + found.len()..].starts_with(is_part))
}
