//! The newest documents of a kind, as Atom.

use atom_syndication::{Entry, Feed, Generator, Link, Person, Text};

use crate::graph::{Graph, date};
use crate::model::{Config, DocumentId, Kind};
use crate::text::address::{href, relative};
use crate::text::xml;

/// A feed holds this many entries at most.
const LONGEST: usize = 50;

/// The newest documents of a kind as Atom. `documents` are in their order, newest first.
pub(super) fn atom(config: &Config, graph: &Graph, kind: &Kind, documents: &[DocumentId]) -> Vec<u8> {
    let own = kind.feed_url();
    // Without a public address, links are relative to the feed.
    let address = |url: &str| match &config.base_url {
        Some(base) => format!("{base}{}", href(url)),
        None => relative(&own, url),
    };
    let moment = |document: DocumentId| {
        date(&graph.documents[document]).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    let entries = documents.iter().take(LONGEST).map(|&index| {
        let document = &graph.documents[index];
        let link = Link {
            href: address(&graph.routes.documents[index]),
            rel: "alternate".to_owned(),
            ..Link::default()
        };
        Entry {
            title: Text::plain(document.title.clone()),
            id: format!("urn:sdkb:{}:{}", href(&config.title), href(&document.full_id())),
            updated: moment(index).parse().unwrap_or_default(),
            summary: (!document.summary.is_empty()).then(|| Text::plain(document.summary.clone())),
            links: vec![link],
            ..Entry::default()
        }
    });
    let index = kind.index_url();
    let links = [("self", own.as_str()), ("alternate", index.as_str())];
    let links = links.map(|(rel, url)| Link { href: address(url), rel: rel.to_owned(), ..Link::default() });
    let feed = Feed {
        title: Text::plain(format!("{}: {}", config.title, kind.plural)),
        id: format!("urn:sdkb:{}:{}", href(&config.title), href(&kind.id)),
        updated: documents
            .first()
            .map(|&newest| moment(newest))
            .unwrap_or_default()
            .parse()
            .unwrap_or_default(),
        authors: vec![Person { name: config.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "sdkb".to_owned(), ..Generator::default() }),
        links: links.to_vec(),
        entries: entries.collect(),
        ..Feed::default()
    };
    xml::allowed(&feed.to_string()).into_owned().into_bytes()
}
