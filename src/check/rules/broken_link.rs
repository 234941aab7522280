//! A link in a body that leads to nothing.

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::{Severity, suggest};
use crate::graph::{LinkProblem, LinkTarget};
use crate::model::Document;
use crate::parse::markdown::{Link, LinkForm};

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    severity: Severity::Error,
    holds: Holds::Everywhere,
    text: include_str!("broken_link.md"),
    check: Check::Project(check),
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (index, document) in subject.documents() {
        for (link, target) in document.body.links.iter().zip(&subject.graph.links[index]) {
            let LinkTarget::Broken(problem) = target else { continue };
            let is_image = matches!(link.form, LinkForm::Image | LinkForm::HtmlImage);
            let location = document.source.at(link.span);
            let suggests = report.may_suggest(&RULE);
            report.add(match problem {
                LinkProblem::NoFile if !is_image => {
                    let finding = RULE.at(location.clone(), format!("no file or page `{}`", link.target));
                    let nearest = || suggests.then(|| nearest_file(subject, document, link)).flatten();
                    match (address(&link.target), nearest()) {
                        (Some(address), _) => finding.did_you_mean(Some(address)),
                        (None, Some((close, is_sure))) => {
                            let close = close + suffix(document, link);
                            finding.fix(location, is_sure.then(|| close.clone())).did_you_mean(Some(close))
                        }
                        (None, None) => finding,
                    }
                }
                LinkProblem::NoDocument => {
                    let id = link.target.split('#').next().unwrap_or_default();
                    let finding = RULE.at(location.clone(), format!("no document `{id}`"));
                    match suggests.then(|| subject.graph.ids.suggest(id, &[])).flatten() {
                        Some(close) => {
                            let sure = subject.graph.ids.only_close(id, &[]);
                            let sure = sure.map(|sure| sure + suffix(document, link));
                            finding.did_you_mean(Some(close)).fix(location, sure)
                        }
                        None => finding.help("write the id of a document, or `\\[[` for two brackets"),
                    }
                }
                LinkProblem::Unsafe => {
                    let finding = RULE.at(location, format!("pages can't link to `{}`", link.target));
                    finding.help("use an address that begins with `https:`, or a path")
                }
                LinkProblem::Empty => RULE.at(location, "link without an address").help("say where it leads"),
                _ => continue,
            });
        }
    }
}

/// The address of another site, or of a person, that lacks its beginning.
fn address(target: &str) -> Option<String> {
    match target {
        _ if target.starts_with("www.") => Some(format!("https://{target}")),
        _ if target.contains('@') && !target.contains('/') => Some(format!("mailto:{target}")),
        _ => None,
    }
}

/// What stands behind the path of a link, as it is written: its anchor.
fn suffix<'a>(document: &'a Document, link: &Link) -> &'a str {
    let written = &document.source.text[link.span.range()];
    written.find(['#', '?']).map_or("", |at| &written[at..])
}

/// The path of the file that `link` was probably meant to lead to, as the document would write it, and whether
/// there is no doubt: the only document of that name is somewhere else, or no other name is close.
fn nearest_file(subject: &Subject<'_>, document: &Document, link: &Link) -> Option<(String, bool)> {
    let path = link.target.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    let wanted = name(path);
    let names: Vec<(String, &str)> =
        subject.graph.documents.iter().map(|other| (name(&other.stem), other.stem.as_str())).collect();
    let same: Vec<&str> = names.iter().filter(|(name, _)| *name == wanted).map(|(_, stem)| *stem).collect();
    let pairs = || names.iter().map(|(name, stem)| (name.as_str(), *stem));
    let (stem, is_sure) = match same.as_slice() {
        [one] => (*one, true),
        _ => (suggest::closest_of(&wanted, pairs())?, suggest::only(&wanted, pairs()).is_some()),
    };
    Some((format!("{}.md", crate::graph::relative(&document.stem, stem)), is_sure))
}
