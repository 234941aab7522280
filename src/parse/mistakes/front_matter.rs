//! Front matter that can be read, and that its author meant otherwise.

use std::ops::Range;

use crate::model::{Span, SyntaxProblem};

/// What may stand before front matter by mistake.
const BLANKS: [char; 5] = ['\u{feff}', ' ', '\t', '\r', '\n'];

/// Quotes of typography that begin a text.
const OPENING: [char; 4] = ['“', '„', '‘', '«'];

/// Quotes of typography that end a text.
const CLOSING: [char; 4] = ['”', '“', '’', '»'];

/// Front matter that is none: below an empty line or a comment, or between lines of more dashes.
pub(super) fn late(text: &str) -> Option<SyntaxProblem> {
    let first = text.len() - text.trim_start_matches(BLANKS).len();
    let start = first + comments(&text[first..]);
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines.next()?;
    let is_fence =
        |line: &str| line.trim_end().len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
    let length = opening.trim_end().len();
    // Some editors take the name of the language there.
    let name = opening.trim_end().trim_start_matches('-');
    let opens = opening.starts_with("---") && matches!(name.trim_start(), "" | "yaml" | "yml");
    if !opens || (length == 3 && start == 0) {
        return None;
    }
    let mut at = start + opening.len();
    let mut has_field = false;
    for line in lines {
        if is_fence(line) {
            let end = at + line.trim_end().len();
            return has_field.then(|| {
                let fields = &text[start + opening.len()..at];
                let before = text[first..start].trim();
                // A comment of YAML may stay before the fields, and one of HTML behind them.
                let fixed = match before.chars().next() {
                    None => format!("---\n{fields}---"),
                    Some('#') => format!("---\n{before}\n{fields}---"),
                    Some(_) => format!("---\n{fields}---\n{before}"),
                };
                SyntaxProblem {
                    span: Span::new(start..start + length),
                    message: "front matter that is read as text".to_owned(),
                    help: "begin the file with it, between lines of three dashes: `---`".to_owned(),
                    fix: Some((Span::new(0..end), fixed)),
                }
            });
        }
        let is_field = key(line).is_some_and(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
        if !is_field && !line.trim().is_empty() && !line.starts_with([' ', '\t', '-', '#']) {
            return None;
        }
        has_field |= is_field;
        at += line.len();
    }
    None
}

/// Front matter that is none because no blank stands behind its colons: `title:Checkout`.
pub(super) fn unspaced(text: &str) -> Option<SyntaxProblem> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut fixed = String::new();
    for line in lines {
        if line.trim_end() == "---" {
            let (start, end) = (opening.len(), opening.len() + fixed_length(text, opening.len()));
            let first = text[start..end].lines().next()?;
            return (!fixed.is_empty()).then(|| SyntaxProblem {
                span: Span::new(start..start + first.len()),
                message: "front matter that is read as text".to_owned(),
                help: "write a blank behind each colon, such as `title: Checkout`".to_owned(),
                fix: Some((Span::new(start..end), fixed)),
            });
        }
        let (name, value) = line.split_once([':', '：'])?;
        key(&format!("{name}:"))?;
        if value.starts_with('/') {
            return None;
        }
        fixed.push_str(&format!("{name}: {}", value.trim_start_matches([' ', '\t'])));
    }
    None
}

/// The length of the lines from `start` up to the next fence.
fn fixed_length(text: &str, start: usize) -> usize {
    let lines = text[start..].split_inclusive('\n').take_while(|line| line.trim_end() != "---");
    lines.map(str::len).sum()
}

/// The length of the comments that `text` begins with, of HTML or YAML. A heading looks like the latter: it has an empty
/// line behind it.
fn comments(text: &str) -> usize {
    let mut rest = text;
    loop {
        if rest.starts_with("<!--")
            && let Some(end) = rest.find("-->")
        {
            rest = rest[end + "-->".len()..].trim_start_matches(BLANKS);
        } else if rest.starts_with('#')
            && let Some((_, after)) = rest.split_once('\n')
            && after.starts_with(['#', '-'])
        {
            rest = after;
        } else {
            return text.len() - rest.len();
        }
    }
}

