//! An objective of a service that does not exist.

use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::{Severity, article};
use crate::knowledge_base::KnowledgeBase;
use crate::model::Role;

pub(super) static RULE: Rule = Rule {
    id: "unknown-service",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unknown_service.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let kinds = base.kinds.all.iter().filter(|kind| kind.path_of(Role::Objectives).is_some());
    let kinds: Vec<String> = kinds.map(|kind| kind.id.clone()).collect();
    // A project without services has none to name.
    if !base.documents().any(|(_, document)| kinds.contains(&document.kind.id)) {
        return;
    }
    for objective in &base.definitions.unclaimed {
        let name = &objective.name.text;
        let Some(service) = objective.service(&base.config.alerts) else {
            let message = format!("the objective `{name}` names no {}", kinds.join(" or "));
            let label = base.config.alerts.service_labels.first();
            let finding = RULE.at(objective.name.location.clone(), message);
            let help = label
                .map(|label| format!("add the label `{label}`, as the tool that reads it writes labels"));
            report.add(help.into_iter().fold(finding, |finding, help| finding.help(help)));
            continue;
        };
        let text = &service.text;
        let message = format!("the objective `{name}` is of `{text}`, which is no {}", kinds.join(" or "));
        let suggestion = report.suggest(text.clone(), || {
            let close = base.graph.ids.suggest(text, &kinds)?;
            Some(Suggestion { close, sure: base.graph.ids.only_close(text, &kinds) })
        });
        let finding = RULE.at(service.location.clone(), message);
        let sure = suggestion.as_ref().and_then(|suggestion| suggestion.sure.clone());
        let finding = match suggestion {
            Some(suggestion) => finding.did_you_mean(Some(suggestion.close)),
            None => finding.help(format!("write {} for it, or name another", article(&kinds[0]))),
        };
        report.add(finding.fix_value(sure.filter(|_| service.is_alone()).as_deref()));
    }
}
