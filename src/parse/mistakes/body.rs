//! What to say of text in a body that is misread.

use crate::model::{Misread, Span, SyntaxProblem};

/// The problem with what is misread at `span` of the file `text`.
pub(super) fn problem(text: &str, misread: Misread, span: Span) -> SyntaxProblem {
    let written = text.get(span.range()).unwrap_or_default();
    let written = if misread == Misread::NoBreakSpace { written } else { written.trim() };
    let mut fix = None;
    let (message, help) = match misread {
        Misread::OpenCode => (
            "a block of code that does not end".to_owned(),
            "close it with the same signs on a line of their own".to_owned(),
        ),
        Misread::OpenComment => (
            "a comment that does not end".to_owned(),
            "readers see nothing of what follows: close it with `-->`".to_owned(),
        ),
        Misread::SecondFootnote => (
            format!("`{written}` is defined twice"),
            "readers see the first one: give this one another name, or remove it".to_owned(),
        ),
        Misread::SecondDefinition { first_line } => (
            format!("`{written}` is defined twice"),
            format!("links lead where line {first_line} says: give this one another name, or remove it"),
        ),
        Misread::UnusedFootnote => {
            let name = written.trim_end_matches(':');
            let help = format!("readers do not see it: write `{name}` where it belongs, or remove it");
            (format!("nothing refers to the footnote `{name}`"), help)
        }
        Misread::ExtraCells => (
            format!("the table has no column for `{written}`"),
            "readers do not see it: add a column to the head, or write `\\|` for a bar in a cell".to_owned(),
        ),
        Misread::NoTable => ("a row of dashes that makes no table".to_owned(), columns(text, span)),
        Misread::SpaceInAddress => {
            fix = Some((span, format!("<{written}>")));
            (
                format!("`{written}` is no address of a link"),
                format!("write `<{written}>` for one with blanks"),
            )
        }
        Misread::NoLink => {
            let help = match text.get(span.end as usize..).and_then(|rest| rest.chars().next()) {
                _ if written.ends_with(')') => "behind the address, only a title in quotes may stand",
                Some(' ' | '\t') => "an address has no blanks: write `%20` for each",
                _ => "close it with `)`",
            };
            (format!("`{written}` is no link"), help.to_owned())
        }
        Misread::SpacedLink | Misread::TurnedLink => {
            let link = link_of(written, misread == Misread::SpacedLink);
            fix = Some((span, link.clone()));
            (format!("`{written}` is no link"), format!("write `{link}`"))
        }
        Misread::NoBreakSpace => {
            let sign = written.trim_end_matches(|letter: char| letter.is_whitespace());
            fix = Some((span, format!("{sign} ")));
            (
                format!("the blank behind `{sign}` is one at which no line breaks"),
                "readers see the sign as it is: write a plain blank".to_owned(),
            )
        }
        Misread::NoDefinition => (
            format!("`{written}` is text, and defines nothing"),
            "a definition has a line of its own, with an empty line before it".to_owned(),
        ),
    };
    SyntaxProblem { span, message, help, fix }
}

/// The link that was meant by `[text] (address)` or `(text)[address]`.
fn link_of(written: &str, is_spaced: bool) -> String {
    let (close, open) = if is_spaced { (']', '(') } else { (')', '[') };
    let parts = written.split_once(close).and_then(|(text, rest)| Some((text, rest.split_once(open)?.1)));
    let (text, address) = parts.unwrap_or((written, ""));
    format!("[{}]({})", &text[1..], &address[..address.len().saturating_sub(1)])
}

/// Why a row of dashes at `span` makes no table of the line above.
fn columns(text: &str, span: Span) -> String {
    let above = text[..span.start as usize].trim_end_matches([' ', '\t', '>']);
    let above = above.trim_end().rsplit('\n').next().unwrap_or_default();
    let count =
        |row: &str| row.trim_matches([' ', '\t', '>', '|', '\r']).replace("\\|", "").matches('|').count() + 1;
    let (head, dashes) = (count(above), count(text.get(span.range()).unwrap_or_default()));
    match head == dashes {
        true => "begin the table with an empty line before it".to_owned(),
        false => format!("write as many cells as the line above has: {head}, and not {dashes}"),
    }
}
