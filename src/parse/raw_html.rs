//! Finds what matters to links in raw HTML: which tags point where, and which places have a name.
//!
//! A tolerant scanner, not a parser: it never builds a tree and never fails. What is safe to show
//! is not its business; [`crate::render::sanitize`] decides that with a real HTML parser.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// One `href`, `src`, `id` or `name` of a start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The tag it stands in, in lower case.
    pub tag: String,
    /// The name of the attribute, in lower case.
    pub name: String,
    /// The value, without its quotes; character references are not resolved.
    pub value: Range<usize>,
    /// The whole attribute, from its name to its closing quote.
    pub span: Range<usize>,
}

/// The attributes `href`, `src`, `id` and `name` of all start tags, in order. Comments, CDATA and
/// the content of scripts and styles hold no tags.
pub fn attributes(html: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut scanner = Scanner { html, at: 0, found: Some(&mut found) };
    while scanner.token().is_some() {}
    found
}

/// Whether an author may give this name to a place. Names that begin with `_` are those of the page around the text,
/// and scripts look for them.
pub fn is_anchor(name: &str) -> bool {
    !name.starts_with('_')
}

/// Whether there is nothing but comments and blanks, so that dropping it loses nothing.
pub fn is_comment(html: &str) -> bool {
    let mut scanner = Scanner { html, at: 0, found: None };
    std::iter::from_fn(|| scanner.token()).all(|token| match token {
        Token::Comment => true,
        Token::Text(range) => html[range].trim().is_empty(),
        Token::Start(_) | Token::End(_) | Token::Other => false,
    })
}

