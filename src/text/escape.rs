//! Text to HTML.

/// Appends `text` as text between tags.
pub fn text(text: &str, out: &mut String) {
    escape(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends `text` as the inside of a quoted attribute, whichever the quotes.
pub fn attribute(text: &str, out: &mut String) {
    escape(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    });
}

fn escape(text: &str, out: &mut String, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[plain..at]);
            out.push_str(entity);
            plain = at + 1;
        }
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_special_character_is_escaped() {
        let mut out = String::new();
        super::text("a<b>&\"é'", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;\"é'");
        out.clear();
        super::attribute("a<b>&\"é'", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;é&#39;");
    }
}
