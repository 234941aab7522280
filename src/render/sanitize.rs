//! Makes HTML that an author wrote safe to show on a page of the site.
//!
//! A real HTML parser reads it and writes it anew, so that what the browser reads is what was
//! checked. The list says what may stay; everything else goes.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ammonia::Builder;

/// What documents are made of. Nothing that runs, loads a page, sends a form or brings a style.
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "a", "abbr", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    "video", "wbr",
];

/// Attributes of single elements, beside [`EVERYWHERE`].
#[rustfmt::skip]
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "name", "rel"]),
    ("audio", &["controls", "src"]),
    ("blockquote", &["cite"]),
    ("col", &["align", "span", "width"]),
    ("colgroup", &["align", "span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("div", &["align"]),
    ("figure", &["data-lang"]),
    ("h1", &["align"]), ("h2", &["align"]), ("h3", &["align"]),
    ("h4", &["align"]), ("h5", &["align"]), ("h6", &["align"]),
    ("img", &["align", "alt", "height", "loading", "src", "width"]),
    ("input", &["checked"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align"]),
    ("q", &["cite"]),
    ("source", &["src", "type"]),
    ("table", &["align", "border", "cellpadding", "cellspacing", "summary", "width"]),
    ("tbody", &["align", "valign"]),
    ("td", &["align", "colspan", "headers", "height", "rowspan", "valign", "width"]),
    ("tfoot", &["align", "valign"]),
    ("th", &["abbr", "align", "colspan", "headers", "height", "rowspan", "scope", "valign", "width"]),
    ("thead", &["align", "valign"]),
    ("time", &["datetime"]),
    ("tr", &["align", "valign"]),
    ("video", &["controls", "height", "src", "width"]),
];

const EVERYWHERE: &[&str] = &["class", "dir", "id", "lang", "role", "tabindex", "title"];

const SCHEMES: &[&str] = &["ftp", "git", "http", "https", "mailto", "slack", "ssh", "tel"];

/// `html` without anything that could run, restyle the page or load what is not an image, a video
/// or a sound. Keeps all that [`super::html`] writes.
pub fn sanitize(html: &str) -> String {
    static BUILDER: OnceLock<Builder<'static>> = OnceLock::new();
    BUILDER.get_or_init(builder).clean(html).to_string()
}

fn builder() -> Builder<'static> {
    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    // A document has no fields to fill in: every `input` is the box of a task.
    let task = HashMap::from([("disabled", ""), ("type", "checkbox")]);
    let mut builder = Builder::new();
    builder
        .tags(set(TAGS))
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, set(names))).collect())
        .generic_attributes(set(EVERYWHERE))
        .generic_attribute_prefixes(set(&["aria-"]))
        .set_tag_attribute_values(HashMap::from([("input", task)]))
        .url_schemes(set(SCHEMES))
        .link_rel(None);
    builder
}
