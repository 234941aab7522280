//! HTML cut into tags, comments and text.

use std::ops::Range;

/// A piece of HTML.
pub enum Token {
    /// What stands between tags.
    Text(Range<usize>),
    /// `<!-- … -->`.
    Comment,
    /// A start tag. Its attributes are those of the scanner.
    Start(StartTag),
    /// An end tag: its name.
    End(Range<usize>),
    /// A declaration, an instruction or CDATA: browsers take them for comments.
    Other,
}

/// A start tag.
pub struct StartTag {
    /// Its name, as it is written.
    pub name: Range<usize>,
    /// All of it.
    pub span: Range<usize>,
    /// Whether it ends. To browsers, what never ends is no tag, and not text either.
    pub is_closed: bool,
}

/// An attribute of a start tag.
pub struct RawAttribute {
    /// Its name, as it is written.
    pub name: Range<usize>,
    /// Its value without quotes, if it has one.
    pub value: Option<Range<usize>>,
    /// All of it.
    pub span: Range<usize>,
}

/// Cuts `html` into pieces. A tolerant scanner, not a parser: it never builds a tree and never fails.
pub struct Scanner<'a> {
    html: &'a str,
    at: usize,
    /// The attributes of the last start tag.
    pub attributes: Vec<RawAttribute>,
}

impl<'a> Scanner<'a> {
    /// Begins with the first piece of `html`.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, attributes: Vec::new() }
    }

    /// Where the next piece begins.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next piece; every call moves forward, so a scan is linear.
    pub fn token(&mut self) -> Option<Token> {
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

    fn start_tag(&mut self) -> StartTag {
        let start = self.at;
        self.attributes.clear();
        let name = self.take_while(self.at + 1, |byte| !is_blank(byte) && !b"/>".contains(&byte));
        let tag = self.html[name.clone()].to_ascii_lowercase();
        self.at = name.end;
        let is_closed = loop {
            let blank = self.take_while(self.at, |byte| is_blank(byte) || byte == b'/');
            self.at = blank.end;
            match self.html.as_bytes().get(self.at) {
                None => break false,
                Some(b'>') => break true,
                Some(_) => self.attribute(),
            }
        };
        self.at += usize::from(is_closed);
        let span = start..self.at;
        if matches!(tag.as_str(), "script" | "style") {
            let end = self.html.as_bytes()[self.at..]
                .windows(2 + tag.len())
                .position(|at| at.starts_with(b"</") && at[2..].eq_ignore_ascii_case(tag.as_bytes()));
            self.at = end.map_or(self.html.len(), |end| self.at + end);
        }
        StartTag { name, span, is_closed }
    }

    fn attribute(&mut self) {
        let start = self.at;
        // A leading `=` belongs to the name, as in HTML. All places are between characters: every stop is an ASCII byte,
        // and so is what a name begins after.
        let name = self.take_while(start + 1, |byte| !is_blank(byte) && !b"/>=".contains(&byte));
        let name = start..name.end;
        self.at = name.end;
        let blank = self.take_while(name.end, is_blank);
        if self.html.as_bytes().get(blank.end) != Some(&b'=') {
            self.attributes.push(RawAttribute { span: name.clone(), name, value: None });
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
        self.attributes.push(RawAttribute { name, value: Some(value), span: start..self.at });
    }

    fn take_while(&self, from: usize, keep: impl Fn(u8) -> bool) -> Range<usize> {
        let from = from.min(self.html.len());
        let bytes = &self.html.as_bytes()[from..];
        from..from + bytes.iter().position(|&byte| !keep(byte)).unwrap_or(bytes.len())
    }
}

/// Whether a start tag begins here.
pub fn starts_tag(html: &str) -> bool {
    matches!(html.as_bytes(), [b'<', letter, ..] if letter.is_ascii_alphabetic())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}
