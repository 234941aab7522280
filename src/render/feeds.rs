//! The site for machines: Atom, sitemap and JSON.

use std::io;

use atom_syndication::{Entry, Feed, Generator, Link, Person, Text};
use quick_xml::Writer;
use quick_xml::events::BytesText;
use serde::Serialize;

use crate::graph::{Graph, Page, date};
use crate::model::{Config, Kind};
use crate::text::address::{href, relative};
use crate::text::xml;

/// A feed holds this many entries at most.
const LONGEST: usize = 50;

/// The newest documents of a kind as Atom. `documents` are in their order, newest first.
pub fn atom(config: &Config, graph: &Graph, kind: &Kind, documents: &[usize]) -> Vec<u8> {
    let own = format!("{}/feed.xml", kind.folder);
    // Without a public address, links are relative to the feed.
    let address = |url: &str| match &config.base_url {
        Some(base) => format!("{base}{}", href(url)),
        None => relative(&own, url),
    };
    let moment = |document: usize| {
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
    let index = format!("{}/index.html", kind.folder);
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

/// The addresses of all pages for search engines; relative to the site's root without a public address.
pub fn sitemap(config: &Config, graph: &Graph) -> Vec<u8> {
    let base = config.base_url.as_deref().unwrap_or("/");
    let is_listed = |page: &Page| {
        !matches!(
            page,
            Page::Redirect(_)
                | Page::NotFound
                | Page::Search
                | Page::OpenSearch
                | Page::Feed(_)
                | Page::Sitemap
                | Page::GraphData
        )
    };
    let document = xml::document(|writer| {
        let urls = writer.create_element("urlset");
        let urls = urls.with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        urls.write_inner_content(|writer| {
            for (url, _) in graph.routes.pages.iter().filter(|(_, page)| is_listed(page)) {
                let url = url.strip_suffix("index.html").unwrap_or(url);
                writer
                    .create_element("url")
                    .write_inner_content(|writer| element(writer, "loc", &format!("{base}{}", href(url))))?;
            }
            Ok(())
        })?;
        Ok(())
    });
    document.into_bytes()
}

/// How browsers search the site from their address bar:
/// <https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch>. Without an address of the site they can't.
pub fn open_search(config: &Config) -> Vec<u8> {
    // Browsers take at most 16 characters for the name, and 1024 for the rest.
    let name: String = config.title.chars().take(16).collect();
    let description = if config.description.is_empty() { &config.title } else { &config.description };
    let description: String = description.chars().take(1024).collect();
    let base = config.base_url.as_deref().unwrap_or("/");
    let template = format!("{base}search.html?q={{searchTerms}}");
    let document = xml::document(|writer| {
        let root = writer.create_element("OpenSearchDescription");
        let root = root.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
        root.write_inner_content(|writer| {
            element(writer, "ShortName", &name)?;
            element(writer, "Description", &description)?;
            element(writer, "InputEncoding", "UTF-8")?;
            let url = writer.create_element("Url");
            url.with_attributes([("type", "text/html"), ("template", &template)]).write_empty()?;
            Ok(())
        })?;
        Ok(())
    });
    document.into_bytes()
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

/// The shape of `graph.json`. A change that breaks readers raises `version`.
#[derive(Serialize)]
struct GraphData<'a> {
    version: u32,
    documents: Vec<DocumentData<'a>>,
    references: Vec<ReferenceData<'a>>,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    /// `kind/id`, which the references use.
    name: String,
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    url: String,
    source: &'a str,
    owners: Vec<String>,
    alerts: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReferenceData<'a> {
    from: String,
    field: &'a str,
    to: String,
}

/// The documents and their typed references as JSON.
pub fn graph_data(graph: &Graph) -> Vec<u8> {
    let name = |index: usize| graph.documents[index].full_id();
    let documents = graph.documents.iter().enumerate().map(|(index, document)| DocumentData {
        name: document.full_id(),
        kind: &document.kind.id,
        id: &document.id,
        title: &document.title,
        summary: &document.summary,
        url: href(&graph.routes.documents[index]),
        source: &document.source.path,
        owners: graph.owners[index].iter().map(|&owner| name(owner)).collect(),
        alerts: document.alerts.iter().map(|(name, _)| name.as_str()).collect(),
    });
    let references = graph.documents.iter().zip(&graph.references).flat_map(|(document, resolutions)| {
        document.references.iter().zip(resolutions.iter()).filter_map(|(reference, resolution)| {
            let to = name(resolution.found()?);
            Some(ReferenceData { from: document.full_id(), field: &reference.path, to })
        })
    });
    let data = GraphData { version: 1, documents: documents.collect(), references: references.collect() };
    serde_json::to_vec(&data).unwrap_or_default()
}
