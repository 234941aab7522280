//! Hugo's shortcodes: `{{< name arguments >}}`, `{{% name %}}` and their closing tags.

use std::ops::Range;

/// Longer than any real shortcode: what does not end by then is text.
const MAX_LENGTH: usize = 2_000;

/// One shortcode tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// From the first brace to after the last.
    pub(super) range: Range<usize>,
    pub(super) name: &'a str,
    /// What stands between the name and the closing delimiter.
    inner: Range<usize>,
    /// `{{< /name >}}`.
    pub(super) closing: bool,
}

impl Tag<'_> {
    /// The arguments: key, if it has one, and the place of the value without its quotes.
    pub(super) fn arguments<'t>(&self, text: &'t str) -> Vec<(Option<&'t str>, Range<usize>)> {
        let mut arguments = Vec::new();
        let mut at = self.inner.start;
        while at < self.inner.end {
            let rest = &text[at..self.inner.end];
            let token = rest.trim_start();
            at = self.inner.end - token.len();
            let word = token
                .find(|char: char| char.is_whitespace() || matches!(char, '=' | '"' | '\'' | '`'))
                .unwrap_or(token.len());
            let key = token[word..].starts_with('=').then(|| &token[..word]);
            let start = if key.is_some() { word + 1 } else { 0 };
            let value = &token[start..];
            let quote = value.chars().next().filter(|char| matches!(char, '"' | '\'' | '`'));
            let (skipped, length) = match quote {
                Some(quote) => (1, value[1..].find(quote).unwrap_or(value.len() - 1)),
                None => (0, value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            let from = at + start + skipped;
            if quote.is_some() || length > 0 {
                arguments.push((key, from..from + length));
            }
            at = (from + length + skipped).max(at + 1);
        }
        arguments
    }

    /// The page that `ref` and `relref` point to, if this is one of them.
    pub(super) fn reference(&self, text: &str) -> Option<Range<usize>> {
        if !matches!(self.name, "ref" | "relref") || self.closing {
            return None;
        }
        let mut arguments = self.arguments(text).into_iter();
        arguments.find(|(key, _)| matches!(key, None | Some("path"))).map(|(_, path)| path)
    }
}

/// Reads tags of one text from its start to its end. Remembers where the next closing delimiters
/// are: looking for a missing one at each of a million openings would be quadratic.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    next_close: [Option<usize>; 2],
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, next_close: [Some(0); 2] }
    }

    /// The tag that starts at `at`, if there is one.
    pub(super) fn tag(&mut self, at: usize) -> Option<Tag<'a>> {
        let rest = &self.text[at..];
        let (which, end) = match rest.as_bytes() {
            [b'{', b'{', b'<', ..] => (0, ">}}"),
            [b'{', b'{', b'%', ..] => (1, "%}}"),
            _ => return None,
        };
        let start = at + 3;
        let cached = &mut self.next_close[which];
        if cached.is_some_and(|close| close < start) {
            *cached = self.text[start..].find(end).map(|close| start + close);
        }
        let close = (*cached).filter(|close| close - start <= MAX_LENGTH)?;
        let inner = self.text[start..close].trim();
        let name = inner.strip_prefix('/').map_or(inner, str::trim_start);
        let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '/');
        let name = &name[..name.find(|char| !is_name(char)).unwrap_or(name.len())];
        // `{{</* name */>}}` is how Hugo's own documentation shows a shortcode.
        if name.is_empty() || name.starts_with('/') || inner.starts_with("/*") {
            return None;
        }
        let after = place_in(self.text, name).end;
        Some(Tag {
            range: at..close + end.len(),
            name: name.trim_end_matches('/'),
            inner: after..close,
            closing: inner.starts_with('/'),
        })
    }
}

/// Where `part`, a slice of `text` that is not empty, stands in it.
pub(super) fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}
