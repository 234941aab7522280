//! An alert rule that names another owner than the runbook has.

use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::Severity;
use crate::graph::Named;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Kind, OwnerRole};
use crate::report::alerts;

pub(super) static RULE: Rule = Rule {
    id: "owner-mismatch",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("owner_mismatch.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let to = base.kinds.behind(OwnerRole::Direct);
    let is_owner = |kind: &Kind| to.contains(&kind.id);
    if !base.documents().any(|(_, document)| is_owner(&document.kind)) {
        return;
    }
    for alert in alerts::alerts_with(base, |_, links| links.owner.is_some()) {
        for (_, links) in &alert.rules {
            let Some(Named { value, document }) = &links.owner else { continue };
            let Some(owner) = *document else {
                let message = format!("no {} is called `{}`", to.join(" or "), value.text);
                let suggestion = report.suggest(value.text.clone(), || {
                    let close = base.graph.ids.suggest(&value.text, &to)?;
                    Some(Suggestion { close, sure: base.graph.ids.only_close(&value.text, &to) })
                });
                let finding = RULE.at(value.location.clone(), message);
                let sure = suggestion.as_ref().and_then(|suggestion| suggestion.sure.clone());
                let close = suggestion.map(|suggestion| suggestion.close);
                let sure = sure.filter(|_| value.is_alone());
                report.add(finding.did_you_mean(close).fix_value(sure.as_deref()));
                continue;
            };
            let other = alert.runbooks.iter().find(|&&runbook| {
                let owners = &base.graph.owners[runbook];
                !owners.is_empty() && !owners.contains(&owner)
            });
            if let Some(&runbook) = other {
                let document = &base.graph.documents[runbook];
                let owner = &base.graph.documents[base.graph.owners[runbook][0]].id;
                let message = format!(
                    "the rule is owned by `{}`, and its {} by `{owner}`",
                    value.text, document.kind.id
                );
                let finding = RULE.at(value.location.clone(), message);
                report
                    .add(finding.related(document.start(), "this one").help("change the one that is wrong"));
            }
        }
    }
}
