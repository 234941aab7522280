//! A link to a file that is not published, since it could run in a browser or on the host.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Attachment, LinkTarget, Withheld, ending};
use crate::knowledge_base::KnowledgeBase;

pub(super) static RULE: Rule = Rule {
    id: "active-file",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("active_file.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            let LinkTarget::File { path, .. } = target else { continue };
            let Some(Attachment::Withheld(why)) = base.graph.attachments.get(path) else { continue };
            let (reason, help) = worded(why, path, &base.config.downloads);
            let message = format!("`{}` is not published: {reason}", link.target);
            let mut finding = RULE.at(document.source.at(link.span), message).help(help);
            // Another tool may publish it.
            if !base.is_adopted {
                finding.severity = Severity::Warning;
            }
            report.add(finding);
        }
    }
}

/// Why the file at `path` is not published, and what to do about it.
fn worded(why: &Withheld, path: &str, downloads: &[String]) -> (String, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    match why {
        Withheld::Active => {
            let ending = ending(path);
            let endings: Vec<&str> = downloads.iter().map(String::as_str).chain([ending.as_str()]).collect();
            let help = format!(
                "to publish such files as downloads, write `downloads: [{}]` in sdkb.yml",
                endings.join(", ")
            );
            (format!("a browser or host could run what a `.{ending}` file holds"), help)
        }
        Withheld::OfHost => (
            "a host would take it for settings of the site".to_owned(),
            "if it is meant for the host, move it into the static folder".to_owned(),
        ),
        Withheld::LikeAPage => (
            "its name does not tell what it is, and it begins like a web page or a PDF".to_owned(),
            format!("if it is text, call it `{name}.txt`"),
        ),
        Withheld::NoDrawing(problem) => (
            format!("it can't be read as a drawing: {problem}"),
            "export it again as plain SVG, or as PNG".to_owned(),
        ),
        Withheld::Unreadable(reason) => {
            (format!("it {reason}"), "change its permissions, or remove the link".to_owned())
        }
    }
}
