//! The mistakes that make YAML unreadable, where they are: the parser notices them later, and in its own words.

use std::ops::Range;

use super::mistakes::{quoted, value_of};
use crate::model::{Span, SyntaxProblem};

/// The mistake behind an error that the parser noticed at byte `error` of `text`, whose YAML is in `range`.
pub(super) fn mistake(text: &str, range: Range<usize>, error: usize) -> Option<SyntaxProblem> {
    let (mut at, end) = (range.start, range.end);
    let mut block: Option<usize> = None;
    let mut before: Option<Line<'_>> = None;
    for written in text[range].split_inclusive('\n') {
        let line = Line::new(at, written.trim_end());
        at += written.len();
        if line.at > error {
            break;
        }
        match block {
            Some(outer) if line.text.is_empty() || line.indent() > outer => continue,
            _ => block = None,
        }
        if line.text.trim_start().starts_with('#') || line.text.trim().is_empty() {
            continue;
        }
        if line.own().starts_with(['|', '>']) {
            block = Some(line.indent());
            before = Some(line);
            continue;
        }
        let found = line
            .no_blank(before.as_ref())
            .or_else(|| before.as_ref().and_then(|before| line.indented(before)));
        let found =
            found.or_else(|| line.sign()).or_else(|| line.unclosed(text, end)).or_else(|| line.colon());
        if found.is_some() {
            return found;
        }
        before = Some(line);
    }
    None
}

/// A line of YAML.
struct Line<'a> {
    /// Where it begins in the file.
    at: usize,
    text: &'a str,
    /// Its value.
    value: Range<usize>,
}

impl<'a> Line<'a> {
    fn new(at: usize, text: &'a str) -> Self {
        Self { at, text, value: value_of(text) }
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// The value as it is written.
    fn own(&self) -> &'a str {
        &self.text[self.value.clone()]
    }

    fn has_key(&self) -> bool {
        self.text[..self.value.start].trim_end().ends_with(':')
    }

    fn problem(
        &self,
        part: Range<usize>,
        message: String,
        help: &str,
        fix: Option<(Range<usize>, String)>,
    ) -> SyntaxProblem {
        let place = |part: Range<usize>| Span::new(self.at + part.start..self.at + part.end);
        SyntaxProblem {
            span: place(part),
            message: format!("invalid YAML: {message}"),
            help: help.to_owned(),
            fix: fix.map(|(part, text)| (place(part), text)),
        }
    }

    /// `services:[website]`
    fn no_blank(&self, before: Option<&Line<'_>>) -> Option<SyntaxProblem> {
        let own = self.own();
        // Within a list or a text of several lines it is part of the text.
        let is_text = self.text.trim_start().starts_with("- ")
            || before.is_some_and(|before| before.indent() < self.indent());
        if is_text {
            return None;
        }
        let colon = own.find(':')?;
        let is_key =
            own[..colon].chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
                && own.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let next = own[colon + 1..].chars().next()?;
        if !is_key || self.has_key() || next.is_whitespace() || next == '/' {
            return None;
        }
        let colon = self.value.start + colon;
        let fix = matches!(next, '[' | '{' | '"' | '\'').then(|| (colon..colon + 1, ": ".to_owned()));
        Some(self.problem(
            colon..colon + 1,
            "no blank behind the colon".to_owned(),
            "write a blank behind the colon",
            fix,
        ))
    }

    /// A key that stands further right than the one above, which has a value.
    fn indented(&self, before: &Line<'_>) -> Option<SyntaxProblem> {
        let is_below = self.has_key() && !self.text.trim_start().starts_with("- ") && before.has_key();
        if !is_below
            || before.own().is_empty()
            || before.own().starts_with('&')
            || self.indent() <= before.indent()
        {
            return None;
        }
        if before.text.trim_start().starts_with("- ")
            || before.own().starts_with(['[', '{', '"', '\'']) && !is_whole(before.own())
        {
            return None;
        }
        let key = before.text.trim_start().split(':').next().unwrap_or_default();
        let extra = before.indent()..self.indent();
        let message = format!("indented more than `{key}` above, which has a value");
        // More of them may be meant as something else.
        let fix = (extra.len() == 1).then(|| (extra.clone(), String::new()));
        Some(self.problem(extra, message, "begin both lines at the same column", fix))
    }

