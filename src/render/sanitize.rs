//! Makes HTML that an author wrote safe to show on a page of the site.
//!
//! A real HTML parser reads it and writes it anew, so that what the browser reads is what was
//! checked. The list says what may stay; everything else goes.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use ammonia::Builder;

use crate::parse::raw_html;
use crate::parse::raw_html::elements::ALLOWED;
use crate::text::address::SCHEMES;
use crate::text::escape;

/// No page is nested deeper. The time to read one grows with its size times its depth: a megabyte
/// of `<div>` takes minutes.
const MAX_DEPTH: usize = 500;

/// Attributes of single elements, beside [`EVERYWHERE`].
#[rustfmt::skip]
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["download", "href", "name", "rel"]),
    ("audio", &["controls", "src"]),
    ("col", &["align", "span", "width"]),
    ("colgroup", &["align", "span"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("div", &["align"]),
    ("h1", &["align"]), ("h2", &["align"]), ("h3", &["align"]),
    ("h4", &["align"]), ("h5", &["align"]), ("h6", &["align"]),
    ("img", &["align", "alt", "height", "loading", "src", "width"]),
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align"]),
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

const EVERYWHERE: &[&str] = &["aria-label", "class", "dir", "id", "lang", "role", "tabindex", "title"];

/// Roles that parts of a document may have. Others would make it something that it is not.
const ROLES: &[&str] = &["note", "region"];

/// What stands before each class that sdkb itself writes into a text with raw HTML. The theme's classes hide text, and
/// its scripts look for them, so an author's HTML must have none of them: it can't know the mark, which is another one
/// in each run. It is on no page.
pub fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| format!("sdkb-{:016x}-", RandomState::new().hash_one(0)))
}

/// `html` without anything that could run, restyle the page or load what is not an image, a video
/// or a sound, and without classes that are not [marked](mark). Then `blocks`, which are sdkb's own, are put in
/// their [places](place_of). What is nested absurdly deep becomes text.
pub fn sanitize(html: &str, blocks: &[String]) -> String {
    if raw_html::depth(html) > MAX_DEPTH {
        let mut text = String::from("<pre>");
        escape::text(&put_back(&html.replace(mark(), ""), blocks), &mut text);
        return text + "</pre>";
    }
    static BUILDERS: OnceLock<[Builder<'static>; 2]> = OnceLock::new();
    // A document has no fields to fill in: every `input` is the box of a task. Two values to set
    // would come in the random order of a hash map, so each has a pass of its own.
    let builders = || [builder(("type", "checkbox")), builder(("disabled", ""))];
    let [first, second] = BUILDERS.get_or_init(builders);
    let mut safe = first.clean(html).to_string();
    if safe.contains("<input") {
        safe = second.clean(&safe).to_string();
    }
    // A mark is text where the author's HTML makes text of ours, such as in a title that is never closed.
    put_back(&safe.replace(mark(), ""), blocks)
}

const PLACE: [&str; 2] = ["<pre class=\"", "\"></pre>"];

/// What holds the place of a block while the text around it is sanitised. The classes of raw HTML are gone by the time
/// that the block is put in, so nothing else looks like it.
pub fn place_of(block: usize) -> String {
    format!("{}{block}{}", PLACE[0], PLACE[1])
}

/// `html` with `blocks` in their places.
fn put_back(html: &str, blocks: &[String]) -> String {
    let [start, end] = PLACE;
    let mut parts = html.split(start);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let block = part.split_once(end).and_then(|(number, rest)| {
            let block = blocks.get(number.parse::<usize>().ok()?)?;
            Some([block.as_str(), rest])
        });
        out.extend(block.unwrap_or([start, part]));
    }
    out
}

/// What an attribute may say; nothing if it must not be there.
fn attribute<'a>(_element: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let stays = match name {
        "class" => value.starts_with(mark()),
        "id" | "name" => raw_html::is_anchor(value),
        "role" => ROLES.contains(&value),
        "tabindex" => value == "0",
        _ => true,
    };
    stays.then_some(Cow::Borrowed(value))
}

/// `input` is the attribute, and its value, that every `input` gets.
#[allow(clippy::disallowed_types, reason = "ammonia takes no other sets and maps; it only looks things up")]
fn builder(input: (&'static str, &'static str)) -> Builder<'static> {
    use std::collections::{HashMap, HashSet};

    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::new();
    builder
        .tags(set(ALLOWED))
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, set(names))).collect())
        .generic_attributes(set(EVERYWHERE))
        .attribute_filter(attribute)
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
            let safe = sanitize(attack, &[]);
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
            // The theme's styles and scripts have nothing to hold on to.
            for bad in
                ["class=", "data-", "hidden", "aria-hidden", "cite=", "id=\"_", "<bdo", "role=\"status"]
            {
                assert!(!safe.to_ascii_lowercase().contains(bad), "{bad}: {attack}\n{safe}");
            }
            // A second reading finds nothing more to do: what a browser makes of it is what was checked.
            assert_eq!(sanitize(&safe, &[]), safe, "{attack}");
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
            r#"<figure class="code"><figcaption>sh</figcaption><pre tabindex="0"><code>a</code></pre></figure>"#,
            r#"<p align="center"><kbd>a</kbd><sub>b</sub><video src="v.mp4" controls=""></video></p>"#,
        ] {
            let words = |html: &str| {
                let mut words: Vec<_> = html.split([' ', '>']).map(str::to_string).collect();
                words.sort();
                words
            };
            let marked = html.replace("class=\"", &format!("class=\"{}", mark()));
            assert_eq!(words(&sanitize(&marked, &[])), words(html));
        }
        assert_eq!(
            sanitize("<input type=text value=x checked>", &[]),
            r#"<input type="checkbox" checked="" disabled="">"#
        );
    }

    #[test]
    fn a_mark_is_on_no_page() {
        for html in
            [format!("<title><p class=\"{}tabs\">", mark()), format!("<p title=\"{}\">{}", mark(), mark())]
        {
            assert!(!sanitize(&html, &[]).contains(mark()));
            assert!(!sanitize(&("<div>".repeat(1_000) + &html), &[]).contains(mark()));
        }
    }

    #[test]
    fn absurd_nesting_is_text() {
        let html = sanitize(&"<div>".repeat(100_000), &[]);
        assert!(html.starts_with("<pre>&lt;div&gt;"));
        assert!(sanitize(&"<p>a<br>".repeat(10_000), &[]).starts_with("<p>a<br></p><p>"));
    }
}
