//! What stands before the text of a line: blanks, list markers, marks of quotes.

/// The width of the list marker that `text` starts with, and of the blanks after it.
pub(super) fn marker(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = match bytes.first()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            matches!(bytes.get(digits), Some(b'.' | b')')).then_some(digits + 1).filter(|_| digits < 10)?
        }
        _ => return None,
    };
    let blanks = bytes[mark..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match blanks {
        0 if mark < bytes.len() => None,
        // More than four blanks: the content is indented code, one column after the marker.
        0 | 5.. => Some(mark + usize::from(blanks > 0)),
        blanks => Some(mark + blanks),
    }
}

/// The depth of block quotes at the start of `text`, and what is quoted.
pub(super) fn unquoted(text: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, text);
    while let Some(inner) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
        depth += 1;
        rest = inner;
    }
    (depth, rest.trim_start_matches([' ', '\t']))
}

pub(super) fn columns(indent: &str) -> usize {
    indent.bytes().fold(0, |column, byte| if byte == b'\t' { column + 4 - column % 4 } else { column + 1 })
}
