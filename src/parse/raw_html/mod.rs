//! What matters in raw HTML: which tags point where, which places have a name, and what is nested.
//!
//! What is safe to show is decided with a real HTML parser, by [`crate::render::sanitize`].

pub mod elements;
pub mod scanner;

use std::ops::Range;

use rustc_hash::FxHashMap;

use elements::CLOSE_THEMSELVES;
use scanner::{Scanner, Token};

/// A start tag with its attributes, all names in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// All of it.
    pub span: Range<usize>,
    /// In order.
    pub attributes: Vec<Attribute>,
}

/// An attribute with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// The value, without its quotes; character references are not resolved.
    pub value: Range<usize>,
    /// The whole attribute, from its name to its closing quote.
    pub span: Range<usize>,
}

impl Tag {
    /// What its attribute `name` says, if it says something. `html` is what the tag stands in.
    pub fn value(&self, html: &str, name: &str) -> Option<String> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(unescape(&html[attribute.value.clone()])).filter(|value| !value.trim().is_empty())
    }
}

/// The start tags, in order. Comments, CDATA and the content of scripts and styles hold none.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut scanner = Scanner::new(html);
    let mut found = Vec::new();
    while let Some(token) = scanner.token() {
        let Token::Start(tag) = token else { continue };
        if !tag.is_closed {
            continue;
        }
        let attributes = scanner.attributes.drain(..).filter_map(|attribute| {
            let name = html[attribute.name].to_ascii_lowercase();
            Some(Attribute { name, value: attribute.value?, span: attribute.span })
        });
        let attributes = attributes.collect();
        found.push(Tag { name: html[tag.name].to_ascii_lowercase(), span: tag.span, attributes });
    }
    found
}

/// Whether an author may give this name to a place. Names that begin with `_` are those of the page around the text,
/// and scripts look for them.
pub fn is_anchor(name: &str) -> bool {
    !name.starts_with('_')
}

/// Whether there is nothing but comments and blanks, so that dropping it loses nothing.
pub fn is_comment(html: &str) -> bool {
    let mut scanner = Scanner::new(html);
    std::iter::from_fn(|| scanner.token()).all(|token| match token {
        Token::Comment => true,
        Token::Text(range) => html[range].trim().is_empty(),
        Token::Start(_) | Token::End(_) | Token::Other => false,
    })
}

/// Where a comment begins that does not end.
pub fn open_comment(html: &str) -> Option<usize> {
    let mut scanner = Scanner::new(html);
    loop {
        let at = scanner.position();
        if let Token::Comment = scanner.token()?
            && !html[at..scanner.position()].ends_with("-->")
        {
            return Some(at);
        }
    }
}

