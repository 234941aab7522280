//! A file or folder that can't be read at all.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{ReadErrorKind, Source, Span};

pub(super) static RULE: Rule = Rule {
    id: "unreadable-file",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unreadable_file.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for error in &base.problems.read_errors {
        let place = Source::new(error.path.as_str(), "").at(Span::default());
        let message = format!("`{}` {}", error.path, error.reason);
        let is_content = error.path == base.config.content || base.config.inside(&error.path).is_some();
        report.add(RULE.at(place, message).help(if error.kind == ReadErrorKind::Name {
            "give it a name in UTF-8"
        } else if is_content {
            "remove it, or name it under `ignore` in sdkb.yml"
        } else {
            "fix it, or remove it"
        }));
    }
}