/// How deep elements are nested, at most. Counts too much where HTML closes elements by itself.
pub fn depth(html: &str) -> usize {
    let mut scanner = Scanner { html, at: 0, found: None };
    let mut open = FxHashMap::<String, usize>::default();
    let (mut depth, mut deepest) = (0_usize, 0);
    while let Some(token) = scanner.token() {
        match token {
            Token::Start(name) => {
                let name = html[name].to_ascii_lowercase();
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

/// Elements that have no content, or whose end tag people leave out.
#[rustfmt::skip]
const CLOSE_THEMSELVES: &[&str] = &[
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source",
    "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// The name of the tag if `html` is one start or end tag without attributes.
pub fn bare_tag(html: &str) -> Option<&str> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let name = inner.strip_prefix('/').unwrap_or(inner).trim_end_matches([' ', '/']);
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(name)
}

/// The name of the tag that `html` is.
pub fn tag_name(html: &str) -> &str {
    let inner = html.trim_start_matches(['<', '/']);
    let end = inner.find(|char: char| !char.is_ascii_alphanumeric() && char != '-');
    &inner[..end.unwrap_or(inner.len())]
}

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

enum Token {
    Text(Range<usize>),
    Comment,
    /// A start tag: its name.
    Start(Range<usize>),
    /// An end tag: its name.
    End(Range<usize>),
    Other,
}

struct Scanner<'a> {
    html: &'a str,
    at: usize,
    found: Option<&'a mut Vec<Attribute>>,
}

impl Scanner<'_> {
    /// The next piece; every call moves forward, so a scan is linear.
    fn token(&mut self) -> Option<Token> {
        let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments too.
            let dashes = if comment.starts_with('>') || comment.starts_with("->") { 2 } else { 4 };
            self.skip_past(start + dashes, "-->");
            return Some(Token::Comment);
        }
        if starts_tag(rest) {
            return Some(Token::Start(self.start_tag()));
        }
        if rest.starts_with("</") {
            let name = self.take_while(start + 2, |byte| !is_blank(byte) && !b"/>".contains(&byte));
            self.skip_past(name.end, ">");
            return Some(Token::End(name));
        }
        if rest.starts_with("<![CDATA[") {
            self.skip_past(start, "]]>");
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.skip_past(start, ">");
        } else {
            let next = rest.char_indices().skip(1).find(|&(at, char)| {
                char == '<' && (starts_tag(&rest[at..]) || rest[at + 1..].starts_with(['!', '?', '/']))
            });
            self.at = next.map_or(self.html.len(), |(at, _)| start + at);
            return Some(Token::Text(start..self.at));
        }
        Some(Token::Other)
    }

    fn skip_past(&mut self, from: usize, end: &str) {
        self.at = self.html[from..].find(end).map_or(self.html.len(), |at| from + at + end.len());
    }

    fn start_tag(&mut self) -> Range<usize> {
        let name = self.take_while(self.at + 1, |byte| !is_blank(byte) && !b"/>".contains(&byte));
        let tag = self.html[name.clone()].to_ascii_lowercase();
        self.at = name.end;
        let already = self.found.as_ref().map_or(0, |found| found.len());
        let closed = loop {
            let blank = self.take_while(self.at, |byte| is_blank(byte) || byte == b'/');
            self.at = blank.end;
            match self.html.as_bytes().get(self.at) {
                None => break false,
                Some(b'>') => break true,
                Some(_) => self.attribute(&tag),
            }
        };
        if closed {
            self.at += 1;
        } else if let Some(found) = &mut self.found {
            // A tag that is never closed is no tag.
            found.truncate(already);
        }
        if matches!(tag.as_str(), "script" | "style") {
            let end = self.html.as_bytes()[self.at..]
                .windows(2 + tag.len())
                .position(|at| at.starts_with(b"</") && at[2..].eq_ignore_ascii_case(tag.as_bytes()));
            self.at = end.map_or(self.html.len(), |end| self.at + end);
        }
        name
    }

    fn attribute(&mut self, tag: &str) {
        let start = self.at;
        // A leading `=` belongs to the name, as in HTML.
        let name = self.take_while(start + 1, |byte| !is_blank(byte) && !b"/>=".contains(&byte));
        let name = start..name.end;
        self.at = name.end;
        let blank = self.take_while(name.end, is_blank);
        if self.html.as_bytes().get(blank.end) != Some(&b'=') {
            return;
        }
        let begin = self.take_while(blank.end + 1, is_blank).end;
        let value = match self.html.as_bytes().get(begin) {
            Some(quote @ (b'"' | b'\'')) => {
                let value = self.take_while(begin + 1, |byte| byte != *quote);
                self.at = (value.end + 1).min(self.html.len());
                value
            }
            _ => {
                let value = self.take_while(begin, |byte| !is_blank(byte) && byte != b'>');
                self.at = value.end;
                value
            }
        };
        // Slicing by bytes is safe here: a name may start inside nothing, but never inside a
        // character, because every stop above is an ASCII byte.
        let name = self.html[name].to_ascii_lowercase();
        if let Some(found) = &mut self.found
            && matches!(name.as_str(), "href" | "src" | "id" | "name")
        {
            found.push(Attribute { tag: tag.to_string(), name, value, span: start..self.at });
        }
    }

    fn take_while(&self, from: usize, keep: impl Fn(u8) -> bool) -> Range<usize> {
        let from = from.min(self.html.len());
        let bytes = &self.html.as_bytes()[from..];
        from..from + bytes.iter().position(|&byte| !keep(byte)).unwrap_or(bytes.len())
    }
}

fn starts_tag(html: &str) -> bool {
    matches!(html.as_bytes(), [b'<', letter, ..] if letter.is_ascii_alphabetic())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_where_html_finds_them() {
        for (html, expected) in [
            (r#"<a href="x.md">"#, "a href x.md"),
            (r"<A HREF='x.md' title=t>", "a href x.md"),
            ("<img alt=é src=a/b.png>", "img src a/b.png"),
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
            (r#"<a title="<b id=x>" id=y>"#, "a id y"),
            ("<a href=x", ""),
            (r#"<a href="x>"#, ""),
            ("<a =href=x>", ""),
            ("</a href=x>", ""),
            ("<é href=x>", ""),
            ("<a é=1 href=é>", "a href é"),
        ] {
            let found: Vec<_> = attributes(html)
                .into_iter()
                .map(|it| format!("{} {} {}", it.tag, it.name, &html[it.value]))
                .collect();
            assert_eq!(found.join("; "), expected, "{html}");
        }
        let [attribute] = &attributes("<a  href = 'x' id>")[..] else { panic!("one attribute") };
        assert_eq!(attribute.span, 4..14);
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
    fn bare_tags_are_told_apart() {
        assert_eq!(bare_tag("<pod-name>"), Some("pod-name"));
        assert_eq!(bare_tag("</b >"), Some("b"));
        assert_eq!(bare_tag("<a href=x>"), None);
        assert_eq!(bare_tag("<!-- -->"), None);
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
            attributes(&html);
            unescape(&html);
        }
    }
}
