//! Text that is shown as it is: nothing in it moves a cursor, reorders letters, hides, or commands a CI system.
//!
//! Content, names and settings come from people who may propose text, and who do not own the terminal or the log that
//! it ends in. [`escaped`] puts such a text on one line. [`printable`] guards a whole output, which has lines and
//! colours of our own. [`json`] does that for JSON.

use std::borrow::Cow;

/// The text on one line: what is not seen is written as `\n` or `\u{1b}`.
///
/// Not seen are control characters, marks that reorder text (<https://trojansource.codes>) and characters that Unicode
/// lets programs leave out. The second `#` of `##[` and `##vso[` is escaped as well: GitHub Actions and Azure Pipelines
/// take such commands from anywhere in a line.
pub fn escaped(text: &str) -> Cow<'_, str> {
    rewritten(text, hidden(text), &mut [])
}

/// A line of a source file, in which tabs stay. Each of `places`, which count bytes, moves with the text around it.
pub fn escaped_line<'a>(line: &'a str, places: &mut [usize]) -> Cow<'a, str> {
    rewritten(line, hidden(line).filter(|(_, letter)| *letter != '\t'), places)
}

/// Code that people may copy and run, in which line breaks and tabs stay. What is copied is then what was seen.
pub fn escaped_code(code: &str) -> Cow<'_, str> {
    rewritten(code, hidden(code).filter(|(_, letter)| !matches!(letter, '\n' | '\t' | '#')), &mut [])
}

/// An output of several lines, which may be coloured by SGR sequences (ECMA-48, 8.3.117). What else is not seen is
/// escaped, and no line is a workflow command.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_fine = |line: &str| hidden(line).next().is_none() && !is_workflow_command(line);
    if text.split('\n').all(is_fine) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.split('\n').map(printable_line).collect();
    Cow::Owned(lines.join("\n"))
}

fn printable_line(line: &str) -> String {
    let (mut shown, mut rest) = (String::with_capacity(line.len()), line);
    while let Some(start) = rest.find('\u{1b}') {
        let colour = colour_length(&rest[start..]);
        let end = start + colour.max('\u{1b}'.len_utf8());
        let text = if colour > 0 { &rest[..start] } else { &rest[..end] };
        shown.push_str(&escaped(text));
        shown.push_str(&rest[start..start + colour]);
        rest = &rest[end..];
    }
    shown.push_str(&escaped(rest));
    if is_workflow_command(&shown) { shown.replacen(':', "\\u{3a}", 1) } else { shown }
}

/// Whether GitHub Actions may run a line: it begins with `::` and a name, after white space, and has `::` again.
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
fn is_workflow_command(line: &str) -> bool {
    line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':') && rest.contains("::"))
}

/// The length of the SGR sequence at the beginning of `text`, or 0.
fn colour_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 0 };
    let numbers = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap_or(rest.len());
    if rest[numbers..].starts_with('m') { "\u{1b}[m".len() + numbers } else { 0 }
}

/// JSON in which [`escaped`] would change nothing: the same values to a reader of JSON, and safe in a log.
pub fn json(json: &str) -> Cow<'_, str> {
    // The line breaks are those between values; inside of text, JSON has none.
    let found = hidden(json).filter(|(_, letter)| *letter != '\n');
    let mut written = String::new();
    let mut plain = 0;
    for (at, letter) in found {
        written.push_str(&json[plain..at]);
        let mut units = [0; 2];
        for unit in letter.encode_utf16(&mut units) {
            written.push_str(&format!("\\u{unit:04x}"));
        }
        plain = at + letter.len_utf8();
    }
    if plain == 0 { Cow::Borrowed(json) } else { Cow::Owned(written + &json[plain..]) }
}

/// The text with the `found` letters escaped.
fn rewritten<'a>(
    text: &'a str,
    found: impl Iterator<Item = (usize, char)>,
    places: &mut [usize],
) -> Cow<'a, str> {
    let originals = places.to_vec();
    let (mut shown, mut plain) = (String::new(), 0);
    for (at, letter) in found {
        shown.push_str(&text[plain..at]);
        plain = at + letter.len_utf8();
        match letter {
            '\n' | '\r' | '\t' => shown.extend(letter.escape_default()),
            _ => shown.extend(letter.escape_unicode()),
        }
        for (place, original) in places.iter_mut().zip(&originals) {
            if *original >= plain {
                *place = original + shown.len() - plain;
            }
        }
    }
    if plain == 0 { Cow::Borrowed(text) } else { Cow::Owned(shown + &text[plain..]) }
}

