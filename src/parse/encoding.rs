//! Bytes of a file to text: encoding, byte order mark, size.

use std::sync::Arc;

use crate::model::{Problems, ReadError, Source, Span, SyntaxProblem};
use crate::world::World;

/// Reads a text file. One that can't be read is a [`ReadError`] and nothing else; one that is not UTF-8 is a
/// problem at the first wrong byte, and read on with replacement characters.
pub fn read(world: &dyn World, path: &str, problems: &mut Problems) -> Option<Arc<Source>> {
    match world.read(path) {
        Ok(bytes) => {
            let (source, problem) = decode(path, bytes);
            if let Some(problem) = problem {
                problems.add_syntax(&source, problem);
            }
            Some(source)
        }
        Err(reason) => {
            problems.read_errors.push(ReadError::new(path, reason));
            None
        }
    }
}

/// A file larger than this was not written by a person.
const LARGEST: usize = 64 << 20;

/// The text in `bytes`, without a byte order mark.
pub fn decode(path: &str, bytes: Vec<u8>) -> (Arc<Source>, Option<SyntaxProblem>) {
    decode_up_to(LARGEST, path, bytes)
}

/// The text in `bytes`, of which there may be `largest`, without a byte order mark.
pub fn decode_up_to(largest: usize, path: &str, bytes: Vec<u8>) -> (Arc<Source>, Option<SyntaxProblem>) {
    if bytes.len() > largest {
        let problem = SyntaxProblem {
            span: Span::default(),
            message: format!("the file is larger than {} MB", largest >> 20),
            help: "split it, or name it under `ignore` in sdkb.yml".to_owned(),
            fix: None,
        };
        return (Source::new(path, ""), Some(problem));
    }
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = bytes.as_slice() {
        let problem = SyntaxProblem {
            span: Span::default(),
            message: "the file is UTF-16".to_owned(),
            help: "save it as UTF-8".to_owned(),
            fix: None,
        };
        return (Source::new(path, ""), Some(problem));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            };
            let problem = strange(&text);
            (Source::new(path, text), problem)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            // The valid part keeps its length, so the first replacement stands where the byte stood.
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let has_mark = text.starts_with('\u{feff}');
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            let at = if has_mark { at.saturating_sub(3) } else { at };
            let problem = SyntaxProblem {
                span: Span::new(at..at + '\u{fffd}'.len_utf8()),
                message: format!("byte `0x{byte:02x}` is no UTF-8"),
                help: "save the file as UTF-8".to_owned(),
                fix: None,
            };
            (Source::new(path, text), Some(problem))
        }
    }
}

/// What no editor writes into a text of today.
fn strange(text: &str) -> Option<SyntaxProblem> {
    let (at, message, help) = if let Some(at) = text.find('\0') {
        (at, "the file holds a zero byte", "remove it, or save the file as UTF-8 if it is UTF-16")
    } else if let Some(at) = text.find('\r').filter(|_| !text.contains('\n')) {
        (at, "lines end in a carriage return alone", "save the file with line feeds")
    } else {
        return None;
    };
    let (message, help) = (message.to_owned(), help.to_owned());
    Some(SyntaxProblem { span: Span::new(at..at + 1), message, help, fix: None })
}
