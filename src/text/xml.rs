//! XML that parsers take, whatever text is in it.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An XML document, an element a line, without characters that XML does not have.
pub fn document(write: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 0);
    // Memory takes all that is written.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = write(&mut writer);
    let text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    allowed(&text).into_owned() + "\n"
}

/// A document in which U+FFFD stands for each character that XML 1.0 does not have, not even as a reference
/// (<https://www.w3.org/TR/xml/#charsets>).
pub fn allowed(document: &str) -> Cow<'_, str> {
    let is_allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    if document.chars().all(is_allowed) {
        return Cow::Borrowed(document);
    }
    document
        .chars()
        .map(|letter| if is_allowed(letter) { letter } else { char::REPLACEMENT_CHARACTER })
        .collect()
}

/// Writes an element that holds a text.
///
/// # Errors
///
/// What the writer returns.
pub fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn xml_has_only_its_characters() {
        assert_eq!(allowed("a\u{1b}\u{fffe}\t\u{85}😀\0"), "a\u{fffd}\u{fffd}\t\u{85}😀\u{fffd}");
    }
}
