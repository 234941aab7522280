//! Where things went that a change moved: what a name led to before says what it should be now.

use super::Change;
use crate::diagnostic::{Diagnostic, Fix, Help};
use crate::graph::LinkTarget;
use crate::model::{Document, DocumentId, Link, LinkForm, Location};
use crate::text::address::relative;

/// Adds the fix to findings about names of what was moved or renamed, where it is known what became of it.
pub fn suggest_new_locations(change: &Change<'_>, findings: &mut [Diagnostic]) {
    for finding in findings {
        if let Some((text, shown)) = new_location(change, &finding.location) {
            finding.help.retain(|help| !matches!(help, Help::DidYouMean(_)));
            finding.add_help(format!("it is `{shown}` now"));
            finding.fix = Some(Fix { location: finding.location.clone(), text });
        }
    }
}

/// The text to put at a place whose name leads nowhere any more, and the name in it.
fn new_location(change: &Change<'_>, place: &Location) -> Option<(String, String)> {
    let (before, after) = (&change.before, &change.after);
    let path: &str = &place.source.path;
    let now = after.document_at(path)?;
    let old_path = change.moved.iter().find(|(_, new)| *new == path).map_or(path, |(old, _)| old);
    let was = before.document_at(old_path)?;
    let document = &after.graph.documents[now];

    let same = |reference: &&crate::model::Reference| reference.location == *place;
    if let Some(reference) = document.references.iter().find(same) {
        let mut pairs = before.graph.references_of(was);
        let (_, old) = pairs.find(|(old, _)| (&old.path, &old.text) == (&reference.path, &reference.text))?;
        let id = &moved_to(change, old.found()?)?.id;
        let quote =
            place.source.text[place.span.range()].chars().next().filter(|first| "\"'".contains(*first));
        let quote = quote.map(String::from).unwrap_or_default();
        return Some((format!("{quote}{id}{quote}"), id.clone()));
    }
    let covers = |link: &&Link| link.span.start <= place.span.start && place.span.end <= link.span.end;
    let link = document.body.links.iter().find(covers)?;
    let mut pairs = before.graph.links_of(was);
    let (_, target) = pairs.find(|(old, _)| (&old.target, old.form) == (&link.target, link.form))?;
    let LinkTarget::Document { document: target, anchor } = target else { return None };
    let new = moved_to(change, *target)?;
    let written = &place.source.text[place.span.range()];
    if written.starts_with('#') {
        let anchor = renamed_to(&before.graph.documents[*target], new, anchor.as_deref()?)?;
        return Some((format!("#{anchor}"), format!("#{anchor}")));
    }
    let suffix = written.find(['#', '?']).map_or("", |at| &written[at..]);
    let name = match link.form {
        LinkForm::Wiki => new.id.clone(),
        _ => format!("{}.md", relative(&document.stem, &new.stem)),
    };
    Some((format!("{name}{suffix}"), name))
}

/// What became of a document of before, if it is called differently now.
fn moved_to<'a>(change: &Change<'a>, old: DocumentId) -> Option<&'a Document> {
    let path: &str = &change.before.graph.documents[old].source.path;
    let path = change.moved.get(path).map_or(path, String::as_str);
    let index = change.after.document_at(path)?;
    Some(&change.after.graph.documents[index])
}

/// What became of a heading: the only new one, if it is the only one that is gone.
fn renamed_to<'a>(old: &Document, new: &'a Document, anchor: &str) -> Option<&'a str> {
    let only_in = |one: &'a Document, other: &Document| -> Vec<&'a str> {
        let slugs = one.body.headings.iter().map(|heading| heading.slug.as_str());
        slugs.filter(|slug| !other.body.headings.iter().any(|heading| heading.slug == *slug)).collect()
    };
    let is_gone = |slug: &str| !new.body.headings.iter().any(|heading| heading.slug == slug);
    let gone: Vec<&str> =
        old.body.headings.iter().map(|heading| heading.slug.as_str()).filter(|slug| is_gone(slug)).collect();
    match (gone.as_slice(), only_in(new, old).as_slice()) {
        ([gone], [new]) if *gone == anchor => Some(new),
        _ => None,
    }
}
