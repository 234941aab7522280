//! Two documents of one kind with one id.

use crate::check::{Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::model::{Document, Location};

pub(super) static RULE: Rule =
    Rule { id: "duplicate-id", severity: Severity::Error, summary: "two documents of a kind with one id", check };

fn check(subject: &Subject<'_>, report: &mut Report) {
    for &(first, second) in &subject.graph.ids.duplicates {
        let (first, second) = (&subject.graph.documents[first], &subject.graph.documents[second]);
        let message = format!("second {} with the id `{}`", second.kind.id, second.id);
        let finding = RULE.at(place(second), message).related(place(first), "the first one");
        report.add(finding.help("rename one of them, or give it an `id`"));
    }
}

fn place(document: &Document) -> Location {
    document.id_location.clone().unwrap_or_else(|| document.start())
}