/// The letters that are escaped, each with its place.
fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    // Most texts are plain to their end, and all output passes here.
    let start =
        text.bytes().position(|byte| !matches!(byte, b' '..=b'~') || byte == b'#').unwrap_or(text.len());
    let (plain, rest) = text.split_at(start);
    let mut before = plain.chars().next_back().unwrap_or('\0');
    rest.char_indices().map(move |(at, letter)| (start + at, letter)).filter(move |&(at, letter)| {
        let last = before;
        let is_hidden = match letter {
            '#' => last == '#' && opens_command(&text[at + 1..]),
            // Persian and Indic words are joined with these, and emoji are composed. At the beginning of a line or
            // in an identifier they can only deceive.
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' => {
                last.is_ascii()
            }
            _ => is_hidden(letter),
        };
        // An escape ends in a brace.
        before = if is_hidden { '}' } else { letter };
        is_hidden
    })
}

/// Whether what comes after `##` makes it a command.
fn opens_command(rest: &str) -> bool {
    rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).starts_with('[')
}

/// Controls, separators of lines, and `Default_Ignorable_Code_Point` with the marks of direction among them
/// (<https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt>).
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_code, escaped_line, json, printable};

    #[test]
    fn what_is_not_seen_is_written_out() {
        for (text, shown) in [
            ("a\nb\r\t", "a\\nb\\r\\t"),
            ("\u{1b}[31m\u{9b}2J\u{7f}\u{85}", "\\u{1b}[31m\\u{9b}2J\\u{7f}\\u{85}"),
            ("a\u{202e}b\u{2066}\u{200f}\u{2028}", "a\\u{202e}b\\u{2066}\\u{200f}\\u{2028}"),
            ("\u{202e}\u{200d}", "\\u{202e}\\u{200d}"),
            ("pay\u{200d}ments\u{e0041}\u{ad}", "pay\\u{200d}ments\\u{e0041}\\u{ad}"),
            ("##[x] ##vso[a] ###[b] # [c]", "#\\u{23}[x] #\\u{23}vso[a] ##\\u{23}[b] # [c]"),
            (
                "## Head [x], C:\\n, ❤\u{fe0f}\u{200d}🔥, می\u{200c}خواهم",
                "## Head [x], C:\\n, ❤\u{fe0f}\u{200d}🔥, می\u{200c}خواهم",
            ),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn code_keeps_its_lines() {
        for (code, shown) in [
            ("a\n\tb ##[c]\n", "a\n\tb ##[c]\n"),
            ("rm \u{202e}x\u{200b}\r# ❤\u{fe0f}\0", "rm \\u{202e}x\\u{200b}\\r# ❤\u{fe0f}\\u{0}"),
        ] {
            assert_eq!(escaped_code(code), shown);
        }
    }

    #[test]
    fn places_move_with_their_letters() {
        let mut places = [0, 1, 2, 5, 6];
        let shown = escaped_line("a\u{7}bcd\u{7}", &mut places);
        assert_eq!(shown, "a\\u{7}bcd\\u{7}");
        assert_eq!(places, [0, 1, 6, 9, 14]);
        assert_eq!(escaped_line("a\tb", &mut []), "a\tb");
    }

    #[test]
    fn an_output_keeps_its_lines_and_colours_only() {
        for (text, shown) in [
            ("\u{1b}[1;91merror\u{1b}[0m: x\n", "\u{1b}[1;91merror\u{1b}[0m: x\n"),
            ("a\u{1b}[2Jb\u{1b}]0;t\u{7}\u{1b}", "a\\u{1b}[2Jb\\u{1b}]0;t\\u{7}\\u{1b}"),
            ("x\n  ::stop-commands::t\n", "x\n  \\u{3a}:stop-commands::t\n"),
            ("\u{feff}::debug::t", "\\u{feff}::debug::t"),
            (" ::: a::b:1\n::\n", " ::: a::b:1\n::\n"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn json_stays_the_same_to_its_readers() {
        let value = serde_json::json!({ "a\u{9b}": ["\u{202e}##vso[x]\u{e0041}\u{2028}\n\u{1b}", "é##"] });
        let text = serde_json::to_string_pretty(&value).expect("it can be written");
        let safe = json(&text);
        assert_eq!(printable(&safe), safe);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).expect("JSON"), value);
    }
}
