//! A body to HTML, with every link pointing where it was found to lead.
//!
//! Reads the same events as [`crate::parse::markdown`]. The result holds no style and no script,
//! and where the author wrote HTML, it is sanitised as a whole.

mod code;
mod footnotes;
mod quotes;
mod raw;
mod state;
mod target;
mod writer;

pub use target::Target;

use self::writer::Writer;
use crate::model::Body;
use crate::parse::events::events;
use crate::parse::rewritten;

/// Renders the body of `text`, which starts at byte `body_start` and was scanned as `body`.
///
/// `targets[i]` says where `body.links[i]` leads. `drop_title` leaves out the heading that is the
/// title. `code` highlights: language and code to HTML.
pub fn body(
    text: &str,
    body_start: usize,
    body: &Body,
    drop_title: bool,
    targets: &[Target],
    code: &(dyn Fn(&str, &str) -> String + Sync),
) -> String {
    let rewritten = rewritten(text, body_start, body.is_template);
    let read = events(&rewritten, body_start);
    debug_assert_eq!(read.links, body.links, "the body was scanned from another text");
    let mut writer = Writer::new(&read.nodes, body, targets, code);
    writer.drop_title = drop_title && body.title.is_some();
    writer.out.reserve(text.len() * 3 / 2);
    writer.write()
}

/// Renders the first block of commands of a body, with what is said right before it; empty if it has none. The
/// arguments are those of [`body`].
pub fn first_command(
    body: &Body,
    targets: &[Target],
    code: &(dyn Fn(&str, &str) -> String + Sync),
) -> String {
    Writer::new(&body.first_command, body, targets, code).write()
}

#[cfg(test)]
mod tests;