    /// A value that begins with a sign that YAML keeps for itself.
    fn sign(&self) -> Option<SyntaxProblem> {
        let own = self.own();
        let starts = own.match_indices(['@', '%', '`']).map(|(at, _)| at);
        let mut starts = starts.filter(|&at| {
            let before = own[..at].trim_end();
            before.is_empty() || (own.starts_with(['[', '{']) && before.ends_with(['[', ',', ':']))
        });
        let start = starts.next()?;
        let rest = &own[start..];
        let is_flow = own.starts_with(['[', '{']);
        let length = if is_flow { rest.find([',', ']', '}']).unwrap_or(rest.len()) } else { rest.len() };
        let value = rest[..length].trim_end();
        let sign = value.chars().next()?;
        let place = self.value.start + start..self.value.start + start + value.len();
        let message = format!("a value can't begin with `{sign}`");
        let fix = quoted(value).map(|quoted| (place.clone(), quoted));
        let help = match &fix {
            Some((_, quoted)) => format!("put it in quotes: `{quoted}`"),
            None => "put it in quotes".to_owned(),
        };
        Some(self.problem(place.start..place.start + 1, message, &help, fix))
    }

    /// A bracket that no other one closes before the next key.
    fn unclosed(&self, text: &str, end: usize) -> Option<SyntaxProblem> {
        let own = self.own();
        let open = own.chars().next().filter(|open| matches!(open, '[' | '{'))?;
        let close = if open == '[' { ']' } else { '}' };
        let mut depth = 0_usize;
        let from = self.at + self.value.start;
        let mut quote = None;
        let mut is_first = true;
        let mut cut = None;
        let mut at = from;
        for line in text[from..end].split_inclusive('\n') {
            let is_next =
                !is_first && Line::new(0, line.trim_end()).has_key() && !line.starts_with([' ', '\t', '-']);
            if is_next {
                break;
            }
            is_first = false;
            let mut before = ' ';
            for (offset, letter) in line.char_indices() {
                match (quote, letter) {
                    (Some(open), _) if open == letter => quote = None,
                    (Some(_), _) => {}
                    (None, '"' | '\'') if matches!(before, ' ' | '[' | ',' | '{' | ':') => {
                        quote = Some(letter)
                    }
                    (None, '#') if before.is_whitespace() => {
                        if line[offset..].contains(close) {
                            cut = Some(at + offset);
                        }
                        break;
                    }
                    (None, '[' | '{') => depth += 1,
                    (None, ']' | '}') => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            return None;
                        }
                    }
                    _ => {}
                }
                before = letter;
            }
            at += line.len();
        }
        if let Some(at) = cut {
            let message = "invalid YAML: the rest of the line is a comment";
            return Some(SyntaxProblem::at(text, at, message, "put the value with the `#` in quotes"));
        }
        let place = self.value.start..self.value.start + 1;
        Some(self.problem(
            place,
            format!("`{open}` is not closed"),
            &format!("write `{close}` where it ends"),
            None,
        ))
    }

    /// `title: a: b`
    fn colon(&self) -> Option<SyntaxProblem> {
        let own = self.own();
        if !self.has_key() || own.starts_with(['"', '\'', '[', '{', '|', '>', '&', '!']) {
            return None;
        }
        let own = own.find(" #").map_or(own, |comment| own[..comment].trim_end());
        let colon = own.find(": ").or_else(|| own.ends_with(':').then(|| own.len() - 1))?;
        let place = self.value.start..self.value.start + own.len();
        let fix = quoted(own).map(|quoted| (place, quoted));
        let help = match &fix {
            Some((_, quoted)) => format!("put the value in quotes: `{quoted}`"),
            None => "put the value in quotes".to_owned(),
        };
        let colon = self.value.start + colon;
        Some(self.problem(colon..colon + 1, "a second colon in a value".to_owned(), &help, fix))
    }
}

/// Whether what a value opens ends with it.
fn is_whole(value: &str) -> bool {
    let close = match value.chars().next() {
        Some('[') => ']',
        Some('{') => '}',
        Some(quote) => quote,
        None => return true,
    };
    value.len() > 1 && value.ends_with(close)
}