/// How deep elements are nested, at most. Counts too much where HTML closes elements by itself.
pub fn depth(html: &str) -> usize {
    let mut scanner = Scanner::new(html);
    let mut open = FxHashMap::<String, usize>::default();
    let (mut depth, mut deepest) = (0_usize, 0);
    while let Some(token) = scanner.token() {
        match token {
            Token::Start(tag) => {
                let name = html[tag.name].to_ascii_lowercase();
                if CLOSE_THEMSELVES.binary_search(&name.as_str()).is_err() {
                    *open.entry(name).or_default() += 1;
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            Token::End(name) => {
                // An end tag of what is not open closes nothing.
                if let Some(count) =
                    open.get_mut(&html[name].to_ascii_lowercase()).filter(|count| **count > 0)
                {
                    *count -= 1;
                    depth -= 1;
                }
            }
            _ => {}
        }
    }
    deepest
}

/// The name of the tag that `html` is.
pub fn tag_name(html: &str) -> &str {
    let inner = html.trim_start_matches(['<', '/']);
    let end = inner.find(|char: char| !char.is_ascii_alphanumeric() && char != '-');
    &inner[..end.unwrap_or(inner.len())]
}

/// An attribute value with its character references resolved: the numeric ones and those that
/// occur in addresses. Others stay as they are, which makes a link that is found to be broken.
pub fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, reference(&rest[1..end])?))) {
            Some((end, char)) => {
                out.push(char);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|char| *char != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_where_html_finds_them() {
        for (html, expected) in [
            (r#"<a href="x.md">"#, "a href x.md"),
            (r"<A HREF='x.md' title=t>", "a href x.md; a title t"),
            ("<img alt=é src=a/b.png>", "img alt é; img src a/b.png"),
            ("<img\n  src\n=\n\"a b\"\n/>", "img src a b"),
            (r#"<a name=top></a><p id="é">"#, "a name top; p id é"),
            (r#"<a href="">"#, "a href "),
            ("<a href>x</a>", ""),
            ("1 < 2 <a href=x>", "a href x"),
            (r#"<!-- <a href="x"> --><b id=y>"#, "b id y"),
            ("<!--><b id=y>", "b id y"),
            ("<![CDATA[<a href=x>]]><b id=y>", "b id y"),
            ("<script>'<a href=x>'</SCRIPT><b id=y>", "b id y"),
            ("<style><a href=x>", ""),
            (r#"<a title="<b id=x>" id=y>"#, "a title <b id=x>; a id y"),
            ("<a href=x", ""),
            (r#"<a href="x>"#, ""),
            ("<a =href=x>", "a =href x"),
            ("</a href=x>", ""),
            ("<é href=x>", ""),
            ("<a é=1 href=é>", "a é 1; a href é"),
        ] {
            let shown = |tag: &Tag| -> Vec<String> {
                let attributes = tag.attributes.iter();
                attributes.map(|it| format!("{} {} {}", tag.name, it.name, &html[it.value.clone()])).collect()
            };
            let found: Vec<String> = tags(html).iter().flat_map(shown).collect();
            assert_eq!(found.join("; "), expected, "{html}");
        }
        let [tag] = &tags("é<a  href = 'x' id>")[..] else { panic!("one tag") };
        assert_eq!((&tag.span, &tag.attributes[0].span), (&(2..20), &(6..16)));
    }

    #[test]
    fn comments_alone_are_no_markup() {
        for (html, expected) in [
            ("<!-- a -->\n<!-- b -->\n", true),
            ("<!-- never closed <b>", true),
            ("<!-- a --> text", false),
            ("<!--><script>1</script>", false),
            ("<b>", false),
        ] {
            assert_eq!(is_comment(html), expected, "{html}");
        }
    }

    #[test]
    fn comments_may_lack_their_end() {
        for (html, expected) in [
            ("<!-- a -->", None),
            ("<!--><b>", None),
            ("<!---> <!-- a", Some(7)),
            ("<b>x</b> <!-- a <i>", Some(9)),
            ("<script>'<!--'</script>", None),
        ] {
            assert_eq!(open_comment(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_what_stays_open() {
        for (html, expected) in [
            ("<div><b>x</b></div><div></div>", 2),
            ("<p>a<p>b<br><img src=x><li>", 0),
            ("<div></x><div></x><DIV title='</div>'>", 3),
        ] {
            assert_eq!(depth(html), expected, "{html}");
        }
    }

    #[test]
    fn character_references_are_resolved() {
        for (value, expected) in [
            ("a&amp;b", "a&b"),
            ("&#106;s &#x2F;", "js /"),
            ("&unknown; & &;", "&unknown; & &;"),
            ("&#xD800;&#0;", "&#xD800;&#0;"),
            ("é&é", "é&é"),
        ] {
            assert_eq!(unescape(value), expected);
        }
    }

    #[test]
    fn long_nonsense_is_linear() {
        for piece in ["<", "<a href=", "<a href=\"", "<!--", "</", "<script>", "&", "<a =", "<![CDATA["] {
            let html = piece.repeat(200_000 / piece.len());
            tags(&html);
            unescape(&html);
        }
    }
}
