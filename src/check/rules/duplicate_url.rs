//! Two documents at one address, or at two that some hosts take for one.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::Attachment;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Source, Span};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-url",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("duplicate_url.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for clash in &base.graph.routes.clashes {
        let (first, second) = (&base.graph.documents[clash.first], &base.graph.documents[clash.second]);
        let own = &clash.wanted;
        let is_folder = first.stem.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let (message, first_is) = if is_folder {
            (format!("address `{own}` is that of a folder"), "in the folder")
        } else if *own == clash.url {
            (format!("second document at the address `{own}`"), "the first one")
        } else if own.to_lowercase() == clash.url.to_lowercase() {
            (format!("address `{own}` differs from `{}` only in case", clash.url), "the first one")
        } else {
            (
                format!("address `{own}` differs from `{}` only in how accents are stored", clash.url),
                "the first one",
            )
        };
        let finding = RULE.at(second.start(), message).related(first.start(), first_is);
        report.add(finding.help("rename one of the two files"));
    }
    let statics = base.static_files.iter().map(|url| (url, format!("{}/{url}", base.config.static_files)));
    let attached = base.graph.attachments.iter();
    let attached = attached.filter(|(_, attachment)| !matches!(attachment, Attachment::Withheld(_)));
    let attached = attached.map(|(url, _)| (url, base.config.in_content(url)));
    for (url, path) in statics.chain(attached) {
        let Some(page) = base.graph.routes.pages.get(url) else { continue };
        let file = Source::new(path.as_str(), "").at(Span::default());
        let finding = RULE.at(file, format!("the site has a page at `{url}`, and not this file"));
        let finding = finding.help("rename the file, or remove it");
        report.add(match page.document() {
            Some(document) => finding.related(base.graph.documents[document].start(), "the page"),
            None => finding,
        });
    }
}
