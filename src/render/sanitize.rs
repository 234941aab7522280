//! Makes HTML that an author wrote safe to show on a page of the site.
//!
//! A real HTML parser reads it and writes it anew, so that what the browser reads is what was
//! checked. The list says what may stay; everything else goes.

use std::sync::OnceLock;

use ammonia::Builder;

use crate::parse::raw_html;
use crate::text::address::SCHEMES;
use crate::text::escape;

/// No page is nested deeper. The time to read one grows with its size times its depth: a megabyte
/// of `<div>` takes minutes.
const MAX_DEPTH: usize = 500;

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
    ("figure", &["data-destructive", "data-lang", "data-shell"]),
    ("h1", &["align"]), ("h2", &["align"]), ("h3", &["align"]),
    ("h4", &["align"]), ("h5", &["align"]), ("h6", &["align"]),
    ("img", &["align", "alt", "height", "loading", "src", "width"]),
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align"]),
    ("q", &["cite"]),
    ("source", &["src", "type"]),
    (
        "span",
        &[
            "data-end", "data-first", "data-in", "data-inner", "data-name", "data-not", "data-quote", "data-takes",
            "data-why",
        ],
    ),
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

/// `html` without anything that could run, restyle the page or load what is not an image, a video
/// or a sound. Keeps all that [`super::html`] writes. What is nested absurdly deep becomes text.
pub fn sanitize(html: &str) -> String {
    if raw_html::depth(html) > MAX_DEPTH {
        let mut text = String::from("<pre>");
        escape::text(html, &mut text);
        return text + "</pre>";
    }
    static BUILDERS: OnceLock<[Builder<'static>; 2]> = OnceLock::new();
    // A document has no fields to fill in: every `input` is the box of a task. Two values to set
    // would come in the random order of a hash map, so each has a pass of its own.
    let builders = || [builder(("type", "checkbox")), builder(("disabled", ""))];
    let [first, second] = BUILDERS.get_or_init(builders);
    let safe = first.clean(html).to_string();
    if safe.contains("<input") { second.clean(&safe).to_string() } else { safe }
}

/// `input` is the attribute, and its value, that every `input` gets.
#[allow(clippy::disallowed_types, reason = "ammonia takes no other sets and maps; it only looks things up")]
fn builder(input: (&'static str, &'static str)) -> Builder<'static> {
    use std::collections::{HashMap, HashSet};

    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::new();
    builder
        .tags(set(TAGS))
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, set(names))).collect())
        .generic_attributes(set(EVERYWHERE))
        .generic_attribute_prefixes(set(&["aria-"]))
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([input]))]))
        .url_schemes(set(&SCHEMES))
        .link_rel(None);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published ways around sanitisers: OWASP's filter evasion list, PortSwigger's cheat sheet, and
    /// the mutation attacks on DOMPurify and ammonia. One a line; fuzzing begins with them too.
    const ATTACKS: &str = include_str!("sanitize/attacks.txt");

    #[test]
    fn nothing_that_runs_gets_through() {
        for attack in ATTACKS.lines() {
            let safe = sanitize(attack);
            // What is text now, and so harmless, may still say anything.
            let tags: String =
                safe.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag).collect();
            #[rustfmt::skip]
            let bad = [
                "script", "on", "style", "data:", "iframe", "object", "embed", "meta", "base", "link", "form", "svg",
                "math", "poster", "ping", "srcset", "template", "noscript", "background", "autofocus",
            ];
            for bad in bad {
                let attribute =
                    tags.split_ascii_whitespace().any(|word| word.to_ascii_lowercase().starts_with(bad));
                assert!(!attribute, "{attack}\n{safe}");
            }
            // Browsers skip blanks and control characters before a scheme.
            let runs = |value: &str| {
                let value = value.trim_start_matches(|char: char| char.is_whitespace() || char.is_control());
                ["javascript:", "vbscript:", "data:"]
                    .iter()
                    .any(|scheme| value.to_lowercase().starts_with(scheme))
            };
            assert!(!tags.split('"').any(runs), "{attack}\n{safe}");
            // A second reading finds nothing more to do: what a browser makes of it is what was checked.
            assert_eq!(sanitize(&safe), safe, "{attack}");
        }
    }

    #[test]
    fn documents_stay_as_they_are() {
        for html in [
            r##"<h2 id="a">A <a class="anchor" href="#a" aria-label="Link">#</a></h2>"##,
            r#"<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead><tr><th class="right">a</th></tr></thead></table></div>"#,
            r#"<details open=""><summary>a</summary><p>b</p></details>"#,
            r#"<img src="a/b.png" alt="c" width="10" loading="lazy">"#,
            r#"<a href="../x.html?a=b#c" rel="noopener external" title="t">x</a>"#,
            r#"<a href="mailto:a@b.org">m</a><a href="tel:1">t</a><a href="ssh://h">s</a><a href="slack://x">l</a>"#,
            r#"<figure class="code" data-lang="sh"><figcaption>sh</figcaption><pre tabindex="0"><code><span class="prompt">$ </span>a</code></pre></figure>"#,
            r#"<p align="center"><kbd>a</kbd><sub>b</sub><video src="v.mp4" controls=""></video></p>"#,
        ] {
            let words = |html: &str| {
                let mut words: Vec<_> = html.split([' ', '>']).map(str::to_string).collect();
                words.sort();
                words
            };
            assert_eq!(words(&sanitize(html)), words(html));
        }
        assert_eq!(
            sanitize("<input type=text value=x checked>"),
            r#"<input type="checkbox" checked="" disabled="">"#
        );
    }

    #[test]
    fn absurd_nesting_is_text() {
        let html = sanitize(&"<div>".repeat(100_000));
        assert!(html.starts_with("<pre>&lt;div&gt;"));
        assert!(sanitize(&"<p>a<br>".repeat(10_000)).starts_with("<p>a<br></p><p>"));
    }
}
