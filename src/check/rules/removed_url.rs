//! An address that a change takes from the site.

use crate::check::{AppliesTo, Change, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Attachment, StableAddress};
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Location, Role, Source, Span};
use crate::parse::media::is_visual;
use crate::text::address::alias_url;

pub(super) static RULE: Rule = Rule {
    id: "removed-url",
    severity: Severity::Error,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("removed_url.md"),
    check: Check::Change(check),
};

fn check(change: &Change<'_>, report: &mut Report) {
    let (before, after) = (&change.before.graph, &change.after.graph);
    for (url, page) in &before.routes.pages {
        // Not every host takes a capital for a small letter.
        if after.routes.pages.contains_key(url) {
            continue;
        }
        let alias = url.strip_suffix(".html").unwrap_or(url);
        let Some(address) = page.stable_address() else { continue };
        let (location, message): (Location, String) = match address {
            StableAddress::Document(index) => {
                (before.documents[index].start(), format!("the address `{url}` is gone"))
            }
            StableAddress::Alias(index) => {
                let document = &before.documents[index];
                let mut aliases = document.texts_of(Role::Aliases);
                let is_this = |alias: &str| alias_url(document.folder(), alias).as_ref() == Some(url);
                let written = aliases.find(|(alias, _)| is_this(alias));
                let location = written.map_or_else(|| document.start(), |(_, location)| location.clone());
                (location, format!("the address `{url}`, an alias, is gone"))
            }
            StableAddress::Alert(name) => {
                let node = &before.alerts[name];
                let rule = node.rules.first().map(|&rule| &change.before.definitions.alert_rules[rule]);
                let claim = node.claims.first().map(|(_, location)| location);
                let Some(location) = claim.or(rule.map(|rule| &rule.name.location)) else { continue };
                (location.clone(), format!("the page of alert `{name}` is gone"))
            }
        };
        let finding = RULE.at(location.clone(), message);
        let path: &str = &location.source.path;
        let now = change.after.document_at(change.moved.get(path).map_or(path, String::as_str));
        if now.is_some_and(|index| !after.documents[index].is_readable) {
            continue;
        }
        report.add(match (change.moved.get(path), address) {
            (_, StableAddress::Alert(_)) => {
                finding.help("claim the alert in the document that answers it now")
            }
            (Some(new), _) => finding.help(format!("add `aliases: [{alias}]` to `{new}`")),
            (None, _) => {
                finding.help(format!("add `aliases: [{alias}]` to the document that readers need instead"))
            }
        });
    }
    removed_files(change, report);
}

/// Files that the site had, but for pictures, which are seen on pages.
fn removed_files(change: &Change<'_>, report: &mut Report) {
    let (before, after) = (change.before, change.after);
    let attached = |base: &KnowledgeBase, url: &str| {
        base.graph.attachments.get(url).is_some_and(|it| !matches!(it, Attachment::Withheld(_)))
    };
    let statics =
        before.static_files.iter().map(|url| (url, format!("{}/{url}", before.config.static_files)));
    let beside = before.graph.attachments.keys().filter(|url| attached(before, url));
    let beside = beside.map(|url| (url, before.config.in_content(url)));
    for (url, path) in statics.chain(beside).filter(|(url, _)| !is_visual(url)) {
        let is_there = after.static_files.contains(url)
            || attached(after, url)
            || after.graph.routes.pages.contains_key(url);
        if !is_there {
            let location = Source::new(path.as_str(), "").at(Span::default());
            let finding = RULE.at(location, format!("the file at the address `{url}` is gone"));
            report.add(finding.help("put it back: readers may have its address"));
        }
    }
}
