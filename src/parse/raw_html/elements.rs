//! The elements of HTML, and what a page makes of them.

/// What documents are made of, and all that raw HTML of a page may have. Nothing that runs, loads a page, sends a form or
/// brings a style. Nothing that shows other text than is there, in another order or not at all: what readers copy is what
/// they see.
#[rustfmt::skip]
pub const ALLOWED: &[&str] = &[
    "a", "abbr", "article", "aside", "audio", "b", "bdi", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    "video", "wbr",
];

/// Elements whose content browsers take for something else than text of the page. GitHub shows most of them as text:
/// <https://github.github.com/gfm/#disallowed-raw-html-extension->
#[rustfmt::skip]
pub const OPAQUE: &[&str] = &[
    "frame", "frameset", "iframe", "noembed", "noframes", "noscript", "plaintext", "template", "textarea", "title",
    "xmp",
];

/// Attributes that need no value, those of MkDocs and Vue included.
#[rustfmt::skip]
pub const BOOLEAN: &[&str] = &[
    "allowfullscreen", "async", "autofocus", "autoplay", "border", "checked", "compact", "controls", "default", "defer",
    "disabled", "download", "hidden", "inert", "ismap", "itemscope", "loop", "markdown", "multiple", "muted", "nomodule", "noshade",
    "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected", "v-pre", "v-cloak", "v-once",
];

/// Elements that mean something without content and attributes.
pub const BREAKS: &[&str] = &["br", "hr", "wbr"];

/// Elements that have no content, or whose end tag people leave out.
#[rustfmt::skip]
pub(in crate::parse) const CLOSE_THEMSELVES: &[&str] = &[
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source",
    "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// Whether HTML knows an element of this name.
pub fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base",
    "bdi", "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption",
    "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn",
    "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li",
    "link", "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr",
    "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param",
    "picture", "plaintext", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp",
    "script", "search", "section", "select", "slot", "small", "source", "span", "strike", "strong",
    "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea",
    "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
    "xmp",
];
