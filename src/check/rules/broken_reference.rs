//! A reference to a document that does not exist.

use super::broken_link::publish;
use super::wrong_kind_reference::kinds_of;
use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::Severity;
use crate::graph::Resolution;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Location;
use crate::text::name::stem;

pub(super) static RULE: Rule = Rule {
    id: "broken-reference",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("broken_reference.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (reference, resolution, from) in base.references() {
        if *resolution != Resolution::Missing || base.may_be_said(&reference.text) {
            continue;
        }
        let to = &reference.field.to;
        // In a repository without settings, `owner: ann` is no reference.
        let is_meant = base.is_adopted || any_of(base, to);
        // A catalog may have its groups from elsewhere.
        let is_own = from.is_none_or(|from| {
            let document = &base.graph.documents[from];
            document.is_written() && reference.location.source == document.source
        });
        if !is_meant || !(is_own || any_of(base, to)) {
            continue;
        }
        let message = format!("no {} `{}`", kinds_of(to), reference.text);
        let finding = RULE.at(reference.location.clone(), message);
        if let Some(list) = list(base, &reference.text, to).filter(|_| reference.field.many) {
            let fix = unlisted(&reference.location, &list);
            report.add(finding.help(format!("write a list: `{list}`")).fix(reference.location.clone(), fix));
            continue;
        }
        if let Some(path) = base.left_out_as(&reference.text) {
            report.add(finding.help(publish(path)));
            continue;
        }
        let ids = &base.graph.ids;
        let key = format!("{}:{}", to.join(","), reference.text);
        let suggestion = report.suggest(key, || {
            if let Some(meant) = otherwise_written(base, &reference.text, to) {
                return Some(Suggestion { close: meant.clone(), sure: Some(meant) });
            }
            let close = ids.suggest(&reference.text, to)?;
            Some(Suggestion { close, sure: ids.only_close(&reference.text, to) })
        });
        report.add(match (suggestion, to.first().and_then(|kind| base.kinds.get(kind))) {
            (Some(Suggestion { close, sure }), _) => {
                // A document does not refer to itself.
                let sure = sure.filter(|sure| from.is_none_or(|from| *sure != base.graph.documents[from].id));
                finding.did_you_mean(Some(close)).fix_value(sure.as_deref())
            }
            (None, Some(kind)) => {
                finding.help(format!("write `{}/{}.md`, or name another", kind.folder, reference.text))
            }
            (None, None) => finding,
        });
    }
}

/// Whether there is a document of one of these kinds.
fn any_of(base: &KnowledgeBase, kinds: &[String]) -> bool {
    base.graph.documents.iter().any(|document| kinds.contains(&document.kind.id))
}

/// The id that is meant by a path, an address or a link of a wiki: `../services/website.md`, `[[website]]`.
fn otherwise_written(base: &KnowledgeBase, text: &str, to: &[String]) -> Option<String> {
    let bare = text.trim().trim_start_matches("[[").trim_end_matches("]]");
    let bare = bare.split(['|', '#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let bare = stem(bare.strip_suffix(".html").unwrap_or(bare));
    let ends = bare.match_indices('/').map(|(at, _)| at + 1);
    let mut ends = std::iter::once(0).chain(ends).map(|at| &bare[at..]);
    let found = ends.find_map(|end| base.graph.ids.find(end, to, &base.kinds).found())?;
    base.graph.ids.names(found, to, &base.kinds).next()
}

/// The list that was meant by `a, b`, if those are documents.
fn list(base: &KnowledgeBase, text: &str, to: &[String]) -> Option<String> {
    let mut parts = text.split(',').map(str::trim);
    let is_found = |part: &str| base.graph.ids.find(part, to, &base.kinds).found().is_some();
    (text.contains(',') && parts.all(is_found)).then(|| format!("[{text}]"))
}

/// A list in the place of a value that stands alone behind its key. Elsewhere it would be a list in a list.
pub(super) fn unlisted(location: &Location, list: &str) -> Option<String> {
    let text = &location.source.text;
    let (before, written) = (&text[..location.span.start as usize], &text[location.span.range()]);
    let is_plain = !written.starts_with(['"', '\'']);
    (is_plain && before.trim_end_matches(' ').ends_with(':')).then(|| list.to_owned())
}
