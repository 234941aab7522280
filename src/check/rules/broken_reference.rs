//! A reference to a document that does not exist.

use super::wrong_kind_reference::kinds_of;
use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::Severity;
use crate::graph::Resolution;
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "broken-reference",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("broken_reference.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (reference, resolution) in document.references.iter().zip(base.graph.references[index].iter()) {
            if *resolution != Resolution::Missing {
                continue;
            }
            let to = &reference.field.to;
            // Where nobody has heard of sdkb, `owner: ann` is no reference.
            let is_meant =
                base.is_adopted || base.graph.documents.iter().any(|other| to.contains(&other.kind.id));
            if !is_meant {
                continue;
            }
            let message = format!("no {} `{}`", kinds_of(to), reference.text);
            let finding = RULE.at(reference.location.clone(), message);
            let ids = &base.graph.ids;
            let key = format!("{}:{}", to.join(","), reference.text);
            let suggestion = report.suggest(key, || {
                let close = ids.suggest(&reference.text, to)?;
                Some(Suggestion { close, sure: ids.only_close(&reference.text, to) })
            });
            report.add(match (suggestion, to.first().and_then(|kind| base.kinds.get(kind))) {
                (Some(Suggestion { close, sure }), _) => {
                    // Nobody means the document itself.
                    let sure = sure.filter(|sure| *sure != document.id);
                    finding.did_you_mean(Some(close)).fix_value(sure.as_deref())
                }
                (None, Some(kind)) => {
                    finding.help(format!("write `{}/{}.md`, or name another", kind.folder, reference.text))
                }
                (None, None) => finding,
            });
        }
    }
}
