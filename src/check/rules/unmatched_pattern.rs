//! A pattern of the settings that changes nothing.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;
use crate::parse::UnmatchedPattern;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "unmatched-pattern",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unmatched_pattern.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for UnmatchedPattern { text: pattern, location, overruled_by } in &base.unmatched {
        if let Some(overruling) = overruled_by {
            let message = format!("`{pattern}` brings nothing back");
            let contents = format!("{}/*", overruling.trim_end_matches("/**").trim_end_matches('/'));
            report.add(RULE.at(location.clone(), message).help(format!(
                "`{overruling}` leaves out the folder with all in it: write `{contents}` in its place"
            )));
            continue;
        }
        let is_collection = base.config.collections.iter().any(|collection| collection.location == *location);
        let what = if is_collection { "document" } else { "file" };
        let finding = RULE.at(location.clone(), format!("no {what} matches `{pattern}`"));
        let content = base.config.content.as_str();
        let inside = base.config.inside(pattern);
        let finding = match inside.filter(|_| is_collection && !content.is_empty()) {
            Some(inside) => finding
                .help(format!("paths count from `{content}`: write `{inside}`"))
                .fix(location.clone(), shortened(location, pattern, inside)),
            None => finding.did_you_mean(folder(base, pattern)),
        };
        report.add(finding);
    }
}

/// The text at a place with `inside` in the place of `pattern`, where YAML reads it as the same.
fn shortened(location: &Location, pattern: &str, inside: &str) -> Option<String> {
    let written = &location.source.text[location.span.range()];
    let is_plain = |text: &str| text.starts_with(|letter: char| letter.is_alphanumeric());
    let is_quoted = written.len() == pattern.len() + 2 && written.starts_with(['"', '\'']);
    let is_exact = written == pattern && is_plain(inside) || is_quoted;
    is_exact.then(|| written.replacen(pattern, inside, 1))
}

/// The pattern with the folder that its first folder was probably meant to be.
fn folder(base: &KnowledgeBase, pattern: &str) -> Option<String> {
    let (first, rest) = pattern.trim_start_matches('/').split_once('/')?;
    let documents = base.documents();
    let folders = documents.filter_map(|(_, document)| document.folder().split('/').next());
    let close = suggest::closest(first, folders.filter(|folder| !folder.is_empty()))?;
    (close != first).then(|| format!("{close}/{rest}"))
}