/// Front matter of Hugo in JSON.
pub(super) fn json(text: &str) -> Option<SyntaxProblem> {
    let start = text.len() - text.trim_start_matches(BLANKS).len();
    let rest = &text[start..];
    if !rest.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"')) {
        return None;
    }
    let mut values =
        serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Map<String, serde_json::Value>>();
    values.next()?.ok()?;
    let end = start + values.byte_offset();
    let fix = format!("---\n{}\n---", &text[start..end]);
    Some(SyntaxProblem {
        span: Span::new(start..start + 1),
        message: "front matter that is read as text".to_owned(),
        help: "put it between lines of three dashes: `---`".to_owned(),
        fix: Some((Span::new(0..end), fix)),
    })
}

/// A line of a block map: the key, and what stands behind its colon.
fn key(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    is_key.then_some((key, value))
}

/// Values of front matter in YAML that are not what they look like.
pub(super) fn values(text: &str, body_start: usize, found: &mut Vec<SyntaxProblem>) {
    if !text.starts_with("---") {
        return;
    }
    let fields = &text[..body_start];
    let mut at = 0;
    let mut block: Option<usize> = None;
    let mut before: Option<Line<'_>> = None;
    for written in fields.split_inclusive('\n') {
        let content = written.trim_end();
        let line = Line { at, text: content, value: value_of(content) };
        at += written.len();
        // Within `|` and `>`, all is text.
        match block {
            Some(outer) if content.is_empty() || line.indent() > outer => continue,
            _ => block = None,
        }
        if line.own().starts_with(['|', '>']) {
            block = Some(line.indent());
            before = None;
            continue;
        }
        let problem = line
            .folded(before.as_ref())
            .or_else(|| line.tag(fields))
            .or_else(|| line.quotes())
            .or_else(|| line.cut());
        found.extend(problem);
        before = Some(line);
    }
}

/// A line of front matter.
struct Line<'a> {
    /// Where it begins in the file.
    at: usize,
    text: &'a str,
    /// Its value.
    value: Range<usize>,
}

