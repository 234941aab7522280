//! A link in a body that leads to nothing.

use percent_encoding::percent_decode_str;

use crate::check::{AppliesTo, Check, Report, Rule, Suggestion};
use crate::diagnostic::Severity;
use crate::graph::{LinkProblem, LinkTarget};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Link, LinkForm};
use crate::parse::INDEX_NAMES;
use crate::text::address::{normalize, relative, scheme};
use crate::text::name::stem;
use crate::text::suggest;

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("broken_link.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (index, document) in base.documents() {
        for (link, target) in base.graph.links_of(index) {
            let LinkTarget::Broken(problem) = target else { continue };
            let is_image = matches!(link.form, LinkForm::Image | LinkForm::HtmlImage);
            let location = document.source.at(link.span);
            let left_out = match problem {
                LinkProblem::NoDocument { .. } => {
                    base.left_out_as(link.target.split('#').next().unwrap_or_default())
                }
                LinkProblem::NoFile => left_out_at(base, document, link),
                _ => None,
            };
            if let Some(path) = left_out {
                let finding = RULE.at(location, format!("no page for `{}`", link.target));
                report.add(finding.help(publish(path)));
                continue;
            }
            let finding = match problem {
                LinkProblem::NoFile if !is_image => {
                    let finding = RULE.at(location.clone(), format!("no file or page `{}`", link.target));
                    let key = format!("{}>{}", document.folder(), link.target);
                    let nearest = report.suggest(key, || nearest_file(base, document, link));
                    match (address(&link.target), nearest) {
                        (Some(address), _) => finding.did_you_mean(Some(address)),
                        (None, Some(Suggestion { close, sure })) => {
                            let suffix = suffix(document, link);
                            let sure = sure.map(|sure| sure + suffix);
                            finding.fix(location, sure).did_you_mean(Some(close + suffix))
                        }
                        (None, None) => finding,
                    }
                }
                LinkProblem::NoDocument { id } => {
                    let finding = RULE.at(location.clone(), format!("no document `{id}`"));
                    let suggestion = report.suggest(format!("[[{id}]]"), || nearest_id(base, id));
                    match suggestion {
                        Some(Suggestion { close, sure }) => {
                            let is_written_there = link.target.starts_with(id);
                            let sure =
                                sure.filter(|_| is_written_there).map(|sure| sure + suffix(document, link));
                            finding.did_you_mean(Some(close)).fix(location, sure)
                        }
                        None => finding.help("write the id of a document, or `\\[[` for two brackets"),
                    }
                }
                LinkProblem::Unsafe => {
                    let finding = RULE.at(location, format!("pages can't link to `{}`", link.target));
                    finding.help("use an address that begins with `https:`, or a path")
                }
                LinkProblem::Empty if !link.target.trim().is_empty() => {
                    let finding = RULE.at(location, format!("`{}` is not a whole address", link.target));
                    finding.help("write where it leads behind it")
                }
                LinkProblem::Empty if is_list_of_chapters(base, document) => continue,
                LinkProblem::Empty => RULE.at(location, "link without an address").help("say where it leads"),
                _ => continue,
            };
            report.add(finding);
        }
    }
}

/// Whether a document is the list of the chapters of a book, where one without an address is to be written yet:
/// <https://rust-lang.github.io/mdBook/format/summary.html>.
fn is_list_of_chapters(base: &KnowledgeBase, document: &Document) -> bool {
    let mut books = base.config.origins.iter().filter(|origin| origin.publishes_listed);
    books.any(|book| book.root_of(&document.source.path).is_some_and(|(_, path)| path == "SUMMARY.md"))
}

/// The document that is left out to which a link leads by its path.
pub(super) fn left_out_at<'a>(base: &'a KnowledgeBase, document: &Document, link: &Link) -> Option<&'a str> {
    let path = link.target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    let folder = if path.starts_with('/') { "" } else { document.folder() };
    let path = base.config.in_content(&normalize(folder, &path)?);
    let path = stem(path.strip_suffix(".html").unwrap_or(&path));
    base.left_out.iter().map(String::as_str).find(|left_out| stem(left_out) == path)
}

/// What to do about a reference to the document at `path`, which is left out.
pub(super) fn publish(path: &str) -> String {
    format!("`{path}` is left out of the site: publish it, or lead elsewhere")
}

/// The id that `id` was probably meant to be: of the kind that it names, if it does.
fn nearest_id(base: &KnowledgeBase, id: &str) -> Option<Suggestion> {
    let ids = &base.graph.ids;
    let of_kind = id.split_once('/').and_then(|(kind, rest)| {
        let kind = base.kinds.get(kind).or_else(|| base.kinds.by_folder(kind))?;
        let full = |id: String| format!("{}/{id}", kind.id);
        let to = [kind.id.clone()];
        let close = full(ids.suggest(rest, &to)?);
        Some(Suggestion { close, sure: ids.only_close(rest, &to).map(full) })
    });
    of_kind.or_else(|| Some(Suggestion { close: ids.suggest(id, &[])?, sure: ids.only_close(id, &[]) }))
}

/// The address of another site, or of a person, that lacks its beginning or stands in brackets.
fn address(target: &str) -> Option<String> {
    let inner = target.trim_matches(['[', ']', '<', '>', '(', ')', '"', '\'']);
    match target {
        _ if inner != target && scheme(inner).is_some() => Some(inner.to_owned()),
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

/// The path of the file that `link` was probably meant to lead to, as the document would write it. There
/// is no doubt if the only document of that name is somewhere else, or no other name is close.
fn nearest_file(base: &KnowledgeBase, document: &Document, link: &Link) -> Option<Suggestion> {
    let path = link.target.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let path = percent_decode_str(path).decode_utf8_lossy();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    let wanted = name(&path);
    let others = base.graph.documents.iter().filter(|other| other.stem != document.stem);
    let names: Vec<(String, &str)> = others.map(|other| (name(&other.stem), other.stem.as_str())).collect();
    let same: Vec<&str> = names.iter().filter(|(name, _)| *name == wanted).map(|(_, stem)| *stem).collect();
    let pairs = || names.iter().map(|(name, stem)| (name.as_str(), *stem));
    // Every folder has its own index, and a path without an ending may mean anything.
    let may_be_sure = path.ends_with(".md") && !INDEX_NAMES.contains(&wanted.as_str());
    let (stem, is_sure) = match same.as_slice() {
        [one] => (*one, may_be_sure),
        _ => {
            let close = suggest::closest_of(&wanted, pairs())?;
            // Another name in another folder is more than a slip.
            let meant = normalize(document.folder(), &path).unwrap_or_default();
            let is_beside = folder(&meant) == folder(close);
            (close, may_be_sure && is_beside && suggest::only(&wanted, pairs()).is_some())
        }
    };
    let close = format!("{}.md", relative(&document.stem, stem));
    Some(Suggestion { sure: is_sure.then(|| close.clone()), close })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
