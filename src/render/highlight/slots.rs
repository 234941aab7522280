//! The places in commands that values are put into, as elements.

use crate::parse::shell::{AcceptedValues, Quoting, Slot};
use crate::text::escape;

/// The tag that begins a place: its name, how a value is written there, and which values it takes. The script of the
/// page reads the same attributes, and `themes/README.md` lists them.
pub(super) fn open(slot: &Slot<'_>) -> String {
    let mut tag = String::from("<span class=\"slot\"");
    let mut attribute = |name: &str, value: &str| {
        tag.push_str(" data-");
        tag.push_str(name);
        tag.push_str("=\"");
        escape::attribute(value, &mut tag);
        tag.push('"');
    };
    attribute("name", slot.placeholder.name());
    match slot.quoting {
        _ if slot.is_operation => attribute("in", "operation"),
        Quoting::Bare => {}
        Quoting::Double => attribute("in", "double"),
        Quoting::Single => attribute("in", "single"),
        Quoting::HereDocument | Quoting::Raw => attribute("in", "raw"),
    }
    match slot.accepts {
        AcceptedValues::Any => attribute("takes", "any"),
        AcceptedValues::Word => {}
        AcceptedValues::Number => attribute("takes", "number"),
    }
    if slot.in_inner_quotes {
        attribute("inner", "\"");
    }
    if slot.needs_quotes {
        attribute("quote", "");
    }
    for (name, characters) in [("not", &slot.excludes), ("first", &slot.excludes_first)] {
        if !characters.is_empty() {
            attribute(name, characters);
        }
    }
    if let Some(end) = &slot.end {
        attribute("end", end);
    }
    if let Some(reason) = &slot.reason {
        attribute("why", &reason.phrase());
    }
    tag.push('>');
    tag
}
