//! Judges the links between the pages of a site.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use scraper::Html;

use crate::html;

/// Panics if a page links to what the site does not have.
pub fn judge(files: &BTreeMap<String, Vec<u8>>, pages: &BTreeMap<&str, Html>) {
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(url, page)| (*url, html::anchors(page))).collect();
    // The host shows 404.html at any address, so its links are none of the site's own.
    for (url, page) in pages.iter().filter(|(url, _)| **url != "404.html") {
        for address in html::addresses(page) {
            if has_scheme(address) {
                continue;
            }
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let path = path.split('?').next().unwrap_or_default();
            let target = if path.is_empty() { (*url).to_owned() } else { resolve(url, path) };
            assert!(files.contains_key(&target), "{url} links to {address}, and there is no {target}");
            let anchor = percent_decode_str(anchor).decode_utf8_lossy();
            let Some(known) = anchors.get(target.as_str()).filter(|_| !anchor.is_empty()) else { continue };
            assert!(known.contains(&*anchor), "{url} links to {address}: no such anchor");
        }
    }
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    address.starts_with("//")
        || scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.chars().all(is_letter))
}

/// Where a relative link on the page at `from` leads.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{from} links out of the site: {link}"),
            part => parts.push(part),
        }
    }
    percent_decode_str(&parts.join("/")).decode_utf8_lossy().into_owned()
}
