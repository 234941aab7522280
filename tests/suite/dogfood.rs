//! The example knowledge base: no findings, and no dead end in what is made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sdkb::caches::Caches;
use sdkb::session::Session;
use sdkb::world::DiskWorld;

/// The example as people would build it.
fn build() -> BTreeMap<String, Vec<u8>> {
    let world = repository();
    let session = Session::new(world, "example", Caches::for_one_build());
    let analysis = session.analyze();
    let findings = session.findings(&analysis).iter().map(crate::site::place).collect::<Vec<_>>();
    assert!(findings.is_empty(), "{findings:#?}");
    crate::site::pages(&session, &analysis)
}

/// The values of an attribute on a page, found without sdkb's own scanner.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let needle = format!(" {name}=\"");
    let mut values = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&needle) {
        rest = &rest[at + needle.len()..];
        let end = rest.find('"').expect("attributes are closed");
        values.push(&rest[..end]);
        rest = &rest[end..];
    }
    values
}

#[test]
fn no_link_anchor_or_asset_is_dead() {
    let files = build();
    let anchors: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .filter(|(url, _)| url.ends_with(".html"))
        .map(|(url, bytes)| (url.as_str(), attributes(text(bytes), "id").into_iter().collect()))
        .collect();
    let mut checked = 0;
    for (url, bytes) in files.iter().filter(|(url, _)| url.ends_with(".html") && *url != "404.html") {
        let html = text(bytes);
        for link in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            let link = link.replace("&amp;", "&");
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (path, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
            let path = path.split('?').next().unwrap_or_default();
            let target = if path.is_empty() { url.clone() } else { resolve(url, path) };
            assert!(files.contains_key(&target), "{url} links to {link}, and there is no {target}");
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
                assert!(anchors[target.as_str()].contains(anchor), "{url} links to {link}: no such anchor");
            }
        }
        let mut ids = attributes(html, "id");
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{url} has an id twice: {ids:?}");
        assert!(!html.contains("class=\"broken\""), "{url} shows something broken");
    }
    assert!(checked > 4_000, "{checked} links");
}

#[test]
fn pages_hold_to_a_strict_policy_and_a_small_weight() {
    let files = build();
    for (url, bytes) in files.iter().filter(|(url, _)| url.ends_with(".html")) {
        let html = text(bytes);
        assert!(html.contains("Content-Security-Policy"), "{url} has no policy");
        for banned in [" style=\"", "<style", " onclick=", "javascript:", "src=\"http", "unsafe-inline"] {
            assert!(!html.contains(banned), "{url} holds {banned}");
        }
        for script in html.match_indices("<script").map(|(at, _)| &html[at..]) {
            let tag = &script[..script.find('>').expect("tags are closed")];
            assert!(tag.contains(" src="), "{url} has an inline script");
        }
        assert!(html.contains("<html lang=\"en\""), "{url} has no language");
    }
    // The example has the theme's sources. Other sites have its scripts without the comments.
    let weight = |name: &str| {
        let source = text(&files[&format!("assets/{name}")]);
        let is_comment = |line: &&str| name.ends_with(".js") && line.trim_start().starts_with("// ");
        source.split_inclusive('\n').filter(|line| !is_comment(line)).map(str::len).sum::<usize>()
    };
    for (url, bytes) in files.iter().filter(|(url, _)| url.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
        let loaded = html.match_indices("assets/").map(|(at, _)| &html[at + "assets/".len()..]);
        let names: BTreeSet<&str> = loaded.filter_map(|rest| rest.split(['?', '"']).next()).collect();
        let is_loaded = |name: &&&str| name.ends_with(".js") || name.ends_with(".css");
        let total: usize = names.iter().filter(is_loaded).map(|name| weight(name)).sum();
        assert!(total < 60 * 1024, "{url} loads {total} bytes of styles and scripts: {names:?}");
    }
    // Search is loaded when it is needed: the engine, and either the palette or the page of results.
    let scripts = files.keys().filter_map(|url| url.strip_prefix("assets/"));
    let search: BTreeMap<&str, usize> =
        scripts.filter(|name| name.starts_with("search/")).map(|name| (name, weight(name))).collect();
    let all: usize = search.values().sum();
    assert!(all - search["search/results.js"] < 45_000, "{search:?}");
    assert!(all - search["search/palette.js"] < 45_000, "{search:?}");
}

#[test]
fn the_example_is_a_whole_company() {
    let world = repository();
    let analysis = Session::new(world, "example", Caches::for_one_build()).analyze();
    let count = |kind: &str| analysis.base.graph.of_kind(kind).len();
    assert!(analysis.base.graph.documents.len() >= 70);
    for (kind, least) in [
        ("squad", 6),
        ("service", 14),
        ("runbook", 18),
        ("failure-mode", 18),
        ("priority", 4),
        ("comms-template", 8),
        ("incident", 8),
        ("ceremony", 2),
        ("readiness", 2),
    ] {
        assert!(count(kind) >= least, "{} of kind {kind}", count(kind));
    }
}

/// The example on a day on which nothing in it is late.
fn repository() -> DiskWorld {
    let mut world = DiskWorld::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is there");
    world.now =
        jiff::civil::date(2026, 11, 23).to_zoned(jiff::tz::TimeZone::UTC).expect("a day has a beginning");
    world
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// Where a relative link on the page `from` leads, decoded.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{from} links out of the site: {link}"),
            part => parts.push(part),
        }
    }
    percent_encoding::percent_decode_str(&parts.join("/")).decode_utf8_lossy().into_owned()
}
