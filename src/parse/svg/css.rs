//! Takes out of the styles of a drawing what they would load.

use std::borrow::Cow;

use cssparser::{ParseError, Parser, Token};

/// No style is nested deeper.
const MAX_DEPTH: u8 = 32;

/// `css` with every address of another file replaced by `#`, and without imports. What stands in the drawing itself, or
/// in the address as data, stays. A style that is nested absurdly deep goes as a whole.
pub(super) fn without_loads(css: &str) -> Cow<'_, str> {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(MAX_DEPTH);
    let mut filter = Filter { css, out: String::new(), written: 0 };
    match filter.block(&mut parser, false) {
        Err(_) => Cow::Owned(String::new()),
        Ok(()) if filter.written == 0 => Cow::Borrowed(css),
        Ok(()) => {
            filter.out.push_str(&css[filter.written..]);
            Cow::Owned(filter.out)
        }
    }
}

struct Filter<'a> {
    css: &'a str,
    out: String,
    /// What of `css` is in `out`, or replaced in it.
    written: usize,
}

impl Filter<'_> {
    /// Reads to the end of a block. In one that is an address, every text is one.
    fn block(&mut self, parser: &mut Parser<'_>, is_address: bool) -> Result<(), ParseError<()>> {
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
            match token {
                Token::UnquotedUrl(address) if !is_local(&address) => self.replace(start, parser, "url(#)"),
                // A text may come to be an address by way of a variable.
                Token::QuotedString(text)
                    if (is_address || text.contains([':', '/', '\\'])) && !is_local(&text) =>
                {
                    self.replace(start, parser, "\"#\"");
                }
                Token::BadUrl(_) | Token::BadString(_) => self.replace(start, parser, ""),
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                    while let Ok(token) = parser.next() {
                        if matches!(token, Token::Semicolon | Token::CurlyBracketBlock) {
                            break;
                        }
                    }
                    self.replace(start, parser, "");
                }
                Token::Function(name) => {
                    let is_address = ["url", "src"].iter().any(|loads| name.eq_ignore_ascii_case(loads));
                    parser.parse_nested_block(|parser| self.block(parser, is_address))?;
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    parser.parse_nested_block(|parser| self.block(parser, false))?;
                }
                _ => {}
            }
        }
    }

    /// Puts `new` in the place of what was read since `start`.
    fn replace(&mut self, start: usize, parser: &Parser<'_>, new: &str) {
        self.out.push_str(&self.css[self.written..start]);
        self.out.push_str(new);
        self.written = parser.position().byte_index();
    }
}

/// Whether nothing is loaded from an address: it names a part of the drawing, or is what it names.
fn is_local(address: &str) -> bool {
    let address = address.trim();
    address.starts_with('#') || address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

#[cfg(test)]
mod tests {
    use super::without_loads;

    #[test]
    fn styles_load_nothing() {
        for (css, expected) in [
            ("fill: url(#g)", "fill: url(#g)"),
            ("fill:url( https://evil.example/x )", "fill:url(#)"),
            ("fill:URL('//evil.example')", "fill:URL(\"#\")"),
            ("fill:u\\72l(https://evil.example)", "fill:url(#)"),
            ("@import 'x.css'; .a{fill:red}", " .a{fill:red}"),
            ("@im\\port url(//x) screen;.a{}", ".a{}"),
            (".a{background:image-set(\"https://x/y\" 1x)}", ".a{background:image-set(\"#\" 1x)}"),
            (".a{--x: \"//evil.example\"}", ".a{--x: \"#\"}"),
            (".a{}/* url(https://x) */.b>c{content:'a)b'}", ".a{}/* url(https://x) */.b>c{content:'a)b'}"),
            ("src:url(data:font/woff2;base64,AAA)", "src:url(data:font/woff2;base64,AAA)"),
            ("fill:url(a b);x:y", "fill:;x:y"),
            ("fill:url(x.svg#g)", "fill:url(#)"),
            ("fill:url('x.svg#g')", "fill:url(\"#\")"),
            ("fill:url(\"http:evil.example\")", "fill:url(\"#\")"),
            (
                "src:local('A B') format('woff2');font-family:\"A B\"",
                "src:local('A B') format('woff2');font-family:\"A B\"",
            ),
            ("translate(1 2) rotate(3)", "translate(1 2) rotate(3)"),
        ] {
            assert_eq!(without_loads(css), expected, "{css}");
        }
        assert_eq!(without_loads(&"(".repeat(100_000)), "");
    }
}
