//! The places in commands that values are put into.

use crate::parse::shell::{self, Blank, Quoting, Slot};
use crate::text::escape;

/// The places in a block of code, if it holds commands. None overlap.
pub(super) fn of<'a>(language: &str, code: &'a str) -> Vec<Slot<'a>> {
    if shell::is_language(language) { shell::asked(code) } else { Vec::new() }
}

/// The tag that begins a place: its name, and how a value there has to be quoted.
pub(super) fn open(slot: &Slot<'_>) -> String {
    let (Blank::Placeholder(name) | Blank::Variable(name)) = slot.blank;
    let mut tag = String::from("<span class=\"slot\" data-name=\"");
    escape::attribute(name, &mut tag);
    tag.push('"');
    let (quoting, inner) = match slot.quoting {
        Quoting::Bare => ("", None),
        Quoting::Double(inner) => ("double", inner),
        Quoting::Single(inner) => ("single", inner),
        Quoting::Heredoc => ("heredoc", None),
        Quoting::Literal => ("literal", None),
        Quoting::Nested => ("nested", None),
        Quoting::Operation => ("operation", None),
    };
    if !quoting.is_empty() {
        tag.push_str(&format!(" data-in=\"{quoting}\""));
    }
    if let Some(inner) = inner {
        tag.push_str(" data-inner=\"");
        escape::attribute(&inner.to_string(), &mut tag);
        tag.push('"');
    }
    tag.push('>');
    tag
}
