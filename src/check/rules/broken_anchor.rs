//! A link to a section that its document does not have.

use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::{Severity, names};
use crate::graph::{LinkProblem, LinkTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "broken-anchor",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("broken_anchor.md"),
    check: Check::Project(check),
};

/// A page of more headings than this gets no suggestions: each costs a look at all of them.
const MOST_HEADINGS: usize = 2_000;

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            let LinkTarget::Broken(problem) = target else { continue };
            let (other, anchor) = match problem {
                LinkProblem::NoAnchor { document, anchor } => (Some(document), anchor),
                LinkProblem::NoSection { anchor } => (None, anchor),
                _ => continue,
            };
            let source = &document.source;
            // Point at the anchor where it stands as such, which an encoded one does not.
            let text = &source.text[link.span.range()];
            let span = match text.rfind('#') {
                Some(at) => {
                    let start = link.span.start as usize + at;
                    crate::model::Span::new(start..link.span.end as usize)
                }
                None => link.span,
            };
            let Some(other) = other else {
                let finding =
                    RULE.at(source.at(span), format!("no section `#{anchor}` in a list of documents"));
                let help = "write an `index.md` in the folder, or link to the document that has the section";
                report.add(finding.help(help));
                continue;
            };
            let headings = &base.graph.documents[*other].body.headings;
            let path = &base.graph.documents[*other].source.path;
            let place = if *other == index { "this document".to_owned() } else { format!("`{path}`") };
            let finding = RULE.at(source.at(span), format!("no section `#{anchor}` in {place}"));
            let is_long = headings.len() > MOST_HEADINGS;
            let suggestion = if is_long {
                None
            } else {
                report.suggest(format!("{path}#{anchor}"), || {
                    let slugs = || headings.iter().map(|heading| heading.slug.as_str());
                    let close = suggest::closest(anchor, slugs())?.to_owned();
                    let sure = suggest::only(anchor, slugs().map(|slug| (slug, slug)));
                    Some(Suggestion { close, sure: sure.map(str::to_owned) })
                })
            };
            report.add(match suggestion {
                Some(Suggestion { close, sure }) => {
                    let is_plain = text.ends_with(&format!("#{anchor}"));
                    let sure = sure.filter(|_| is_plain);
                    let place = finding.location.clone();
                    finding
                        .did_you_mean(Some(format!("#{close}")))
                        .fix(place, sure.map(|sure| format!("#{sure}")))
                }
                None if headings.is_empty() => finding.help("the document has no headings"),
                None => {
                    let slugs = headings.iter().map(|heading| format!("#{}", heading.slug));
                    finding.help(format!("its sections are {}", names(slugs)))
                }
            });
        }
    }
}