impl<'a> Line<'a> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// The value as it is written.
    fn own(&self) -> &'a str {
        &self.text[self.value.clone()]
    }

    fn is_plain(&self) -> bool {
        let own = self.own();
        !own.is_empty() && !own.starts_with(['"', '\'', '[', '{', '#', '&', '!', '*'])
    }

    /// The column that a further line of the value has to begin behind: of its key, or of the mark of its item.
    fn column(&self) -> usize {
        let mut column = self.indent();
        while self.text[column..].starts_with("- ") {
            let rest = &self.text[column + 1..];
            let next = self.text.len() - rest.trim_start().len();
            if next >= self.value.start {
                break;
            }
            column = next;
        }
        column
    }

    fn is_item(&self) -> bool {
        self.text.trim_start().starts_with("- ")
    }

    fn place(&self, part: Range<usize>) -> Span {
        Span::new(self.at + part.start..self.at + part.end)
    }

    /// A value that a comment cuts short: `rota, #incident-lead`. A comment that is meant as one has a blank behind its
    /// sign.
    fn cut(&self) -> Option<SyntaxProblem> {
        let own = self.own();
        let hash = own.find(" #").filter(|_| self.is_plain())?;
        if !own[hash + 2..].starts_with(|letter: char| letter.is_alphanumeric()) {
            return None;
        }
        Some(SyntaxProblem {
            span: self.place(self.value.start + hash + 1..self.text.len()),
            message: format!("`{}` is a comment", &own[hash + 1..]),
            help: "put the value in quotes, or a blank behind the `#` if it is meant as a comment".to_owned(),
            fix: quoted(own).map(|quoted| (self.place(self.value.clone()), quoted)),
        })
    }

    /// An item of a list that is part of the text above, because it is indented further.
    fn folded(&self, before: Option<&Line<'_>>) -> Option<SyntaxProblem> {
        let before = before.filter(|before| before.is_plain() && self.is_item())?;
        let is_deeper = self.indent() > before.column();
        let is_quoted = before.own().ends_with(['"', '\'']);
        if !is_deeper || is_quoted || before.text.trim_start().starts_with('#') {
            return None;
        }
        let extra = before.indent()..self.indent();
        let help = match before.is_item() {
            true => "begin both lines at the same column",
            false => "write the text above as an item of the list too",
        };
        let fix = before.is_item().then(|| (self.place(extra), String::new()));
        Some(SyntaxProblem {
            span: self.place(self.indent()..self.indent() + 1),
            message: "this item is part of the text above".to_owned(),
            help: help.to_owned(),
            // With a key, its value may have more lines.
            fix: fix.filter(|_| before.value.start == before.indent() + "- ".len()),
        })
    }

    /// A word that names a type or an anchor, and so is no part of the value: `!important text`.
    fn tag(&self, fields: &str) -> Option<SyntaxProblem> {
        let own = self.own();
        let (word, rest) = own.split_once(' ')?;
        let name = word.strip_prefix(['!', '&'])?;
        // `!!str` is a type of YAML, and an anchor is one that is referred to.
        let is_meant =
            name.starts_with('!') || (word.starts_with('&') && fields.contains(&format!("*{name}")));
        let is_text = name.chars().all(|letter| letter.is_alphanumeric() || "-_'.,!".contains(letter));
        if is_meant || !is_text || !rest.trim_start().starts_with(|letter: char| letter.is_alphanumeric()) {
            return None;
        }
        let what = if word.starts_with('!') { "a type" } else { "an anchor" };
        let quoted = quoted(own);
        let help = match &quoted {
            Some(quoted) => format!("put the value in quotes: `{quoted}`"),
            None => "put the value in quotes".to_owned(),
        };
        Some(SyntaxProblem {
            span: self.place(self.value.start..self.value.start + word.len()),
            message: format!("`{word}` is {what} of YAML, and no part of the value"),
            help,
            fix: quoted.map(|quoted| (self.place(self.value.clone()), quoted)),
        })
    }

    /// Quotes of typography, which are letters to YAML.
    fn quotes(&self) -> Option<SyntaxProblem> {
        let own = self.own();
        let is_flow = own.starts_with(['[', '{']);
        let starts = own.match_indices(OPENING).map(|(at, _)| at);
        let start = starts.into_iter().find(|&at| {
            let before = own[..at].trim_end();
            before.is_empty() || (is_flow && before.ends_with(['[', ',', ':', '{']))
        })?;
        let sign = own[start..].chars().next()?;
        let rest = &own[start + sign.len_utf8()..];
        let end = rest.find(CLOSING)?;
        let closing = rest[end..].chars().next()?;
        // Words in quotes within a value are part of it.
        let after = rest[end + closing.len_utf8()..].trim_start();
        if !(after.is_empty()
            || after.starts_with('#')
            || (is_flow && after.starts_with([',', ']', '}', ':'])))
        {
            return None;
        }
        let from = self.value.start + start;
        let whole = from..from + sign.len_utf8() + end + closing.len_utf8();
        Some(SyntaxProblem {
            span: self.place(from..from + sign.len_utf8()),
            message: format!("`{sign}` is no quote of YAML, but part of the value"),
            help: "write straight quotes: `\"`".to_owned(),
            fix: quoted(&rest[..end]).map(|quoted| (self.place(whole), quoted)),
        })
    }
}

/// Where the value stands in a line of YAML: behind the key, and the mark of a list.
pub(in crate::parse) fn value_of(line: &str) -> Range<usize> {
    let mut start = line.len() - line.trim_start().len();
    while line[start..].starts_with("- ") {
        start += 2;
        start += line[start..].len() - line[start..].trim_start().len();
    }
    if let Some((key, value)) = key(&line[start..])
        && (value.is_empty() || value.starts_with(' '))
    {
        start += key.len() + 1;
        start += line[start..].len() - line[start..].trim_start().len();
    }
    start..line.trim_end().len()
}

/// A value in quotes, if those leave no doubt.
pub(in crate::parse) fn quoted(value: &str) -> Option<String> {
    match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => Some(format!("\"{value}\"")),
        (true, false) => Some(format!("'{value}'")),
        (true, true) => None,
    }
}
