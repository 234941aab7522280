//! Makes a drawing that an author added safe to open as a page of the site.
//!
//! An image on a page runs nothing, but a reader who opens the file itself would run its scripts. A strict XML parser reads
//! it and it is written anew, so that what a browser reads is what was checked. The lists say what may stay. Drawings
//! that hold nothing else look as before: svg-hush, a crate made for this, loses spaces, ids and labels beyond ASCII.

mod css;

use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};

use crate::text::address::{is_safe_scheme, scheme};
use crate::text::escape;

/// A drawing without what could run or load something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The drawing.
    pub svg: String,
    /// What it had to lose, in order.
    pub dropped: Vec<Dropped>,
}

/// A part of a drawing that is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// How it is written, as in `<script>` or `onclick`.
    pub name: String,
    /// Where it stands.
    pub span: Range<usize>,
}

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What drawings are made of (<https://www.w3.org/TR/SVG2/eltindex.html>, and what SVG 1.1 has beside). Nothing that
/// runs, holds HTML, or loads another file.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA",
    "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology",
    "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter",
    "font", "font-face", "font-face-format", "font-face-name", "font-face-src", "g", "glyph", "hkern",
    "image", "line", "linearGradient", "marker", "mask", "missing-glyph", "mpath", "path", "pattern",
    "polygon", "polyline", "radialGradient", "rect", "set", "stop", "style", "svg", "switch", "symbol",
    "text", "textPath", "title", "tspan", "use", "view", "vkern",
];

/// Elements that change an attribute while the drawing is shown.
const ANIMATIONS: [&str; 4] = ["animate", "animateMotion", "animateTransform", "set"];

/// Attributes that may say `url(…)`.
#[rustfmt::skip]
const STYLES: &[&str] = &[
    "by", "clip-path", "cursor", "fill", "filter", "from", "marker", "marker-end", "marker-mid", "marker-start",
    "mask", "stroke", "style", "to", "values",
];

/// Pictures that may stand in a drawing as they are.
const PICTURES: [&str; 5] =
    ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif"];

/// The time to read an element grows with the square of its attributes.
const MOST_QUOTES: usize = 10_000;

/// The drawing in `bytes`, as it may be published.
///
/// # Errors
///
/// Why it can't be read as one.
pub fn sanitize(bytes: &[u8]) -> Result<Drawing, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_quote = |byte: &u8| matches!(byte, b'"' | b'\'');
    if text.split('<').any(|part| part.bytes().filter(is_quote).count() > MOST_QUOTES) {
        return Err("one of its elements has too many attributes".to_owned());
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    if !tree.root_element().has_tag_name((SVG, "svg")) {
        return Err(format!("its outermost element is no `<svg xmlns=\"{SVG}\">`"));
    }
    let mut writer = Writer { out: String::with_capacity(text.len()), dropped: Vec::new() };
    writer.write(&tree);
    Ok(Drawing { svg: writer.out, dropped: writer.dropped })
}

struct Writer {
    out: String,
    dropped: Vec<Dropped>,
}

impl Writer {
    /// Writes the tree without recursion, since it may be as deep as it is long.
    fn write(&mut self, tree: &Document<'_>) {
        let mut next = tree.root().first_child();
        while let Some(node) = next {
            let goes_in = self.open(node) && node.has_children();
            next = if goes_in { node.first_child() } else { node.next_sibling() };
            let mut around = node;
            while next.is_none() {
                let Some(parent) = around.parent_element() else { break };
                self.close(parent);
                (around, next) = (parent, parent.next_sibling());
            }
        }
    }

