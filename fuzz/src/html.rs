//! Judges HTML as a browser reads it: by its tree, and not by its text.

use std::collections::BTreeSet;

use scraper::{Element, ElementRef, Html, Node};

/// Elements that run, load or restyle something, or that a browser reads by other rules.
const BANNED: [&str; 18] = [
    "applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "math", "meta", "noscript",
    "object", "portal", "script", "style", "svg", "template", "textarea",
];

/// What of these the theme's own pages have; more is asked of some of them.
const OWN: [&str; 8] = ["form", "link", "meta", "noscript", "script", "svg", "template", "textarea"];

/// Attributes that hold an address.
const ADDRESSES: [&str; 12] = [
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "longdesc",
    "ping",
    "poster",
    "src",
    "srcset",
    "xlink:href",
];

/// Panics if the body of a document could run something, or does not end where it should.
pub fn judge_body(html: &str) {
    let whole = format!("<main><article>{html}</article></main><footer></footer>");
    let tree = Html::parse_document(&whole);
    let mut footers = Vec::new();
    for element in elements(&tree) {
        let name = element.value().name();
        assert!(!BANNED.contains(&name), "<{name}> in {html}");
        judge_attributes(element);
        if name == "footer" {
            footers.push(element);
        }
    }
    let last = footers.last().and_then(|footer| footer.parent_element());
    assert_eq!(last.map(|parent| parent.value().name()), Some("body"), "left open: {html}");
}

/// Panics if a page could run anything but the theme's scripts.
pub fn judge_page(tree: &Html) {
    for element in elements(tree) {
        let name = element.value().name();
        assert!(!BANNED.contains(&name) || OWN.contains(&name), "<{name}>: {}", element.html());
        judge_attributes(element);
        let attribute = |name| element.value().attr(name).unwrap_or_default();
        match name {
            "script" => {
                // The links of 404.html begin at the root of the host.
                let (folder, _) = attribute("src").rsplit_once('/').unwrap_or_default();
                let is_own = folder.ends_with("assets") && !folder.contains("//");
                assert!(is_own, "a foreign script: {}", element.html());
                assert_eq!(element.text().count(), 0, "an inline script: {}", element.html());
            }
            "meta" => {
                let header = attribute("http-equiv").to_ascii_lowercase();
                let is_own = ["", "content-security-policy", "refresh"].contains(&header.as_str());
                assert!(is_own, "{}", element.html());
                if header == "refresh" {
                    let address = attribute("content").split_once("url=").map(|(_, url)| url);
                    judge_address(address.unwrap_or_default());
                }
            }
            _ => {}
        }
    }
}

/// The addresses on a page that a browser follows or loads, as they are written.
pub fn addresses(tree: &Html) -> Vec<&str> {
    let links = elements(tree).flat_map(|element| {
        ["href", "src", "data-script"].into_iter().filter_map(move |name| element.value().attr(name))
    });
    links.collect()
}

/// Where on a page an address can lead.
pub fn anchors(tree: &Html) -> BTreeSet<&str> {
    let anchors = elements(tree).flat_map(|element| {
        let name = element.value().attr("name").filter(|_| element.value().name() == "a");
        element.value().attr("id").into_iter().chain(name)
    });
    anchors.collect()
}

fn elements(tree: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    tree.tree.nodes().filter(|node| matches!(node.value(), Node::Element(_))).filter_map(ElementRef::wrap)
}

fn judge_attributes(element: ElementRef<'_>) {
    for (name, value) in element.value().attrs() {
        assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{}", element.html());
        if ADDRESSES.contains(&name) {
            judge_address(value);
        }
    }
}

/// Panics if following an address would run something.
fn judge_address(address: &str) {
    // This is what browsers do before they look for a scheme.
    let address = address.trim_start_matches(|letter: char| letter <= ' ').replace(['\t', '\n', '\r'], "");
    let address = address.to_ascii_lowercase();
    for scheme in ["javascript:", "vbscript:", "data:", "blob:", "filesystem:"] {
        assert!(!address.starts_with(scheme), "{address}");
    }
}