    /// Writes a node up to its content. Says whether that is still to be written.
    fn open(&mut self, node: Node<'_, '_>) -> bool {
        if node.is_text() {
            escape::text(node.text().unwrap_or_default(), &mut self.out);
        }
        if let Some(instruction) = node.pi().filter(|instruction| instruction.target == "xml-stylesheet") {
            self.drop(format!("<?{}?>", instruction.target), node.range());
        }
        if !node.is_element() || !self.keeps(node) {
            return false;
        }
        self.out.push('<');
        self.out.push_str(node.tag_name().name());
        if node.parent_element().is_none() {
            self.attribute("xmlns", SVG);
        }
        for attribute in node.attributes() {
            let name = match (attribute.namespace(), attribute.name()) {
                (None, name) => Cow::Borrowed(name),
                (Some(XLINK), "href") if plain(node, "href").is_none() => Cow::Borrowed("href"),
                (Some(XML), name @ ("space" | "lang")) => Cow::Owned(format!("xml:{name}")),
                _ => continue,
            };
            let span = attribute.range();
            match value(node.tag_name().name(), &name, attribute.value()) {
                Some(value) => {
                    if value != attribute.value() {
                        self.drop(format!("{name}=\"{}\"", shown(attribute.value())), span);
                    }
                    self.attribute(&name, &value);
                }
                None if name == "href" => self.drop(format!("href=\"{}\"", shown(attribute.value())), span),
                None => self.drop(name.into_owned(), span),
            }
        }
        if node.has_tag_name((SVG, "style")) {
            self.style(node);
            return false;
        }
        self.out.push_str(if node.has_children() { ">" } else { "/>" });
        true
    }

    fn close(&mut self, element: Node<'_, '_>) {
        self.out.push_str("</");
        self.out.push_str(element.tag_name().name());
        self.out.push('>');
    }

    /// Whether an element stays. What programs write for themselves, in words of their own, goes without a mention.
    fn keeps(&mut self, element: Node<'_, '_>) -> bool {
        let name = element.tag_name();
        let is_known = match name.namespace() {
            Some(SVG) => ELEMENTS.binary_search(&name.name()).is_ok(),
            Some(XHTML) => false,
            _ => return false,
        };
        let changes = plain(element, "attributeName").unwrap_or_default().trim();
        let changes = changes.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let is_trick = ANIMATIONS.contains(&name.name()) && (changes == "href" || changes.starts_with("on"));
        if is_known && !is_trick {
            return true;
        }
        if name.name() != "metadata" {
            let start = element.range().start;
            self.drop(format!("<{}>", name.name()), start..start + 1 + name.name().len());
        }
        false
    }

    fn style(&mut self, element: Node<'_, '_>) {
        let texts = element.children().filter(Node::is_text);
        let text: String = texts.filter_map(|text| text.text()).collect();
        let styled = css::without_loads(&text);
        if let Cow::Owned(_) = styled {
            self.drop("url(…)".to_owned(), element.range().start..element.range().start + 6);
        }
        self.out.push('>');
        escape::text(&styled, &mut self.out);
        self.close(element);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(value, &mut self.out);
        self.out.push('"');
    }

    fn drop(&mut self, name: String, span: Range<usize>) {
        self.dropped.push(Dropped { name, span });
    }
}

/// The value of an attribute in no namespace: [`Node::attribute`] takes those of any.
fn plain<'a>(element: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let mut attributes = element.attributes();
    attributes
        .find(|attribute| attribute.namespace().is_none() && attribute.name() == name)
        .map(|it| it.value())
}

/// What an attribute may say; nothing if it must not be there.
fn value<'a>(element: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let is_handler = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
    match name {
        "href" => may_lead(element, value).then_some(Cow::Borrowed(value)),
        _ if is_handler => None,
        _ if STYLES.contains(&name) => Some(css::without_loads(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Whether an element may lead to, or show, what stands at an address. Only people follow the address of `a`; all else
/// is loaded, and must be in the drawing itself.
fn may_lead(element: &str, address: &str) -> bool {
    let address = address.trim();
    if address.starts_with('#') {
        return true;
    }
    match element {
        "a" => scheme(address).is_some_and(|scheme| is_safe_scheme(&scheme)),
        "image" | "feImage" => PICTURES.iter().any(|start| {
            let found = address.get(..start.len());
            let rest = address.get(start.len()..).unwrap_or_default();
            found.is_some_and(|found| found.eq_ignore_ascii_case(start)) && rest.starts_with([';', ','])
        }),
        _ => false,
    }
}

/// The beginning of a value, for a message.
fn shown(value: &str) -> String {
    const LONGEST: usize = 40;
    let value = value.trim();
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests;
